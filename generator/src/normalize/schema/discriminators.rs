//! A discriminator in a part of `allOf`, which is that of the whole schema.

use serde_json::Value;

use super::members::Members;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Moves the discriminator of an inline part to the schema, whose subtypes it tells apart: the part is nothing that they could extend.
pub(super) fn raise(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    const OWN: [&str; 3] = ["discriminator", "oneOf", "anyOf"];
    if OWN.iter().any(|key| members.contains_key(*key)) {
        return;
    }
    let Some(Value::Array(parts)) = members.get_mut("allOf") else { return };
    let states = |part: &Value| {
        let has = |key: &str| part.get(key).is_some();
        has("discriminator") && !has("$ref") && !has("oneOf") && !has("anyOf")
    };
    let mut stating = (0..parts.len()).filter(|index| states(&parts[*index]));
    let (Some(index), None) = (stating.next(), stating.next()) else { return };
    let Some(moved) = parts[index].as_object_mut().and_then(|part| part.shift_remove("discriminator")) else { return };
    // The findings so far have the places before the move.
    walk.diagnostics.resolve(walk.origins);
    let (parts, here) = (trail.key("allOf"), trail.key("discriminator"));
    walk.origins.relocate(&parts.index(index).key("discriminator").pointer(), &here.pointer());
    members.insert("discriminator".to_owned(), moved);
}
