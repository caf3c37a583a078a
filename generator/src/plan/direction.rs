//! Which way the values of a type go: to the server, from it, or both.

use std::collections::{BTreeSet, HashSet};

use super::naming::Names;
use crate::ir::{Api, Property, Rest, SchemaId, Shape, Use};
use crate::rust::name::Name;

/// The items whose values are sent, and those whose values are received.
pub(super) struct Directions {
    sent: BTreeSet<Name>,
    received: BTreeSet<Name>,
}

impl Directions {
    /// Follows every body and parameter of every operation.
    pub(super) fn of(api: &Api, names: &Names) -> Self {
        let (mut sent, mut received) = (Walk::new(api), Walk::new(api));
        for operation in &api.operations {
            sent.all(operation.parameters.iter().map(|parameter| &parameter.value));
            let bodies = operation.body.iter().flat_map(|body| &body.content);
            sent.all(bodies.filter_map(|media| media.schema.as_ref()));
            for response in &operation.responses {
                received.all(response.content.iter().filter_map(|media| media.schema.as_ref()));
                received.all(response.headers.iter().filter_map(|header| header.value.as_ref()));
            }
        }
        let events = api.webhooks.iter().filter_map(|event| event.body.as_ref()).flat_map(|body| &body.content);
        received.all(events.filter_map(|media| media.schema.as_ref()));
        let named = |walk: Walk<'_>| walk.seen.into_iter().filter_map(|id| names.of(id).cloned()).collect();
        Directions { sent: named(sent), received: named(received) }
    }

    /// Whether values of the item are sent.
    pub(super) fn is_sent(&self, item: &Name) -> bool {
        self.sent.contains(item)
    }

    /// Whether the member has to be there wherever its object goes: a `readOnly` one is not to be sent, and a `writeOnly` one does
    /// not come back (OAS 3.0.4 §4.7.24.1).
    pub(super) fn is_required(&self, owner: &Name, property: &Property) -> bool {
        let missing = property.value.read_only && self.sent.contains(owner)
            || property.value.write_only && self.received.contains(owner);
        property.required && !missing
    }
}

struct Walk<'a> {
    api: &'a Api,
    seen: HashSet<SchemaId>,
}

impl<'a> Walk<'a> {
    fn new(api: &'a Api) -> Self {
        Walk { api, seen: HashSet::new() }
    }

    fn all(&mut self, usages: impl Iterator<Item = &'a Use>) {
        // A stack of our own: documents decide how deep schemas go.
        let mut waiting: Vec<SchemaId> = usages.map(|usage| usage.schema).collect();
        while let Some(id) = waiting.pop() {
            if self.seen.insert(id) {
                waiting.extend(held(&self.api.schemas.get(id).shape).map(|usage| usage.schema));
            }
        }
    }
}

/// The schemas of what a value of this shape holds.
fn held(shape: &Shape) -> Box<dyn Iterator<Item = &Use> + '_> {
    match shape {
        Shape::Object(object) => {
            let rest = match &object.rest {
                Rest::Typed(usage) => Some(usage.as_ref()),
                Rest::Open | Rest::Any | Rest::Closed => None,
            };
            let named = object.properties.iter().map(|property| &property.value);
            Box::new(named.chain(rest).chain(object.patterns.iter().map(|(_, usage)| usage)))
        }
        Shape::Array { items, .. } => Box::new(std::iter::once(items)),
        Shape::Tuple { items, rest, .. } => Box::new(items.iter().chain(rest)),
        Shape::Union(union) => Box::new(union.members.iter().map(|member| &member.value)),
        Shape::Alias(target) => Box::new(std::iter::once(target)),
        Shape::Any(_)
        | Shape::Never
        | Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::String { .. }
        | Shape::Enumeration(_) => Box::new(std::iter::empty()),
    }
}
