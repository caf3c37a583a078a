//! Swagger 2.0, written as OpenAPI 3.0.
//!
//! This runs once references lead to definitions, shared parameters and shared responses of the document itself, and before anything is
//! checked: faults are then found by the checks of 3.0, at the places where the author wrote them. Facts that 2.0 spreads over a document are
//! gathered here: addresses from `host`, `basePath` and `schemes`, media types from `consumes` and `produces`, bodies and forms from lists
//! of parameters.

mod addresses;
mod bodies;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;
mod state;

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Origins, Pointer};
use state::State;

/// Rewrites a document of version 2.0 as one of version 3.0.
pub(super) fn convert(root: &mut Value, origins: &mut Origins, diagnostics: &mut Diagnostics) {
    let Value::Object(document) = root else { return };
    let mut state = State::new(document, diagnostics);
    document.shift_remove("swagger");
    document.insert("openapi".to_owned(), json!("3.0.3"));
    addresses::servers(document, &mut state);
    let mut components = Map::new();
    schemas::definitions(document, &mut components, &mut state);
    parameters::shared(document, &mut components, &mut state);
    responses::shared(document, &mut components, &mut state);
    security::schemes(document, &mut components, &mut state);
    if let Some(Value::Object(own)) = document.shift_remove("components") {
        // 2.0 has none; those of an overlay are used.
        own.into_iter().for_each(|(section, members)| add_section(&mut components, section, members));
    }
    if !components.is_empty() {
        document.insert("components".to_owned(), Value::Object(components));
    }
    more_paths(document, &mut state);
    operations::paths(document, &mut state);
    let moves = state.into_moves();
    diagnostics.resolve(origins);
    origins.relocate_all(moves);
}

fn add_section(components: &mut Map<String, Value>, section: String, members: Value) {
    match (components.get_mut(&section), members) {
        (Some(Value::Object(known)), Value::Object(members)) => known.extend(members),
        (_, members) => drop(components.insert(section, members)),
    }
}

/// `x-ms-paths` holds paths that a query tells apart: `/blobs?comp=list`. Here a fragment does, which is not sent; the query's names are
/// declared as parameters.
fn more_paths(document: &mut Map<String, Value>, state: &mut State<'_>) {
    let Some(Value::Object(more)) = document.shift_remove("x-ms-paths") else { return };
    let (from, to) = (Pointer::root().child("x-ms-paths"), Pointer::root().child("paths"));
    let Value::Object(paths) = document.entry("paths").or_insert_with(|| json!({})) else { return };
    for (path, item) in more {
        let new = path.replacen('?', "#", 1);
        if paths.contains_key(&new) {
            let message = format_args!("`{path}` is a path of `paths` as well; this one is left out");
            state.report(Rule::IgnoredField, &from.child(&path), message);
            continue;
        }
        state.relocate(from.child(&path), to.child(&new));
        paths.insert(new, item);
    }
}
