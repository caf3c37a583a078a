//! The context of the conversion.

use std::fmt;

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostics, Rule};
use crate::normalize::dialect::header_names::is_media_type;
use crate::place::Pointer;

/// The members of an object.
pub(super) type Members = Map<String, Value>;

/// The facts that hold for a whole document, and the places that have changed.
pub(super) struct State<'a> {
    /// The media types of bodies, unless an operation states its own.
    pub(super) consumes: Vec<String>,
    /// The media types of responses, unless an operation states its own.
    pub(super) produces: Vec<String>,
    /// The parameters that operations share, as 2.0 has them.
    pub(super) parameters: Members,
    /// The responses that operations share, as 2.0 has them.
    pub(super) responses: Members,
    moves: Vec<(Pointer, Pointer)>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> State<'a> {
    pub(super) fn new(document: &mut Members, diagnostics: &'a mut Diagnostics) -> Self {
        let map = |document: &Members, name: &str| match document.get(name) {
            Some(Value::Object(members)) => members.clone(),
            _ => Members::new(),
        };
        let (parameters, responses) = (map(document, "parameters"), map(document, "responses"));
        let moves = Vec::new();
        let mut state = State { consumes: Vec::new(), produces: Vec::new(), parameters, responses, moves, diagnostics };
        state.consumes = state.media_types(document, "consumes", &Pointer::root()).unwrap_or_default();
        state.produces = state.media_types(document, "produces", &Pointer::root()).unwrap_or_default();
        state
    }

    /// Adds a finding at a place before the conversion.
    pub(super) fn report(&mut self, rule: Rule, at: &Pointer, message: impl fmt::Display) {
        self.diagnostics.push(rule.at(at).message(message));
    }

    /// Records that the value at `from` is now at `to`.
    pub(super) fn relocate(&mut self, from: Pointer, to: Pointer) {
        if from != to {
            self.moves.push((from, to));
        }
    }

    pub(super) fn into_moves(self) -> Vec<(Pointer, Pointer)> {
        self.moves
    }

    /// Takes a list of media types out of an object; `None` if it states none.
    pub(super) fn media_types(&mut self, holder: &mut Members, field: &str, at: &Pointer) -> Option<Vec<String>> {
        let list = match holder.shift_remove(field)? {
            Value::Array(list) => list,
            single @ Value::String(_) => {
                let message = format_args!("`{field}` is one value where a list belongs");
                self.report(Rule::ScalarForList, &at.child(field), message);
                vec![single]
            }
            Value::Null => return None,
            _ => {
                self.report(Rule::IgnoredValue, &at.child(field), "a list of media types belongs here");
                return None;
            }
        };
        let mut types = Vec::new();
        for (index, item) in list.into_iter().enumerate() {
            match item {
                // Some write several into one text.
                Value::String(text) => {
                    for one in text.split(',').map(str::trim).filter(|text| !text.is_empty()) {
                        if field != "schemes" && !is_media_type(one) {
                            let message = format_args!("`{one}` is no media type; it is left out");
                            self.report(Rule::Forbidden, &at.child(field).child(index), message);
                        } else if !types.iter().any(|known| known == one) {
                            types.push(one.to_owned());
                        }
                    }
                }
                _ => self.report(Rule::IgnoredValue, &at.child(field).child(index), "a media type is text"),
            }
        }
        Some(types)
    }
}

/// A media type for which 2.0 states none.
pub(super) const JSON: &str = "application/json";
