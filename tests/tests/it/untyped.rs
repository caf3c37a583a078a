//! Tests of the count of untyped places and its reasons.

use std::collections::BTreeMap;

use clientwright::{NoFiles, Options, Source, Untyped, generate};
use serde_json::{Value, json};

/// Returns the count for a schema `A` that one operation sends.
fn untyped(schema: &Value) -> Untyped {
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "U", "version": "1" },
        "paths": { "/a": { "post": {
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } },
            "responses": { "204": { "description": "d" } },
        } } },
        "components": { "schemas": { "A": schema } },
    });
    let source = Source { name: "u.json".to_owned(), bytes: document.to_string().into_bytes() };
    generate(&source, &[], &NoFiles, &Options::new("u")).product.unwrap().summary.untyped
}

fn member(schema: Value) -> Value {
    json!({ "type": "object", "properties": { "m": schema } })
}

#[test]
fn each_reason_is_told_from_the_others() {
    for (schema, reason) in [
        (json!({}), "any value, by the document"),
        (json!({ "type": "object" }), "any object, by the document"),
        (json!({ "type": "array" }), "a list of anything, by the document"),
        (json!({ "type": "array", "items": { "type": "object" } }), "any object, by the document"),
        (json!({ "additionalProperties": { "items": {} } }), "any value, by the document"),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }] }),
            "a tuple of several lengths and types",
        ),
        (
            json!({ "patternProperties": { "^a": { "type": "string" }, "^b": { "type": "integer" } }, "type": "object" }),
            "members by pattern beside others",
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }], "anyOf": [{ "type": "boolean" }, { "type": "object", "properties": { "a": {} } }] }),
            "a composition without a form",
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] }),
            "parts of allOf that contradict one another",
        ),
    ] {
        let found = untyped(&member(schema.clone()));
        assert_eq!(found.by_reason, BTreeMap::from([(reason, 1)]), "{schema}");
    }
}

#[test]
fn what_has_a_type_counts_as_a_place_alone() {
    for schema in [
        json!({ "type": "string" }),
        json!({ "type": "array", "items": { "type": "integer" } }),
        json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        json!({ "type": "object", "properties": { "a": { "type": "string" } }, "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        json!({ "$ref": "#/components/schemas/A" }),
    ] {
        let found = untyped(&member(schema.clone()));
        assert_eq!(found.count(), 0, "{schema}: {found:?}");
        assert!(found.places >= 2, "the member, and the body: {found:?}");
    }
}
