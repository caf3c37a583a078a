//! Tests of the conversion of 3.1 and 3.2 to 3.0.

use clientwright_tests::front::yaml;
use serde_json::{Value, json};

/// The normal form of a schema.
fn schema(version: &str, schema: &Value) -> Value {
    let outcome = document(version, schema);
    assert!(outcome.passes(), "{schema}: {}", outcome.short());
    outcome.at("/components/schemas/A")
}

fn document(version: &str, schema: &Value) -> clientwright_tests::front::Outcome {
    yaml(
        json!({
            "openapi": version, "info": { "title": "A", "version": "1" }, "paths": {},
            "components": { "schemas": { "A": schema, "B": { "type": "string" } } },
        })
        .to_string(),
    )
    .run()
}

#[test]
fn schemas_of_3_1_become_schemas_of_3_0() {
    let reference = json!({ "$ref": "#/components/schemas/B" });
    let cases = [
        (json!({ "type": ["string", "null"] }), json!({ "type": "string", "nullable": true })),
        (json!({ "type": ["string"] }), json!({ "type": "string" })),
        (
            json!({ "type": ["string", "integer"], "minLength": 1, "minimum": 2, "description": "d" }),
            json!({
                "description": "d",
                "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "integer", "minimum": 2 }],
            }),
        ),
        (json!({ "type": ["integer", "number", "null"] }), json!({ "type": "number", "nullable": true })),
        (json!({ "type": "null" }), json!({ "nullable": true, "enum": [null], "x-oas31-type": "null" })),
        (json!({ "const": "a" }), json!({ "enum": ["a"], "x-oas31-const": true })),
        (json!({ "enum": ["a", null] }), json!({ "enum": ["a"], "nullable": true })),
        (
            json!({ "type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 9, "maximum": 8 }),
            json!({ "type": "integer", "exclusiveMinimum": true, "maximum": 8, "minimum": 3 }),
        ),
        (
            json!({ "type": "string", "examples": ["a", "b"] }),
            json!({ "type": "string", "x-oas31-examples": ["a", "b"], "example": "a" }),
        ),
        (
            json!({ "$ref": "#/components/schemas/B", "description": "d" }),
            json!({ "description": "d", "allOf": [reference] }),
        ),
        (
            json!({ "anyOf": [{ "not": {} }, { "type": "string" }], "title": "T" }),
            json!({ "title": "T", "type": "string" }),
        ),
        (json!({ "anyOf": [{ "not": {} }, false] }), json!({ "anyOf": [{ "not": {} }, { "not": {} }] })),
        (json!({ "anyOf": [reference, { "type": "null" }] }), json!({ "nullable": true, "allOf": [reference] })),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }], "title": "T" }),
            json!({ "title": "T", "nullable": true, "type": "string" }),
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "boolean" }, { "type": "null" }] }),
            json!({ "oneOf": [{ "type": "string" }, { "type": "boolean" }], "nullable": true }),
        ),
        (json!(true), json!({})),
        (json!(false), json!({ "not": {} })),
        (
            json!({ "type": "array", "prefixItems": [{ "const": 1 }, true] }),
            json!({ "type": "array", "x-oas31-prefixItems": [{ "enum": [1], "x-oas31-const": true }, {}] }),
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "type": ["string", "null"] } } }),
            json!({ "type": "object", "x-oas31-patternProperties": { "^a": { "type": "string", "nullable": true } } }),
        ),
        (
            json!({ "type": "string", "contentEncoding": "base64" }),
            json!({ "type": "string", "x-oas31-contentEncoding": "base64", "format": "byte" }),
        ),
        (
            json!({ "contentMediaType": "application/octet-stream" }),
            json!({ "x-oas31-contentMediaType": "application/octet-stream", "format": "binary" }),
        ),
    ];
    for (written, expected) in cases {
        assert_eq!(schema("3.1.0", &written), expected, "{written}");
    }
}

#[test]
fn the_file_of_swagger_2_is_a_string_of_bytes() {
    let outcome = document("3.0.3", &json!({ "type": "file" }));
    assert!(outcome.passes(), "{}", outcome.short());
    assert!(outcome.short().contains("`file` is a type of Swagger 2.0"), "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/A"), json!({ "type": "string", "format": "binary" }));
}

#[test]
fn a_normal_form_is_its_own() {
    let written = json!({
        "type": ["string", "integer", "null"], "const": 3, "if": { "const": true }, "prefixItems": [{ "type": ["string", "null"] }],
    });
    let once = schema("3.1.0", &written);
    assert_eq!(schema("3.0.3", &once), once);
}

#[test]
fn bounds_beyond_the_model_are_kept_aside() {
    let written = json!({
        "type": "object",
        "properties": {
            "a": { "type": "integer", "maximum": serde_json::from_str::<Value>("99999999999999999999999999").unwrap() },
            "b": { "type": "number", "maximum": serde_json::from_str::<Value>("1e400").unwrap() },
            "c": { "type": "string", "maxLength": serde_json::from_str::<Value>("18446744073709551616").unwrap() },
            "d": { "type": "integer", "minimum": 1.0, "default": serde_json::from_str::<Value>("18446744073709551616").unwrap() },
        },
    });
    let made = schema("3.0.3", &written);
    let at = |pointer: &str| made.pointer(pointer).map(Value::to_string).unwrap_or_default();
    assert_eq!(at("/properties/a/x-oas31-maximum"), "99999999999999999999999999");
    assert_eq!(at("/properties/b/x-oas31-maximum"), "1e+400");
    assert_eq!(at("/properties/c/x-oas31-maxLength"), "18446744073709551616");
    assert_eq!(at("/properties/d/minimum"), "1");
    assert_eq!(at("/properties/d/default"), "18446744073709551616");
}

