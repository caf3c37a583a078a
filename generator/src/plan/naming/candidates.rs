//! The candidates for the names of inline types.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ir::{Api, SchemaId, Shape};
use crate::plan::naming::families::{Family, FamilyKey, Taken, folded_hint};
use crate::plan::naming::joined::joined;
use crate::plan::naming::occurrence::{DEFAULT, Hint, Occurrence, Owner, Role};
use crate::plan::naming::structure::Structure;
use crate::plan::naming::twins::bodies_told_apart;
use crate::plan::naming::words::fold;

/// A candidate for each family, in their order.
pub(super) fn candidates<'o>(
    api: &Api,
    families: &mut BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
) -> Vec<String> {
    let mut structures: HashMap<String, BTreeSet<Structure>> = HashMap::new();
    for family in families.values() {
        for occurrence in &family.occurrences {
            structures.entry(folded_hint(occurrence)).or_default().insert(family.structure);
        }
        if let Some(wrapper) = wrapper(&family.occurrences) {
            structures.entry(fold(&wrapper)).or_default().insert(family.structure);
        }
    }
    let keys: Vec<FamilyKey> = families.keys().cloned().collect();
    let family_of: HashMap<SchemaId, FamilyKey> = families
        .iter()
        .flat_map(|(key, family)| family.occurrences.iter().map(move |found| (found.schema, key.clone())))
        .collect();
    let by_schema: HashMap<SchemaId, &Occurrence> =
        occurrences.iter().map(|occurrence| (occurrence.schema, occurrence)).collect();
    let failures = Failures::of(occurrences);
    let mut context = Candidates { api, families, structures, taken, family_of, by_schema, failures };
    let found: Vec<String> = keys.iter().map(|key| context.preferred(key)).collect();
    let apart = bodies_told_apart(context.families, &found, taken);
    if apart.is_empty() {
        return found;
    }
    // What is in a body is named after it.
    context.forget();
    for (key, candidate) in apart {
        context.settle(&key, &candidate);
    }
    keys.iter().map(|key| context.preferred(key)).collect()
}

/// The number of inline failures of each status.
struct Failures {
    counts: HashMap<String, usize>,
    all: usize,
}

impl Failures {
    fn of(occurrences: &[Occurrence]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let found = occurrences.iter().filter_map(|found| found.hint.failure());
        found.for_each(|status| *counts.entry(status.to_owned()).or_default() += 1);
        let all = counts.values().sum();
        Failures { counts, all }
    }

    /// The name of a failure that several operations share: its status if it is the usual answer with that status, or that it is a
    /// failure if it is the usual one with any.
    fn shared(&self, occurrences: &[&Occurrence]) -> Option<String> {
        let statuses: Vec<&str> = occurrences.iter().map(|found| found.hint.failure()).collect::<Option<_>>()?;
        let (first, last) = (occurrences.first()?, occurrences.last()?);
        let is_usual = |total: usize| occurrences.len() * 2 > total;
        if first.owner == last.owner {
            return None;
        }
        match statuses.first()? {
            &DEFAULT => is_usual(self.all).then(|| "Error Response".to_owned()),
            status if statuses.iter().all(|other| other == status) => {
                is_usual(self.counts[*status]).then(|| (*status).to_owned())
            }
            _ => is_usual(self.all).then(|| "Error Response".to_owned()),
        }
    }
}

struct Candidates<'k, 'o> {
    api: &'k Api,
    families: &'k mut BTreeMap<FamilyKey, Family<'o>>,
    structures: HashMap<String, BTreeSet<Structure>>,
    taken: &'k Taken,
    family_of: HashMap<SchemaId, FamilyKey>,
    by_schema: HashMap<SchemaId, &'o Occurrence>,
    failures: Failures,
}

impl Candidates<'_, '_> {
    fn preferred(&mut self, key: &FamilyKey) -> String {
        if let Some(candidate) = &self.families[key].candidate {
            return candidate.clone();
        }
        let members: Vec<&Occurrence> = self.families[key].occurrences.clone();
        let shared = self.failures.shared(&members).filter(|name| self.is_left_for(name, key.structure));
        let candidate = shared.unwrap_or_else(|| {
            let wrapper = wrapper(&members);
            let by_property = self.by_property(&members);
            let is_got =
                |found: &&Occurrence| found.hint.role() == Some(Role::Response) && found.place.starts_with("GET ");
            // What one gets is no request, though it may be sent too.
            let is_got = members.iter().any(is_got);
            let own = members.iter().filter(|found| !is_got || found.hint.role() != Some(Role::Request));
            let own: Vec<String> = own.map(|occurrence| self.candidate(occurrence, wrapper.as_deref())).collect();
            shortest(own.into_iter().chain(by_property)).unwrap_or_default()
        });
        let whole = members.iter().filter_map(|found| match &found.hint {
            Hint::Alone(hint) => Some((&found.owner, hint)),
            Hint::Owned(_) | Hint::Body { .. } => None,
        });
        let whole: Vec<String> = whole.map(|(owner, hint)| format!("{} {hint}", self.owner(owner))).collect();
        if let Some(family) = self.families.get_mut(key) {
            family.further = shortest(whole.into_iter()).into_iter().collect();
        }
        self.settle(key, &candidate);
        candidate
    }

