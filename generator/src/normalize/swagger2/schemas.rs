//! Definitions as schemas, which differ in a few keywords.

use serde_json::{Value, json};

use super::state::{Members, State};
use crate::place::{Pointer, Trail};

/// Moves the definitions among the components.
pub(super) fn definitions(document: &mut Members, components: &mut Members, state: &mut State<'_>) {
    let Some(mut definitions) = document.shift_remove("definitions") else { return };
    let (from, to) = (Pointer::root().child("definitions"), Pointer::root().child("components").child("schemas"));
    state.relocate(from.clone(), to.clone());
    if let Value::Object(members) = &mut definitions {
        for (name, schema) in members.iter_mut() {
            convert(schema, &Trail::At(&from).key(name), &Trail::At(&to).key(name), state);
        }
    }
    components.insert("schemas".to_owned(), definitions);
}

/// Rewrites a schema, and all below it. `old` is where it was, `new` where it is.
pub(super) fn convert(schema: &mut Value, old: &Trail<'_>, new: &Trail<'_>, state: &mut State<'_>) {
    let Value::Object(members) = schema else { return };
    words(members, old, new, state);
    for (key, value) in members.iter_mut() {
        let (old, new) = (old.key(key), new.key(key));
        match (key.as_str(), value) {
            ("properties" | "patternProperties" | "dependencies" | "dependentSchemas", Value::Object(properties)) => {
                for (name, property) in properties {
                    convert(property, &old.key(name), &new.key(name), state);
                }
            }
            ("allOf" | "oneOf" | "anyOf" | "items", Value::Array(parts)) => {
                for (index, part) in parts.iter_mut().enumerate() {
                    convert(part, &old.index(index), &new.index(index), state);
                }
            }
            ("items" | "additionalProperties" | "not", value) => convert(value, &old, &new, state),
            _ => {}
        }
    }
}

/// Renames the keywords that have other names in 3.0.
fn words(members: &mut Members, old: &Trail<'_>, new: &Trail<'_>, state: &mut State<'_>) {
    if let Some(Value::String(text)) = members.get_mut("$ref") {
        *text = reference(text);
    }
    if members.get("discriminator").is_some_and(Value::is_string) {
        let name = members.get_mut("discriminator").map(Value::take).unwrap_or_default();
        let there = new.key("discriminator");
        state.relocate(old.key("discriminator").pointer(), there.key("propertyName").pointer());
        members.insert("discriminator".to_owned(), json!({ "propertyName": name }));
    }
    for own in ["x-nullable", "x-isnullable", "x-isNullable"] {
        if let Some(flag @ Value::Bool(_)) = members.get(own).cloned() {
            members.shift_remove(own);
            state.relocate(old.key(own).pointer(), new.key("nullable").pointer());
            members.entry("nullable").or_insert(flag);
        }
    }
    if members.get("type").is_some_and(|kind| kind == "file") {
        members.insert("type".to_owned(), json!("string"));
        members.insert("format".to_owned(), json!("binary"));
    }
}

/// A reference as 3.0 writes it.
pub(super) fn reference(text: &str) -> String {
    for (old, new) in [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ] {
        if let Some(name) = text.strip_prefix(old) {
            return format!("{new}{name}");
        }
    }
    text.to_owned()
}
