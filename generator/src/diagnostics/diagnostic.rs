//! A finding.

use std::fmt;

use super::rule::Rule;
use super::severity::Severity;
use crate::place::{Place, Pointer, Position};

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule of the finding.
    pub rule: Rule,
    /// The severity in this run.
    pub severity: Severity,
    /// The place.
    pub place: Place,
    /// The message: a sentence about this document.
    pub message: String,
    /// A correction for this place; `None` for the correction of the rule.
    pub help: Option<String>,
    /// Related places, each with a label.
    pub related: Vec<(Place, String)>,
}

/// A finding that an allowance permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The reason that the allowance states.
    pub reason: Option<String>,
}

impl Diagnostic {
    /// Creates a finding of `rule` at `place`.
    pub fn new(rule: Rule, place: Place) -> Self {
        Diagnostic { rule, severity: rule.severity(), place, message: String::new(), help: None, related: Vec::new() }
    }

    /// Sets the message, a sentence about this document.
    #[must_use]
    pub fn message(mut self, message: impl fmt::Display) -> Self {
        self.message = message.to_string();
        self
    }

    /// Sets the correction.
    #[must_use]
    pub fn help(mut self, help: impl fmt::Display) -> Self {
        self.help = Some(help.to_string());
        self
    }

    /// Sets the probably intended value as the correction, if there is one; otherwise the correction of the rule applies.
    #[must_use]
    pub fn suggest(self, meant: Option<impl fmt::Display>) -> Self {
        match meant {
            Some(meant) => self.help(format_args!("perhaps `{meant}` is meant")),
            None => self,
        }
    }

    /// Adds a related place in the normalized tree.
    #[must_use]
    pub fn related(self, pointer: impl Into<Pointer>, label: impl fmt::Display) -> Self {
        self.related_at(Place::Tree(pointer.into()), label)
    }

    /// Adds a related place.
    #[must_use]
    pub fn related_at(mut self, place: Place, label: impl fmt::Display) -> Self {
        self.related.push((place, label.to_string()));
        self
    }

    /// Returns the pointer of the place, or that of the whole document if the place is a line and column.
    pub fn pointer(&self) -> Pointer {
        match &self.place {
            Place::Tree(pointer) | Place::File(_, pointer) => pointer.clone(),
            Place::Text(..) => Pointer::root(),
        }
    }
}

impl Rule {
    /// Creates a finding of this rule at `pointer` in the normalized tree.
    pub fn at(self, pointer: impl Into<Pointer>) -> Diagnostic {
        Diagnostic::new(self, Place::Tree(pointer.into()))
    }

    /// Creates a finding of this rule at `pointer` in a file.
    pub fn in_file(self, file: &str, pointer: impl Into<Pointer>) -> Diagnostic {
        Diagnostic::new(self, Place::File(file.to_owned(), pointer.into()))
    }

    /// Creates a finding of this rule at a position in a file.
    pub fn in_text(self, file: &str, position: Position) -> Diagnostic {
        Diagnostic::new(self, Place::Text(file.to_owned(), position))
    }
}
