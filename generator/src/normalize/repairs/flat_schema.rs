//! Schemas where Swagger 2.0 has them: their keywords in a parameter or header itself, and the schema of a body without a media type.

use serde_json::{Map, Value, json};

use crate::diagnostics::Rule;
use crate::normalize::grammar::Kind;
use crate::normalize::swagger2_hints;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// The keywords that parameters of Swagger 2.0 share with schemas.
const KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Gives a schema its place: `{name: a, in: query, type: string}` and `{description: a, schema: {…}}`.
pub(in crate::normalize) fn flat_schema(
    walk: &mut Walk<'_>,
    members: &mut Map<String, Value>,
    kind: Kind,
    trail: &Trail<'_>,
) {
    if members.contains_key("content") {
        return;
    }
    match kind {
        Kind::Parameter | Kind::Header if !members.contains_key("schema") => of_keywords(walk, members, kind, trail),
        Kind::Response | Kind::RequestBody => as_content(walk, members, kind, trail),
        _ => {}
    }
}

fn of_keywords(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    if !members.get("type").is_some_and(|names| names.is_string() || names.is_array()) {
        return;
    }
    let place = trail.key("schema");
    report(walk, &trail.key("type"), "type", &format!("the `schema` of {}", kind.with_article()), kind);
    let mut schema = Map::new();
    for keyword in KEYWORDS {
        if let Some(value) = members.shift_remove(*keyword) {
            walk.origins.relocate(&trail.key(keyword).pointer(), &place.key(keyword).pointer());
            schema.insert((*keyword).to_owned(), value);
        }
    }
    members.insert("schema".to_owned(), Value::Object(schema));
}

/// The schema of a body, of which only the media type is not said.
fn as_content(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    let Some(schema) = members.get("schema").filter(|schema| schema.is_object()).cloned() else { return };
    report(walk, &trail.key("schema"), "schema", &format!("the `content` of {}", kind.with_article()), kind);
    let (content, json) = (trail.key("content"), "application/json");
    let to = content.key(json).pointer().child("schema");
    walk.origins.relocate(&trail.key("schema").pointer(), &to);
    members.shift_remove("schema");
    members.insert("content".to_owned(), json!({ json: { "schema": schema } }));
}

fn report(walk: &mut Walk<'_>, here: &Trail<'_>, field: &str, home: &str, kind: Kind) {
    let found =
        Rule::Forbidden.at(here).message(format_args!("`{field}` belongs in {home}, and is read as if it were there"));
    let help = swagger2_hints::help_for_field(kind, field).unwrap_or_default();
    walk.diagnostics.push(found.help(help));
}
