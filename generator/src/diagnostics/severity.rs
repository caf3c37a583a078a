//! How much findings matter.

/// The weight of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was lost, or what was lost is listed.
    Note,
    /// The crate is emitted, but says less, or other, than the document may have meant.
    Warning,
    /// Nothing is emitted.
    Error,
}

impl Severity {
    /// The word that messages use.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
