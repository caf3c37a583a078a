//! Names for types, in one pass: components first, then inline schemas, named after what they are.
//!
//! Inline schemas that say the same thing under the same hint share a name and so become one type. A hint stands alone
//! where only one structure bears it; where several do, the owner's name comes before it. Nothing here depends on the order
//! of the document's maps. What had a name keeps it: its place is in the namer.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ir::{Api, Schema, SchemaId};
use crate::plan::naming::component_name;
use crate::plan::naming::namer::Namer;
use crate::plan::naming::occurrence::{Hint, Occurrence, Owner};
use crate::plan::naming::structure::{Structure, Structures};
use crate::rust::Namespace;
use crate::rust::name::{Case, Name, Scope};

/// The names of all schemas that become items.
pub(crate) struct Names {
    pub(crate) of: HashMap<SchemaId, Name>,
    /// For every item its schema: components by name, then inline types by name.
    pub(crate) items: Vec<(SchemaId, Name)>,
}

impl Names {
    /// The name of the item that a schema becomes.
    pub(crate) fn of(&self, id: SchemaId) -> Option<&Name> {
        self.of.get(&id)
    }
}

/// Occurrences that become one type.
struct Family<'o> {
    occurrences: Vec<&'o Occurrence>,
    structure: Structure,
    /// The name that it had.
    kept: Option<String>,
    candidate: Option<String>,
}

/// Names every component and every occurrence of an inline schema that needs an item.
pub(crate) fn name(api: &Api, occurrences: &[Occurrence], structures: &mut Structures<'_>, namer: &Namer<'_>) -> Names {
    let mut families = families(occurrences, structures, namer);
    let mut scope = Scope::new();
    let taken = components(api, structures);
    let claimed = claim_components(api, &taken, &families, &mut scope, namer);
    let mut names = Names { of: HashMap::new(), items: Vec::new() };
    for ((_, id), name) in api.components.iter().zip(claimed) {
        names.of.insert(*id, name.clone());
        names.items.push((*id, name));
    }
    // Those who had a name come first; of several who had the same, the one that more places have.
    for key in by_weight(&families) {
        let Some(family) = families.get_mut(&key) else { continue };
        let Some(kept) = &family.kept else { continue };
        if let Some(component) = the_component(kept, family.structure, api, structures, &names) {
            names.all(family, &component);
        } else if let Some(name) = scope.keep(kept) {
            names.items.push((family.occurrences[0].schema, name.clone()));
            names.all(family, &name);
        } else {
            family.kept = None;
        }
    }
    let families = rejoined(families);
    name_the_rest(families, occurrences, &taken, &mut scope, &mut names);
    for occurrence in occurrences {
        if let Some(name) = names.of(occurrence.schema) {
            namer.record(&Namespace::TYPES, &occurrence.place, name);
        }
    }
    names
}

impl Names {
    fn all(&mut self, family: &Family<'_>, name: &Name) {
        self.of.extend(family.occurrences.iter().map(|occurrence| (occurrence.schema, name.clone())));
    }
}

