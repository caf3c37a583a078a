//! The parts of which the descriptions are made.

use serde_json::{Map, Value, json};

/// A description with an overlay, where it is the overlay that grows.
pub(crate) struct Shape {
    pub(crate) document: String,
    pub(crate) overlay: Option<String>,
}

/// Separators of words that spell a number, so that names with them differ in nothing else and are all of one length.
pub(super) fn separators(number: usize) -> String {
    (0..17).map(|bit| if number >> bit & 1 == 1 { '-' } else { '_' }).collect()
}

pub(super) fn names(stem: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{stem}{index}")).collect()
}

pub(super) fn object(count: usize, required: bool) -> Value {
    let properties: Map<String, Value> =
        (0..count).map(|index| (format!("member{index}"), json!({ "type": "string" }))).collect();
    json!({ "type": "object", "properties": properties, "required": if required { names("member", count) } else { Vec::new() } })
}

pub(super) fn nested(count: usize, member: impl Fn(usize) -> Value) -> Value {
    json!({ "type": "object", "properties": (0..count).map(|index| (format!("member{index}"), member(index))).collect::<Map<_, _>>() })
}

pub(super) fn alternatives(count: usize, mapping: Option<bool>) -> Shape {
    let mut schemas = Map::new();
    let name = |index: usize| format!("Kind{index}");
    let mut union = json!({ "oneOf": (0..count).map(|index| json!({ "$ref": format!("#/components/schemas/{}", name(index)) })).collect::<Vec<_>>() });
    if let Some(mapped) = mapping {
        union["discriminator"] = json!({ "propertyName": "kind" });
        if mapped {
            union["discriminator"]["mapping"] = (0..count)
                .map(|index| (format!("tag{index}"), json!(format!("#/components/schemas/{}", name(index)))))
                .collect::<Map<_, _>>()
                .into();
        }
    }
    schemas.insert("Subject".to_owned(), union);
    for index in 0..count {
        schemas.insert(name(index), json!({ "type": "object", "properties": { "kind": { "type": "string" }, format!("m{index}"): { "type": "string" } }, "required": ["kind", format!("m{index}")] }));
    }
    document(json!({}), schemas, json!({}))
}

pub(super) fn children(count: usize, lists: bool) -> Shape {
    let name = |index: usize| format!("#/components/schemas/Child{index}");
    let mapping: Map<String, Value> = (0..count).map(|index| (format!("tag{index}"), json!(name(index)))).collect();
    let mut parent = json!({ "type": "object", "properties": { "kind": { "type": "string" } }, "required": ["kind"], "discriminator": { "propertyName": "kind", "mapping": mapping } });
    if lists {
        parent["oneOf"] = (0..count).map(|index| json!({ "$ref": name(index) })).collect();
    }
    let mut schemas = Map::from_iter([("Subject".to_owned(), parent)]);
    for index in 0..count {
        schemas.insert(format!("Child{index}"), json!({ "allOf": [{ "$ref": "#/components/schemas/Subject" }, { "type": "object", "properties": { format!("m{index}"): { "type": "string" } } }] }));
    }
    document(json!({}), schemas, json!({}))
}

pub(super) fn chain(count: usize, link: impl Fn(String) -> Value) -> Shape {
    let mut schemas: Map<String, Value> = (0..count)
        .map(|index| (format!("Link{index}"), link(format!("#/components/schemas/Link{}", index + 1))))
        .collect();
    schemas.insert(format!("Link{count}"), json!({ "type": "object", "properties": { "a": { "type": "string" } } }));
    schemas.insert("Subject".to_owned(), json!({ "$ref": "#/components/schemas/Link0" }));
    document(json!({}), schemas, json!({}))
}

pub(super) fn keys(count: usize) -> Map<String, Value> {
    (0..count)
        .map(|index| {
            (format!("key{index}"), json!({ "type": "apiKey", "in": "header", "name": format!("X-Key-{index}") }))
        })
        .collect()
}

pub(super) fn schema(subject: Value) -> Shape {
    let schemas = Map::from_iter([
        ("Subject".to_owned(), subject),
        (
            "Other".to_owned(),
            json!({ "type": "object", "properties": { "kind": { "type": "string" }, "b": { "type": "string" } }, "required": ["kind"] }),
        ),
        (
            "More".to_owned(),
            json!({ "type": "object", "properties": { "kind": { "type": "string" }, "c": { "type": "string" } }, "required": ["kind"] }),
        ),
    ]);
    document(json!({}), schemas, json!({}))
}

pub(super) fn operation(operation: Value) -> Shape {
    document(json!({ "/a": { "post": operation } }), Map::new(), json!({}))
}

pub(super) fn paths(count: usize, path: impl Fn(usize) -> (String, Value)) -> Shape {
    document(Value::Object((0..count).map(path).collect()), Map::new(), json!({}))
}

pub(super) fn overlaid(actions: Vec<Value>, tags: usize) -> Shape {
    let mut shape = document(
        json!({}),
        Map::new(),
        json!({ "tags": (0..tags).map(|index| json!({ "name": format!("tag{index}") })).collect::<Vec<_>>() }),
    );
    shape.overlay =
        Some(json!({ "overlay": "1.0.0", "info": { "title": "t", "version": "1" }, "actions": actions }).to_string());
    shape
}

/// A description with one operation that uses `Subject`, where there is such a component, both ways.
pub(super) fn document(paths: Value, schemas: Map<String, Value>, more: Value) -> Shape {
    let mut paths = paths;
    if schemas.contains_key("Subject") {
        let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Subject" } } });
        paths["/subject"] = json!({ "post": { "operationId": "use", "requestBody": { "content": content }, "responses": { "200": { "description": "d", "content": content } } } });
    }
    let mut document = json!({ "openapi": "3.1.0", "info": { "title": "Shape", "version": "1" }, "paths": paths, "components": { "schemas": schemas } });
    for (key, value) in more.as_object().into_iter().flatten() {
        if key == "components" {
            for (key, value) in value.as_object().into_iter().flatten() {
                document["components"][key] = value.clone();
            }
        } else {
            document[key] = value.clone();
        }
    }
    Shape { document: document.to_string(), overlay: None }
}
