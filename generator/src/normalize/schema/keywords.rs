//! Keywords that 3.0 does not have: they are renamed or removed.

use serde_json::{Value, json};

use super::members::Members;
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::walk::{FieldAction, Walk};
use crate::place::Trail;

/// Keywords that affect the type or the form of a value, which the later stages read.
const SHAPING: &[&str] =
    &["prefixItems", "patternProperties", "additionalItems", "contentEncoding", "contentMediaType", "contentSchema"];

/// Keywords that only restrict the valid values.
const VALIDATING: &[&str] = &[
    "propertyNames",
    "contains",
    "minContains",
    "maxContains",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "dependentRequired",
    "dependentSchemas",
    "$dynamicRef",
];

/// Keywords that were used when references were resolved, or are for readers of the document alone.
const CONSUMED: &[&str] =
    &["$defs", "definitions", "$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment"];

/// Renames `xml` back to its own name, everywhere.
pub(in crate::normalize) fn restore_xml(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(restore_xml),
        Value::Object(members) => {
            members.values_mut().for_each(restore_xml);
            if members.contains_key(carried::XML) {
                let own = |key: String| if key == carried::XML { "xml".to_owned() } else { key };
                *members = std::mem::take(members).into_iter().map(|(key, value)| (own(key), value)).collect();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Renames the keywords that later stages read, and drops the others.
pub(super) fn carry(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    tuple(members);
    let mut actions = Vec::new();
    for key in members.keys() {
        let name = key.as_str();
        if name == "xml" {
            // The model of 3.0 drops it.
            actions.push((key.clone(), FieldAction::Rename(carried::XML.to_owned())));
        } else if SHAPING.contains(&name) {
            actions.push((key.clone(), FieldAction::Rename(format!("{}{name}", carried::OAS31))));
        } else if VALIDATING.contains(&name) {
            let message = match name {
                "then" | "else" | "dependentSchemas" => {
                    format!("the members under `{name}` are optional members; when they apply is left to the server")
                }
                _ => format!("`{name}` is left to the server"),
            };
            if !describes_rest(name, members) {
                walk.report(Rule::ValidationOnly, &trail.key(name), message);
            }
            actions.push((key.clone(), FieldAction::Rename(format!("{}{name}", carried::OAS31))));
        } else if CONSUMED.contains(&name) {
            unused(walk, name, &members[key], trail);
            actions.push((key.clone(), FieldAction::Drop));
        }
    }
    walk.apply_actions(members, actions, trail);
}

/// Returns whether a keyword is `unevaluatedProperties` in the place of `additionalProperties`: it is the type of the other members.
fn describes_rest(name: &str, members: &Members) -> bool {
    let is_false = |value: &Value| *value == Value::Bool(false) || *value == json!({ "not": {} });
    name == "unevaluatedProperties"
        && !members.contains_key("additionalProperties")
        && members.get(name).is_some_and(|value| !is_false(value))
}

/// Reports keywords of 3.0 that only restrict the valid values and that the docs of the crate do not show.
pub(super) fn limits(walk: &mut Walk<'_>, members: &Members, trail: &Trail<'_>) {
    // `not: {}` is `false` in normal form.
    if members.get("not").and_then(Value::as_object).is_some_and(|not| !not.is_empty()) {
        walk.report(Rule::ValidationOnly, &trail.key("not"), "`not` is left to the server");
    }
}

/// Reports definitions without a reference to them; the others have become components.
fn unused(walk: &mut Walk<'_>, name: &str, definitions: &Value, trail: &Trail<'_>) {
    if !matches!(name, "$defs" | "definitions") {
        return;
    }
    let here = trail.key(name);
    for (key, definition) in definitions.as_object().into_iter().flatten() {
        if definition.get("$ref").is_none() {
            walk.report(Rule::IgnoredField, &here.key(key), format_args!("no reference leads to `{key}`"));
        }
    }
}

/// `items` as a list was how tuples were written before 2020-12.
fn tuple(members: &mut Members) {
    if !members.get("items").is_some_and(Value::is_array) {
        return;
    }
    if let Some(list) = members.shift_remove("items") {
        members.insert("prefixItems".to_owned(), list);
    }
    if let Some(rest) = members.shift_remove("additionalItems") {
        // A flag is not a schema, and 3.0 has no `items: false`.
        let rest = match rest {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            schema => schema,
        };
        members.insert("items".to_owned(), rest);
    }
}
