//! `$ref` with siblings: 3.0 ignores them, from 3.1 on they apply as well.

use serde_json::Value;

use super::members::{Members, also};
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// The keywords beside a reference that 3.0 documents use although the version ignores them.
const HARMLESS: &[&str] =
    &["description", "nullable", "deprecated", "default", "example", "title", "readOnly", "writeOnly"];

/// Keywords that usually repeat the target, and are dropped without a finding.
const REPEATED: &[&str] = &["type", "format", "externalDocs", "xml"];

/// Takes the reference out of a schema, with the siblings that do not apply.
pub(super) fn take(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) -> Option<Value> {
    if members.get("$ref")?.is_null() {
        walk.report(Rule::NullField, &trail.key("$ref"), "`$ref` is null; the type null is meant");
        members.insert("type".to_owned(), Value::from("null"));
        members.shift_remove("$ref");
        return None;
    }
    let target =
        if members.len() == 1 { std::mem::take(members).shift_remove("$ref") } else { members.shift_remove("$ref") }?;
    if walk.version == Version::V30 && !members.is_empty() {
        let mut lost: Vec<String> =
            members.keys().filter(|key| !HARMLESS.contains(&key.as_str()) && !key.starts_with("x-")).cloned().collect();
        members.retain(|key, _| !REPEATED.contains(&key.as_str()));
        lost.retain(|key| !REPEATED.contains(&key.as_str()));
        lost.sort_unstable();
        if !lost.is_empty() {
            let message = format!("in {}, nothing counts beside a reference: {}", walk.written.name(), lost.join(", "));
            walk.report(Rule::ReferenceSiblings, trail, message);
            members.retain(|key, _| !lost.contains(key));
        }
    }
    Some(target)
}

/// Puts a reference back beside its siblings: a value has to satisfy both.
pub(super) fn put(members: &mut Members, target: Value) {
    let mut reference = Members::new();
    reference.insert("$ref".to_owned(), target);
    also(members, Value::Object(reference));
}