/// Names the families that have none.
fn name_the_rest<'o>(
    mut families: BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
    scope: &mut Scope,
    names: &mut Names,
) {
    let candidates = candidates(&mut families, occurrences, taken);
    let mut fresh: Vec<(&Family<'_>, &str)> = Vec::new();
    for (family, candidate) in families.values().zip(&candidates) {
        if family.kept.is_some() {
            continue;
        }
        // An inline copy of a component is the component.
        if let Some((id, structure)) = taken.get(&fold(candidate)).copied()
            && structure == family.structure
        {
            let name = names.of[&id].clone();
            names.all(family, &name);
            continue;
        }
        fresh.push((family, candidate));
    }
    let claimed = scope.claim_all(fresh.iter().map(|(_, candidate)| *candidate), Case::Type);
    for ((family, _), name) in fresh.into_iter().zip(claimed) {
        names.all(family, &name);
        names.items.push((family.occurrences[0].schema, name));
    }
}

/// Names the components, which come before what is sent of them. One that is new takes over the name of an inline schema that says the same, and stands aside for all
/// other names that were given.
fn claim_components(
    api: &Api,
    taken: &Taken,
    families: &BTreeMap<FamilyKey, Family<'_>>,
    scope: &mut Scope,
    namer: &Namer<'_>,
) -> Vec<Name> {
    let known = |component: &str| namer.previous_name(&Namespace::TYPES, component).is_some();
    let (copies, components): (Vec<_>, Vec<_>) =
        api.components.iter().partition(|(name, _)| Schema::is_sent_as(name).is_some());
    copies
        .iter()
        .filter_map(|(name, _)| namer.previous_name(&Namespace::TYPES, name))
        .for_each(|kept| scope.reserve(kept));
    let mut preferred: HashMap<String, (&str, SchemaId)> = HashMap::new();
    for (component, id) in &api.components {
        preferred.entry(fold(&component_name::candidate(api, component, *id))).or_insert((component, *id));
    }
    for family in families.values() {
        let Some(kept) = &family.kept else { continue };
        let folded = fold(kept);
        let taken_over = preferred
            .get(&folded)
            .is_some_and(|(component, id)| !known(component) && taken.get(&folded) == Some(&(*id, family.structure)));
        if !taken_over {
            scope.reserve(kept);
        }
    }
    let mut claim = |some: Vec<&(String, SchemaId)>| {
        let preferred: Vec<Cow<'_, str>> =
            some.iter().map(|(name, id)| component_name::candidate(api, name, *id)).collect();
        let candidates = some.iter().zip(&preferred).map(|((name, _), candidate)| (name.as_str(), candidate.as_ref()));
        namer.claim_all(scope, &Namespace::TYPES, candidates, Case::Type)
    };
    let mut names = claim(components);
    names.extend(claim(copies));
    names
}

/// The component of a name, if it says the same as an inline schema that had that name.
fn the_component(
    kept: &str,
    structure: Structure,
    api: &Api,
    structures: &mut Structures<'_>,
    names: &Names,
) -> Option<Name> {
    let (id, name) = names.items[..api.components.len()].iter().find(|(_, name)| name.as_str() == kept)?;
    (structures.of(*id) == structure).then(|| name.clone())
}

/// The components by their folded names.
type Taken = HashMap<String, (SchemaId, Structure)>;

fn components(api: &Api, structures: &mut Structures<'_>) -> Taken {
    // What is sent of a component gives way to a component of that name.
    api.components
        .iter()
        .rev()
        .map(|(name, id)| (fold(&component_name::candidate(api, name, *id)), (*id, structures.of(*id))))
        .collect()
}

/// A family: the name that it had or, if it had none, the hint that it has; and what it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FamilyKey {
    kept: Option<String>,
    hint: String,
    structure: Structure,
}

/// Occurrences that had one name and say the same; and, of those that had none, by hint and structure. Bodies without a title
/// count by structure alone.
fn families<'o>(
    occurrences: &'o [Occurrence],
    structures: &mut Structures<'_>,
    namer: &Namer<'_>,
) -> BTreeMap<FamilyKey, Family<'o>> {
    let mut families: BTreeMap<FamilyKey, Family<'o>> = BTreeMap::new();
    for occurrence in occurrences {
        let structure = structures.of(occurrence.schema);
        let kept = namer.previous_name(&Namespace::TYPES, &occurrence.place).map(str::to_owned);
        let hint = if kept.is_some() { String::new() } else { folded_hint(occurrence) };
        let key = FamilyKey { kept: kept.clone(), hint, structure };
        let family = families.entry(key).or_insert_with(|| Family {
            occurrences: Vec::new(),
            structure,
            candidate: kept.clone(),
            kept,
        });
        family.occurrences.push(occurrence);
    }
    families
}

fn folded_hint(occurrence: &Occurrence) -> String {
    match &occurrence.hint {
        Hint::Alone(hint) | Hint::Owned(hint) => fold(hint),
        Hint::Body { .. } => String::new(),
    }
}

/// The families, those of many places first.
fn by_weight(families: &BTreeMap<FamilyKey, Family<'_>>) -> Vec<FamilyKey> {
    let least = |family: &Family<'_>| family.occurrences.iter().map(|found| found.place.clone()).min();
    let mut keys: Vec<(FamilyKey, usize, Option<String>)> =
        families.iter().map(|(key, family)| (key.clone(), family.occurrences.len(), least(family))).collect();
    keys.sort_by(|(_, one, first), (_, other, second)| (other, first).cmp(&(one, second)));
    keys.into_iter().map(|(key, ..)| key).collect()
}

