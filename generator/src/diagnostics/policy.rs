//! How strictly findings are taken.

use super::diagnostic::Diagnostic;
use super::rule::Kind;
use super::severity::Severity;

/// A committed permission for one finding at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's code, such as `CW0501`.
    pub code: String,
    /// The place, as a JSON pointer into the file as its author wrote it.
    pub pointer: String,
}

/// What is an error in this run beyond what always is.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Reject what the OpenAPI Specification forbids, even where the generator could carry on.
    pub strict: bool,
    /// Reject what cannot be carried into the crate whole.
    pub deny_loss: bool,
    /// What is permitted all the same.
    pub allowances: Vec<Allowance>,
}

impl Policy {
    pub(super) fn escalate(&self, diagnostic: &mut Diagnostic) {
        if self.strict && diagnostic.rule.kind() == Kind::Repaired {
            diagnostic.severity = Severity::Error;
        }
    }

    pub(super) fn deny(&self, diagnostic: &mut Diagnostic) {
        if self.deny_loss && diagnostic.rule.kind() == Kind::Lost {
            diagnostic.severity = Severity::Error;
        }
    }
}
