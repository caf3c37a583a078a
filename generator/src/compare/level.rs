//! The effect of a change.

/// The effect of a change on callers of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Callers that kept to the old description can fail.
    Breaking,
    /// Some callers may fail, by what they relied on.
    Warning,
    /// No caller fails.
    Info,
}

impl Level {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Breaking => "breaking",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}