#[test]
fn what_only_validates_is_in_the_ledger() {
    let outcome =
        document("3.1.0", &json!({ "if": { "type": "null" }, "propertyNames": { "pattern": "a" }, "mine": 1 }));
    assert_eq!(outcome.codes(), ["CW0604", "CW0601", "CW0601"]);
    // The other members have this type, if `additionalProperties` says nothing of them.
    let unevaluated =
        |value: Value| document("3.1.0", &json!({ "type": "object", "unevaluatedProperties": value })).codes();
    assert!(unevaluated(json!({ "type": "integer" })).is_empty());
    assert_eq!(unevaluated(json!(false)), ["CW0601"]);
    let mut denied = yaml(
        json!({ "openapi": "3.1.0", "info": { "title": "A", "version": "1" }, "components": { "schemas": { "A": { "if": true } } } })
            .to_string(),
    );
    denied.settings.deny_loss = true;
    assert!(!denied.run().passes());
}

#[test]
fn what_3_2_adds_travels_under_its_name() {
    let outcome = yaml(
        r#"
openapi: 3.2.0
$self: https://example.com/api
info: {title: A, version: '1', license: {name: L, identifier: MIT}}
servers: [{url: 'https://a.example', name: main}]
tags: [{name: t, parent: p, kind: nav, summary: s}, {name: p}]
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    query:
      parameters:
        - name: q
          in: querystring
          content: {application/json: {schema: {type: [object, 'null']}}}
      responses:
        '200':
          description: ok
          content: {application/jsonl: {itemSchema: {type: [string, 'null']}}}
    additionalOperations:
      COPY: {responses: {'204': {description: done}}}
components:
  securitySchemes:
    m: {type: mutualTLS}
    o:
      type: oauth2
      flows:
        deviceAuthorization: {deviceAuthorizationUrl: 'https://a.example/d', tokenUrl: 'https://a.example/t', scopes: {}}
webhooks:
  w: {post: {responses: {'200': {description: ok}}}}
"#,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let query = "/paths/~1a~1{id}/x-oas32-query";
    assert_eq!(outcome.at("/x-oas32-$self"), json!("https://example.com/api"));
    assert_eq!(outcome.at("/info/license/x-oas31-identifier"), json!("MIT"));
    assert_eq!(outcome.at("/tags/0/x-oas32-parent"), json!("p"));
    assert_eq!(outcome.at(&format!("{query}/parameters")), json!([]));
    let schema = format!("{query}/x-oas32-querystring/content/application~1json/schema");
    assert_eq!(outcome.at(&schema), json!({ "type": "object", "nullable": true }));
    let item = format!("{query}/responses/200/content/application~1jsonl/x-oas32-itemSchema");
    assert_eq!(outcome.at(&item), json!({ "type": "string", "nullable": true }));
    assert_eq!(
        outcome.at("/paths/~1a~1{id}/x-oas32-additionalOperations/COPY/responses/204/description"),
        json!("done")
    );
    assert_eq!(outcome.at("/components/securitySchemes/m/x-oas31-type"), json!("mutualTLS"));
    let flow = "/components/securitySchemes/o/flows/x-oas32-deviceAuthorization/x-oas32-deviceAuthorizationUrl";
    assert_eq!(outcome.at(flow), json!("https://a.example/d"));
    assert_eq!(outcome.at("/x-oas31-webhooks/w/post/responses/200/description"), json!("ok"));
    assert!(outcome.codes().is_empty(), "{}", outcome.short());
}

#[test]
fn a_query_string_that_is_a_component_is_copied_to_its_operations() {
    let outcome = yaml(
        r##"
openapi: 3.2.0
info: {title: A, version: '1'}
paths:
  /a:
    get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {}}
components:
  parameters:
    Q: {name: q, in: querystring, content: {application/json: {schema: {type: object}}}}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.at("/paths/~1a/get/x-oas32-querystring/name"), json!("q"));
    assert_eq!(outcome.at("/components/parameters"), json!({}));
}

#[test]
fn numbers_of_an_enumeration_that_no_float_holds_are_in_the_ledger() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\ncomponents: {schemas: {A: {type: number, enum: [1e400, 1.5]}}}\n";
    let outcome = yaml(text).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert!(outcome.short().contains("note[CW0602]: `1e+400`"), "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/A/enum"), json!([1.5]));
}

#[test]
fn a_mapping_to_null_leads_nowhere_and_goes() {
    let mapping = json!({ "b": "B", "c": null });
    let union = json!({ "oneOf": [{ "$ref": "#/components/schemas/B" }], "discriminator": { "propertyName": "t", "mapping": mapping } });
    let found = schema("3.0.3", &union);
    assert_eq!(found["discriminator"]["mapping"], json!({ "b": "#/components/schemas/B" }));
}
