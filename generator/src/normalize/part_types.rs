//! The media types and transfer encodings of a multipart body's parts, where their schemas state them (OAS 3.1.1 §4.8.15.1.1 and
//! §4.8.15.5): 3.0 knows them by `encoding` alone.

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
    for Found { media, part, stated } in found {
        let Some(Value::Object(media)) = root.pointer_mut(media.as_str()) else { continue };
        let encodings = media.entry("encoding").or_insert_with(|| json!({}));
        let encoding = encodings.as_object_mut().map(|known| known.entry(part).or_insert_with(|| json!({})));
        if let Some(Value::Object(encoding)) = encoding {
            write(encoding, stated);
        }
    }
}

fn write(encoding: &mut Map<String, Value>, stated: Stated) {
    if !["contentType", "style", "explode", "allowReserved"].iter().any(|key| encoding.contains_key(*key)) {
        encoding.insert("contentType".to_owned(), stated.content_type.into());
    }
    if let Some(transfer) = stated.transfer
        && let Some(headers) = encoding.entry("headers").or_insert_with(|| json!({})).as_object_mut()
        && !headers.keys().any(|name| name.eq_ignore_ascii_case(TRANSFER))
    {
        let schema = json!({ "type": "string", "enum": [transfer], (carried::CONST): true });
        headers.insert(TRANSFER.to_owned(), json!({ "required": true, "schema": schema }));
    }
}

/// The header to which `contentEncoding` is equivalent (OAS 3.1.1 §4.8.15.5).
const TRANSFER: &str = "Content-Transfer-Encoding";

/// A part whose schema states its form.
struct Found {
    /// The Media Type Object of the body.
    media: Pointer,
    part: String,
    stated: Stated,
}

/// The media type of a part, and the encoding of its bytes as a text.
struct Stated {
    content_type: String,
    transfer: Option<String>,
}

fn collect(root: &Value, value: &Value, here: &Pointer, found: &mut Vec<Found>) {
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
                    let stated = stated(root, schema, 0);
                    found.extend(stated.map(|stated| Found { media, part: name.to_owned(), stated }));
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

/// The form that a schema states, if what it describes is a file.
fn stated(root: &Value, schema: &Value, depth: usize) -> Option<Stated> {
    let schema = resolve(root, schema).filter(|_| depth < DEPTH)?;
    let text = |key: &str| {
        let carried = format!("{}{key}", carried::OAS31);
        schema.get(key).or_else(|| schema.get(&carried)).and_then(Value::as_str).map(str::to_owned)
    };
    let (content_type, transfer) = (text("contentMediaType"), text("contentEncoding"));
    if content_type.is_some() || transfer.is_some() || says_nothing(schema) {
        let content_type = content_type.unwrap_or_else(|| "application/octet-stream".to_owned());
        // A schema without a type is as well of the bytes themselves.
        let is_text = schema.get("type").is_some_and(|named| named == "string");
        return Some(Stated { content_type, transfer: transfer.filter(|_| is_text) });
    }
    schema.get("items").and_then(|items| stated(root, items, depth + 1))
}

/// Returns whether a schema permits any value.
fn says_nothing(schema: &Map<String, Value>) -> bool {
    const PROSE: [&str; 8] =
        ["title", "description", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs"];
    schema.keys().all(|key| PROSE.contains(&key.as_str()))
}
