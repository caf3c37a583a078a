//! The methods of request bodies in several media types, and the parts of multipart bodies.

use clientwright::diagnostics::Rule;
use clientwright_tests::inputs::file;
use serde_json::{Value, json};

use crate::expected_names::{document, generated, methods, operation, run};

#[test]
fn bodies_of_any_bytes_have_names_without_numbers() {
    let content =
        json!({ "application/json": { "schema": { "type": "string" } }, "application/octet-stream": {}, "*/*": {} });
    let body = json!({ "required": true, "content": content });
    let spec = document(json!({ "/notes": { "put": operation(json!({ "requestBody": body })) } }), json!({}));
    let generated = generated(&spec, None);
    let expected =
        ["replace_notes(body)", "replace_notes_bytes(content_type, body)", "replace_notes_octet_stream(body)"];
    assert_eq!(methods(file(&generated, "src/operations.rs")), expected);
}

#[test]
fn parts_that_only_additional_properties_describe_are_a_finding() {
    let found = |rest: Value| {
        let schema =
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": rest });
        let body = json!({ "content": { "multipart/form-data": { "schema": schema } } });
        let spec = document(json!({ "/notes": { "post": operation(json!({ "requestBody": body })) } }), json!({}));
        run(&spec, None).diagnostics.iter().filter(|found| found.rule == Rule::PartsUnknown).count()
    };
    assert_eq!((found(json!({ "type": "string" })), found(json!(true)), found(json!(false))), (1, 0, 0));
}

#[test]
fn parts_of_two_media_types_are_told_apart_by_the_media_type() {
    let parts = |name: &str| json!({ "schema": { "type": "object", "properties": { name: { "type": "string" } } } });
    let content = json!({ "multipart/form-data": parts("a"), "multipart/mixed": parts("b") });
    let body = json!({ "required": true, "content": content });
    let spec = document(json!({ "/notes": { "post": operation(json!({ "requestBody": body })) } }), json!({}));
    let generated = generated(&spec, None);
    let operations = file(&generated, "src/operations.rs");
    assert!(operations.contains("pub struct CreateNoteParts {\n    pub a:"), "{operations}");
    assert!(operations.contains("pub struct CreateNoteMixedParts {\n    pub b:"), "{operations}");
    let recorded = generated.names_text();
    assert!(recorded.contains("POST /notes as mixed Parts: CreateNoteMixedParts"), "{recorded}");
}

#[test]
fn a_text_that_is_sent_as_json_is_any_text() {
    let text = |required: bool| json!({ "required": required, "content": { "application/json": { "schema": { "type": "string" } } } });
    let paths = json!({
        "/notes": { "put": operation(json!({ "requestBody": text(true) })) },
        "/tags": { "put": operation(json!({ "requestBody": text(false) })) },
    });
    let generated = generated(&document(paths, json!({})), None);
    let operations = file(&generated, "src/operations.rs");
    assert!(operations.contains("fn replace_notes(&self, body: impl AsRef<str>)"), "{operations}");
    assert!(operations.contains("fn body(self, value: impl AsRef<str>)"), "{operations}");
    assert!(operations.contains(".set_json(body.as_ref())"), "{operations}");
}

#[test]
fn an_extension_of_the_document_refers_to_no_content() {
    let operations = |of_response: Value| {
        let body = json!({ "content": { "application/json": { "schema": { "type": "object", "properties": { "a": { "type": "string" } } } } } });
        let mut notes = operation(json!({ "requestBody": body }));
        notes["responses"]["200"] = of_response;
        let spec = document(json!({ "/notes": { "put": notes } }), json!({}));
        file(&generated(&spec, None), "src/operations.rs").to_owned()
    };
    let none = operations(json!({ "description": "Done" }));
    assert_eq!(operations(json!({ "description": "Done", "x-oas30-content": "0" })), none);
}
