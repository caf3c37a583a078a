//! Findings with their places looked up.

use crate::diagnostics::{Allowed, Diagnostic, Severity};
use crate::place::{Pointer, Position};
use crate::written::{Terminal, Written};

/// A finding with its places looked up.
pub(super) struct Located<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) spot: Spot,
    pub(super) related: Vec<(Spot, &'a str)>,
    /// The permission, if the finding is allowed.
    pub(super) allowed: Option<&'a Allowed>,
}

/// A place with its line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    /// `None` where the place is known by line and column alone.
    pub(super) pointer: Option<Pointer>,
    pub(super) position: Option<Position>,
    /// True for a place of the document itself, which overlays can change.
    pub(super) in_spec: bool,
}

impl Spot {
    /// `file:line:column`, or as much as is known of it.
    pub(super) fn label(&self) -> String {
        let mut label = Written::default();
        self.write_label(&mut label);
        label.as_str().to_owned()
    }

    /// Writes the text of [`label`](Self::label).
    pub(super) fn write_label(&self, to: &mut Written<Terminal>) {
        to.text(&self.file);
        if let Some(at) = self.position {
            to.raw(":").number(at.line).raw(":").number(at.column);
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
        Some(reason.map_or_else(|| "allowed".to_owned(), |reason| format!("allowed: {reason}")))
    }

    /// Returns the message unescaped, with text of the document.
    pub(super) fn message(&self) -> &str {
        let message = &self.diagnostic.message;
        if message.is_empty() { self.diagnostic.rule.entry().title } else { message }
    }

    /// Returns the correction unescaped.
    pub(super) fn help(&self) -> &str {
        self.diagnostic.help.as_deref().unwrap_or(self.diagnostic.rule.entry().way_out)
    }
}
