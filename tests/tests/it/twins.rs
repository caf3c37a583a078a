//! Names that would be the same are told apart by what the document says of them, and no name says more than it has to.

use clientwright::{Generated, NoFiles, Options, Source, analyse};
use serde_json::{Value, json};

fn generated(document: &Value, names: Option<&Generated>) -> Generated {
    let source = Source { name: "shop.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|last| Source { name: "shop.names.yaml".to_owned(), bytes: last.names_text().into_bytes() });
    let report = analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("shop") });
    let messages: Vec<String> = report.diagnostics.iter().map(|found| found.message.clone()).collect();
    report.product.unwrap_or_else(|| panic!("rejected: {messages:#?}")).generated
}

fn document(paths: Value, schemas: Value) -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "paths": paths, "components": { "schemas": schemas } })
}

/// A response with a body of one member.
fn body(member: &str) -> Value {
    let schema = json!({ "type": "object", "required": [member, "id"], "properties": { member: { "type": "string" }, "id": { "type": "string" } } });
    json!({ "description": "d", "content": { "application/json": { "schema": schema } } })
}

fn operation(id: &str, tag: &str, responses: Value) -> Value {
    json!({ "operationId": id, "tags": [tag], "responses": responses })
}

/// The name at a place, as the names file has it.
fn name(generated: &Generated, key: &str) -> String {
    let text = generated.names_text();
    let lines = || text.lines().map(str::trim_start);
    let found = lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ").map(str::to_owned));
    found.unwrap_or_else(|| panic!("{key} has no name:\n{text}"))
}

#[test]
fn spellings_of_one_value_are_told_apart_by_their_style() {
    let get = operation(
        "getOrder",
        "orders",
        json!({ "200": { "description": "d", "content": { "application/json": {
        "schema": { "$ref": "#/components/schemas/Order" } } } } }),
    );
    let schemas = json!({ "Order": { "type": "object", "properties": {
        "token_url": { "type": "string" }, "tokenUrl": { "type": "string" },
        "pace": { "type": "string", "enum": ["FAST", "fast", "slow"] } } } });
    let found = generated(&document(json!({ "/orders": { "get": get } }), schemas), None);
    assert_eq!(name(&found, "tokenUrl"), "token_url_camel_case");
    assert_eq!(name(&found, "FAST"), "Fast");
    assert_eq!(name(&found, "fast"), "FastLowercase");
}

#[test]
fn operations_of_a_gateway_lose_the_number_that_only_tells_their_paths_apart() {
    let parameter = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    let describe = |id: &str| {
        let mut operation = operation(id, "StayService", json!({ "200": body("stay") }));
        operation["parameters"] = json!([parameter]);
        operation
    };
    let paths = json!({
        "/stays/{id}": { "get": describe("DescribeStay") },
        "/api/v1/stays/{id}": { "get": describe("DescribeStay2") },
        "/rooms/{id}": { "get": describe("DescribeRoom2") },
    });
    let found = generated(&document(paths, json!({})), None);
    assert_eq!(name(&found, "GET /api/v1/stays/{}"), "describe_v1");
    assert_eq!(name(&found, "GET /stays/{}"), "describe");
    assert_eq!(name(&found, "GET /rooms/{}"), "describe_room2", "no other has the id without the number");
}
