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
fn an_encoding_in_the_form_of_a_parameter_is_a_finding() {
    let found = |media: &str| {
        let schema =
            json!({ "type": "object", "properties": { "a": { "type": "array", "items": { "type": "string" } } } });
        let content = json!({ (media): { "schema": schema, "encoding": { "a": { "explode": false } } } });
        let mut spec = document(
            json!({ "/notes": { "get": operation(json!({ "parameters": [{ "name": "all", "in": "querystring", "content": content }] })) } }),
            json!({}),
        );
        spec["openapi"] = json!("3.2.0");
        run(&spec, None).diagnostics.iter().filter(|found| found.rule == Rule::EncodingNotServed).count()
    };
    assert_eq!((found("application/x-www-form-urlencoded"), found("application/json")), (1, 0));
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

/// `contentEncoding` is equivalent to the header `Content-Transfer-Encoding` (OAS 3.1.1 §4.8.15.5): the part is the encoded text.
#[test]
fn a_part_of_encoded_bytes_is_their_text() {
    let icon = json!({ "type": "string", "contentEncoding": "base64", "contentMediaType": "image/png" });
    let schema = json!({ "type": "object", "required": ["icon"], "properties": {
        "icon": icon, "icons": { "type": "array", "items": icon },
        "url": { "type": "string", "contentEncoding": "base64url" },
        "any": { "contentEncoding": "base64" },
        "meta": { "type": "string", "contentMediaType": "application/json" },
        "plain": { "type": "string", "contentMediaType": "image/png" },
    } });
    let headers = json!({ "X-Kind": { "required": true, "schema": { "const": "a" } }, "X-Other": { "schema": { "type": "string" } } });
    let media =
        json!({ "schema": schema, "encoding": { "plain": { "contentType": "image/png", "headers": headers } } });
    let body = json!({ "required": true, "content": { "multipart/form-data": media } });
    let mut spec = document(json!({ "/notes": { "post": operation(json!({ "requestBody": body })) } }), json!({}));
    spec["openapi"] = json!("3.1.0");
    let generated = generated(&spec, None);
    let operations = file(&generated, "src/operations.rs");
    let fields = operations.split("pub struct CreateNoteParts {").nth(1).and_then(|rest| rest.split("\n}").next());
    for field in [
        "pub any: Option<Part>,",
        "pub icon: String,",
        "pub icons: Option<Vec<String>>,",
        "pub meta: Option<String>,",
        "pub plain: Option<Part>,",
        "pub plain_x_other: Option<String>,",
        "pub url: Option<String>,",
    ] {
        assert!(fields.is_some_and(|fields| fields.contains(field)), "{field}: {operations}");
    }
    assert_eq!(fields.map(|fields| fields.matches("pub ").count()), Some(7), "{operations}");
    let form: String = operations.split("Multipart::new()").nth(1).unwrap_or_default().split_whitespace().collect();
    for step in [
        r#".files("any",Some("application/octet-stream"),parts.any).files("#,
        r#".field_as("icon","image/png",&parts.icon).header("icon","Content-Transfer-Encoding","base64")"#,
        r#".field_as("icons","image/png",&parts.icons).header("icons","Content-Transfer-Encoding","base64")"#,
        r#".field_as("meta","application/json",&parts.meta)"#,
        r#".files("plain",Some("image/png"),parts.plain).header("plain","X-Kind","a").header("plain","X-Other",&parts.plain_x_other)"#,
        r#".field_as("url","application/octet-stream",&parts.url).header("url","Content-Transfer-Encoding","base64url")"#,
    ] {
        assert!(form.contains(step), "{step}: {form}");
    }
}

/// A server that reads the parts as they arrive needs the fields first, and the first part of multipart/related is the root.
#[test]
fn files_are_sent_after_the_fields_of_a_body() {
    let bytes = || json!({ "type": "string", "format": "binary" });
    let schema = json!({ "type": "object", "properties": {
        "content": bytes(), "extras": { "type": "array", "items": bytes() }, "metadata": { "type": "object", "properties": {} }, "title": { "type": "string" },
    } });
    for kind in ["multipart/form-data", "multipart/related"] {
        let body = json!({ "required": true, "content": { kind: { "schema": schema } } });
        let spec = document(json!({ "/notes": { "post": operation(json!({ "requestBody": body })) } }), json!({}));
        let generated = generated(&spec, None);
        let operations = file(&generated, "src/operations.rs");
        let form = operations.split("Multipart::new()").nth(1).unwrap_or_default();
        let places = ["metadata", "title", "content", "extras"].map(|name| form.find(&format!("(\"{name}\"")));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{kind} {places:?}: {form}");
    }
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
