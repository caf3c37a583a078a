//! The document as JSON Schema: as it is written, references left where they are, the dialect of OpenAPI 3.0 translated.
//!
//! Nothing of the generator is used here, so that a fault of its reading is not repeated.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Resource, Validator};
use serde_json::{Map, Value, json};

const ROOT: &str = "https://example.com/document";

/// A place of the document that has a schema of alternatives or a list of values.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The JSON pointer of the schema.
    pub(crate) pointer: String,
    /// The contents of the place.
    pub(crate) kind: Kind,
}

/// The subject of a judgement at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `oneOf` or `anyOf`, by the keyword.
    Union(&'static str),
    /// `enum` or `const`.
    Enumeration,
}

/// A document, ready to be judged by.
pub(crate) struct Document {
    pub(crate) root: Value,
}

impl Document {
    /// Reads a document of OpenAPI 3; `None` for what is none, or cannot be read at all.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut root: Value = serde_json::from_str(text).ok().or_else(|| serde_yaml::from_str(text).ok())?;
        let version = root.get("openapi")?.as_str()?.to_owned();
        let places = schemas(&root);
        if version.starts_with("3.0") {
            // The deepest first, so that a pointer still leads where it did.
            for pointer in places.iter().rev() {
                if let Some(Value::Object(members)) = root.pointer_mut(pointer) {
                    if is_alternative(pointer) && says_null_alone(members) {
                        members.remove("nullable");
                        members.insert("type".to_owned(), json!("null"));
                    }
                    translate(members);
                }
            }
        }
        Some(Document { root })
    }

    /// Every place that has alternatives or a list of values.
    pub(crate) fn places(&self) -> Vec<Place> {
        let mut found = Vec::new();
        for pointer in schemas(&self.root) {
            let Some(Value::Object(schema)) = self.root.pointer(&pointer) else { continue };
            for key in ["oneOf", "anyOf"] {
                let alternatives = schema
                    .get(key)
                    .and_then(Value::as_array)
                    .map_or(0, |all| all.iter().filter(|one| !is_null(one)).count());
                if alternatives > 1 {
                    found.push(Place { pointer: pointer.clone(), kind: Kind::Union(key) });
                }
            }
            if schema.get("enum").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| !one.is_null())) {
                found.push(Place { pointer, kind: Kind::Enumeration });
            }
        }
        found
    }

    /// The schema that a pointer leads to, over references.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut at = schema;
        for _ in 0..32 {
            match at.get("$ref").and_then(Value::as_str).and_then(|target| self.target(target)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The value that a reference within the document leads to.
    pub(crate) fn target(&self, reference: &str) -> Option<&Value> {
        let fragment = reference.strip_prefix('#')?;
        self.root.pointer(&decoded(fragment))
    }
}

/// Says what is valid.
pub(crate) struct Judge {
    registry: Registry<'static>,
    validators: HashMap<String, Option<Validator>>,
}

impl Judge {
    pub(crate) fn of(document: &Document) -> Option<Self> {
        let mut root = document.root.clone();
        for pointer in schemas(&root) {
            if let Some(Value::Object(members)) = root.pointer_mut(&pointer) {
                for key in ["discriminator", "$schema", "xml", "externalDocs", "example", "examples", "default"] {
                    members.remove(key);
                }
            }
        }
        let root = json!({ "components": root.get("components"), "paths": root.get("paths"), "webhooks": root.get("webhooks") });
        let resource = Resource::from_contents(root);
        let registry = Registry::new().add(ROOT, resource).ok()?.prepare().ok()?;
        Some(Judge { registry, validators: HashMap::new() })
    }

    /// Returns true if an instance is valid at a place, or `None` where the validator can't make sense of the schema.
    pub(crate) fn is_valid(&mut self, pointer: &str, instance: &Value) -> Option<bool> {
        if !self.validators.contains_key(pointer) {
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            let schema = json!({ "$ref": format!("{ROOT}#{}", encoded(pointer)) });
            let built = options.with_registry(&self.registry).build(&schema).ok();
            self.validators.insert(pointer.to_owned(), built);
        }
        self.validators[pointer].as_ref().map(|validator| validator.is_valid(instance))
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type") == Some(&json!("null"))
        || schema.get("const") == Some(&Value::Null)
        || schema.get("enum") == Some(&json!([null]))
}

/// The pointers of all schemas, outer ones before inner ones.
pub(crate) fn schemas(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let components = root.get("components");
    for (name, schema) in members(components.and_then(|it| it.get("schemas"))) {
        schema_at(schema, &format!("/components/schemas/{}", escaped(name)), &mut found);
    }
    for section in ["parameters", "headers", "requestBodies", "responses", "pathItems", "callbacks"] {
        for (name, holder) in members(components.and_then(|it| it.get(section))) {
            holder_at(holder, &format!("/components/{section}/{}", escaped(name)), &mut found);
        }
    }
    for section in ["paths", "webhooks"] {
        for (name, item) in members(root.get(section)) {
            holder_at(item, &format!("/{section}/{}", escaped(name)), &mut found);
        }
    }
    found
}

fn is_alternative(pointer: &str) -> bool {
    let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
    holder.ends_with("/oneOf") || holder.ends_with("/anyOf")
}

/// Beside other alternatives, `{nullable: true}` is how authors of 3.0 write `null`. Strictly, it permits any value.
fn says_null_alone(members: &Map<String, Value>) -> bool {
    members.get("nullable") == Some(&Value::Bool(true))
        && members.keys().all(|key| matches!(key.as_str(), "nullable" | "description" | "title"))
}

/// Schemas below anything that is none itself.
fn holder_at(holder: &Value, pointer: &str, found: &mut Vec<String>) {
    match holder {
        Value::Object(all) => {
            for (key, value) in all {
                let below = format!("{pointer}/{}", escaped(key));
                match key.as_str() {
                    "schema" | "itemSchema" => schema_at(value, &below, found),
                    "example" | "examples" | "links" | "servers" | "security" => {}
                    key if key.starts_with("x-") => {}
                    _ => holder_at(value, &below, found),
                }
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| holder_at(item, &format!("{pointer}/{index}"), found));
        }
        _ => {}
    }
}

fn schema_at(schema: &Value, pointer: &str, found: &mut Vec<String>) {
    let Value::Object(all) = schema else { return };
    found.push(pointer.to_owned());
    for key in ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"] {
        for (name, below) in members(all.get(key)) {
            schema_at(below, &format!("{pointer}/{key}/{}", escaped(name)), found);
        }
    }
    for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        for (index, below) in all.get(key).and_then(Value::as_array).into_iter().flatten().enumerate() {
            schema_at(below, &format!("{pointer}/{key}/{index}"), found);
        }
    }
    for key in ["items", "additionalProperties", "not", "if", "then", "else", "propertyNames", "contains"] {
        if let Some(below) = all.get(key) {
            schema_at(below, &format!("{pointer}/{key}"), found);
        }
    }
}

/// Translates what OpenAPI 3.0 expresses differently from JSON Schema.
fn translate(members: &mut Map<String, Value>) {
    if members.contains_key("$ref") {
        members.retain(|key, _| key == "$ref");
        return;
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        match members.get(exclusive) {
            Some(Value::Bool(true)) => {
                let bound = members.remove(bound).unwrap_or(Value::Null);
                members.insert(exclusive.to_owned(), bound);
            }
            Some(Value::Bool(false)) => drop(members.remove(exclusive)),
            _ => {}
        }
    }
    // In place, so that pointers go on leading where they did.
    if members.remove("nullable") == Some(Value::Bool(true)) {
        if let Some(Value::String(ty)) = members.get("type").cloned() {
            members.insert("type".to_owned(), json!([ty, "null"]));
        }
        if let Some(Value::Array(values)) = members.get_mut("enum") {
            values.push(Value::Null);
        }
    }
}

pub(crate) fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut text = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = fragment.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                text.push(byte);
                at += 3;
            }
            None => {
                text.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A JSON pointer as the fragment of a URI (RFC 6901, section 6).
fn encoded(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
