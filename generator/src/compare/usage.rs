//! Comparison of uses: the facts of a place besides its schema.

use serde_json::Value;

use super::bounds;
use super::comparison::{Comparison, Spot};
use super::rule::{Side, ValueRule};
use crate::ir::{Schema, Use};

/// Compares the facts of a place, and adds its schemas to the queue.
pub(super) fn usage(to: &mut Comparison<'_>, spot: &Spot, old: &Use, new: &Use) {
    match (to.old.schemas.is_nullable(old), to.new.schemas.is_nullable(new)) {
        (false, true) => to.add(spot, ValueRule::BecameNullable, "became nullable"),
        (true, false) => to.add(spot, ValueRule::BecameNotNullable, "is no longer nullable"),
        _ => {}
    }
    let (before, after) = (to.old.schemas.resolve(old.schema), to.new.schemas.resolve(new.schema));
    bounds::bounds(to, spot, (old, before), (new, after));
    if old.docs.default != new.docs.default && spot.side() == Side::Request {
        let said = |value: &Option<Box<Value>>| value.as_ref().map_or("none".to_owned(), |value| format!("`{value}`"));
        let text = format!("has another default: {}, was {}", said(&new.docs.default), said(&old.docs.default));
        let rule = match (&old.docs.default, &new.docs.default) {
            (None, _) => ValueRule::DefaultAdded,
            (_, None) => ValueRule::DefaultRemoved,
            _ => ValueRule::DefaultChanged,
        };
        to.add(spot, rule, &text);
    }
    if to.is_new(before, after, spot.noun) {
        let spot = at_schema(spot, to.old.schemas.get(before), to.new.schemas.get(after));
        to.enqueue(spot, before, after);
    }
}

/// Returns the place of a change in a component: the component itself, independent of the reference.
fn at_schema(spot: &Spot, old: &Schema, new: &Schema) -> Spot {
    let subject = match (&old.component, &new.component) {
        (Some(one), Some(other)) if one == other => format!("the schema `{one}`"),
        _ => spot.subject.clone(),
    };
    Spot { noun: spot.noun, subject, old: old.pointer.clone(), new: new.pointer.clone() }
}
