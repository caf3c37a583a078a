//! The assignment of names: a key that had a name keeps it, and a new key gets a free one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Diagnostics, Rule, Severity};
use crate::plan::naming::renamer::Renamer;
use crate::rust::name::{Case, Name, Scope};
use crate::rust::{NameLock, Namespace, Renamed};

/// The key of the catch-all variant, which is not the key of a value.
const OTHER: &str = "(any other)";

/// The names of the last run, the chosen ones, and those of this run.
pub(crate) struct Namer<'a> {
    before: &'a NameLock,
    /// The chosen names.
    pub(crate) renamer: Renamer,
    after: NameLock,
}

impl<'a> Namer<'a> {
    pub(crate) fn new(before: &'a NameLock, renamer: Renamer) -> Self {
        Namer { before, renamer, after: NameLock::default() }
    }

    /// The name that was chosen for a key, or that it had.
    pub(crate) fn previous_name(&self, space: &Namespace, key: &str) -> Option<Cow<'a, str>> {
        let chosen = self.renamer.name(space, key).map(Cow::Owned);
        chosen.or_else(|| self.before.get(space, key).map(Cow::Borrowed))
    }

    /// All names of the last run in a namespace, by key.
    pub(crate) fn names(&self, space: &Namespace) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.before.names(space)
    }

    /// Reserves the names of keys that still exist until these claim them. The names of removed keys become available.
    pub(crate) fn reserve_previous(&self, scope: &mut Scope, space: &Namespace, is_there: impl Fn(&str) -> bool) {
        self.names(space).filter(|(key, _)| is_there(key)).for_each(|(_, name)| scope.reserve(name));
    }

    /// Claims names for several at once, each with its key and its candidate. Of several with the same key, each
    /// after the first gets a number, so that none gets another's name in the next run.
    pub(crate) fn claim_all<'w>(
        &mut self,
        scope: &mut Scope,
        space: &Namespace,
        candidates: impl IntoIterator<Item = (&'w str, &'w str)>,
        case: Case,
    ) -> Vec<Name> {
        let mut borne: HashMap<&str, usize> = HashMap::new();
        let mut numbered = |key: &'w str| -> Cow<'w, str> {
            let count = borne.entry(key).or_default();
            *count += 1;
            if *count == 1 { key.into() } else { format!("{key} ({count})").into() }
        };
        let candidates: Vec<(Cow<'_, str>, &str)> =
            candidates.into_iter().map(|(key, candidate)| (numbered(key), candidate)).collect();
        let kept = candidates.iter().map(|(key, _)| scope.keep(&self.previous_name(space, key)?));
        let mut names: Vec<Option<Name>> = kept.collect();
        let fresh =
            candidates.iter().zip(&names).filter(|(_, name)| name.is_none()).map(|((_, candidate), _)| *candidate);
        let mut claimed = scope.claim_all(fresh, case).into_iter();
        names.iter_mut().filter(|name| name.is_none()).for_each(|name| *name = claimed.next());
        let names: Vec<Name> = names.into_iter().flatten().collect();
        for ((key, _), name) in candidates.iter().zip(&names) {
            self.record(space, key, name);
        }
        if !self.renamer.is_empty() {
            self.notice_takings(space, &candidates, &names, case);
        }
        names
    }

    /// Notes the chosen names that others would have if these had not been chosen.
    fn notice_takings(&mut self, space: &Namespace, candidates: &[(Cow<'_, str>, &str)], names: &[Name], case: Case) {
        let is_chosen = |key: &str| self.renamer.name(space, key).is_some();
        let (chosen, others): (Vec<usize>, Vec<usize>) =
            (0..names.len()).partition(|index| is_chosen(&candidates[*index].0));
        let of_chosen: HashMap<&str, usize> = chosen.into_iter().map(|index| (names[index].as_str(), index)).collect();
        if of_chosen.is_empty() {
            return;
        }
        let mut taken = HashSet::new();
        for index in others {
            let (key, candidate) = &candidates[index];
            let preferred = Scope::new().claim(candidate, case);
            let had = self.before.get(space, key).unwrap_or(preferred.as_str());
            if let Some(taker) = of_chosen.get(had).filter(|_| taken.insert(had.to_owned())) {
                self.renamer.took(space, &candidates[*taker].0, key);
            }
        }
    }

    /// Claims a name for one, by the first of its candidates that is free.
    pub(crate) fn claim(
        &mut self,
        scope: &mut Scope,
        space: &Namespace,
        key: &str,
        candidates: &[&str],
        case: Case,
    ) -> Name {
        let kept = self.previous_name(space, key).and_then(|name| scope.keep(&name));
        let name = kept.unwrap_or_else(|| scope.claim_first(candidates, case));
        self.record(space, key, &name);
        name
    }

    /// Claims the variants of an enum, and the catch-all variant, whose name no value that is added later takes.
    pub(crate) fn claim_variants<'w>(
        &mut self,
        item: &str,
        candidates: impl IntoIterator<Item = (&'w str, &'w str)>,
        other: &[&str],
    ) -> (Vec<Name>, Name) {
        let (mut scope, space) = (Scope::new(), Namespace::variants(item));
        self.reserve_previous(&mut scope, &space, |key| key == OTHER);
        let names = self.claim_all(&mut scope, &space, candidates, Case::Variant);
        let other = self.claim(&mut scope, &space, OTHER, other, Case::Variant);
        (names, other)
    }

    /// Returns whether the variants of a union keep to their keys: it was there, and none has the shorter of its names. What is called as
    /// its key is not in the lock.
    pub(crate) fn has_long_variants<'w>(
        &self,
        item: &str,
        mut candidates: impl Iterator<Item = (&'w str, &'w str)>,
    ) -> bool {
        let space = Namespace::variants(item);
        let is_short = |(key, candidate): (&str, &str)| {
            let bare: String = candidate.chars().filter(|character| character.is_alphanumeric()).collect();
            key != candidate && self.before.get(&space, key).is_some_and(|known| known.eq_ignore_ascii_case(&bare))
        };
        self.before.get(&space, OTHER).is_some() && !candidates.any(is_short)
    }

    /// Returns whether the inline type of this name had this fingerprint.
    pub(crate) fn had_shape(&self, name: &str, fingerprint: u64) -> bool {
        self.before.had_shape(name, fingerprint)
    }

    /// Records the fingerprint of an inline type that several places share.
    pub(crate) fn record_shape(&mut self, name: &Name, fingerprint: u64) {
        self.after.record_shape(name, fingerprint);
    }

    /// Returns the order of the arguments with these keys, as indices: the recorded order, followed by new ones.
    pub(crate) fn order(&mut self, owner: &str, keys: &[String]) -> Vec<usize> {
        let order = kept_order(self.before.order(owner), keys);
        if !keys.is_empty() {
            let kept = order.iter().map(|place| keys[*place].clone()).collect();
            self.after.record_order(owner, kept);
        }
        order
    }

    /// Records a name that was assigned by other rules.
    pub(crate) fn record(&mut self, space: &Namespace, key: &str, name: &Name) {
        self.renamer.settle(space, key, name);
        self.after.record(space, key, name);
    }

    /// Returns the names of this run. Each that differs from the last run, and was not chosen, is an error at its place in `file`, or, if
    /// renaming is accepted, a warning.
    pub(crate) fn finish(self, file: &str, accept: bool, diagnostics: &mut Diagnostics) -> NameLock {
        let after = self.after;
        let is_chosen = |it: &Renamed| self.renamer.name(&it.space, &it.key).is_some();
        for renamed in self.before.renamed(&after).into_iter().filter(|it| !is_chosen(it)) {
            let message = format!(
                "`{}` was called `{}`, and {} `{}`",
                renamed.key,
                renamed.before,
                if accept { "is now" } else { "would have to be" },
                renamed.after
            );
            let mut finding = Rule::NameNotKept.in_file(file, renamed.pointer).message(message);
            if accept {
                finding.severity = Severity::Warning;
            }
            diagnostics.push(finding);
        }
        after
    }
}

