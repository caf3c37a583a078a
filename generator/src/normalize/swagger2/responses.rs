//! Responses: their media types are those of the operation, and their examples beside them.

use serde_json::{Value, json};

use super::parameters;
use super::schemas::{self, reference};
use super::state::{JSON, Members, State};
use crate::diagnostics::Rule;
use crate::place::{Pointer, Trail};

/// Moves the shared responses among the components.
pub(super) fn shared(document: &mut Members, components: &mut Members, state: &mut State<'_>) {
    let Some(mut responses) = document.shift_remove("responses") else { return };
    let (from, to) = (Pointer::root().child("responses"), Pointer::root().child("components").child("responses"));
    state.relocate(from.clone(), to.clone());
    let produces = state.produces.clone();
    for (name, response) in responses.as_object_mut().into_iter().flatten() {
        convert(response, &from.child(name), &to.child(name), &produces, state);
    }
    components.insert("responses".to_owned(), responses);
}

/// Rewrites the responses of an operation, with its own media types if it states them.
pub(super) fn of_operation(operation: &mut Members, at: &Pointer, produces: Option<&[String]>, state: &mut State<'_>) {
    let here = at.child("responses");
    let types = produces.map_or_else(|| state.produces.clone(), <[String]>::to_vec);
    for (status, response) in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten() {
        if status.starts_with("x-") {
            continue;
        }
        let new = here.child(status);
        let (mut old, mut types) = (new.clone(), types.clone());
        if types != state.produces
            && let Some((own, place)) = behind(response, state)
        {
            // What is shared is described for the document's media types, and this operation has others.
            state.relocate(place.clone(), new.clone());
            (*response, old) = (own, place);
            types.splice(
                0..0,
                state.produces.iter().filter(|known| !types.contains(known)).cloned().collect::<Vec<_>>(),
            );
        }
        if !status.starts_with('2') {
            add_json(response, &mut types);
        }
        convert(response, &old, &new, &types, state);
    }
}

/// Adds JSON to the media types of a failure with members: authors list only the media types of success.
fn add_json(response: &Value, types: &mut Vec<String>) {
    let Some(schema) = response.get("schema") else { return };
    let has_members = schema.get("$ref").is_some() || schema.get("properties").is_some();
    let holds_members = |media_type: &String| media_type.contains("json") || media_type.contains("xml");
    if has_members && !types.is_empty() && !types.iter().any(holds_members) {
        types.push(JSON.to_owned());
    }
}

/// The shared response that a reference leads to, if it has a body.
fn behind(response: &Value, state: &State<'_>) -> Option<(Value, Pointer)> {
    let text = response.get("$ref")?.as_str()?.strip_prefix("#/responses")?;
    let name = Pointer::parse(text)?.tokens().next()?.into_owned();
    let shared = state.responses.get(&name).filter(|shared| shared.get("schema").is_some())?;
    Some((shared.clone(), Pointer::root().child("responses").child(name)))
}

fn convert(response: &mut Value, old: &Pointer, new: &Pointer, produces: &[String], state: &mut State<'_>) {
    let Value::Object(members) = response else { return };
    if let Some(Value::String(text)) = members.get_mut("$ref") {
        *text = reference(text);
        return;
    }
    for (name, header) in members.get_mut("headers").and_then(Value::as_object_mut).into_iter().flatten() {
        let (old, new) = (old.child("headers").child(name), new.child("headers").child(name));
        parameters::convert(header, &old, &new, state);
    }
    let schema = members.shift_remove("schema");
    let examples = match members.shift_remove("examples") {
        Some(Value::Object(examples)) => examples,
        Some(Value::Null) | None => Members::new(),
        Some(_) => {
            state.report(Rule::IgnoredValue, &old.child("examples"), "examples stand by their media types");
            Members::new()
        }
    };
    let content = content(schema, examples, produces, old, new, state);
    if !content.is_empty() {
        members.insert("content".to_owned(), Value::Object(content));
    }
}

fn content(
    schema: Option<Value>,
    examples: Members,
    produces: &[String],
    old: &Pointer,
    new: &Pointer,
    state: &mut State<'_>,
) -> Members {
    let mut content = Members::new();
    if let Some(schema) = schema {
        let mut types = if produces.is_empty() { vec![default_type(&schema).to_owned()] } else { produces.to_vec() };
        // An example of another media type implies that media type.
        types.extend(examples.keys().filter(|key| key.contains('/') && !produces.contains(*key)).cloned());
        types.dedup();
        for media_type in &types {
            let (old, new) = (old.child("schema"), new.child("content").child(media_type).child("schema"));
            let mut schema = schema.clone();
            state.relocate(old.clone(), new.clone());
            schemas::convert(&mut schema, &Trail::At(&old), &Trail::At(&new), state);
            content.insert(media_type.clone(), json!({ "schema": schema }));
        }
    }
    for (media_type, example) in examples {
        let old = old.child("examples").child(&media_type);
        // Extensions, and media types that the operation doesn't have.
        match content.get_mut(&media_type) {
            Some(Value::Object(media)) => {
                state.relocate(old, new.child("content").child(&media_type).child("example"));
                media.insert("example".to_owned(), example);
            }
            _ if media_type.starts_with("x-") => {}
            _ => {
                let message = format_args!("an example of `{media_type}`, which the response doesn't have");
                state.report(Rule::IgnoredField, &old, message);
            }
        }
    }
    content
}

/// The media type of a response for which the document states none.
fn default_type(schema: &Value) -> &'static str {
    if schema.get("type").is_some_and(|kind| kind == "file") { "application/octet-stream" } else { JSON }
}
