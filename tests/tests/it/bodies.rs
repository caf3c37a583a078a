//! The methods of request bodies in several media types, and the parts of multipart bodies.

use clientwright_tests::inputs::file;
use serde_json::json;

use crate::expected_names::{document, generated, methods, operation};

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
