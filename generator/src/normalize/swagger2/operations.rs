//! Operations: their bodies are among their parameters, and their media types beside them.

use serde_json::Value;

use super::super::grammar::METHODS;
use super::bodies::{Body, request_body};
use super::state::{Members, State};
use super::{addresses, parameters, responses};
use crate::diagnostics::Rule;
use crate::place::Pointer;

/// Rewrites the operations of all paths.
pub(super) fn paths(document: &mut Members, state: &mut State<'_>) {
    let servers = document.get("servers").and_then(Value::as_array).cloned().unwrap_or_default();
    let here = Pointer::root().child("paths");
    let Some(Value::Object(paths)) = document.get_mut("paths") else { return };
    for (path, item) in paths.iter_mut().filter(|(path, _)| !path.starts_with("x-")) {
        if let Value::Object(item) = item {
            path_item(item, &here.child(path), &servers, state);
        }
    }
}

/// A parameter as 2.0 has it, and where it is written.
type Written = (Value, Pointer);

fn path_item(item: &mut Members, at: &Pointer, servers: &[Value], state: &mut State<'_>) {
    let (shared, bodies) = parameters_of(item, at, state);
    if !shared.is_empty() {
        item.insert("parameters".to_owned(), Value::Array(shared));
    }
    for method in METHODS {
        if let Some(Value::Object(operation)) = item.get_mut(*method) {
            self::operation(operation, &at.child(method), &bodies, servers, state);
        }
    }
}

fn operation(
    operation: &mut Members,
    at: &Pointer,
    shared_bodies: &[Written],
    servers: &[Value],
    state: &mut State<'_>,
) {
    let consumes = state.media_types(operation, "consumes", at);
    let produces = state.media_types(operation, "produces", at);
    if let Some(own) = addresses::of_operation(operation, at, servers, state) {
        operation.insert("servers".to_owned(), Value::Array(own));
    }
    let (list, mut bodies) = parameters_of(operation, at, state);
    if !list.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(list));
    }
    // Parameters of the operation take precedence over those of the path.
    for (body, place) in shared_bodies {
        let same = |own: &Value| {
            parameters::place_of(own) == "body"
                || parameters::place_of(body) == "body"
                || own.get("name") == body.get("name")
        };
        if !bodies.iter().any(|(own, _)| same(own)) {
            bodies.push((body.clone(), place.clone()));
        }
    }
    let consumes = consumes.unwrap_or_else(|| state.consumes.clone());
    if let Some(body) = gathered(bodies, state) {
        let body = request_body(body, &consumes, &at.child("requestBody"), state);
        operation.insert("requestBody".to_owned(), body);
    }
    responses::of_operation(operation, at, produces.as_deref(), state);
}

/// Takes the parameters out of an operation or a path item: those that stay parameters, and those that are a body or parts of a form.
fn parameters_of(holder: &mut Members, at: &Pointer, state: &mut State<'_>) -> (Vec<Value>, Vec<Written>) {
    let list = match holder.shift_remove("parameters") {
        Some(Value::Array(list)) => list,
        Some(other) => {
            // The later checks report that it is not a list.
            holder.insert("parameters".to_owned(), other);
            return Default::default();
        }
        None => return Default::default(),
    };
    let here = at.child("parameters");
    let (mut kept, mut bodies) = (Vec::new(), Vec::new());
    for (index, mut parameter) in list.into_iter().enumerate() {
        let old = here.child(index);
        if let Some((body, place)) = body_behind(&parameter, &old, state) {
            bodies.push((body, place));
            continue;
        }
        let new = here.child(kept.len());
        state.relocate(old.clone(), new.clone());
        parameters::convert(&mut parameter, &old, &new, state);
        kept.push(parameter);
    }
    (kept, bodies)
}

/// The body, or the part of a form, that a parameter is or refers to.
fn body_behind(parameter: &Value, at: &Pointer, state: &State<'_>) -> Option<Written> {
    let (mut found, mut place) = (parameter, at.clone());
    // Circles of references have been found.
    for _ in 0..32 {
        let Some(text) = found.get("$ref").and_then(Value::as_str) else { break };
        let name = Pointer::parse(text.strip_prefix("#/parameters")?)?.tokens().next()?.into_owned();
        found = state.parameters.get(&name)?;
        place = Pointer::root().child("parameters").child(name);
    }
    parameters::is_body(found).then(|| (found.clone(), place))
}

/// One body: a schema, or a form of several fields.
fn gathered(written: Vec<Written>, state: &mut State<'_>) -> Option<Body> {
    let (bodies, fields): (Vec<Written>, Vec<Written>) =
        written.into_iter().partition(|(parameter, _)| parameters::place_of(parameter) == "body");
    let mut bodies = bodies.into_iter();
    let Some((body, place)) = bodies.next() else {
        return (!fields.is_empty()).then_some(Body::Form(fields));
    };
    for (_, other) in bodies.chain(fields) {
        let message = "an operation has one body; the first counts, and this is left out";
        state.report(Rule::Forbidden, &other, message);
    }
    Some(Body::Whole(body, place))
}
