//! Schemas: from keywords to shapes.

use std::collections::{HashMap, HashSet};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source, SchemaData};
use serde_json::Value;

use super::keywords::{Keywords, SchemaRef};
use super::{annotations, composition, formats, hints, object, polymorphism, sequence, xml};
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Docs, Enumeration, Object, Reason, Schema, SchemaId, Schemas, Shape, Use, Xml};
use crate::place::{Pointer, Trail};

/// Through how many components a composition may lead: each costs stack.
const DEEPEST: usize = 64;

/// The schemas met so far, and the components that they may lead to.
pub(super) struct Lowering<'a> {
    names: &'a [String],
    /// What the components say that have not been lowered yet: each is let go as soon as its shape is known.
    sources: HashMap<&'a str, Box<ReferenceOr<Source>>>,
    ids: HashMap<&'a str, SchemaId>,
    /// The components that are being lowered.
    running: HashSet<SchemaId>,
    /// What is read once more, for the items of streams.
    pub(super) events: sequence::Events,
    /// What a polymorphic base says of its own, for the components that extend it by `allOf`.
    pub(super) bases: HashMap<SchemaId, Object>,
    /// Which components extend which by `allOf`.
    pub(super) children: polymorphism::Children<'a>,
    /// Pairs of objects that are being joined, so that no pair is joined inside itself.
    pub(super) joining: Vec<(SchemaId, SchemaId)>,
    pub(super) schemas: Schemas,
    /// Whether a format has a type besides those of the registry.
    pub(super) has_type: &'a dyn Fn(&str) -> bool,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl<'a> Lowering<'a> {
    /// `names` are those of the components, and `sources` what they say, in the same order.
    pub(super) fn new(
        names: &'a [String],
        sources: impl Iterator<Item = ReferenceOr<Source>>,
        has_type: &'a dyn Fn(&str) -> bool,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut schemas = Schemas::default();
        let root = Pointer::root().child("components").child("schemas");
        let ids: HashMap<_, _> = names
            .iter()
            .map(|name| {
                let pending = Schema {
                    pointer: root.child(name),
                    component: Some(name.clone()),
                    sent: false,
                    docs: Docs::default(),
                    nullable: false,
                    shape: Shape::Any(Reason::Pending),
                };
                (name.as_str(), schemas.add(pending))
            })
            .collect();
        let sources = names.iter().map(String::as_str).zip(sources.map(Box::new)).collect();
        let children = polymorphism::Children::of(&sources);
        Lowering {
            names,
            sources,
            ids,
            running: HashSet::new(),
            events: sequence::Events::default(),
            bases: HashMap::new(),
            children,
            joining: Vec::new(),
            schemas,
            has_type,
            diagnostics,
        }
    }

    /// Lowers every component, in the order of their names.
    pub(super) fn components(&mut self, root: &Trail<'_>) -> Vec<(String, SchemaId)> {
        let parent = root.key("components");
        let parent = parent.key("schemas");
        let mut named = Vec::with_capacity(self.names.len());
        let mut names: Vec<&'a String> = self.names.iter().collect();
        names.sort_unstable();
        for name in names {
            let id = self.ids[name.as_str()];
            self.ensure(id, name, &parent);
            named.push((name.clone(), id));
        }
        named
    }

    /// The schemas, once everything has been lowered.
    pub(super) fn finish(self) -> Schemas {
        self.schemas
    }

    /// The name and handle of the component that a reference leads to.
    pub(super) fn component(&self, reference: &str) -> Option<(&'a str, SchemaId)> {
        let name = component_name(reference, "schemas")?;
        self.ids.get_key_value(name.as_str()).map(|(name, id)| (*name, *id))
    }

    /// The handle of a component by its name.
    pub(super) fn named(&self, name: &str) -> Option<SchemaId> {
        self.ids.get(name).copied()
    }

    /// Makes sure that a component has its shape, for those who must look inside. `false` in a circle.
    pub(super) fn look_inside(&mut self, id: SchemaId) -> bool {
        let Some(name) = self.schemas.get(id).component.clone() else { return true };
        let root = Pointer::root().child("components").child("schemas");
        self.ensure(id, &name, &Trail::At(&root))
    }

    fn ensure(&mut self, id: SchemaId, name: &str, parent: &Trail<'_>) -> bool {
        if self.running.contains(&id) {
            return false;
        }
        let Some((name, source)) = self.sources.remove_entry(name) else { return true };
        let trail = parent.key(name);
        if self.running.len() == DEEPEST {
            let found = Rule::CompositionTooDeep
                .at(trail)
                .message(format!("`{name}` is part of a schema that is part of another, and so on through {DEEPEST}"));
            self.diagnostics.push(found);
            return true;
        }
        self.running.insert(id);
        match &*source {
            ReferenceOr::Item(source) => {
                let lowered = self.shape(source, &trail, Some(id));
                let schema = self.schemas.get_mut(id);
                schema.docs = lowered.docs;
                schema.nullable = lowered.nullable;
                schema.shape = lowered.shape;
                if let Some(xml) = lowered.xml {
                    self.schemas.set_xml(id, xml);
                }
            }
            ReferenceOr::Reference { reference } => {
                let target = self.usage(SchemaRef::Reference(reference), &trail);
                self.schemas.get_mut(id).shape = Shape::Alias(Box::new(target));
            }
        }
        self.running.remove(&id);
        self.events.keep(name, source);
        true
    }

    /// What a place says that holds a schema or a reference to one.
    pub(super) fn usage<'s>(&mut self, source: impl Into<SchemaRef<'s>>, trail: &Trail<'_>) -> Use {
        match source.into() {
            SchemaRef::Inline(schema) if self.extends_what_holds_it(schema) => self.beyond_reach(schema, trail),
            source => self.part(source, trail),
        }
    }

    /// The same, for a place whose schema is a part of another: its shape is needed at once.
    pub(super) fn part<'s>(&mut self, source: impl Into<SchemaRef<'s>>, trail: &Trail<'_>) -> Use {
        match source.into() {
            SchemaRef::Reference(reference) => {
                let schema = match self.component(reference) {
                    Some((_, id)) => id,
                    // `normalize` has refused dangling references; a document that skipped it reads as untyped.
                    None => self.add(trail, Docs::default(), false, Shape::Any(Reason::Unconstrained)),
                };
                Use { schema, nullable: false, docs: Docs::default(), read_only: false, write_only: false }
            }
            SchemaRef::Inline(schema) => self.inline(schema, trail),
        }
    }

    /// `Node: {properties: {child: {allOf: [{$ref: Node}, …]}}}` is a type that holds more of its kind, not one made of itself.
    fn extends_what_holds_it(&self, source: &Source) -> bool {
        let parts = Keywords::of(source).all_of;
        if parts.iter().filter(|part| annotations::only(part).is_none()).count() < 2 {
            return false;
        }
        parts.iter().any(|part| {
            let ReferenceOr::Reference { reference } = part else { return false };
            let id = self.component(reference).map(|(_, id)| id);
            id.is_some_and(|id| self.running.contains(&id))
        })
    }

    /// What such a type has in full would be known only once it is done, and then again inside itself.
    fn beyond_reach(&mut self, source: &Source, trail: &Trail<'_>) -> Use {
        let found = Rule::CompositionUnclear
            .at(trail)
            .message("a member that extends the schema it is a member of can't be joined with it");
        self.diagnostics.push(found);
        let place = self.anything(trail, Reason::Composition);
        let data = &source.schema_data;
        Use {
            docs: docs(data),
            nullable: data.nullable,
            read_only: data.read_only,
            write_only: data.write_only,
            ..place
        }
    }

    fn inline(&mut self, source: &Source, trail: &Trail<'_>) -> Use {
        let data = &source.schema_data;
        let lowered = self.shape(source, trail, None);
        // `allOf: [{$ref}]` is how a 3.0 document says something more about a reference: the place keeps it.
        if let Shape::Alias(target) = lowered.shape {
            let target = *target;
            let target = match lowered.xml {
                // The place is written otherwise than what it refers to, so it is a schema by itself.
                Some(xml) => Use { schema: self.add_alias(trail, target.clone(), xml), ..target },
                None => target,
            };
            return Use {
                nullable: target.nullable || lowered.nullable,
                docs: lowered.docs,
                read_only: data.read_only,
                write_only: data.write_only,
                schema: target.schema,
            };
        }
        let schema = self.add(trail, lowered.docs.clone(), false, lowered.shape);
        if let Some(xml) = lowered.xml {
            self.schemas.set_xml(schema, xml);
        }
        Use {
            schema,
            nullable: lowered.nullable,
            docs: lowered.docs,
            read_only: data.read_only,
            write_only: data.write_only,
        }
    }

    fn add_alias(&mut self, trail: &Trail<'_>, target: Use, xml: Xml) -> SchemaId {
        let alias = self.add(trail, target.docs.clone(), false, Shape::Alias(Box::new(target)));
        self.schemas.set_xml(alias, xml);
        alias
    }

    pub(super) fn add(&mut self, trail: &Trail<'_>, docs: Docs, nullable: bool, shape: Shape) -> SchemaId {
        self.schemas.add(Schema { pointer: trail.pointer(), component: None, sent: false, docs, nullable, shape })
    }

    fn shape(&mut self, source: &Source, trail: &Trail<'_>, id: Option<SchemaId>) -> Lowered {
        let mut keywords = Keywords::of(source);
        let mut docs = docs(&source.schema_data);
        docs.name = hints::of_type(self.diagnostics, &source.schema_data, trail);
        let mut nullable = source.schema_data.nullable;
        if let Some(values) = &mut keywords.enumeration {
            let before = values.len();
            values.retain(|value| !value.is_null());
            nullable |= values.len() != before;
        }
        annotations::apply(&mut keywords, &mut docs, &mut nullable);
        let shape = self.shape_of(source, &keywords, trail, id);
        docs.constraints = keywords.constraints;
        let xml = xml::xml(source, keywords.all_of);
        Lowered { docs, nullable, shape, xml }
    }

    fn shape_of(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>, id: Option<SchemaId>) -> Shape {
        if polymorphism::is_base(source, keywords)
            && let Some(id) = id
            && let Some(union) = polymorphism::union(self, source, keywords, trail, id)
        {
            return Shape::Union(union);
        }
        if !(keywords.all_of.is_empty() && keywords.one_of.is_empty() && keywords.any_of.is_empty()) {
            return composition::compose(self, source, keywords, trail);
        }
        self.plain(source, keywords, trail)
    }

    /// A schema without compositions.
    pub(super) fn plain(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Shape {
        if let Some(values) = &keywords.enumeration {
            let data = &source.schema_data;
            let names = hints::of_values(self.diagnostics, data, values, trail);
            return enumeration(values, names, keywords.typ, data);
        }
        let format = formats::format(self, source, keywords, trail);
        match keywords.typ {
            Some("string") => Shape::String { format },
            Some("integer") => Shape::Integer { format },
            Some("number") => Shape::Number { format },
            Some("boolean") => Shape::Boolean,
            Some("array") => self.array(source, keywords, trail),
            // A schema without `type` admits values of every type. Where it names members, or gives them a schema, an object is
            // meant; where it only limits those that there are, any value is.
            None if keywords.is_vague() && (keywords.is_object() || object::has_patterns(source)) => {
                Shape::Any(Reason::Unconstrained)
            }
            _ if keywords.is_object() || object::has_patterns(source) => {
                Shape::Object(object::object(self, source, keywords, trail))
            }
            _ if keywords.items.is_some() || source.schema_data.extensions.contains_key(carried::PREFIX_ITEMS) => {
                self.array(source, keywords, trail)
            }
            _ if keywords.not.is_some_and(is_anything) => Shape::Never,
            _ => Shape::Any(Reason::Unconstrained),
        }
    }

    fn array(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Shape {
        let (at, stated) = (trail.key("items"), keywords.typ.is_some());
        if let Some(places) = extension_schemas(source, carried::PREFIX_ITEMS) {
            let trail = trail.key(carried::PREFIX_ITEMS);
            let items =
                places.iter().enumerate().map(|(index, place)| self.usage(place, &trail.index(index))).collect();
            let rest = match keywords.items {
                _ if keywords.count("maxItems").is_some_and(|most| most <= places.len()) => None,
                Some(SchemaRef::Inline(schema)) if Keywords::of(schema).not.is_some_and(is_anything) => None,
                Some(items) => Some(Box::new(self.usage(items, &at))),
                None => Some(Box::new(self.anything(&at, Reason::ItemsUnknown))),
            };
            let least = keywords.count("minItems").unwrap_or(0);
            return Shape::Tuple { items, rest, least, stated };
        }
        let items = match keywords.items {
            Some(items) => self.usage(items, &at),
            None => self.anything(&at, Reason::ItemsUnknown),
        };
        Shape::Array { items: Box::new(items), unique: keywords.unique, stated }
    }

    /// A place that may hold any value.
    pub(super) fn anything(&mut self, trail: &Trail<'_>, reason: Reason) -> Use {
        let schema = self.add(trail, Docs::default(), false, Shape::Any(reason));
        Use { schema, nullable: false, docs: Docs::default(), read_only: false, write_only: false }
    }
}

struct Lowered {
    docs: Docs,
    nullable: bool,
    shape: Shape,
    xml: Option<Xml>,
}

/// The name that `#/components/<kind>/<name>` leads to.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let token = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    Some(token.replace("~1", "/").replace("~0", "~"))
}

