//! Checks and conversions that are specific to one kind of object.

mod document;
pub(super) mod header_names;
mod operation;
mod parameter;
mod responses;
mod security;

use serde_json::{Map, Value};

use super::grammar::{Kind, Version};
use super::walk::Walk;
use crate::diagnostics::Rule;
use crate::place::Trail;

/// Checks an object before its fields.
pub(super) fn before(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    match kind {
        Kind::Document => document::before(walk, members, trail),
        Kind::Paths => document::slashes(walk, members, trail),
        Kind::Responses => responses::statuses(walk, members, trail),
        Kind::Operation | Kind::PathItem => operation::querystring(walk, members, trail),
        Kind::SecurityScheme => security::before(walk, members, trail),
        _ => {}
    }
}

/// Checks an object after its fields.
pub(super) fn after(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    match kind {
        Kind::Document => document::after(members),
        Kind::Operation => operation::after(walk, members, trail),
        Kind::PathItem => operation::additional(walk, members, trail),
        Kind::Parameter | Kind::Header => {
            responses::media_types(walk, members, trail);
            parameter::check(walk, members, kind, trail);
        }
        Kind::RequestBody => responses::media_types(walk, members, trail),
        Kind::Response => responses::after(walk, members, trail),
        Kind::MediaType | Kind::Encoding => responses::encodings(walk, members, kind, trail),
        Kind::Example => parameter::example(walk, members, trail),
        Kind::Link => parameter::link(walk, members, trail),
        Kind::SecurityScheme => security::check(walk, members, trail),
        Kind::OAuthFlows => security::flows(walk, members, trail),
        Kind::Server => document::server(walk, members, trail),
        Kind::ServerVariable => document::server_variable(walk, members, trail),
        Kind::Xml => document::xml(walk, members, trail),
        _ => {}
    }
}

/// The fields beside a reference that are dropped without a finding: they are for readers of the document.
const FOR_READERS: &[&str] = &["example", "examples", "externalDocs", "deprecated"];

/// Removes the fields beside a reference that is not a schema's, except `summary` and `description` from 3.1 on.
pub(super) fn strip_siblings(walk: &mut Walk<'_>, value: &mut Value, kind: Kind, trail: &Trail<'_>) {
    let Value::Object(members) = value else { return };
    if members.len() == 1 {
        return;
    }
    let has_effect = |key: &&str| {
        let is_prose = matches!(*key, "summary" | "description") && walk.version == Version::V30;
        *key != "$ref" && !is_prose && !key.starts_with("x-") && !FOR_READERS.contains(key)
    };
    let mut siblings: Vec<&str> = members.keys().map(String::as_str).filter(has_effect).collect();
    siblings.sort_unstable();
    if !siblings.is_empty() {
        let message = format!("beside a reference to {}: {}", kind.with_article(), siblings.join(", "));
        let help = "the referenced object counts; an overlay can put the object in place of the reference";
        walk.diagnostics.push(Rule::ReferenceSiblings.at(trail).message(message).help(help));
    }
    members.retain(|key, _| key == "$ref");
}
