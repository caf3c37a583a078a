//! Two ways to write one path: their items become one.

use serde_json::Value;

use super::METHODS;
use crate::diagnostics::{Diagnostics, Rule};
use crate::document::Pointer;

/// Where the two items are.
pub(super) struct Places<'a> {
    /// Where both come to stand.
    pub(super) at: &'a Pointer,
    /// Where the first one was written.
    pub(super) first: &'a Pointer,
    /// Where the other one was written.
    pub(super) from: &'a Pointer,
}

/// Moves the members of `item` into the item that was written first.
pub(super) fn into(
    first: &mut Value,
    mut item: Value,
    places: &Places<'_>,
    moves: &mut Vec<(Pointer, Pointer)>,
    diagnostics: &mut Diagnostics,
) {
    if first.get("parameters") != item.get("parameters") {
        // What holds for the operations of one way of writing need not hold for those of the other.
        push_down(first);
        push_down(&mut item);
    }
    let (Value::Object(first), Value::Object(item)) = (first, item) else { return };
    for (key, value) in item {
        if !first.contains_key(&key) {
            moves.push((places.from.child(&key), places.at.child(&key)));
            first.insert(key, value);
        } else if METHODS.contains(&key.as_str()) || key.starts_with("x-oas32-") {
            let message = format!("{} is defined here and under another way to write the path", key.to_uppercase());
            let (place, other) = (places.from.child(&key), places.first.child(&key));
            diagnostics.push(Rule::PathClash.at(place).because(message).related(other, "first here"));
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
