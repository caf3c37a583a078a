//! Schemas: from keywords to shapes.

use openapiv3::{AnySchema, ReferenceOr, Schema as Source, SchemaKind};
use serde::Deserialize;

use super::context::Lowering;
use super::keywords::{Keywords, SchemaRef};
use super::source::{describes_members, facts, has_conditions, has_patterns, is_anything, referred};
use super::{annotations, bounds, composition, enumeration, formats, hints, middle, numeric, object, xml};
use crate::carried;
use crate::diagnostics::Rule;
use crate::ir::{BoundKeyword, Component, Direction, Docs, Reason, SchemaId, Shape, Use, Xml};
use crate::place::{Pointer, Trail};

/// The maximum number of components in a chain of compositions, each of which uses stack.
const DEEPEST: usize = 64;

impl<'a> Lowering<'a> {
    /// Lowers every component, in the order of their names.
    pub(super) fn components(&mut self, root: &Trail<'_>) -> Vec<Component> {
        let parent = root.key("components");
        let parent = parent.key("schemas");
        let mut named = Vec::with_capacity(self.names.len());
        let mut names: Vec<&'a String> = self.names.iter().collect();
        names.sort_unstable();
        for name in names {
            let id = self.ids[name.as_str()];
            self.ensure(id, name, &parent);
            named.push(Component { name: name.clone(), direction: Direction::Either, schema: id });
        }
        named
    }