/// The places of `keys` in the order of `kept`. As many new keys as are gone take the places of those, in turn: such a change is a
/// renaming as a rule, and the code of callers stays the same. Otherwise new ones come last.
fn kept_order(kept: &[String], keys: &[String]) -> Vec<usize> {
    let slots: Vec<Option<usize>> = kept.iter().map(|known| keys.iter().position(|key| key == known)).collect();
    let fresh: Vec<usize> = (0..keys.len()).filter(|place| !slots.contains(&Some(*place))).collect();
    let gone = slots.iter().filter(|slot| slot.is_none()).count();
    let mut order = Vec::with_capacity(keys.len());
    if gone == fresh.len() {
        let mut fresh = fresh.into_iter();
        order.extend(slots.into_iter().filter_map(|slot| slot.or_else(|| fresh.next())));
    } else {
        order.extend(slots.into_iter().flatten());
        order.extend(fresh);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::kept_order;

    #[test]
    fn an_order_once_given_is_kept() {
        let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (kept, keys, expected) in [
            (&[][..], &["b", "a"][..], &["b", "a"][..]),
            (&["a", "b"], &["b", "a"], &["a", "b"]),
            (&["a", "b"], &["new", "b", "a"], &["a", "b", "new"]),
            (&["a", "b"], &["b"], &["b"]),
            (&["from", "to"], &["to", "source"], &["source", "to"]),
            (&["a", "b", "c"], &["c", "new"], &["c", "new"]),
        ] {
            let keys = strings(keys);
            let order: Vec<&str> =
                kept_order(&strings(kept), &keys).into_iter().map(|place| keys[place].as_str()).collect();
            assert_eq!(order, expected, "{kept:?} then {keys:?}");
        }
    }
}
