//! Findings with their places looked up.

use super::escape::plain;
use crate::diagnostics::{Allowed, Diagnostic, Severity};
use crate::place::{Pointer, Position};

/// A finding with its places looked up.
pub(super) struct Located<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) spot: Spot,
    pub(super) related: Vec<(Spot, &'a str)>,
    /// The permission, if the finding is allowed.
    pub(super) allowed: Option<&'a Allowed>,
}

/// A place as a reader finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    /// `None` where the place is known by line and column alone.
    pub(super) pointer: Option<Pointer>,
    pub(super) position: Option<Position>,
    /// Marks a place of the document itself, which overlays can change.
    pub(super) in_spec: bool,
}

impl Spot {
    /// `file:line:column`, or as much as is known of it.
    pub(super) fn label(&self) -> String {
        match self.position {
            Some(at) => format!("{}:{}:{}", plain(&self.file), at.line, at.column),
            None => plain(&self.file),
        }
    }

    pub(super) fn pointer_text(&self) -> Option<&str> {
        self.pointer.as_ref().map(Pointer::as_str).filter(|text| !text.is_empty())
    }
}

impl Located<'_> {
    /// Returns the severity to show: an allowed finding is a note.
    pub(super) fn severity(&self) -> Severity {
        if self.allowed.is_some() { Severity::Note } else { self.diagnostic.severity }
    }

    /// Returns the permission as text, if the finding is allowed.
    pub(super) fn permission(&self) -> Option<String> {
        let reason = self.allowed?.reason.as_deref();
        Some(reason.map_or_else(|| "allowed".to_owned(), |reason| format!("allowed: {}", plain(reason))))
    }

    pub(super) fn message(&self) -> String {
        let message = &self.diagnostic.message;
        plain(if message.is_empty() { self.diagnostic.rule.entry().title } else { message })
    }

    pub(super) fn help(&self) -> String {
        plain(self.diagnostic.help.as_deref().unwrap_or(self.diagnostic.rule.entry().way_out))
    }
}
