//! What the stages report: each finding names its rule, its place in the document, why, and the way out.

use std::fmt;

use crate::document::Pointer;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// The crate is emitted, but says less, or other, than the document may have meant.
    Warning,
    /// Nothing is emitted.
    Error,
}

/// The catalogue of everything that can be reported.
///
/// A rule's code and meaning never change once released, so that allowances and searches stay valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A path template has a parameter that no Parameter Object declares.
    UndeclaredPathParameter,
    /// A schema is made of itself by `allOf`.
    AllOfCycle,
    /// Parts of an `allOf` contradict one another.
    AllOfConflict,
    /// A composition comes to more alternatives than a type can have.
    CompositionTooWide,
    /// A composition that no type can express yet.
    CompositionUnclear,
    /// An operation that only later versions can state could not be read.
    OperationUnreadable,
    /// A media type that the emitted operation does not offer.
    MediaTypeNotServed,
}

impl Rule {
    /// A finding under this rule, at `pointer` in the document that the reporting stage reads.
    pub fn at(self, pointer: impl Into<Pointer>) -> Diagnostic {
        Diagnostic { rule: self, severity: self.severity(), pointer: pointer.into(), message: String::new() }
    }

    /// The severity that findings under this rule have unless told otherwise.
    pub fn severity(self) -> Severity {
        match self {
            Rule::UndeclaredPathParameter
            | Rule::AllOfConflict
            | Rule::CompositionTooWide
            | Rule::CompositionUnclear => Severity::Warning,
            Rule::AllOfCycle | Rule::OperationUnreadable => Severity::Error,
            Rule::MediaTypeNotServed => Severity::Note,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it falls under.
    pub rule: Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// The place.
    pub pointer: Pointer,
    /// What was found.
    pub message: String,
}

impl Diagnostic {
    /// Says what was found, in a sentence about this document.
    #[must_use]
    pub fn because(mut self, message: impl fmt::Display) -> Self {
        self.message = message.to_string();
        self
    }
}

/// All findings of a run, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether anything stands in the way of emitting.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}
