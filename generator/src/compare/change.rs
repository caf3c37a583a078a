//! A change, and the collection of changes.

use std::collections::{BTreeMap, BTreeSet};

use super::level::Level;
use super::rule::{ApiRule, ChangeRule};
use crate::place::Pointer;

/// A change on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule, whose id stays.
    pub rule: ChangeRule,
    /// The effect on callers.
    pub level: Level,
    /// The place in the old document's normal form; `None` for an addition.
    pub old: Option<Pointer>,
    /// The place in the new document's normal form; `None` for a removal.
    pub new: Option<Pointer>,
    /// The operations that it affects (`GET /webhooks`); none if it is about the API as a whole.
    pub operations: BTreeSet<String>,
    /// The description: a sentence in Markdown, without its period.
    pub text: String,
}

type Key = (Level, Option<Pointer>, Option<Pointer>, String, String);

/// The changes so far. A change that several operations share is listed once.
#[derive(Debug, Default)]
pub(super) struct Changes {
    found: BTreeMap<Key, (ChangeRule, BTreeSet<String>)>,
    /// The operation that is being compared; empty for none.
    pub(super) operation: String,
}

impl Changes {
    /// Adds a change of an operation or of the API, at the level of its rule.
    pub(super) fn add(&mut self, rule: ApiRule, old: Option<Pointer>, new: Option<Pointer>, text: String) {
        let rule = ChangeRule::Api(rule);
        self.add_at(rule, rule.level(), old, new, text);
    }

    /// Adds a change at a level.
    pub(super) fn add_at(
        &mut self,
        rule: ChangeRule,
        level: Level,
        old: Option<Pointer>,
        new: Option<Pointer>,
        text: String,
    ) {
        let found = self.found.entry((level, old, new, rule.id(), text));
        let (_, operations) = found.or_insert_with(|| (rule, BTreeSet::new()));
        if !self.operation.is_empty() {
            operations.insert(self.operation.clone());
        }
    }

    pub(super) fn finish(self) -> Vec<Change> {
        let found = self.found.into_iter();
        found
            .map(|((level, old, new, _, text), (rule, operations))| Change { rule, level, old, new, operations, text })
            .collect()
    }
}
