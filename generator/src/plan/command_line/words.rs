//! Words of the command line, each unique where it stands.

use std::collections::BTreeSet;

use crate::rust::Word;
use crate::rust::name::{Case, Scope};

/// A place in which no two words are the same.
pub(super) struct Words {
    scope: Scope,
    given: BTreeSet<Word>,
}

impl Words {
    /// A place in which some words, in snake case, are spoken for.
    pub(super) fn excluding(words: &[&str]) -> Self {
        Words { scope: Scope::excluding(words), given: BTreeSet::new() }
    }

    /// Claims the first of `candidates` that is free, else the last of them with a number.
    pub(super) fn claim(&mut self, candidates: &[&str]) -> Word {
        let free = candidates.iter().find(|candidate| self.scope.is_free(candidate, Case::Value));
        let candidate = free.or(candidates.last()).copied().unwrap_or_default();
        // Names of Rust that differ by an underscore at their ends are the same word.
        loop {
            let word = Word::of(&self.scope.claim(candidate, Case::Value));
            if !word.as_str().is_empty() && self.given.insert(word.clone()) {
                return word;
            }
        }
    }
}
