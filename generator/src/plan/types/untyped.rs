//! The number of untyped places, with reasons.

use crate::ir::{Media, Object, Reason, Rest, SchemaId, Shape, Use};
use crate::plan::types::mapping::Types;
use crate::rust::{Item, Type, Untyped};

/// The maximum depth of aliases and lists; a deeper place counts as typed.
const DEEPEST: u8 = 16;

/// Counts the members, alternatives, parameters and bodies, and those without a type.
pub(crate) fn untyped(types: Types<'_>, items: &[Item]) -> Untyped {
    let mut count = Count { types, found: Untyped::default() };
    for (id, name) in &types.names.items {
        let item = items.binary_search_by(|item| item.name().cmp(name)).ok().map(|index| &items[index]);
        match (&types.api.schemas.get(*id).shape, item) {
            (Shape::Object(object), Some(Item::Struct(_))) => count.object(object),
            (Shape::Union(union), Some(Item::Union(_))) => union.members.iter().for_each(|it| count.place(&it.value)),
            _ => {}
        }
    }
    for operation in &types.api.operations {
        operation.parameters.iter().for_each(|parameter| count.place(&parameter.value));
        operation.body.iter().flat_map(|body| &body.content).for_each(|media| count.media(media));
        for response in &operation.responses {
            response.content.iter().for_each(|media| count.media(media));
            response.headers.iter().filter_map(|header| header.value.as_ref()).for_each(|usage| count.place(usage));
        }
    }
    let callbacks = types.api.operations.iter().flat_map(|operation| &operation.callbacks);
    for event in callbacks.chain(&types.api.webhooks) {
        event.body.iter().flat_map(|body| &body.content).for_each(|media| count.media(media));
    }
    count.found
}

struct Count<'a> {
    types: Types<'a>,
    found: Untyped,
}

impl Count<'_> {
    fn object(&mut self, object: &Object) {
        let fields = object.properties.iter().filter(|property| !self.types.api.schemas.is_constant(property));
        fields.for_each(|property| self.place(&property.value));
        match (&object.rest, object.patterns.is_empty()) {
            (Rest::Open | Rest::Closed, true) => {}
            (Rest::Typed(usage), true) => self.place(usage),
            (Rest::Any, true) => self.add(Some("any value, by the document")),
            (Rest::Typed(_) | Rest::Closed, false) => match self.types.values(object) {
                Some((usage, _)) => self.place(usage),
                None => self.add(Some("members by pattern beside others")),
            },
            (Rest::Open | Rest::Any, false) => self.add(Some("members by pattern beside others")),
        }
    }

    fn media(&mut self, media: &Media) {
        if let Some(usage) = &media.item {
            self.place(usage);
        }
        let Some(usage) = &media.schema else { return };
        match &self.types.api.schemas.get(usage.schema).shape {
            // The parts are members of a struct of their own.
            Shape::Object(object) if self.types.names.of(usage.schema).is_none() && !object.properties.is_empty() => {
                self.object(object);
            }
            _ => self.place(usage),
        }
    }

    fn place(&mut self, usage: &Use) {
        let why = self.why(usage.schema, DEEPEST);
        self.add(why);
    }

    fn add(&mut self, why: Option<&'static str>) {
        self.found.places += 1;
        if let Some(why) = why {
            *self.found.by_reason.entry(why).or_default() += 1;
        }
    }

    fn why(&self, id: SchemaId, depth: u8) -> Option<&'static str> {
        if depth == 0 || self.types.chosen(id).is_some() {
            return None;
        }
        match &self.types.api.schemas.get(id).shape {
            Shape::Any(reason) => Some(match reason {
                Reason::Unconstrained | Reason::Pending => "any value, by the document",
                Reason::ItemsUnknown => "a list of anything, by the document",
                Reason::Conflict => "parts of allOf that contradict one another",
                Reason::Composition => "a composition without a form",
            }),
            Shape::Never => Some("no value, by the document"),
            Shape::Object(object) if object.properties.is_empty() => match self.types.map(object) {
                Type::JsonObject if object.patterns.is_empty() => Some("any object, by the document"),
                Type::JsonObject => Some("members by pattern beside others"),
                _ => self.types.values(object).and_then(|(usage, _)| self.why(usage.schema, depth - 1)),
            },
            Shape::Array { items, .. } => self.why(items.schema, depth - 1),
            Shape::Tuple { .. } if self.types.inside(id).has(|ty| *ty == Type::Value) => {
                Some("a tuple of several lengths and types")
            }
            Shape::Alias(target) => self.why(target.schema, depth - 1),
            Shape::Object(_) | Shape::Union(_) if self.types.names.of(id).is_none() => Some("a type without a name"),
            Shape::Object(_)
            | Shape::Union(_)
            | Shape::Tuple { .. }
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number { .. }
            | Shape::String { .. }
            | Shape::Enumeration(_) => None,
        }
    }
}
