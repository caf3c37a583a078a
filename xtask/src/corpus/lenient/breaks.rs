//! The ways in which an answer is broken, and the expected results.

use serde_json::{Value, json};

use super::super::values::document::{Document, Judge, escaped};
use super::meaning::{self, Kind, Meaning};
use super::operations::Operation;

/// A broken answer, or the whole one.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The way in which it is broken.
    pub(super) way: &'static str,
    /// The place.
    pub(super) pointer: String,
    pub(super) body: String,
    /// Set if the answer breaks the document.
    pub(super) broken: bool,
    pub(super) lenient: Expected,
}

/// The expected result of lenient reading.
#[derive(Clone, Debug)]
pub(super) enum Expected {
    /// A value, with the lapses that are told. At the place is this value, unless it is gone.
    Read { at: Option<(String, Value)>, told: Option<(&'static str, String)> },
    /// `Error::Decode`.
    Refused,
    /// Nothing but that it does not panic: what is meant by a union that nothing tells apart is the reader's choice.
    Open,
}

/// Breaks the answer of an operation at each place.
pub(super) fn cases(document: &Document, validator: &mut Judge, operation: &Operation) -> Vec<Case> {
    let Some(schema) = document.root.pointer(&operation.pointer) else { return Vec::new() };
    let meaning = meaning::of(document, &[schema]);
    let mut found = Found { document, validator, operation, cases: Vec::new() };
    let whole = Expected::Read { at: None, told: None };
    let body = operation.answer.to_string();
    found.cases.push(Case { way: "whole", pointer: String::new(), body, broken: false, lenient: whole });
    found.without_body(&meaning);
    found.visit(&meaning, &operation.answer, &Way::default(), 12);
    found.cases
}

/// The way to a place.
#[derive(Clone, Default)]
struct Way {
    pointer: String,
    /// The innermost element of a list or entry of a map around it.
    element: Option<String>,
    /// The member by which this value is known among the alternatives of a union.
    tag: Option<String>,
    /// Set within a union that nothing tells apart.
    open: bool,
}

impl Way {
    fn inside(&self, token: &str) -> Self {
        Way { pointer: format!("{}/{}", self.pointer, escaped(token)), tag: None, ..self.clone() }
    }

    /// The expected result for a value that does not fit.
    fn misfit(&self) -> Expected {
        match &self.element {
            _ if self.open => Expected::Open,
            Some(element) => Expected::Read { at: None, told: Some(("element", element.clone())) },
            None => Expected::Refused,
        }
    }
}

struct Found<'a, 'v> {
    document: &'a Document,
    validator: &'v mut Judge,
    operation: &'v Operation,
    cases: Vec<Case>,
}

impl<'a> Found<'a, '_> {
    fn without_body(&mut self, meaning: &Meaning<'a>) {
        let empty = meaning::empty(self.document, meaning, 8);
        for (way, body) in [("no-body", ""), ("null", "null")] {
            let takes_null = meaning.nullable || matches!(meaning.kind, Kind::Any);
            let is_open = matches!(meaning.kind, Kind::Union(..));
            let lenient = match &empty {
                _ if is_open => Expected::Open,
                _ if takes_null => Expected::Read { at: None, told: None },
                Some(empty) => {
                    Expected::Read { at: Some((String::new(), empty.clone())), told: Some((way, String::new())) }
                }
                None => Expected::Refused,
            };
            let broken = !takes_null && !is_open;
            self.cases.push(Case { way, pointer: String::new(), body: body.to_owned(), broken, lenient });
        }
    }

    /// Adds a case, if what it makes of the answer is invalid.
    fn add(&mut self, way: &'static str, at: &Way, lenient: Expected, change: impl FnOnce(&mut Value)) {
        let mut answer = self.operation.answer.clone();
        change(&mut answer);
        if self.validator.is_valid(&self.operation.pointer, &answer) == Some(true) {
            return;
        }
        let broken = !at.open;
        self.cases.push(Case { way, pointer: at.pointer.clone(), body: answer.to_string(), broken, lenient });
    }

    fn visit(&mut self, meaning: &Meaning<'a>, value: &Value, at: &Way, depth: usize) {
        if depth == 0 {
            return;
        }
        match (&meaning.kind, value) {
            (Kind::Object { members, required, rest }, Value::Object(values)) => {
                for (name, schemas) in members {
                    let Some(value) = values.get(*name) else { continue };
                    // Without the tag, the value is of no alternative, and kept as it is.
                    let open = Way { open: at.open || at.tag.as_deref() == Some(*name), ..at.clone() };
                    let at = if open.open { &open } else { at };
                    self.member(name, &meaning::of(self.document, schemas), required.contains(name), value, at, depth);
                }
                let entries = values.iter().filter(|(name, _)| !members.contains_key(name.as_str()));
                for (name, value) in entries {
                    if let Some(rest) = rest {
                        self.entry(name, rest, value, at, depth);
                    }
                }
            }
            (Kind::Map(schema), Value::Object(values)) => {
                for (name, value) in values {
                    self.entry(name, schema, value, at, depth);
                }
            }
            (Kind::List(items), Value::Array(values)) => {
                let item = meaning::of(self.document, items);
                self.odd_element(&item, values.len(), at);
                for (index, value) in values.iter().enumerate() {
                    let mut inside = at.inside(&index.to_string());
                    inside.element = Some(inside.pointer.clone());
                    self.visit(&item, value, &inside, depth - 1);
                }
            }
            (Kind::Union(all, discriminator), _) => match self.alternative(all, *discriminator, value) {
                Some(one) => {
                    let tag = discriminator.and_then(|it| it["propertyName"].as_str()).map(str::to_owned);
                    self.visit(&meaning::of(self.document, &[one]), value, &Way { tag, ..at.clone() }, depth - 1);
                }
                None => {
                    for one in all {
                        let open = Way { open: true, ..at.clone() };
                        self.visit(&meaning::of(self.document, &[one]), value, &open, depth.min(3) - 1);
                    }
                }
            },
            _ => {}
        }
    }

    /// The alternative that a value's tag names.
    fn alternative(&self, all: &[&'a Value], discriminator: Option<&Value>, value: &Value) -> Option<&'a Value> {
        let discriminator = discriminator?;
        let tag = value.get(discriminator.get("propertyName")?.as_str()?)?.as_str()?;
        let mapped = discriminator.get("mapping").and_then(|all| all.get(tag)).and_then(Value::as_str);
        let is_meant = |one: &&&Value| {
            let target = one.get("$ref").and_then(Value::as_str).unwrap_or_default();
            match mapped {
                Some(mapped) => target == mapped || target.rsplit('/').next() == Some(mapped),
                None => target.rsplit('/').next() == Some(tag),
            }
        };
        all.iter().find(is_meant).copied()
    }

    fn member(&mut self, name: &str, meaning: &Meaning<'a>, required: bool, value: &Value, at: &Way, depth: usize) {
        let inside = at.inside(name);
        let empty = meaning::empty(self.document, meaning, 8);
        let expected = |way: &'static str| match &empty {
            _ if at.open => Expected::Open,
            Some(empty) => Expected::Read {
                at: Some((inside.pointer.clone(), empty.clone())),
                told: Some((way, inside.pointer.clone())),
            },
            None => at.misfit(),
        };
        let takes_null = meaning.nullable || matches!(meaning.kind, Kind::Any | Kind::Union(..));
        if required {
            self.add("missing", &inside, expected("missing"), |answer| {
                if let Some(Value::Object(members)) = answer.pointer_mut(&at.pointer) {
                    members.remove(name);
                }
            });
        }
        // Every client reads null as absent where a member may be absent.
        if required && !takes_null {
            self.add("null", &inside, expected("null"), |answer| {
                answer.pointer_mut(&inside.pointer).map(Value::take);
            });
        }
        if let Some(other) = other(meaning) {
            self.add("type", &inside, at.misfit(), |answer| {
                if let Some(place) = answer.pointer_mut(&inside.pointer) {
                    *place = other;
                }
            });
        }
        self.visit(meaning, value, &inside, depth - 1);
    }

    fn entry(&mut self, name: &str, schema: &'a Value, value: &Value, at: &Way, depth: usize) {
        let meaning = meaning::of(self.document, &[schema]);
        let mut inside = at.inside(name);
        inside.element = Some(inside.pointer.clone());
        if let Some(other) = other(&meaning) {
            self.add("entry", &inside, inside.misfit(), |answer| {
                if let Some(place) = answer.pointer_mut(&inside.pointer) {
                    *place = other;
                }
            });
        }
        self.visit(&meaning, value, &inside, depth - 1);
    }

    fn odd_element(&mut self, item: &Meaning<'a>, count: usize, at: &Way) {
        let mut inside = at.inside(&count.to_string());
        inside.element = Some(inside.pointer.clone());
        let takes_null = item.nullable || matches!(item.kind, Kind::Any | Kind::Union(..));
        for (way, odd) in [("element", other(item)), ("null element", (!takes_null).then_some(Value::Null))] {
            let Some(odd) = odd else { continue };
            self.add(way, &inside, inside.misfit(), |answer| {
                if let Some(Value::Array(items)) = answer.pointer_mut(&at.pointer) {
                    items.push(odd);
                }
            });
        }
    }
}

/// A value that is none of a meaning.
fn other(meaning: &Meaning<'_>) -> Option<Value> {
    match &meaning.kind {
        Kind::Any | Kind::Union(..) => None,
        Kind::Text => Some(json!(7)),
        Kind::Scalar { other } => Some(other.clone()),
        Kind::Only(Value::String(_)) => Some(json!(7)),
        Kind::Only(_) => None,
        Kind::Tuple | Kind::List(_) | Kind::Map(_) | Kind::Object { .. } => Some(json!("odd")),
    }
}
