//! Names of the components that targets of references become.

use std::collections::{HashMap, HashSet};

use crate::place::Pointer;

/// Tokens that describe the structure of a document and not the value.
const STRUCTURE: &[&str] = &[
    "components",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "paths",
    "properties",
    "schema",
    "content",
    "$defs",
    "definitions",
    "allOf",
    "oneOf",
    "anyOf",
    "requestBody",
    "additionalProperties",
    "patternProperties",
];

/// Assigns names, each once.
#[derive(Default)]
pub(super) struct Names {
    given: HashSet<(&'static str, String)>,
    numbers: HashMap<(&'static str, String), usize>,
}

impl Names {
    /// A name for the value at `pointer`, made of the tokens of the pointer: the same for the same document in any order.
    pub(super) fn claim(
        &mut self,
        section: &'static str,
        pointer: &Pointer,
        stem: Option<&str>,
        taken: impl Fn(&str) -> bool,
    ) -> String {
        let tokens: Vec<String> = pointer
            .tokens()
            .filter(|token| !STRUCTURE.contains(&&**token))
            .map(|token| word(&token))
            .filter(|token| !token.is_empty())
            .collect();
        let base = match (tokens.is_empty(), stem) {
            (true, Some(stem)) => word(stem),
            (true, None) => String::new(),
            (false, _) => tokens.join("_"),
        };
        let base = if base.is_empty() { "Referenced".to_owned() } else { base };
        let mut name = base.clone();
        let number = self.numbers.entry((section, base.clone())).or_insert(1);
        while taken(&name) || self.given.contains(&(section, name.clone())) {
            *number += 1;
            name = format!("{base}_{number}");
        }
        self.given.insert((section, name.clone()));
        name
    }
}

/// A token, reduced to the characters that the name of a component may have.
fn word(token: &str) -> String {
    let mut word = String::new();
    for character in token.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_') {
            word.push(character);
        } else if !word.is_empty() && !word.ends_with('_') {
            word.push('_');
        }
    }
    word.trim_matches('_').to_owned()
}
