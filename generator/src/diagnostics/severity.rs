//! The severity of findings.

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Information: nothing is lost, or the loss is listed in the ledger.
    Note,
    /// The crate is emitted, but may differ from the intention of the document.
    Warning,
    /// Nothing is emitted.
    Error,
}

impl Severity {
    /// Returns the name of the severity in messages.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
