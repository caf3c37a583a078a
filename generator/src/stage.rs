//! The stages of a run.

/// A stage of a run, in the order in which they take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Parsing of the document and its overlays.
    Reading,
    /// The normal form: overlays, files that references lead to, other versions and dialects.
    Normalizing,
    /// The meaning of the document.
    Lowering,
    /// Names, types and operations of the crate.
    Planning,
    /// The text of the files.
    Emitting,
}

impl Stage {
    /// Returns the name of the stage, as reports show it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Reading => "reading",
            Stage::Normalizing => "normalizing",
            Stage::Lowering => "lowering",
            Stage::Planning => "planning",
            Stage::Emitting => "emitting",
        }
    }
}
