//! The policy of a run: strict modes and allowances.

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

/// The findings that are errors in this run, beyond those that always are, and the allowances.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Reject everything that the OpenAPI Specification forbids, even if generation could continue.
    pub strict: bool,
    /// Reject constructs that the crate does not represent completely.
    pub deny_loss: bool,
    /// The permitted findings.
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
