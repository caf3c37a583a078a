//! Unquoted values of string schemas that YAML reads as numbers or booleans: `{type: string, enum: [2.10, 1e3]}`.
//!
//! The schema determines that they are strings, and only the text of the file has their spelling: `2.10` and `1e3`, not 2.1 and 1000.

use serde_json::{Map, Value};

use super::locate::locate;
use super::marks::Marks;
use super::scalar;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Pointer, Position, Source, Trail};

/// Objects whose keys are names, and not keywords.
const NAMED: [&str; 6] = ["properties", "patternProperties", "$defs", "definitions", "schemas", "responses"];
/// Keywords with a value of the schema, or with some.
const VALUES: [&str; 5] = ["enum", "const", "default", "example", "examples"];

/// Gives values of string schemas the text that the file has for them; `text` is that of the file.
pub(super) fn keep_text(root: &mut Value, text: &str, source: &Source, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    find(root, &Trail::At(&Pointer::root()), false, false, &mut found);
    if found.is_empty() {
        return;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let marks = locate(source, &found);
    let mut reported: Option<Pointer> = None;
    for (pointer, marks) in found.into_iter().zip(marks) {
        let Some(place) = root.pointer_mut(pointer.as_str()) else { continue };
        let said = marks.and_then(|marks| written(&lines, marks, place)).unwrap_or_else(|| place.to_string());
        if let Some(at) = reported_at(&pointer).filter(|at| reported.as_ref() != Some(at)) {
            let message = format_args!("`{said}` is not in quotes, and a string by its `type`");
            diagnostics.push(Rule::NotText.in_file(&source.name, pointer).message(message));
            reported = Some(at);
        }
        *place = Value::String(said);
    }
}

/// The keyword for which a finding is due, once for all of its values. Samples do no harm.
fn reported_at(pointer: &Pointer) -> Option<Pointer> {
    let (parent, last) = pointer.split_last()?;
    match &*last {
        "const" | "default" => Some(pointer.clone()),
        _ => parent.split_last().is_some_and(|(_, key)| key == "enum").then_some(parent),
    }
}

/// The text of a plain scalar, if it is that of the value.
fn written(lines: &[&str], marks: Marks, value: &Value) -> Option<String> {
    let Position { line, column, end_line, end_column } = marks.value;
    if !marks.exact || line != end_line {
        return None;
    }
    let written =
        lines.get(line - 1)?.chars().skip(column - 1).take(end_column.saturating_sub(column)).collect::<String>();
    (scalar::plain(&written).as_ref() == Some(value)).then_some(written)
}

/// Adds the places of numbers and booleans among the values of string schemas.
fn find(value: &Value, trail: &Trail<'_>, is_named: bool, is_text: bool, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) if is_named => {
            members.iter().for_each(|(key, member)| find(member, &trail.key(key), false, false, found));
        }
        Value::Object(members) => {
            let is_text = has_text(members, is_text);
            // Beside its schema, a parameter has samples of its own.
            let is_sampled =
                is_text || members.get("schema").and_then(Value::as_object).is_some_and(|it| has_text(it, false));
            for (key, member) in members {
                let there = trail.key(key);
                match key.as_str() {
                    "example" if is_sampled => add(member, &there, found),
                    key if VALUES.contains(&key) => {
                        if is_text {
                            add(member, &there, found);
                        }
                    }
                    key if key.starts_with("x-") => {}
                    key => {
                        let composes = is_text && matches!(key, "allOf" | "oneOf" | "anyOf");
                        find(member, &there, NAMED.contains(&key), composes, found);
                    }
                }
            }
        }
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.for_each(|(index, item)| find(item, &trail.index(index), false, is_text, found));
        }
        _ => {}
    }
}

fn add(value: &Value, trail: &Trail<'_>, found: &mut Vec<Pointer>) {
    match value {
        Value::Number(_) | Value::Bool(_) => found.push(trail.pointer()),
        Value::Array(items) => {
            let each = items.iter().enumerate().filter(|(_, item)| item.is_number() || item.is_boolean());
            each.for_each(|(index, _)| found.push(trail.index(index).pointer()));
        }
        _ => {}
    }
}

/// Returns whether a schema has strings for values, by its own `type`, by a part of it, or by what it is a part of.
fn has_text(members: &Map<String, Value>, inherited: bool) -> bool {
    let of_type = |members: &Map<String, Value>| {
        members.get("type").map(|types| match types {
            Value::String(name) => name == "string",
            Value::Array(names) => {
                let is = |value: &Value, name: &str| value.as_str() == Some(name);
                names.iter().any(|name| is(name, "string"))
                    && names.iter().all(|name| is(name, "string") || is(name, "null"))
            }
            _ => false,
        })
    };
    of_type(members).unwrap_or_else(|| {
        let mut parts =
            members.get("allOf").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        inherited || parts.any(|part| of_type(part) == Some(true))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::limits::Limits;
    use super::super::read::read;
    use crate::diagnostics::Diagnostics;
    use crate::place::Source;

    fn root(text: &str) -> (Value, usize) {
        let mut diagnostics = Diagnostics::default();
        let source = Source { name: "api.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
        let document = read(&source, &Limits::default(), &mut diagnostics);
        (document.map(|document| document.root).unwrap_or_default(), diagnostics.len())
    }

    #[test]
    fn values_of_strings_keep_their_text() {
        let values = "[2.10, 3.0, 1e3, 0x1F, 0o17, 010, .5, +1, 1_000, 2024-01-01, YES, on, True, null, 'a', \"1.0\"]";
        let (found, findings) = root(&format!("type: string\nenum: {values}\n"));
        let texts =
            ["2.10", "3.0", "1e3", "0x1F", "0o17", "010", ".5", "+1", "1_000", "2024-01-01", "YES", "on", "True"];
        let mut expected: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
        expected.extend([Value::Null, json!("a"), json!("1.0")]);
        assert_eq!(found["enum"], Value::Array(expected));
        assert_eq!(findings, 1);
    }

    #[test]
    fn the_type_may_stand_around_or_beside() {
        let (found, _) = root("type: [string, 'null']\noneOf:\n- const: 4.10\n- {type: number, const: 4.20}\n");
        assert_eq!(found["oneOf"][0]["const"], json!("4.10"));
        assert!(found["oneOf"][1]["const"].is_number());
        let (found, _) = root("allOf: [{type: string}, {enum: [6.10]}]\ndefault: 6.10\n");
        assert_eq!((&found["allOf"][1]["enum"][0], &found["default"]), (&json!("6.10"), &json!("6.10")));
        let (found, findings) = root("schema: {type: string}\nexample: 1.50 # a comment\n");
        assert_eq!((found["example"].clone(), findings), (json!("1.50"), 0));
    }

    #[test]
    fn other_values_stay_as_they_are() {
        for text in ["type: number\ndefault: 1.10\n", "type: [string, number]\nenum: [1]\n", "enum: [1]\n"] {
            let (found, findings) = root(text);
            assert!(found["default"].is_number() || found["enum"][0].is_number(), "{text}");
            assert_eq!(findings, 0);
        }
        let (found, _) =
            root("properties: {type: {type: string, default: 1.0}, default: {type: string, const: 1.0}}\n");
        assert_eq!(found["properties"]["default"]["const"], json!("1.0"));
        assert_eq!(found["properties"]["type"]["default"], json!("1.0"));
        // The value of an alias is written elsewhere.
        let (found, _) = root("x: &x 1.10\ntype: string\nconst: *x\n");
        assert_eq!(found["const"], json!("1.10"));
    }
}
