//! Values of discriminators that extensions state: Azure's, and that of generators for Swagger 2.0, whose discriminators have no mapping.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::place::Pointer;

/// The maximum number of bases of a schema that are searched, because a chain of schemas would be walked anew from each of them.
const MOST_BASES: usize = 256;

const VALUES: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// Moves the values to the mappings of the bases.
pub(super) fn map(root: &mut Value) {
    let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") else { return };
    if !schemas.values().any(|schema| stated(schema).is_some()) {
        return;
    }
    let bases = bases(schemas);
    let mut mapped: Vec<(String, String, String)> = Vec::new();
    for (name, schema) in schemas.iter() {
        let Some(value) = stated(schema) else { continue };
        let (mut waiting, mut seen) = (vec![name.as_str()], HashSet::new());
        while let Some(current) = waiting.pop().filter(|_| seen.len() < MOST_BASES) {
            if !seen.insert(current) {
                continue;
            }
            if schemas.get(current).is_some_and(|schema| schema.get("discriminator").is_some()) {
                mapped.push((current.to_owned(), value.to_owned(), name.clone()));
            }
            waiting.extend(bases.get(current).into_iter().flatten());
        }
    }
    for (base, value, name) in mapped {
        let discriminator = schemas.get_mut(&base).and_then(|base| base.get_mut("discriminator"));
        let Some(Value::Object(discriminator)) = discriminator else { continue };
        if let Value::Object(mapping) = discriminator.entry("mapping").or_insert_with(|| json!({})) {
            let place = Pointer::root().child("components").child("schemas").child(&name);
            mapping.entry(value).or_insert_with(|| json!(format!("#{place}")));
        }
    }
    for schema in schemas.values_mut() {
        if let Value::Object(members) = schema {
            VALUES.iter().for_each(|key| drop(members.shift_remove(*key)));
        }
    }
}

fn stated(schema: &Value) -> Option<&str> {
    VALUES.iter().find_map(|key| schema.get(*key)?.as_str())
}

/// The schemas that each schema extends, and those that list it among their alternatives.
fn bases(schemas: &Map<String, Value>) -> HashMap<&str, Vec<&str>> {
    let mut bases: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, schema) in schemas {
        bases.entry(name).or_default().extend(named(schema, "allOf"));
        for alternative in named(schema, "oneOf").chain(named(schema, "anyOf")) {
            bases.entry(alternative).or_default().push(name);
        }
    }
    bases
}

/// The components that a keyword of a schema names.
fn named<'s>(schema: &'s Value, keyword: &str) -> impl Iterator<Item = &'s str> {
    let parts = schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
    parts.filter_map(|part| part.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/"))
}
