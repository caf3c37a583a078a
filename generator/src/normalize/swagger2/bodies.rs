//! Bodies of requests.

use serde_json::{Value, json};

use super::parameters::{self, Separator};
use super::schemas;
use super::state::{JSON, Members, State};
use crate::diagnostics::Rule;
use crate::place::{Pointer, Trail};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The body that an operation sends, each part with the place where it is written.
pub(super) enum Body {
    /// A parameter `in: body`.
    Whole(Value, Pointer),
    /// Parameters `in: formData`.
    Form(Vec<(Value, Pointer)>),
}

/// Writes a body as a Request Body Object at `at`.
pub(super) fn request_body(body: Body, consumes: &[String], at: &Pointer, state: &mut State<'_>) -> Value {
    match body {
        Body::Whole(parameter, place) => whole(parameter, &place, consumes, at, state),
        Body::Form(fields) => form(fields, consumes, at, state),
    }
}

fn whole(parameter: Value, place: &Pointer, consumes: &[String], at: &Pointer, state: &mut State<'_>) -> Value {
    let Value::Object(mut members) = parameter else { return json!({ "content": {} }) };
    // Its name is for readers of the document alone.
    for field in ["in", "name"] {
        members.shift_remove(field);
    }
    for field in ["type", "format", "items", "collectionFormat"] {
        if members.contains_key("schema") && members.shift_remove(field).is_some() {
            let message = format_args!("a body has no field `{field}`; its schema says which values it has");
            state.report(Rule::UnknownField, &place.child(field), message);
        }
    }
    state.relocate(place.clone(), at.clone());
    let schema = members.shift_remove("schema").unwrap_or_else(|| json!({}));
    let mut content = Members::new();
    let default = [JSON.to_owned()];
    let types = if consumes.is_empty() { &default } else { consumes };
    for media_type in types {
        let new = at.child("content").child(media_type).child("schema");
        let mut schema = schema.clone();
        state.relocate(place.child("schema"), new.clone());
        schemas::convert(&mut schema, &Trail::At(&place.child("schema")), &Trail::At(&new), state);
        content.insert(media_type.clone(), json!({ "schema": schema }));
    }
    members.insert("content".to_owned(), Value::Object(content));
    Value::Object(members)
}

/// A form: an object whose properties are its fields.
fn form(fields: Vec<(Value, Pointer)>, consumes: &[String], at: &Pointer, state: &mut State<'_>) -> Value {
    let has_file = fields.iter().any(|(field, _)| is_file(field));
    let mut types: Vec<&str> = consumes.iter().map(String::as_str).filter(|text| is_form(text)).collect();
    if has_file {
        // A URL-encoded form cannot contain a file.
        types.retain(|text| essence(text) != URL_ENCODED);
    }
    if types.is_empty() {
        types.push(if has_file { MULTIPART } else { URL_ENCODED });
    }
    let required = fields.iter().any(|(field, _)| field.get("required") == Some(&Value::Bool(true)));
    let mut content = Members::new();
    for media_type in types {
        let new = at.child("content").child(media_type);
        content.insert(media_type.to_owned(), media(&fields, media_type, &new, state));
    }
    json!({ "required": required, "content": content })
}

fn media(fields: &[(Value, Pointer)], media_type: &str, at: &Pointer, state: &mut State<'_>) -> Value {
    let (mut properties, mut required, mut encoding) = (Members::new(), Vec::new(), Members::new());
    let url_encoded = essence(media_type) == URL_ENCODED;
    for (field, place) in fields {
        let Value::Object(mut members) = field.clone() else { continue };
        let Some(name) = members.get("name").and_then(Value::as_str).map(str::to_owned) else {
            state.report(Rule::MissingField, &place.child("name"), "a parameter needs `name`");
            continue;
        };
        let new = at.child("schema").child("properties").child(&name);
        state.relocate(place.clone(), new.clone());
        let separator = parameters::separator(&mut members, "formData", place, state);
        let as_text = matches!(separator, Some(Separator::Unknown));
        let items = members.get("items");
        let of_files =
            items.is_some_and(|items| is_file(items) || items.get("format").is_some_and(|format| format == "binary"));
        let mut schema = parameters::schema(&mut members, as_text, place, &new, state);
        if let (Value::Object(schema), Some(description)) = (&mut schema, members.shift_remove("description")) {
            schema.insert("description".to_owned(), description);
        }
        if members.get("required") == Some(&Value::Bool(true)) {
            required.push(Value::String(name.clone()));
        }
        // The items of a list are parts of their own without a style, which is `multi`, and so are files.
        if let Some(Separator::Style(style, explode)) = separator
            && (url_encoded || !(explode || of_files))
        {
            encoding.insert(name.clone(), json!({ "style": style, "explode": explode }));
        }
        properties.insert(name, schema);
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = Value::Array(required);
    }
    let mut media = json!({ "schema": schema });
    if !encoding.is_empty() {
        media["encoding"] = Value::Object(encoding);
    }
    media
}

fn is_file(field: &Value) -> bool {
    field.get("type").is_some_and(|kind| kind == "file")
}

fn is_form(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), URL_ENCODED | MULTIPART)
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
