//! The operations whose answers are broken.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::super::values::document::{Document, Judge, escaped, members};
use super::super::values::instances::Maker;

/// An operation, and an answer of it that is as described.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) status: u16,
    /// The place of the schema of the answer.
    pub(super) pointer: String,
    pub(super) answer: Value,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "patch"];

/// Chooses operations whose answers together have as many constructs as possible.
pub(super) fn choose(document: &Document, validator: &mut Judge, most: usize) -> Vec<Operation> {
    let mut all: Vec<(BTreeSet<&str>, Operation)> = all(document, validator)
        .into_iter()
        .filter(|operation| size(&operation.answer) <= 400)
        .map(|operation| (constructs(document, &operation.pointer), operation))
        .collect();
    let (mut seen, mut chosen) = (BTreeSet::new(), Vec::new());
    while chosen.len() < most {
        let worth = |(has, _): &(BTreeSet<&str>, Operation)| (has.difference(&seen).count(), has.len());
        let best = (0..all.len()).max_by_key(|index| (worth(&all[*index]), std::cmp::Reverse(*index)));
        let Some(best) = best else { break };
        let (has, operation) = all.remove(best);
        seen.extend(has);
        chosen.push(operation);
    }
    chosen
}

fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// The operations with one success, whose answer is JSON.
fn all(document: &Document, validator: &mut Judge) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in members(document.root.get("paths")) {
        for method in METHODS {
            let Some(operation) = item.get(*method) else { continue };
            let is_success = |status: &str| status.starts_with(['2', '3']);
            let successes: Vec<_> =
                members(operation.get("responses")).filter(|(status, _)| is_success(status)).collect();
            let [(status, response)] = successes.as_slice() else { continue };
            let (Ok(number), response) = (status.parse(), document.resolve(response)) else { continue };
            let contents: Vec<_> = members(response.get("content")).collect();
            let [(media, content)] = contents.as_slice() else { continue };
            let Some(schema) = content.get("schema").filter(|_| media.starts_with("application/json")) else {
                continue;
            };
            let place = match operation["responses"][status.as_str()].get("$ref").and_then(Value::as_str) {
                Some(target) => target.trim_start_matches('#').to_owned(),
                None => format!("/paths/{}/{method}/responses/{status}", escaped(path)),
            };
            let pointer = format!("{place}/content/{}/schema", escaped(media));
            let made = Maker { document, without: "writeOnly" }.make(schema);
            let valid = made.into_iter().filter(|value| validator.is_valid(&pointer, value) == Some(true));
            if let Some(answer) = valid.max_by_key(size) {
                let (method, path) = (method.to_uppercase(), path.clone());
                found.push(Operation { method, path, status: number, pointer, answer });
            }
        }
    }
    found
}

/// The constructs in a schema and in those that it refers to.
fn constructs<'a>(document: &'a Document, pointer: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let Some(schema) = document.root.pointer(pointer) else { return found };
    let (mut open, mut seen) = (vec![schema], BTreeSet::new());
    while let Some(value) = open.pop() {
        match value {
            Value::Object(keywords) => {
                if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
                    if seen.insert(target) {
                        open.extend(document.target(target));
                    }
                    continue;
                }
                for key in ["required", "items", "enum", "allOf", "oneOf", "anyOf", "discriminator", "const"] {
                    found.extend(keywords.get_key_value(key).map(|(key, _)| key.as_str()));
                }
                let words = ["format", "type"].iter().filter_map(|key| keywords.get(*key)?.as_str());
                found.extend(words.filter(|word| ["date-time", "date", "number", "integer", "boolean"].contains(word)));
                if keywords.get("type").is_some_and(Value::is_array) || keywords.contains_key("nullable") {
                    found.insert("nullable");
                }
                if keywords.get("additionalProperties").is_some_and(Value::is_object) {
                    found.insert("additionalProperties");
                }
                let inner =
                    keywords.iter().filter(|(key, _)| !["example", "examples", "default"].contains(&key.as_str()));
                open.extend(inner.map(|(_, value)| value));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