    fn settle(&mut self, key: &FamilyKey, candidate: &str) {
        if let Some(family) = self.families.get_mut(key) {
            family.candidate = Some(candidate.to_owned());
        }
    }

    /// Forgets the candidates, other than names that were given.
    fn forget(&mut self) {
        for family in self.families.values_mut() {
            family.candidate.clone_from(&family.kept);
        }
    }

    fn candidate(&mut self, occurrence: &Occurrence, wrapper: Option<&str>) -> String {
        match (&occurrence.hint, wrapper) {
            (Hint::Alone(hint), _) if self.is_sole(hint) => hint.clone(),
            (Hint::Alone(hint), _) if occurrence.owner.is_nameless() => format!("{hint} Item"),
            (Hint::Alone(hint) | Hint::Owned(hint), _) => joined(&self.owner(&occurrence.owner), hint),
            (Hint::Body { wrapped: Some(_), .. }, Some(wrapper)) if self.is_sole(wrapper) => wrapper.to_owned(),
            (Hint::Body { fallback, .. }, _) => fallback.clone(),
        }
    }

    /// An enumeration that several owners have under one property, and no other type has, is named after the property.
    fn by_property(&self, members: &[&Occurrence]) -> Option<String> {
        let first = members.first()?;
        let is_list = matches!(self.api.schemas.get(first.schema).shape, Shape::Enumeration(_));
        let Hint::Owned(property) = &first.hint else { return None };
        let same =
            members.iter().all(|member| matches!(&member.hint, Hint::Owned(other) if fold(other) == fold(property)));
        let several = members.iter().any(|member| member.owner != first.owner);
        (is_list && same && several && self.is_sole(property)).then(|| property.clone())
    }

    /// Returns whether only one structure has the hint, including a component of that name.
    fn is_sole(&self, hint: &str) -> bool {
        let folded = fold(hint);
        let mut known = self
            .structures
            .get(&folded)
            .into_iter()
            .flatten()
            .chain(self.taken.get(&folded).map(|(_, structure)| structure));
        known.next().is_none_or(|first| known.all(|other| other == first))
    }

    /// Returns whether nothing of another structure has a name or the hint for it.
    fn is_left_for(&self, name: &str, structure: Structure) -> bool {
        let folded = fold(name);
        let hinted = self.structures.get(&folded).into_iter().flatten();
        let mut known = hinted.chain(self.taken.get(&folded).map(|(_, structure)| structure));
        let is_kept = |family: &Family<'_>| family.kept.as_deref().is_some_and(|kept| fold(kept) == folded);
        known.all(|other| *other == structure) && !self.families.values().any(is_kept)
    }

    fn owner(&mut self, owner: &Owner) -> String {
        match owner {
            Owner::Named(name) => name.clone(),
            Owner::Inline(id) => match self.family_of.get(id).cloned() {
                Some(key) => self.preferred(&key),
                None => self
                    .by_schema
                    .get(id)
                    .map(|found| found.owner.clone())
                    .map(|owner| self.owner(&owner))
                    .unwrap_or_default(),
            },
        }
    }
}

/// The shortest name, and of equally short ones the first in the alphabet.
fn shortest(names: impl Iterator<Item = String>) -> Option<String> {
    names.min_by(|one, other| (one.len(), one).cmp(&(other.len(), other)))
}

/// The name of a body by its only member: of one that also comes back, as a response.
fn wrapper(occurrences: &[&Occurrence]) -> Option<String> {
    let wrapped = |found: &&Occurrence| match &found.hint {
        Hint::Body { wrapped, .. } => wrapped.clone(),
        Hint::Alone(_) | Hint::Owned(_) => None,
    };
    let comes_back = occurrences.iter().any(|found| found.hint.role() == Some(Role::Response));
    let (found, name) = occurrences.iter().find_map(|found| Some((found, wrapped(found)?)))?;
    let role = if comes_back { Role::Response } else { found.hint.role()? };
    Some(format!("{name} {}", role.word()))
}
