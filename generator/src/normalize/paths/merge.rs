//! Merging of the path items of two spellings of one path.

use serde_json::Value;

use super::super::grammar::METHODS;
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Pointer;

/// The places of two items that are merged.
pub(super) struct Places<'a> {
    /// The place of the result.
    pub(super) at: &'a Pointer,
    /// The original place of the first item.
    pub(super) first: &'a Pointer,
    /// The original place of the other item.
    pub(super) from: &'a Pointer,
}

/// Moves the members of `item` into the item that was written first.
///
/// If both have a member, that of the item whose path is first in the alphabet stays, so that the order of the document has no
/// effect.
pub(super) fn into(
    first: &mut Value,
    mut item: Value,
    places: &Places<'_>,
    moves: &mut Vec<(Pointer, Pointer)>,
    diagnostics: &mut Diagnostics,
) {
    if first.get("parameters") != item.get("parameters") {
        // The parameters of one item need not apply to the operations of the other.
        push_down(first);
        push_down(&mut item);
    }
    let (Value::Object(first), Value::Object(item)) = (first, item) else { return };
    let before = places.from < places.first;
    if before {
        moves.push((places.from.clone(), places.at.clone()));
        moves.extend(first.keys().map(|key| (places.first.child(key), places.at.child(key))));
    }
    for (key, value) in item {
        if !first.contains_key(&key) {
            moves.push((places.from.child(&key), places.at.child(&key)));
            first.insert(key, value);
            continue;
        }
        if METHODS.contains(&key.as_str()) || key.starts_with(carried::OAS32) {
            let message = format!("{} is defined here and under another way to write the path", key.to_uppercase());
            let (mut place, mut other) = (places.from.child(&key), places.first.child(&key));
            if before {
                std::mem::swap(&mut place, &mut other);
            }
            diagnostics.push(Rule::PathClash.at(place).message(message).related(other, "and here"));
        }
        if before {
            moves.push((places.from.child(&key), places.at.child(&key)));
            first.insert(key, value);
        }
    }
}

/// Gives the parameters of an item to each of its operations.
fn push_down(item: &mut Value) {
    let Value::Object(members) = item else { return };
    let Some(Value::Array(shared)) = members.shift_remove("parameters") else { return };
    let identity = |parameter: &Value| {
        (parameter.get("name").cloned(), parameter.get("in").cloned(), parameter.get("$ref").cloned())
    };
    for method in METHODS {
        let Some(Value::Object(operation)) = members.get_mut(*method) else { continue };
        let own = operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(own) = own {
            for parameter in &shared {
                if !own.iter().any(|other| identity(other) == identity(parameter)) {
                    own.push(parameter.clone());
                }
            }
        }
    }
}
