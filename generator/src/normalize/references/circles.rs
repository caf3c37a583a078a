//! Cycles of references that have no other target.

use std::collections::HashSet;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::super::grammar::{Kind, Version};
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Pointer, unescape};

const KINDS: &[Kind] = &[
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];

/// Reports each circle among the components once, with its members in order, and breaks it up, so that later passes come to an end.
pub(super) fn break_up(root: &mut Value, version: Version, diagnostics: &mut Diagnostics) {
    for here in KINDS.iter().filter_map(|kind| kind.home(version)).filter_map(Pointer::parse) {
        let Some(Value::Object(members)) = root.pointer_mut(here.as_str()) else { continue };
        for chain in circles(members, &format!("#{here}/")) {
            let shown = format!("{} → {}", chain.join(" → "), chain[0]);
            let found = Rule::CircularReference
                .at(here.child(&chain[0]))
                .message(format_args!("{shown}: none says what it is"));
            let found = chain[1..].iter().fold(found, |found, other| found.related(here.child(other), "on the way"));
            diagnostics.push(found);
            members.insert(chain[0].clone(), Value::Object(Map::new()));
        }
    }
}

/// The cycles, each beginning with its first member in the alphabet.
fn circles(members: &Map<String, Value>, prefix: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut done: HashSet<String> = HashSet::new();
    let mut names: Vec<&String> = members.keys().collect();
    names.sort();
    for start in names {
        let mut chain: IndexSet<String> = IndexSet::new();
        let mut current = start.clone();
        while !done.contains(&current) {
            let (index, new) = chain.insert_full(current.clone());
            if !new {
                let mut circle: Vec<String> = chain.iter().skip(index).cloned().collect();
                let first = (0..circle.len()).min_by_key(|&index| &circle[index]).unwrap_or_default();
                circle.rotate_left(first);
                found.push(circle);
                break;
            }
            match next(members, &current, prefix) {
                Some(next) => current = next,
                None => break,
            }
        }
        done.extend(chain);
    }
    found
}

/// The component that a component consists of.
fn next(members: &Map<String, Value>, name: &str, prefix: &str) -> Option<String> {
    let component = members.get(name)?;
    let reference = component.get("$ref").or_else(|| only_part(component)?.get("$ref"))?;
    let token = reference.as_str()?.strip_prefix(prefix)?;
    Some(unescape(token).into_owned())
}

/// Returns the only part of a composition without other keywords that affect the type.
fn only_part(schema: &Value) -> Option<&Value> {
    let annotation = |key: &str| {
        let known =
            ["title", "description", "nullable", "default", "example", "examples", "deprecated", "externalDocs"];
        known.contains(&key) || key.starts_with("x-")
    };
    let mut rest = schema.as_object()?.iter().filter(|(key, _)| !annotation(key));
    let (keyword, parts) = rest.next()?;
    let composition = matches!(keyword.as_str(), "allOf" | "oneOf" | "anyOf");
    match (composition, rest.next(), parts.as_array()?.as_slice()) {
        (true, None, [part]) => Some(part),
        _ => None,
    }
}
