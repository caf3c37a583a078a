//! The media types of a multipart body's parts, where their schemas state them (OAS 3.1.1 §4.8.15.1.1): 3.0 knows them by `encoding`
//! alone.

use serde_json::{Map, Value, json};

use super::grammar::Version;
use crate::carried;
use crate::media_type;
use crate::place::Pointer;

/// Writes an `encoding` for each part that has none and whose schema states a file.
pub(super) fn state(root: &mut Value, version: Version) {
    if version < Version::V31 {
        return;
    }
    let mut found = Vec::new();
    for place in ["paths", "components"] {
        let members = root.get(place).and_then(Value::as_object).into_iter().flatten();
        for (key, value) in members.filter(|(key, _)| *key != "schemas") {
            collect(root, value, &Pointer::root().child(place).child(key), &mut found);
        }
    }
    for (media, part, content_type) in found {
        let Some(Value::Object(media)) = root.pointer_mut(media.as_str()) else { continue };
        let encodings = media.entry("encoding").or_insert_with(|| json!({}));
        let encoding = encodings.as_object_mut().map(|known| known.entry(part).or_insert_with(|| json!({})));
        if let Some(Value::Object(encoding)) = encoding
            && !["contentType", "style", "explode", "allowReserved"].iter().any(|key| encoding.contains_key(*key))
        {
            encoding.insert("contentType".to_owned(), content_type.into());
        }
    }
}

/// The media type object, the part and its media type.
type Found = Vec<(Pointer, String, String)>;

fn collect(root: &Value, value: &Value, here: &Pointer, found: &mut Found) {
    let Value::Object(members) = value else { return };
    for (key, value) in members {
        if key == "schema" || key == carried::ITEM_SCHEMA || key == "responses" {
            continue;
        }
        let at = here.child(key);
        if key == "content" {
            let media = value.as_object().into_iter().flatten();
            for (content_type, media) in
                media.filter(|(content_type, _)| media_type::is_multipart(&media_type::in_lower_case(content_type)))
            {
                for (name, schema) in media.get("schema").map(|schema| properties(root, schema)).unwrap_or_default() {
                    let media = at.child(content_type);
                    found.extend(media_type(root, schema, 0).map(|stated| (media, name.to_owned(), stated)));
                }
            }
        } else {
            collect(root, value, &at, found);
        }
    }
}

/// The properties of a body, those of what it extends included.
fn properties<'r>(root: &'r Value, schema: &'r Value) -> Vec<(&'r str, &'r Value)> {
    let mut found = Vec::new();
    let mut next = vec![(schema, 0)];
    while let Some((schema, depth)) = next.pop() {
        let Some(schema) = resolve(root, schema).filter(|_| depth < DEPTH) else { continue };
        let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        found.extend(own.map(|(name, schema)| (name.as_str(), schema)));
        let parents = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        next.extend(parents.map(|parent| (parent, depth + 1)));
    }
    found
}

/// The maximum depth of references and lists in which a part is described.
const DEPTH: usize = 16;

fn resolve<'r>(root: &'r Value, mut schema: &'r Value) -> Option<&'r Map<String, Value>> {
    for _ in 0..DEPTH {
        let members = schema.as_object()?;
        match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => schema = root.pointer(reference.strip_prefix('#')?)?,
            None => return Some(members),
        }
    }
    None
}

/// The media type that a schema states, if what it describes is a file.
fn media_type(root: &Value, schema: &Value, depth: usize) -> Option<String> {
    let schema = resolve(root, schema).filter(|_| depth < DEPTH)?;
    let text = |key: &str| {
        let carried = format!("{}{key}", carried::OAS31);
        schema.get(key).or_else(|| schema.get(&carried)).and_then(Value::as_str)
    };
    if let Some(stated) = text("contentMediaType") {
        return Some(stated.to_owned());
    }
    if text("contentEncoding").is_some() || says_nothing(schema) {
        return Some("application/octet-stream".to_owned());
    }
    schema.get("items").and_then(|items| media_type(root, items, depth + 1))
}

/// Returns whether a schema permits any value.
fn says_nothing(schema: &Map<String, Value>) -> bool {
    const PROSE: [&str; 8] =
        ["title", "description", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs"];
    schema.keys().all(|key| PROSE.contains(&key.as_str()))
}
