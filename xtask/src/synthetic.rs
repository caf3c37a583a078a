//! Descriptions of any size, for measuring how the cost grows with them.

use serde_json::{Map, Value, json};

/// The operations that each resource has.
const PER_RESOURCE: usize = 5;
/// The resources that share a tag.
const PER_TAG: usize = 20;

/// A description with about so many operations, as JSON. Each resource has five operations, four types, and an enumeration.
pub fn document(operations: usize) -> String {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for index in 0..operations.div_ceil(PER_RESOURCE) {
        let name = format!("{}{index}", ["Account", "Invoice", "Shipment", "Ticket"][index % 4]);
        let tag = format!("Area {}", index / PER_TAG);
        let path = format!("/{}s", name.to_lowercase());
        paths.insert(path.clone(), collection(&name, &tag));
        paths.insert(format!("{path}/{{id}}"), item(&name, &tag));
        schemas.insert(name.clone(), resource(&name));
        schemas.insert(format!("{name}Change"), change(&name));
        schemas.insert(format!("{name}Page"), page(&name));
    }
    schemas.insert("Problem".to_owned(), problem());
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1.0.0" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    });
    document.to_string()
}

fn collection(name: &str, tag: &str) -> Value {
    json!({
        "get": {
            "operationId": format!("list{name}"), "tags": [tag],
            "summary": format!("Lists every {name}"),
            "description": "Those that the caller may see, the newest first. *Deleted* ones are left out; see `include`.",
            "parameters": [
                query("limit", &json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 100 })),
                query("after", &json!({ "type": "string" })),
                query("include", &json!({ "type": "array", "items": { "type": "string" } })),
            ],
            "responses": answers("200", &format!("{name}Page")),
        },
        "post": {
            "operationId": format!("create{name}"), "tags": [tag], "summary": format!("Creates one {name}"),
            "requestBody": body(&format!("{name}Change")), "responses": answers("201", name),
        },
    })
}

fn item(name: &str, tag: &str) -> Value {
    json!({
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }],
        "get": { "operationId": format!("get{name}"), "tags": [tag], "responses": answers("200", name) },
        "put": {
            "operationId": format!("update{name}"), "tags": [tag], "summary": format!("Changes one {name}"),
            "requestBody": body(&format!("{name}Change")), "responses": answers("200", name),
        },
        "delete": {
            "operationId": format!("delete{name}"), "tags": [tag],
            "responses": { "204": { "description": "It is gone" }, "404": failure() },
        },
    })
}

fn query(name: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "description": format!("What `{name}` says"), "schema": schema })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn body(name: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": reference(name) } } })
}

fn answers(status: &str, name: &str) -> Value {
    let found = json!({ "description": "Well", "content": { "application/json": { "schema": reference(name) } } });
    json!({ status: found, "404": failure() })
}

fn failure() -> Value {
    json!({ "description": "There is none", "content": { "application/json": { "schema": reference("Problem") } } })
}

fn resource(name: &str) -> Value {
    json!({
        "type": "object",
        "description": format!("One {name}, as the server has it."),
        "required": ["id", "name", "state", "created_at"],
        "properties": {
            "id": { "type": "string", "format": "uuid", "description": "Which one it is" },
            "name": { "type": "string", "description": "What people call it", "example": "The blue one" },
            "description": { "type": "string", "nullable": true },
            "state": { "type": "string", "enum": ["draft", "active", "archived", format!("only_{name}")] },
            "amount": { "type": "integer", "format": "int64", "minimum": 0 },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "owner": {
                "type": "object", "required": ["email"],
                "properties": { "email": { "type": "string" }, format!("{name}_role"): { "type": "string" } },
            },
            "parts": { "type": "array", "items": reference(&format!("{name}Change")) },
            "created_at": { "type": "string", "format": "date-time" },
        },
    })
}

fn change(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string", "maxLength": 80 },
            "description": { "type": "string", "nullable": true },
            "amount": { "type": "integer", "format": "int64" },
            format!("{name}_note"): { "type": "string", "description": format!("A note on the {name}") },
        },
    })
}

fn page(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["items"],
        "properties": { "items": { "type": "array", "items": reference(name) }, "next": { "type": "string" } },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": { "code": { "type": "string" }, "message": { "type": "string" } },
    })
}
