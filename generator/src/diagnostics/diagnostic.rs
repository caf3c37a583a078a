//! One finding.

use std::fmt;

use super::rule::Rule;
use super::severity::Severity;
use crate::place::{Place, Pointer, Position};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it falls under.
    pub rule: Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// The place.
    pub place: Place,
    /// What was found.
    pub message: String,
    /// What to do about it here; the rule's own way out where this is `None`.
    pub help: Option<String>,
    /// Other places that belong to it, each with what it has to do with this.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A finding under `rule` at `place`.
    pub fn new(rule: Rule, place: Place) -> Self {
        Diagnostic { rule, severity: rule.severity(), place, message: String::new(), help: None, related: Vec::new() }
    }

    /// Says what was found, in a sentence about this document.
    #[must_use]
    pub fn message(mut self, message: impl fmt::Display) -> Self {
        self.message = message.to_string();
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl fmt::Display) -> Self {
        self.help = Some(help.to_string());
        self
    }

    /// Says what was probably meant, if there is an idea of that; else the way out stays the rule's own.
    #[must_use]
    pub fn suggest(self, meant: Option<impl fmt::Display>) -> Self {
        match meant {
            Some(meant) => self.help(format_args!("perhaps `{meant}` is meant")),
            None => self,
        }
    }

    /// Adds another place in the normalized tree that has to do with it.
    #[must_use]
    pub fn related(self, pointer: impl Into<Pointer>, label: impl fmt::Display) -> Self {
        self.related_at(Place::Tree(pointer.into()), label)
    }

    /// Adds another place, wherever it is.
    #[must_use]
    pub fn related_at(mut self, place: Place, label: impl fmt::Display) -> Self {
        self.related.push((place, label.to_string()));
        self
    }

    /// The pointer that the finding carries; the whole document where it is known by line and column alone.
    pub fn pointer(&self) -> Pointer {
        match &self.place {
            Place::Tree(pointer) | Place::File(_, pointer) => pointer.clone(),
            Place::Text(..) => Pointer::root(),
        }
    }
}

impl Rule {
    /// A finding under this rule, at `pointer` in the normalized tree.
    pub fn at(self, pointer: impl Into<Pointer>) -> Diagnostic {
        Diagnostic::new(self, Place::Tree(pointer.into()))
    }

    /// A finding under this rule, at `pointer` in a file.
    pub fn in_file(self, file: &str, pointer: impl Into<Pointer>) -> Diagnostic {
        Diagnostic::new(self, Place::File(file.to_owned(), pointer.into()))
    }

    /// A finding under this rule, at a position in a file.
    pub fn in_text(self, file: &str, position: Position) -> Diagnostic {
        Diagnostic::new(self, Place::Text(file.to_owned(), position))
    }
}