/// Schemas that travelled in an extension, since 3.0 has no keyword for them.
pub(super) fn extension_schemas(source: &Source, key: &str) -> Option<Vec<ReferenceOr<Source>>> {
    let value = source.schema_data.extensions.get(key)?;
    serde_json::from_value(value.clone()).ok()
}

fn is_anything(source: &ReferenceOr<Source>) -> bool {
    match source {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => {
            let keywords = Keywords::of(schema);
            !keywords.is_structural()
                && keywords.all_of.is_empty()
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && keywords.not.is_none()
                && schema.schema_data.extensions.is_empty()
        }
    }
}

fn enumeration(values: &[Value], mut names: Vec<String>, typ: Option<&str>, data: &SchemaData) -> Shape {
    let mut distinct: Vec<Value> = Vec::with_capacity(values.len());
    let mut seen = HashSet::new();
    let fresh = values.iter().map(|value| {
        let is_fresh = seen.insert(value.to_string());
        if is_fresh {
            distinct.push(value.clone());
        }
        is_fresh
    });
    let fresh: Vec<bool> = fresh.collect();
    let mut each = fresh.into_iter();
    names.retain(|_| each.next().unwrap_or(false));
    let of = match typ {
        Some("string") => Some("string"),
        Some("integer") => Some("integer"),
        Some("number") => Some("number"),
        Some("boolean") => Some("boolean"),
        _ => None,
    };
    let constant = data.extensions.contains_key(carried::CONST) || distinct.len() == 1;
    Shape::Enumeration(Enumeration { values: distinct, names, of, constant })
}

pub(super) fn docs(data: &SchemaData) -> Docs {
    let mut examples: Vec<Value> = data.example.iter().cloned().collect();
    if let Some(Value::Array(more)) = data.extensions.get(carried::EXAMPLES) {
        let more: Vec<_> = more.iter().filter(|value| !examples.contains(value)).cloned().collect();
        examples.extend(more);
    }
    Docs {
        title: data.title.clone(),
        name: None,
        description: data.description.clone(),
        examples,
        default: data.default.clone().map(Box::new),
        deprecated: data.deprecated,
        constraints: Vec::new(),
    }
}

/// `additionalProperties` says that anything may follow.
pub(super) fn admits_anything(additional: &AdditionalProperties) -> bool {
    match additional {
        AdditionalProperties::Any(any) => *any,
        AdditionalProperties::Schema(schema) => is_anything(schema),
    }
}
