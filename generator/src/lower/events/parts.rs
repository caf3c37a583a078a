//! Events that are described in parts: one object for the parts of `allOf`, as the example of OAS 3.2 §4.14.3 has a common schema of
//! events beside what it says of some.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::components::Components;
use crate::lower::keywords::Properties;
use crate::lower::source::referred;

/// The parts of `allOf`; none if a schema has no such parts.
pub(super) fn of(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

/// The schema that a source leads to, its parts in one object. None if they are more than objects and one choice.
pub(super) fn whole<'s>(components: &'s Components, source: &'s ReferenceOr<Schema>) -> Option<Cow<'s, Schema>> {
    let schema = components.resolve(source)?;
    if of(schema).is_empty() {
        return Some(Cow::Borrowed(schema));
    }
    let mut whole = Whole { components, object: AnySchema::default(), data: schema.schema_data.clone(), joined: 0 };
    whole.add(source, &mut HashSet::new(), 0)?;
    Some(Cow::Owned(whole.into_schema()))
}

/// The maximum depth of parts within parts, and of properties that several parts describe: both are followed by recursion.
const DEEPEST: usize = 32;

/// An object that is put together.
struct Whole<'s> {
    components: &'s Components,
    object: AnySchema,
    data: SchemaData,
    /// The number of properties that were described by one more part.
    joined: usize,
}

impl Whole<'_> {
    /// Adds a part and its own parts, each component once.
    fn add(&mut self, part: &ReferenceOr<Schema>, added: &mut HashSet<String>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        if referred(part).is_some_and(|name| !added.insert(name)) {
            return Some(());
        }
        let components = self.components;
        let schema = components.resolve(part)?;
        for part in of(schema) {
            self.add(part, added, depth + 1)?;
        }
        if self.data.discriminator.is_none() {
            self.data.discriminator.clone_from(&schema.schema_data.discriminator);
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                self.object.required.extend(object.required.iter().cloned());
                self.properties(&object.properties)?;
            }
            SchemaKind::Any(any) => {
                self.object.required.extend(any.required.iter().cloned());
                self.properties(&any.properties)?;
                self.choice(&any.one_of, &any.any_of)?;
            }
            SchemaKind::OneOf { one_of } => self.choice(one_of, &[])?,
            SchemaKind::AnyOf { any_of } => self.choice(&[], any_of)?,
            SchemaKind::AllOf { .. } | SchemaKind::Not { .. } => {}
            SchemaKind::Type(_) => return None,
        }
        Some(())
    }

    fn properties(&mut self, found: &Properties) -> Option<()> {
        for (name, source) in found {
            let known = self.object.properties.shift_remove(name);
            let both = match known {
                None => source.clone(),
                Some(known) => self.both(known, source.clone()),
            };
            self.object.properties.insert(name.clone(), both);
        }
        (self.joined <= DEEPEST).then_some(())
    }

    /// A property that two parts describe. The contents of a text are all there is to say of it.
    fn both(&mut self, one: ReferenceOr<Box<Schema>>, other: ReferenceOr<Box<Schema>>) -> ReferenceOr<Box<Schema>> {
        let holds = |source: &ReferenceOr<Box<Schema>>| self.components.held(&source.clone().unbox()).is_some();
        if one == other || holds(&one) && !holds(&other) {
            return one;
        }
        if holds(&other) {
            return other;
        }
        self.joined += 1;
        let schema_kind = SchemaKind::AllOf { all_of: vec![one.unbox(), other.unbox()] };
        ReferenceOr::Item(Box::new(Schema { schema_data: SchemaData::default(), schema_kind }))
    }

    /// The alternatives of the events; None if another part has some too.
    fn choice(&mut self, one_of: &[ReferenceOr<Schema>], any_of: &[ReferenceOr<Schema>]) -> Option<()> {
        if one_of.is_empty() && any_of.is_empty() {
            return Some(());
        }
        if !(self.object.one_of.is_empty() && self.object.any_of.is_empty()) {
            return None;
        }
        self.object.one_of = one_of.to_vec();
        self.object.any_of = any_of.to_vec();
        Some(())
    }

    fn into_schema(self) -> Schema {
        let Self { mut object, data: schema_data, .. } = self;
        let schema_kind = match (object.properties.is_empty(), object.one_of.is_empty(), object.any_of.is_empty()) {
            (true, false, true) => SchemaKind::OneOf { one_of: object.one_of },
            (true, true, false) => SchemaKind::AnyOf { any_of: object.any_of },
            _ => {
                object.typ = Some("object".to_owned());
                SchemaKind::Any(object)
            }
        };
        Schema { schema_data, schema_kind }
    }
}
