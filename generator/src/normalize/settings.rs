//! How documents are taken.

use crate::diagnostics::{Allowance, Policy};
use crate::document::Limits;

/// The strictness and the limits with which documents are read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Reject what the specification forbids, even where the generator could carry on.
    pub strict: bool,
    /// Reject what cannot be carried into the crate whole.
    pub deny_loss: bool,
    /// How much a document may ask for.
    pub limits: Limits,
    /// What is permitted all the same.
    pub allowances: Vec<Allowance>,
}

impl Settings {
    /// The policy that findings are taken under.
    pub fn policy(&self) -> Policy {
        Policy { strict: self.strict, deny_loss: self.deny_loss, allowances: self.allowances.clone() }
    }
}