    /// Lowers a component whose shape is needed now. Returns `false` in a cycle.
    pub(super) fn ensure_lowered(&mut self, id: SchemaId) -> bool {
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
                let target = self.lower_part(SchemaRef::Reference(reference), &trail);
                self.schemas.get_mut(id).shape = Shape::Alias(Box::new(target));
            }
        }
        self.running.remove(&id);
        self.events.keep(name, source);
        true
    }

    /// Lowers the use of a schema, inline or by reference.
    pub(super) fn lower_use<'s>(&mut self, source: impl Into<SchemaRef<'s>>, trail: &Trail<'_>) -> Use {
        match source.into() {
            SchemaRef::Inline(schema) if self.extends_what_holds_it(schema) => self.leave_untyped(schema, trail),
            SchemaRef::Reference(reference) => {
                let middle = self.component(reference).and_then(|(name, _)| middle::place(self, name));
                middle.map_or_else(|| self.lower_part(SchemaRef::Reference(reference), trail), Use::of)
            }
            source => self.lower_part(source, trail),
        }
    }

    /// The same, for a place whose schema is a part of another: its shape is needed at once.
    pub(super) fn lower_part<'s>(&mut self, source: impl Into<SchemaRef<'s>>, trail: &Trail<'_>) -> Use {
        match source.into() {
            SchemaRef::Reference(reference) => {
                let schema = match self.component(reference) {
                    Some((_, id)) => id,
                    // `normalize` has rejected references without a target; without it, the place is untyped.
                    None => self.add(trail, Docs::default(), false, Shape::Any(Reason::Unconstrained)),
                };
                Use::of(schema)
            }
            SchemaRef::Inline(schema) => self.inline(schema, trail),
        }
    }

    /// Returns whether a member extends the component that contains it: `Node: {properties: {child: {allOf: [{$ref: Node}, …]}}}`, or has it
    /// as an alternative beside members of its own.
    fn extends_what_holds_it(&self, source: &Source) -> bool {
        let keywords = Keywords::of(source);
        let parts = keywords.all_of.iter().filter(|part| annotations::only(part).is_none()).count();
        let choices = composition::listed(&keywords).len();
        let adds = (keywords.is_structural() && !keywords.is_bare_object()) || describes_members(source);
        if parts + choices + usize::from(adds) < 2 {
            return false;
        }
        [keywords.all_of, keywords.one_of, keywords.any_of]
            .iter()
            .any(|some| some.iter().any(|part| self.refers_to_what_holds_it(part)))
    }

    /// Returns whether a part is a component that contains the schema whose part it is.
    pub(super) fn refers_to_what_holds_it(&self, part: &ReferenceOr<Source>) -> bool {
        let ReferenceOr::Reference { reference } = part else { return false };
        self.component(reference).is_some_and(|(_, id)| self.running.contains(&id))
    }

    /// Lowers a type that contains itself in a composition, whose full members are not known yet.
    fn leave_untyped(&mut self, source: &Source, trail: &Trail<'_>) -> Use {
        let found = Rule::CompositionUnclear
            .at(trail)
            .message("a member that extends the schema it is a member of can't be joined with it");
        self.diagnostics.push(found);
        let place = self.anything(trail, Reason::Composition);
        let data = &source.schema_data;
        Use {
            docs: facts(data).into(),
            nullable: data.nullable,
            read_only: data.read_only,
            write_only: data.write_only,
            ..place
        }
    }

    fn inline(&mut self, source: &Source, trail: &Trail<'_>) -> Use {
        let data = &source.schema_data;
        let lowered = self.shape(source, trail, None);
        // `allOf: [{$ref}]` is how a 3.0 document annotates a reference: the place keeps the annotations.
        if let Shape::Alias(target) = lowered.shape {
            let target = *target;
            let target = match lowered.xml {
                // The place has another XML form than its target, so it is a schema of its own.
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

    fn shape(&mut self, source: &Source, trail: &Trail<'_>, id: Option<SchemaId>) -> Lowered {
        let mut keywords = Keywords::of(source);
        let mut docs = facts(&source.schema_data);
        docs.name = hints::of_type(self.diagnostics, &source.schema_data, trail);
        if source.schema_data.extensions.contains_key(carried::CONTENT_SCHEMA) {
            self.held.insert(trail.key(carried::CONTENT_SCHEMA).pointer());
        }
        let mut nullable = source.schema_data.nullable;
        if keywords.typ == Some("string") && keywords.enumeration.is_none() {
            keywords.enumeration = hints::open_values(&source.schema_data);
        }
        if let Some(values) = &mut keywords.enumeration {
            let before = values.len();
            values.retain(|value| !value.is_null());
            nullable |= values.len() != before;
        }
        annotations::apply(&mut keywords, &mut docs, &mut nullable);
        nullable |= self.nulls.are_among(keywords.one_of) || self.nulls.are_among(keywords.any_of);
        let shape = self.shape_of(source, &keywords, trail, id);
        let mut constraints = std::mem::take(&mut keywords.constraints);
        if is_plain(&shape) {
            bounds::narrow(&mut constraints, bounds::of_parts(self, keywords.all_of));
        }
        if matches!(shape, Shape::String { .. }) {
            docs.choices = self.choices(&keywords, trail);
        }
        docs.constraints = constraints;
        if id.is_none() {
            docs.parts = keywords.all_of.iter().filter_map(referred).collect();
        }
        let xml = xml::xml(source, keywords.all_of);
        Lowered { docs: docs.into(), nullable, shape, xml }
    }

    /// The alternatives of a text whose own keywords state its type: `{type: string, anyOf: [{format: date}, {format: date-time}]}`.
    fn choices(&mut self, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Vec<SchemaId> {
        let (key, listed) = match (keywords.one_of, keywords.any_of) {
            ([], any_of) => ("anyOf", any_of),
            (one_of, _) => ("oneOf", one_of),
        };
        let at = trail.key(key);
        let kept = self.nulls.without(listed);
        let lowered = kept.into_iter().map(|(index, choice)| match choice {
            ReferenceOr::Item(Source { schema_kind: SchemaKind::Any(any), schema_data }) if any.typ.is_none() => {
                let any = AnySchema { typ: Some("string".to_owned()), ..any.clone() };
                let text = Source { schema_kind: SchemaKind::Any(any), schema_data: schema_data.clone() };
                self.lower_part(SchemaRef::Inline(&text), &at.index(index)).schema
            }
            choice => self.lower_part(choice, &at.index(index)).schema,
        });
        lowered.collect()
    }

    fn shape_of(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>, id: Option<SchemaId>) -> Shape {
        let name = id.and_then(|id| self.schemas.get(id).component.as_deref());
        let is_base = name.is_some_and(|name| self.children.base_of(name).is_some());
        let composes = !(keywords.all_of.is_empty() && keywords.one_of.is_empty() && keywords.any_of.is_empty());
        if is_base || composes {
            return composition::compose(self, source, keywords, trail, id);
        }
        self.plain(source, keywords, trail)
    }

    /// A schema without compositions.
    pub(super) fn plain(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Shape {
        if let Some(values) = &keywords.enumeration {
            let data = &source.schema_data;
            let labels = hints::of_values(self.diagnostics, data, values, trail);
            return Shape::Enumeration(enumeration::of_values(values, labels, keywords.typ, data));
        }
        if let Some(number) = numeric::by_format(source, keywords) {
            self.numbers_as_text = true;
            return number;
        }
        let format = formats::format(self, source, keywords, trail);
        match keywords.typ {
            Some("string") => Shape::String { format },
            Some("integer") => Shape::Integer { format },
            Some("number") => Shape::Number { format },
            Some("boolean") => Shape::Boolean,
            Some("array") => self.array(source, keywords, trail),
            None if has_conditions(source) && keywords.items.is_none() => {
                let object = object::object(self, source, keywords, trail);
                if object.properties.is_empty() { Shape::Any(Reason::Unconstrained) } else { Shape::Object(object) }
            }
            // A schema without `type` permits values of every type. If it names members, or gives them a schema, an object is
            // meant; if it only restricts members, any value is.
            // Members that only have patterns, and no others, are an object's.
            None if keywords.is_vague() && has_patterns(source) && keywords.is_closed() => {
                Shape::Object(object::object(self, source, keywords, trail))
            }
            None if keywords.is_vague() && (keywords.is_object() || has_patterns(source)) => {
                Shape::Any(Reason::Unconstrained)
            }
            _ if keywords.is_object() || has_patterns(source) => {
                Shape::Object(object::object(self, source, keywords, trail))
            }
            _ if keywords.items.is_some() || source.schema_data.extensions.contains_key(carried::PREFIX_ITEMS) => {
                self.array(source, keywords, trail)
            }
            _ if keywords.not.is_some_and(is_anything) => Shape::Never,
            _ => Shape::Any(Reason::Unconstrained),
        }
    }

    /// The schemas of the first items of a list, which the model of 3.0 has no keyword for.
    fn places(&mut self, source: &Source, trail: &Trail<'_>) -> Option<Vec<Use>> {
        let places = source.schema_data.extensions.get(carried::PREFIX_ITEMS)?.as_array()?;
        let trail = trail.key(carried::PREFIX_ITEMS);
        let mut items = Vec::with_capacity(places.len());
        for (index, place) in places.iter().enumerate() {
            // A schema takes a kilobyte, so each is dropped before the next one is read.
            let place = ReferenceOr::<Source>::deserialize(place).ok()?;
            items.push(self.lower_use(&place, &trail.index(index)));
        }
        Some(items)
    }

    fn array(&mut self, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Shape {
        let (at, stated) = (trail.key("items"), keywords.typ.is_some());
        if let Some(items) = self.places(source, trail) {
            let rest = match keywords.items {
                _ if keywords.count(BoundKeyword::MaxItems).is_some_and(|most| most <= items.len()) => None,
                Some(SchemaRef::Inline(schema)) if Keywords::of(schema).not.is_some_and(is_anything) => None,
                Some(items) => Some(Box::new(self.lower_use(items, &at))),
                None => Some(Box::new(self.anything(&at, Reason::ItemsUnknown))),
            };
            let least = keywords.count(BoundKeyword::MinItems).unwrap_or(0);
            return Shape::Tuple { items, rest, least, stated };
        }
        let items = match keywords.items {
            Some(items) => self.lower_use(items, &at),
            None => self.anything(&at, Reason::ItemsUnknown),
        };
        Shape::Array { items: Box::new(items), unique: keywords.unique, stated }
    }
}

/// Returns whether a shape has the bounds that its schema and the parts of it state, and no members with bounds of their own.
fn is_plain(shape: &Shape) -> bool {
    matches!(shape, Shape::Integer { .. } | Shape::Number { .. } | Shape::String { .. } | Shape::Array { .. })
}

struct Lowered {
    docs: Docs,
    nullable: bool,
    shape: Shape,
    xml: Option<Xml>,
}
