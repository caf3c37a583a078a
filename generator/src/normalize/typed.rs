//! The normal form as `openapiv3::OpenAPI`.

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::tree::Tree;
use crate::carried;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Pointer;
use crate::stack;

/// Converts a tree to the model, and consumes the tree. Its paths are carried as they are.
///
/// The model is made piece by piece: an error has the place of the piece, where `openapiv3` alone would report only `paths`, and each piece of
/// the tree is dropped as soon as the model has it.
///
/// Integers beyond 64 bits are written as `…e0`, because the untagged enums of `serde` cannot hold them otherwise.
pub fn typed(tree: Tree, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let Tree { root, origins } = tree;
    let api = model(root, diagnostics);
    diagnostics.finish_stage(&origins);
    api
}

fn model(root: Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let Value::Object(mut members) = root else { return None };
    let mut made = Pieces { diagnostics, complete: true };
    let top = Pointer::root();
    let mut paths = take_object(&mut members, "paths");
    let components = members.contains_key("components").then(|| take_object(&mut members, "components"));
    members.insert("paths".to_owned(), Value::Object(Map::new()));
    let mut api: OpenAPI = made.piece(Value::Object(members), &top)?;
    // An item takes kilobytes in the model, so each is read when it is lowered.
    paths.values_mut().for_each(widen_big_integers);
    api.extensions.insert(carried::PATHS.to_owned(), Value::Object(paths));
    if let Some(components) = components {
        api.components = Some(made.components(components, &top.child("components")));
    }
    made.complete.then_some(api)
}

fn take_object(members: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match members.shift_remove(key) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

struct Pieces<'a> {
    diagnostics: &'a mut Diagnostics,
    complete: bool,
}

impl Pieces<'_> {
    fn components(&mut self, mut members: Map<String, Value>, here: &Pointer) -> openapiv3::Components {
        let mut model = openapiv3::Components::default();
        macro_rules! section {
            ($field:ident, $name:literal) => {
                let pieces = take_object(&mut members, $name);
                model.$field.reserve_exact(pieces.len());
                for (key, value) in pieces {
                    let place = here.child($name).child(&key);
                    if let Some(item) = self.piece(value, &place) {
                        model.$field.insert(key, item);
                    }
                }
            };
        }
        section!(schemas, "schemas");
        section!(responses, "responses");
        section!(parameters, "parameters");
        section!(examples, "examples");
        section!(request_bodies, "requestBodies");
        section!(headers, "headers");
        section!(security_schemes, "securitySchemes");
        section!(links, "links");
        section!(callbacks, "callbacks");
        model.extensions = members.into_iter().filter(|(key, _)| key.starts_with("x-")).collect();
        model
    }

    fn piece<T: for<'a> Deserialize<'a> + Send>(&mut self, mut value: Value, place: &Pointer) -> Option<T> {
        widen_big_integers(&mut value);
        match stack::read(&value) {
            Ok(model) => Some(model),
            Err(error) => {
                self.complete = false;
                // Of a document with errors, the shape is what those have left of it.
                if !self.diagnostics.has_errors() {
                    self.diagnostics.push(Rule::UnsupportedShape.at(place).message(error));
                }
                None
            }
        }
    }
}

/// Writes integers beyond 64 bits so that they survive `serde`'s buffers.
fn widen_big_integers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let beyond =
                !number.is_i64() && !number.is_u64() && (number.as_i128().is_some() || number.as_u128().is_some());
            if beyond && let Ok(text) = format!("{number}e0").parse() {
                *number = text;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(widen_big_integers),
        Value::Object(members) => members.values_mut().for_each(widen_big_integers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
