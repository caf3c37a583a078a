//! Responses to failures. Calls can do without their bodies, so a fault in one costs the type of the body, and not the document.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::grammar::{Kind, Version};
use super::percent::decode;
use super::usage::component_of;
use crate::place::Pointer;

/// A response, and the schema of its body, if a place is in that.
pub(super) struct Answer {
    pub(super) response: Pointer,
    pub(super) body: Option<Pointer>,
    /// True if it is a component, which answers what operations use it for.
    pub(super) shared: bool,
}

/// The response of an operation, or among the components, that a place is in.
pub(super) fn answer_at(place: &Pointer, version: Version) -> Option<Answer> {
    let tokens: Vec<_> = place.tokens().collect();
    let prefix = |count: usize| -> Option<Pointer> {
        Some(tokens.get(..count)?.iter().fold(Pointer::root(), |place, token| place.child(token)))
    };
    let is_in = |kind: Kind, component: &Pointer| {
        kind.home(version).and_then(Pointer::parse).is_some_and(|home| home.contains(component))
    };
    let (response, shared) = match component_of(place, version) {
        Some(component) if is_in(Kind::Response, &component) => (component, true),
        Some(component) if is_in(Kind::PathItem, &component) && tokens.get(4)? == "responses" => (prefix(6)?, false),
        Some(_) => return None,
        None => (prefix(5).filter(|_| tokens[0] == "paths" && tokens[3] == "responses")?, false),
    };
    let end = response.tokens().count() + if version == Version::V20 { 1 } else { 3 };
    let body = prefix(end).filter(|_| tokens[end - 1] == "schema");
    Some(Answer { response, body, shared })
}

/// Returns whether an operation with these responses answers a success with the one of this status.
fn is_success(responses: &Map<String, Value>, status: &str) -> bool {
    status.starts_with('2') || status == "default" && !responses.keys().any(|other| other.starts_with('2'))
}

/// The components that answer successes. Those of a document whose references are not gathered are not all known.
pub(super) struct Successes(HashSet<Pointer>);

impl Successes {
    pub(super) fn of(root: &Value) -> Self {
        let mut found = HashSet::new();
        let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
        for operation in items.filter_map(|(_, item)| item.as_object()).flat_map(Map::values) {
            let Some(responses) = operation.get("responses").and_then(Value::as_object) else { continue };
            for (_, response) in responses.iter().filter(|(status, _)| is_success(responses, status)) {
                let target = response.get("$ref").and_then(Value::as_str).and_then(|text| text.split_once('#'));
                found.extend(target.and_then(|(_, fragment)| Pointer::parse(&decode(fragment)?)));
            }
        }
        Successes(found)
    }

    /// Returns whether a response answers failures only.
    pub(super) fn lack(&self, root: &Value, answer: &Answer) -> bool {
        if answer.shared { !self.0.contains(&answer.response) } else { is_failure(root, &answer.response) }
    }
}

/// Returns whether a response of an operation answers failures only.
pub(super) fn is_failure(root: &Value, response: &Pointer) -> bool {
    let Some((holder, status)) = response.split_last() else { return false };
    let responses = root.pointer(holder.as_str()).and_then(Value::as_object);
    responses.is_some_and(|responses| !is_success(responses, &status))
}
