//! Misspelled fields.

use serde_json::{Map, Value};

use crate::diagnostics::Rule;
use crate::normalize::grammar::{Kind, METHODS, field};
use crate::normalize::nearest::nearest;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Names of fields, to find the intended one. The grammar recognizes a name, but does not list all names.
const NAMES: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "content",
    "callbacks",
    "components",
    "contact",
    "default",
    "deprecated",
    "description",
    "encoding",
    "enum",
    "example",
    "examples",
    "explode",
    "externalDocs",
    "flows",
    "format",
    "headers",
    "info",
    "items",
    "license",
    "links",
    "mapping",
    "name",
    "nullable",
    "operationId",
    "parameters",
    "paths",
    "pattern",
    "properties",
    "readOnly",
    "requestBody",
    "required",
    "responses",
    "schema",
    "schemas",
    "scopes",
    "security",
    "securitySchemes",
    "servers",
    "style",
    "summary",
    "tags",
    "title",
    "tokenUrl",
    "type",
    "url",
    "variables",
    "version",
    "writeOnly",
    "additionalProperties",
];

/// The field of `kind` of which `name` is a misspelling.
pub(in crate::normalize) fn near_field(kind: Kind, name: &str) -> Option<&'static str> {
    nearest(name, NAMES.iter().copied().filter(|candidate| field(kind, candidate).is_some()))
}

/// Rejects an operation under a misspelled method, such as `GET`, since it would be lost.
fn misspelt_method(walk: &mut Walk<'_>, members: &Map<String, Value>, trail: &Trail<'_>) {
    for (key, value) in members {
        let unknown = field(Kind::PathItem, key).is_none() && !key.starts_with("x-");
        if !unknown || value.get("responses").is_none() {
            continue;
        }
        if let Some(method) = nearest(key, METHODS.iter().copied()) {
            let message = format_args!("a path item has no field `{key}`, and the operation in it would be lost");
            let found = Rule::MisspeltField.at(trail.key(key)).message(message);
            walk.diagnostics.push(found.help(format_args!("write `{method}`")));
        }
    }
}

/// Rejects a misspelling of a required field: an operation would lose all of its responses.
pub(in crate::normalize) fn misspelt(
    walk: &mut Walk<'_>,
    members: &mut Map<String, Value>,
    kind: Kind,
    trail: &Trail<'_>,
) {
    let needed = match kind {
        Kind::Document => "paths",
        Kind::Operation => "responses",
        Kind::RequestBody => "content",
        Kind::PathItem => return misspelt_method(walk, members, trail),
        _ => return,
    };
    if members.contains_key(needed) {
        return;
    }
    let slip =
        |key: &str| !key.starts_with("x-") && field(kind, key).is_none() && near_field(kind, key) == Some(needed);
    let Some(key) = members.keys().find(|key| slip(key)).cloned() else { return };
    let message = format_args!("{} has no field `{key}`, and its `{needed}` are missing", kind.with_article());
    let help = format_args!("write `{needed}`");
    walk.diagnostics.push(Rule::MisspeltField.at(trail.key(&key)).message(message).help(help));
    // Its value is checked all the same.
    walk.origins.relocate(&trail.key(&key).pointer(), &trail.key(needed).pointer());
    if let Some(value) = members.shift_remove(&key) {
        members.insert(needed.to_owned(), value);
    }
}

/// Returns whether a member of a map whose name begins with `x-` is a misplaced extension, and not an entry.
pub(in crate::normalize) fn is_stray_extension(member: &Value, kind: Kind) -> bool {
    match kind {
        // A property, a header or a media type may have such a name.
        Kind::Schema | Kind::Header => !member.is_object() && !member.is_boolean(),
        _ => !member.is_object(),
    }
}

#[cfg(test)]
mod tests {
    use super::near_field;
    use crate::normalize::grammar::Kind;

    #[test]
    fn a_slip_finds_its_field_and_only_of_its_kind() {
        assert_eq!(near_field(Kind::Operation, "respones"), Some("responses"));
        assert_eq!(near_field(Kind::Operation, "operationID"), Some("operationId"));
        assert_eq!(near_field(Kind::Info, "respones"), None);
    }
}