/// Families without a name join those that have one, the same hint and the same structure.
fn rejoined(families: BTreeMap<FamilyKey, Family<'_>>) -> BTreeMap<FamilyKey, Family<'_>> {
    let (mut named, rest): (BTreeMap<_, _>, Vec<_>) = {
        let (named, rest): (Vec<_>, Vec<_>) = families.into_iter().partition(|(_, family)| family.kept.is_some());
        (named.into_iter().collect(), rest)
    };
    let mut placements: HashMap<(String, Structure), FamilyKey> = HashMap::new();
    for (key, family) in named.iter().rev() {
        placements.extend(family.occurrences.iter().map(|found| ((folded_hint(found), key.structure), key.clone())));
    }
    let mut strangers: BTreeMap<FamilyKey, Family<'_>> = BTreeMap::new();
    for (_, family) in rest {
        for occurrence in family.occurrences {
            let (hint, structure) = (folded_hint(occurrence), family.structure);
            if let Some(family) = placements.get(&(hint.clone(), structure)).and_then(|home| named.get_mut(home)) {
                family.occurrences.push(occurrence);
                continue;
            }
            let fresh = || Family { occurrences: Vec::new(), structure, kept: None, candidate: None };
            let key = FamilyKey { kept: None, hint, structure };
            strangers.entry(key).or_insert_with(fresh).occurrences.push(occurrence);
        }
    }
    named.extend(strangers);
    named
}

/// A candidate for each family, in their order.
fn candidates<'o>(
    families: &mut BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
) -> Vec<String> {
    let mut structures: HashMap<String, BTreeSet<Structure>> = HashMap::new();
    for family in families.values() {
        for occurrence in &family.occurrences {
            structures.entry(folded_hint(occurrence)).or_default().insert(family.structure);
        }
        if let Some(wrapper) = family.occurrences.iter().find_map(|found| found.hint.wrapper()) {
            structures.entry(fold(wrapper)).or_default().insert(family.structure);
        }
    }
    let keys: Vec<FamilyKey> = families.keys().cloned().collect();
    let family_of: HashMap<SchemaId, FamilyKey> = families
        .iter()
        .flat_map(|(key, family)| family.occurrences.iter().map(move |found| (found.schema, key.clone())))
        .collect();
    let by_schema: HashMap<SchemaId, &Occurrence> =
        occurrences.iter().map(|occurrence| (occurrence.schema, occurrence)).collect();
    let mut context = Candidates { families, structures, taken, family_of, by_schema };
    keys.iter().map(|key| context.preferred(key)).collect()
}

struct Candidates<'k, 'o> {
    families: &'k mut BTreeMap<FamilyKey, Family<'o>>,
    structures: HashMap<String, BTreeSet<Structure>>,
    taken: &'k Taken,
    family_of: HashMap<SchemaId, FamilyKey>,
    by_schema: HashMap<SchemaId, &'o Occurrence>,
}

impl Candidates<'_, '_> {
    fn preferred(&mut self, key: &FamilyKey) -> String {
        if let Some(candidate) = &self.families[key].candidate {
            return candidate.clone();
        }
        let members: Vec<Occurrence> = self.families[key].occurrences.iter().map(|found| (*found).clone()).collect();
        let candidates: BTreeSet<(usize, String)> = members
            .iter()
            .map(|occurrence| self.candidate(occurrence))
            .map(|candidate| (candidate.len(), candidate))
            .collect();
        // The shortest speaks best; the alphabet decides between equals.
        let candidate = candidates.into_iter().next().map(|(_, candidate)| candidate).unwrap_or_default();
        if let Some(family) = self.families.get_mut(key) {
            family.candidate = Some(candidate.clone());
        }
        candidate
    }

    fn candidate(&mut self, occurrence: &Occurrence) -> String {
        match &occurrence.hint {
            Hint::Alone(hint) if self.is_sole(hint) => hint.clone(),
            Hint::Alone(hint) | Hint::Owned(hint) => format!("{} {hint}", self.owner(&occurrence.owner)),
            Hint::Body { wrapper: Some(wrapper), .. } if self.is_sole(wrapper) => wrapper.clone(),
            Hint::Body { fallback, .. } => fallback.clone(),
        }
    }

    /// Whether one structure alone bears the hint, a component of that name included.
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

/// Spellings that lead to the same identifier.
fn fold(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
