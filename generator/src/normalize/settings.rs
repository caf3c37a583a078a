//! Settings for reading documents.

use crate::diagnostics::{Allowance, Policy};
use crate::document::Limits;

/// The strictness and the limits with which documents are read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Reject what the specification forbids, even where the generator could carry on.
    pub strict: bool,
    /// Reject what cannot be carried into the crate whole.
    pub deny_loss: bool,
    /// The limits on the size of the document.
    pub limits: Limits,
    /// The permitted findings.
    pub allowances: Vec<Allowance>,
}

impl Settings {
    /// The policy that findings are taken under.
    pub fn policy(&self) -> Policy {
        Policy { strict: self.strict, deny_loss: self.deny_loss, allowances: self.allowances.clone() }
    }
}
