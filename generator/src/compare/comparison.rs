//! The comparison of one operation's schemas: the changes, the compared pairs, and the pairs to compare.

use std::collections::{HashSet, VecDeque};

use super::change::Changes;
use super::level::Level;
use super::rule::{BoundRule, ChangeRule, Noun, Side, ValueRule};
use crate::ir::{Api, SchemaId};
use crate::place::Pointer;

/// A place that holds a value, before and after.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The kind of place.
    pub(super) noun: Noun,
    /// The subject of sentences.
    pub(super) subject: String,
    pub(super) old: Pointer,
    pub(super) new: Pointer,
}

impl Spot {
    /// The direction in which the value is sent.
    pub(super) fn side(&self) -> Side {
        self.noun.side()
    }
}

/// The comparison of one operation's schemas.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    pub(super) changes: &'a mut Changes,
    seen: HashSet<(SchemaId, SchemaId, Noun)>,
    /// The queue of pairs to compare. Chains of schemas may have any length, so the comparison does not recurse.
    waiting: VecDeque<(Spot, SchemaId, SchemaId)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api, changes: &'a mut Changes) -> Self {
        Comparison { old, new, changes, seen: HashSet::new(), waiting: VecDeque::new() }
    }

    /// Adds a change of a value; `said` is the sentence after the subject.
    pub(super) fn add(&mut self, spot: &Spot, rule: ValueRule, said: &str) {
        let rule = ChangeRule::Value(spot.noun, rule);
        self.add_at(spot, rule, rule.level(), said);
    }

    /// Adds a change of a bound, at the given level if the rule has none.
    pub(super) fn add_bound(
        &mut self,
        spot: &Spot,
        (keyword, rule): (&'static str, BoundRule),
        level: Option<Level>,
        said: &str,
    ) {
        let rule = ChangeRule::Bound(spot.noun, keyword, rule);
        self.add_at(spot, rule, level.unwrap_or_else(|| rule.level()), said);
    }

    fn add_at(&mut self, spot: &Spot, rule: ChangeRule, level: Level, said: &str) {
        let text = format!("{} {said}", spot.subject);
        self.changes.add_at(rule, level, Some(spot.old.clone()), Some(spot.new.clone()), text);
    }

    /// Returns whether two schemas were not compared yet for this kind of place.
    pub(super) fn is_new(&mut self, old: SchemaId, new: SchemaId, noun: Noun) -> bool {
        self.seen.insert((old, new, noun))
    }

    /// Adds a pair of schemas to the queue.
    pub(super) fn enqueue(&mut self, spot: Spot, old: SchemaId, new: SchemaId) {
        self.waiting.push_back((spot, old, new));
    }

    /// Returns the pair of schemas that has waited longest.
    pub(super) fn next(&mut self) -> Option<(Spot, SchemaId, SchemaId)> {
        self.waiting.pop_front()
    }
}
