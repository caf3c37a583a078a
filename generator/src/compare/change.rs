//! A change, and gathering many.

use std::collections::{BTreeMap, BTreeSet};

use crate::place::Pointer;

/// A change on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule, by a name that stays.
    pub id: String,
    /// The effect on callers.
    pub level: Level,
    /// The place in the old document's normal form; `None` for an addition.
    pub old: Option<Pointer>,
    /// The place in the new document's normal form; `None` for a removal.
    pub new: Option<Pointer>,
    /// The operations that it reaches (`GET /webhooks`); none where it is about the API as a whole.
    pub operations: BTreeSet<String>,
    /// The description: a sentence in Markdown, without its period.
    pub text: String,
}

/// The effect of a change on callers of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Callers that kept to the old description can fail.
    Breaking,
    /// Some callers may fail, by what they relied on.
    Warning,
    /// Nobody fails.
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

type Key = (Level, Option<Pointer>, Option<Pointer>, String, String);

/// The changes so far. What several operations share is one change.
#[derive(Debug, Default)]
pub(super) struct Changes {
    found: BTreeMap<Key, BTreeSet<String>>,
    /// The operation that is looked at; empty for none.
    pub(super) operation: String,
}

impl Changes {
    pub(super) fn add(
        &mut self,
        id: impl Into<String>,
        level: Level,
        old: Option<Pointer>,
        new: Option<Pointer>,
        text: String,
    ) {
        let operations = self.found.entry((level, old, new, id.into(), text)).or_default();
        if !self.operation.is_empty() {
            operations.insert(self.operation.clone());
        }
    }

    pub(super) fn finish(self) -> Vec<Change> {
        let found = self.found.into_iter();
        found
            .map(|((level, old, new, id, text), operations)| Change { id, level, old, new, operations, text })
            .collect()
    }
}
