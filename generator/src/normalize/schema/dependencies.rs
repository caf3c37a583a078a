//! `dependencies`, which 2019-09 divided: `dependentRequired` has its lists of names, and `dependentSchemas` its schemas.

use serde_json::{Value, json};

use super::members::Members;
use crate::diagnostics::Rule;
use crate::normalize::walk::{Walk, type_name};
use crate::place::Trail;

/// Divides the entries.
pub(super) fn divide(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    let Some(entries) = members.shift_remove("dependencies") else { return };
    let here = trail.key("dependencies");
    let Value::Object(entries) = entries else {
        let message = format_args!("an object belongs here, and this is {}", type_name(&entries));
        return walk.report(Rule::IgnoredValue, &here, message);
    };
    for (name, entry) in entries {
        let (key, entry) = match entry {
            // Draft 3 has the only name without a list.
            Value::String(required) => ("dependentRequired", json!([required])),
            Value::Array(_) => ("dependentRequired", entry),
            _ => ("dependentSchemas", entry),
        };
        let there = trail.key(key);
        if !members.contains_key(key) {
            members.insert(key.to_owned(), json!({}));
            walk.origins.relocate(&here.pointer(), &there.pointer());
        }
        let Some(Value::Object(known)) = members.get_mut(key) else { continue };
        if known.contains_key(&name) {
            walk.report(Rule::IgnoredValue, &here.key(&name), format_args!("`{key}` has an entry `{name}` as well"));
            continue;
        }
        walk.origins.relocate(&here.key(&name).pointer(), &there.key(&name).pointer());
        known.insert(name, entry);
    }
}
