//! Patterns of strings, compiled when they are first needed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use clientwright_sources::pattern::translate;
use regex::Regex;
use regex_syntax::hir::Hir;

/// The maximum length of a pattern that is compiled, in bytes.
const LONGEST: usize = 8192;

/// The maximum nesting of groups, and the maximum number of alternatives. Each level and each alternative uses stack.
const DEEPEST: usize = 64;
const MOST_ALTERNATIVES: usize = 512;

/// The maximum product of the lengths of a pattern and of a text: a match visits each part of the one at each character of the other.
const MOST_STEPS: usize = 1 << 19;

/// The maximum number of compiled patterns that are kept, since one can take megabytes.
const MOST_KEPT: usize = 64;

/// A pattern (JSON Schema 2020-12, validation, section 6.3.3).
#[derive(Debug)]
pub struct Pattern {
    length: usize,
    expression: Hir,
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern. `None` if it is too large or not supported, such as one with lookarounds and back references of ECMA-262.
    fn of(pattern: &str) -> Option<Self> {
        let translated = is_modest(pattern).then(|| translate(pattern))??;
        let expression = regex_syntax::parse(&translated).ok()?;
        Some(Pattern { length: pattern.len(), expression, regex: Regex::new(&translated).ok()? })
    }

    /// Returns whether a text matches; a text that is too long to be searched does not.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.length.saturating_mul(text.len()) <= MOST_STEPS && self.regex.is_match(text)
    }

    /// The parts of the pattern.
    #[must_use]
    pub fn expression(&self) -> &Hir {
        &self.expression
    }
}

/// Returns whether a pattern is small enough to be compiled.
#[must_use]
pub fn is_modest(pattern: &str) -> bool {
    let (mut depth, mut is_shallow) = (0usize, true);
    for byte in pattern.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_shallow &= depth <= DEEPEST;
    }
    is_shallow && pattern.len() <= LONGEST && pattern.bytes().filter(|byte| *byte == b'|').count() <= MOST_ALTERNATIVES
}

/// The compiled patterns, which many places share; `None` for those that can't be compiled.
#[derive(Debug, Default)]
pub(super) struct Patterns(Mutex<HashMap<String, Option<Arc<Pattern>>>>);

impl Patterns {
    pub(super) fn get(&self, pattern: &str) -> Option<Arc<Pattern>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(pattern) {
            return known.clone();
        }
        let compiled = Pattern::of(pattern).map(Arc::new);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), compiled.clone());
        compiled
    }
}

impl Clone for Patterns {
    /// Returns none: a copy compiles what it needs.
    fn clone(&self) -> Self {
        Patterns::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Patterns, is_modest};

    #[test]
    fn patterns_that_would_take_all_of_the_stack_are_left_out() {
        assert!(is_modest("^(a|(b|c)){2,3}$"));
        for pattern in ["|".repeat(600), "a".repeat(9_000), "(".repeat(4_000), "(?=".repeat(2_000), "(?:a".repeat(100)]
        {
            assert!(!is_modest(&pattern), "{pattern}");
        }
    }

    #[test]
    fn a_match_is_that_of_ecma_262_and_its_work_is_bounded() {
        let patterns = Patterns::default();
        let digits = patterns.get(r"^\d+$").unwrap();
        assert!(digits.matches("42") && !digits.matches("٤٢"));
        assert!(!digits.matches(&"4".repeat(1 << 19)));
        assert!(patterns.get("(?=a)b").is_none());
    }

    #[test]
    fn no_more_patterns_are_kept_than_memory_has_room_for() {
        let patterns = Patterns::default();
        (0..1_000).for_each(|number| assert!(patterns.get(&format!("^a{number}$")).is_some()));
        assert!(patterns.0.lock().unwrap().len() <= super::MOST_KEPT);
    }
}
