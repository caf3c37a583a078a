//! Definitions as schemas, which differ in a few keywords.

use std::collections::HashMap;

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
        values_of_discriminators(members);
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

/// The discriminator value of a schema, if an extension states it, such as Azure's: in 3.0, the base maps it.
fn values_of_discriminators(definitions: &mut Members) {
    const VALUES: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];
    let mut mapped: Vec<(String, String, String)> = Vec::new();
    let parents: HashMap<&str, Vec<&str>> =
        definitions.iter().map(|(name, schema)| (name.as_str(), parents(schema))).collect();
    for (name, schema) in definitions.iter() {
        let Some(value) = VALUES.iter().find_map(|key| schema.get(*key)?.as_str()) else { continue };
        let (mut waiting, mut seen) = (vec![name.as_str()], Vec::new());
        while let Some(current) = waiting.pop() {
            if seen.contains(&current) {
                continue;
            }
            seen.push(current);
            let has_discriminator = |schema: &Value| schema.get("discriminator").is_some();
            if definitions.get(current).is_some_and(has_discriminator) {
                mapped.push((current.to_owned(), value.to_owned(), name.clone()));
            }
            waiting.extend(parents.get(current).into_iter().flatten());
        }
    }
    for (base, value, name) in mapped {
        let Some(Value::Object(discriminator)) =
            definitions.get_mut(&base).and_then(|base| base.get_mut("discriminator"))
        else {
            continue;
        };
        if let Value::Object(mapping) = discriminator.entry("mapping").or_insert_with(|| json!({})) {
            let place = Pointer::root().child("components").child("schemas").child(&name);
            mapping.entry(value).or_insert_with(|| json!(format!("#{place}")));
        }
    }
    for schema in definitions.values_mut() {
        if let Value::Object(members) = schema {
            VALUES.iter().for_each(|key| drop(members.shift_remove(*key)));
        }
    }
}

/// The names of the schemas that a schema extends.
fn parents(schema: &Value) -> Vec<&str> {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    parts.filter_map(|part| part.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")).collect()
}
