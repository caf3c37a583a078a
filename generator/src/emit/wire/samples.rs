//! The samples of a group's tests that are named: those that are long and used several times.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::emit::literal::literal;
use crate::rust::{ArgumentValue, Content, Expected, MethodCall, Operation, PartValue, WireTest};

/// The length in bytes from which a text becomes a constant.
const LONG: usize = 40;

/// The named samples of a file of tests.
#[derive(Default)]
pub(super) struct Samples {
    names: HashMap<String, Ident>,
    /// For each operation, in its order, the constants that its test is the first to use.
    pub(super) constants: Vec<TokenStream>,
}

/// A long text of a test.
struct Sample {
    text: String,
    role: String,
}

impl Samples {
    pub(super) fn new(operations: &[Operation], tests: &[WireTest]) -> Self {
        let used: Vec<Vec<Sample>> = tests.iter().map(samples).collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for sample in used.iter().flatten() {
            *counts.entry(sample.text.clone()).or_default() += 1;
        }
        let mut found = Self::default();
        let mut taken = HashSet::new();
        for (operation, mut own) in operations.iter().zip(used) {
            let mut seen = HashSet::new();
            own.retain(|Sample { text, .. }| {
                counts[text] > 1 && !found.names.contains_key(text) && seen.insert(text.clone())
            });
            let names = self::names(operation, &own, &mut taken);
            let constants = own.iter().zip(&names).map(|(sample, name)| {
                let text = literal(&sample.text);
                quote!(const #name: &str = #text;)
            });
            found.constants.push(constants.collect());
            found.names.extend(own.into_iter().map(|sample| sample.text).zip(names));
        }
        found
    }

    /// Returns the name of a text, or its literal if it has none.
    pub(super) fn text(&self, text: &str) -> TokenStream {
        match self.names.get(text) {
            Some(name) => quote!(#name),
            None => {
                let text = literal(text);
                quote!(#text)
            }
        }
    }

    /// The same for the text of a JSON value.
    pub(super) fn json(&self, value: &Value) -> TokenStream {
        self.text(&value.to_string())
    }
}

/// Returns a name for each sample, by the operation and the role; samples of the same role are numbered.
fn names(operation: &Operation, samples: &[Sample], taken: &mut HashSet<String>) -> Vec<Ident> {
    let method = operation.method_name.bare().trim_end_matches('_').to_uppercase();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let name = |Sample { role, .. }: &Sample| {
        let is_only = samples.iter().filter(|other| other.role == *role).count() == 1;
        let number = numbers.entry(role.clone()).or_default();
        let name = loop {
            *number += 1;
            let name =
                if is_only && *number == 1 { format!("{method}_{role}") } else { format!("{method}_{role}_{number}") };
            if taken.insert(name.clone()) {
                break name;
            }
        };
        Ident::new(&name, Span::call_site())
    };
    samples.iter().map(name).collect()
}

/// Returns the long texts of a test, in the order of use.
fn samples(test: &WireTest) -> Vec<Sample> {
    let mut found = Vec::new();
    let mut add = |role: &str, text: String| {
        if text.len() >= LONG {
            found.push(Sample { text, role: role.to_owned() });
        }
    };
    for sends in &test.sends {
        arguments(&sends.given, &mut |text| add("BODY", text));
        match &sends.content {
            Content::Json(value) => add("BODY", value.to_string()),
            Content::Text(text) => add("BODY", text.clone()),
            Content::Nothing | Content::Form(_) | Content::Parts(_) => {}
        }
    }
    for reading in &test.readings {
        arguments(&reading.given, &mut |text| add("BODY", text));
        for answer in &reading.answers {
            let role = answer.status.to_string();
            let expected = match &answer.seen {
                Expected::Output(_, value) | Expected::Failure(_, value) => Some(value.to_string()),
                Expected::Undocumented | Expected::Misread => None,
            };
            // The body and the value are the same constant where they are the same text.
            let expected = expected.filter(|expected| *expected != answer.body);
            add(&role, answer.body.clone());
            expected.into_iter().for_each(|text| add(&role, text));
        }
    }
    found
}

/// Passes the texts of a call's arguments on.
fn arguments(call: &MethodCall, add: &mut dyn FnMut(String)) {
    for argument in call.arguments.iter().chain(call.setters.iter().flat_map(|(_, values)| values)) {
        match argument {
            ArgumentValue::Text(text) => add(text.clone()),
            ArgumentValue::Value(value) | ArgumentValue::Reference(value) | ArgumentValue::Slice(value) => {
                add(value.to_string());
            }
            ArgumentValue::Parts(_, fields) => {
                for (_, part) in fields {
                    if let PartValue::Value(value) = part {
                        add(value.to_string());
                    }
                }
            }
        }
    }
}
