//! A missing required field that can have only one meaning.

use serde_json::{Map, Value, json};

use crate::diagnostics::Rule;
use crate::normalize::grammar::{Kind, Version};
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Adds a missing field, or reports it.
pub(in crate::normalize) fn missing(
    walk: &mut Walk<'_>,
    members: &mut Map<String, Value>,
    kind: Kind,
    (name, null): (&str, bool),
    trail: &Trail<'_>,
) {
    let here = trail.key(name);
    let needs = format!("{} needs `{name}`{}", kind.with_article(), if null { ", and it is null" } else { "" });
    let holder = if null { &here } else { trail };
    let meant = match (kind, name) {
        // It is optional from 3.2 on.
        (Kind::Response, _) if walk.version >= Version::V32 => {
            members.insert(name.to_owned(), json!(""));
            return;
        }
        (Kind::Info, _) | (Kind::Response, _) | (Kind::ExternalDocs, _) | (Kind::License, _) => json!(""),
        (Kind::OAuthFlow, "scopes") | (Kind::RequestBody, "content") => json!({}),
        (Kind::Server, _) => json!("/"),
        (Kind::ServerVariable, _) => members.get("enum").and_then(|values| values.get(0)).cloned().unwrap_or(json!("")),
        (kind, _) if kind.is_dispensable() => {
            return walk.leave_out(holder, format_args!("{needs}; it is left out"));
        }
        _ => {
            return walk.report(Rule::MissingField, &here, needs);
        }
    };
    let rule = if meant == json!("") { Rule::MissingText } else { Rule::MissingPart };
    walk.report(rule, holder, format_args!("{needs}; it is taken as {meant}"));
    members.insert(name.to_owned(), meant);
}
