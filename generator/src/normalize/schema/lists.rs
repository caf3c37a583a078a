//! Lists that must not be empty (`allOf`, `oneOf`, `anyOf`), and those with unique items (`required`).

use serde_json::Value;

use super::members::Members;
use crate::diagnostics::Rule;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Removes lists and items without effect.
pub(super) fn check(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    for key in ["allOf", "oneOf", "anyOf"] {
        if members.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let message = format_args!("an empty `{key}` says nothing; it is taken as if it were not there");
            walk.report(Rule::Forbidden, &trail.key(key), message);
            members.shift_remove(key);
        }
    }
    if let Some(Value::Array(names)) = members.get_mut("required") {
        once(walk, names, &trail.key("required"));
    }
}

/// Removes `required: true` of a property, as in draft 3 of JSON Schema.
pub(super) fn flag(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    if members.get("required").is_some_and(Value::is_boolean) {
        let message = "a list of the names of required properties belongs here, and this is a boolean";
        let found = Rule::IgnoredValue.at(trail.key("required")).message(message);
        walk.diagnostics
            .push(found.help("put the property's name into `required` of the schema that has the property"));
        members.shift_remove("required");
    }
}

fn once(walk: &mut Walk<'_>, names: &mut Vec<Value>, here: &Trail<'_>) {
    let mut seen = std::collections::HashSet::new();
    let mut index = 0;
    names.retain(|name| {
        let new = seen.insert(name.clone());
        if !new {
            walk.report(Rule::Forbidden, &here.index(index), format_args!("{name} stands twice"));
        }
        index += 1;
        new
    });
}
