//! The validity of examples, according to an independent validator.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

use super::places::Example;

const ROOT: &str = "https://example.com/document";

/// The schemas of a document in normal form, as JSON Schema 2020-12.
pub(crate) struct Schemas(Value);

impl Schemas {
    pub(crate) fn of(mut root: Value) -> Self {
        translate(&mut root);
        if let Value::Object(root) = &mut root {
            root.remove("$id");
        }
        Schemas(root)
    }

    /// The valid ones and the others. What the judge can't make sense of is no example of anything.
    pub(crate) fn sort(&self, examples: Vec<Example>) -> (Vec<Example>, Vec<Example>) {
        let registry = Registry::new().add(ROOT, &self.0).and_then(|registry| registry.prepare());
        let registry = registry.expect("the document can be referred to");
        let mut validators: HashMap<String, Option<Validator>> = HashMap::new();
        examples.into_iter().partition(|example| {
            let validator = validators.entry(example.pointer.clone()).or_insert_with(|| {
                let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
                let fragment = fragment(&example.pointer);
                options.with_registry(&registry).build(&json!({ "$ref": format!("{ROOT}#{fragment}") })).ok()
            });
            validator.as_ref().is_some_and(|validator| validator.is_valid(&example.value))
        })
    }
}

/// A JSON pointer as the fragment of a URI (RFC 6901, section 6).
fn fragment(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Converts the schemas of OpenAPI 3.0 to JSON Schema, everywhere in the document.
fn translate(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(members) => {
            let moved: Vec<String> = members.keys().filter(|key| key.starts_with("x-oas31-")).cloned().collect();
            for key in moved {
                if let Some(value) = members.remove(&key) {
                    members.insert(key["x-oas31-".len()..].to_owned(), value);
                }
            }
            members.values_mut().for_each(translate);
            members.remove("discriminator");
            members.remove("$schema");
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
            if members.remove("nullable") == Some(Value::Bool(true)) {
                let stated = Value::Object(std::mem::take(members));
                *members = Map::from_iter([("anyOf".to_owned(), json!([{ "type": "null" }, stated]))]);
            }
        }
        _ => {}
    }
}
