//! Merge keys: `<<: *base` was an extension of YAML 1.1, on which many documents rely.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Pointer, Trail};

/// Adds the members under a merge key to the object that has the key, unless the object has a member of that name.
///
/// Merge keys in quotes are ordinary keys.
pub(super) fn apply(
    value: &mut Value,
    file: &str,
    quoted: &HashSet<Pointer>,
    trail: &Trail<'_>,
    diagnostics: &mut Diagnostics,
) {
    match value {
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                apply(value, file, quoted, &trail.key(key), diagnostics);
            }
            if members.contains_key("<<") && !quoted.contains(&trail.key("<<").pointer()) {
                merge(members, file, trail, diagnostics);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                apply(item, file, quoted, &trail.index(index), diagnostics);
            }
        }
        _ => {}
    }
}

fn merge(members: &mut Map<String, Value>, file: &str, trail: &Trail<'_>, diagnostics: &mut Diagnostics) {
    let sources: Vec<Value> = match members.get("<<") {
        Some(base @ Value::Object(_)) => vec![base.clone()],
        // The earlier of several take precedence.
        Some(Value::Array(bases)) if bases.iter().all(Value::is_object) => bases.clone(),
        _ => return,
    };
    let here = trail.key("<<");
    diagnostics.push(Rule::MergeKey.in_file(file, here).message("a merge key; what it leads to is merged"));
    members.shift_remove("<<");
    for (key, value) in sources.into_iter().filter_map(into_object).flatten() {
        members.entry(key).or_insert(value);
    }
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
