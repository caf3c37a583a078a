//! The results of reading, compared with what is expected.

use std::fmt;

use serde_json::Value;

use super::breaks::{Case, Expected};
use super::operations::Operation;
use super::program::{Outcome, Reading};

/// The results for an operation, or for all.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Whole answers, and those that are read.
    whole: (usize, usize),
    /// Broken answers; those that a strict client refuses; of a lenient one: those that are read, and those that are refused.
    broken: [usize; 4],
    /// Answers that are broken within a union that nothing tells apart.
    open: usize,
    panics: usize,
    /// The difference from what was expected.
    pub(super) exceptions: Vec<String>,
}

impl Tally {
    pub(super) const HEADING: &'static str = "whole answers/read, broken answers/refused strictly/read leniently/refused leniently, unions, panics, exceptions";

    pub(super) fn add(&mut self, other: &Self) {
        self.whole = (self.whole.0 + other.whole.0, self.whole.1 + other.whole.1);
        self.broken.iter_mut().zip(other.broken).for_each(|(all, more)| *all += more);
        (self.open, self.panics) = (self.open + other.open, self.panics + other.panics);
        self.exceptions.extend(other.exceptions.iter().cloned());
    }

    /// Counts a result, and adds its line.
    pub(super) fn count(
        &mut self,
        name: &str,
        operation: &Operation,
        case: &Case,
        found: &Outcome,
        lines: &mut String,
    ) {
        let is_read = |reading: &Reading| matches!(reading, Reading::Value(_));
        if case.way == "whole" {
            self.whole.0 += 1;
            self.whole.1 += usize::from(is_read(&found.strict));
        } else if case.broken {
            let more = [true, !is_read(&found.strict), is_read(&found.lenient), !is_read(&found.lenient)];
            self.broken.iter_mut().zip(more).for_each(|(count, more)| *count += usize::from(more));
        } else {
            self.open += 1;
        }
        let panics = [&found.strict, &found.lenient].iter().filter(|it| matches!(it, Reading::Panic)).count();
        self.panics += panics;
        let told = found.told.join(", ");
        lines.push_str(&format!(
            "{name}\t{operation}\t{}\t{}\t{}\t{}\t{told}\n",
            case.way, case.pointer, found.strict, found.lenient
        ));
        if let Some(why) = fault(case, found) {
            let (way, place) = (case.way, &case.pointer);
            self.exceptions.push(format!(
                "{name} {operation} {way} {place}: {why}; strict {}, lenient {}, told [{told}]",
                found.strict, found.lenient
            ));
        }
    }
}

/// Returns the difference of a result from what is expected.
fn fault(case: &Case, found: &Outcome) -> Option<String> {
    if [&found.strict, &found.lenient].iter().any(|it| matches!(it, Reading::Panic | Reading::Other(_))) {
        return Some("neither a value nor a decode error".to_owned());
    }
    let is_refused = matches!(found.strict, Reading::Refused(_));
    if case.broken && !is_refused {
        return Some("a strict client reads it".to_owned());
    }
    if case.way == "whole" && is_refused {
        return Some("a strict client refuses it".to_owned());
    }
    match (&case.lenient, &found.lenient) {
        (Expected::Open, _) | (Expected::Refused, Reading::Refused(_)) => None,
        (Expected::Read { at, told }, Reading::Value(value)) => {
            let is_told = match told {
                None => found.told.is_empty(),
                Some((kind, pointer)) => found.told.iter().any(|line| *line == format!("{kind} {pointer}")),
            };
            if !is_told {
                return Some("it is not told".to_owned());
            }
            let (pointer, wanted) = at.as_ref()?;
            // An element before it may have been left out, so the place is looked for only where it still leads somewhere.
            let there = value.pointer(pointer).unwrap_or(&Value::Null);
            (!is_same(wanted, there)).then(|| format!("{wanted} was expected, not {there}"))
        }
        (Expected::Read { .. }, _) => Some("a lenient client refuses it".to_owned()),
        (Expected::Refused, _) => Some("a lenient client reads it".to_owned()),
    }
}

/// Returns whether a value that was read is the empty one that was expected; members that may be absent may be written as null.
fn is_same(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.iter().all(|(name, value)| is_same(value, found.get(name).unwrap_or(&Value::Null)))
                && found.iter().all(|(name, value)| wanted.contains_key(name) || value.is_null())
        }
        (wanted, found) => wanted == found,
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [broken, strict, read, refused] = self.broken;
        let (whole, whole_read) = self.whole;
        let Self { open, panics, exceptions, .. } = self;
        write!(f, "{whole}/{whole_read}, {broken}/{strict}/{read}/{refused}, {open}, {panics}, {}", exceptions.len())
    }
}
