//! Names for types, in one pass: components first, then inline schemas, named after what they are.
//!
//! Inline schemas that say the same thing under the same hint share a name and so become one type. A hint stands alone
//! where only one structure bears it; where several do, the owner's name comes before it. Nothing here depends on the order
//! of the document's maps. What had a name keeps it: its place is in the register.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::occurrence::{Hint, Occurrence, Owner};
use super::register::Register;
use super::structure::{Structure, Structures};
use crate::ir::{Api, Schema, SchemaId};
use crate::rust::Space;
use crate::rust::name::{Case, Name, Scope};

/// The names of all schemas that become items.
pub(super) struct Names {
    of: HashMap<SchemaId, Name>,
    /// For every item its schema: components by name, then inline types by name.
    pub(super) items: Vec<(SchemaId, Name)>,
}

impl Names {
    /// The name of the item that a schema becomes.
    pub(super) fn of(&self, id: SchemaId) -> Option<&Name> {
        self.of.get(&id)
    }
}

/// Occurrences that become one type.
struct Family<'o> {
    occurrences: Vec<&'o Occurrence>,
    structure: Structure,
    /// The name that it had.
    kept: Option<String>,
    wish: Option<String>,
}

/// Names every component and every occurrence of an inline schema that needs an item.
pub(super) fn name(
    api: &Api,
    occurrences: &[Occurrence],
    structures: &mut Structures<'_>,
    register: &Register<'_>,
) -> Names {
    let mut families = families(occurrences, structures, register);
    let mut scope = Scope::new();
    let taken = components(api, structures);
    let claimed = claim_components(api, &taken, &families, &mut scope, register);
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
            register.note(&Space::TYPES, &occurrence.place, name);
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
    let wishes = wishes(&mut families, occurrences, taken);
    let mut fresh: Vec<(&Family<'_>, &str)> = Vec::new();
    for (family, wish) in families.values().zip(&wishes) {
        if family.kept.is_some() {
            continue;
        }
        // An inline copy of a component is the component.
        if let Some((id, structure)) = taken.get(&fold(wish)).copied()
            && structure == family.structure
        {
            let name = names.of[&id].clone();
            names.all(family, &name);
            continue;
        }
        fresh.push((family, wish));
    }
    let claimed = scope.claim_all(fresh.iter().map(|(_, wish)| *wish), Case::Type);
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
    register: &Register<'_>,
) -> Vec<Name> {
    let known = |component: &str| register.before(&Space::TYPES, component).is_some();
    let (copies, components): (Vec<_>, Vec<_>) =
        api.components.iter().partition(|(name, _)| Schema::is_sent_as(name).is_some());
    copies.iter().filter_map(|(name, _)| register.before(&Space::TYPES, name)).for_each(|kept| scope.promise(kept));
    let mut wished: HashMap<String, (&str, SchemaId)> = HashMap::new();
    for (component, id) in &api.components {
        wished.entry(fold(&wish(api, component, *id))).or_insert((component, *id));
    }
    for family in families.values() {
        let Some(kept) = &family.kept else { continue };
        let folded = fold(kept);
        let taken_over = wished
            .get(&folded)
            .is_some_and(|(component, id)| !known(component) && taken.get(&folded) == Some(&(*id, family.structure)));
        if !taken_over {
            scope.promise(kept);
        }
    }
    let mut claim = |some: Vec<&(String, SchemaId)>| {
        let wished: Vec<Cow<'_, str>> = some.iter().map(|(name, id)| wish(api, name, *id)).collect();
        let wishes = some.iter().zip(&wished).map(|((name, _), wish)| (name.as_str(), wish.as_ref()));
        register.claim_all(scope, &Space::TYPES, wishes, Case::Type)
    };
    let mut names = claim(components);
    names.extend(claim(copies));
    names
}

/// What a component would like to be called: what the document asks for, else by its key.
pub(super) fn wish<'a>(api: &'a Api, component: &'a str, id: SchemaId) -> Cow<'a, str> {
    let sent = Schema::is_sent_as(component);
    let name = api.schemas.get(id).docs.name.as_deref().unwrap_or(sent.unwrap_or(component));
    if sent.is_some() { Cow::Owned(format!("{name} Input")) } else { Cow::Borrowed(name) }
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
    api.components.iter().rev().map(|(name, id)| (fold(&wish(api, name, *id)), (*id, structures.of(*id)))).collect()
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
    register: &Register<'_>,
) -> BTreeMap<FamilyKey, Family<'o>> {
    let mut families: BTreeMap<FamilyKey, Family<'o>> = BTreeMap::new();
    for occurrence in occurrences {
        let structure = structures.of(occurrence.schema);
        let kept = register.before(&Space::TYPES, &occurrence.place).map(str::to_owned);
        let hint = if kept.is_some() { String::new() } else { folded_hint(occurrence) };
        let key = FamilyKey { kept: kept.clone(), hint, structure };
        let family = families.entry(key).or_insert_with(|| Family {
            occurrences: Vec::new(),
            structure,
            wish: kept.clone(),
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
    let mut homes: HashMap<(String, Structure), FamilyKey> = HashMap::new();
    for (key, family) in named.iter().rev() {
        homes.extend(family.occurrences.iter().map(|found| ((folded_hint(found), key.structure), key.clone())));
    }
    let mut strangers: BTreeMap<FamilyKey, Family<'_>> = BTreeMap::new();
    for (_, family) in rest {
        for occurrence in family.occurrences {
            let (hint, structure) = (folded_hint(occurrence), family.structure);
            if let Some(family) = homes.get(&(hint.clone(), structure)).and_then(|home| named.get_mut(home)) {
                family.occurrences.push(occurrence);
                continue;
            }
            let fresh = || Family { occurrences: Vec::new(), structure, kept: None, wish: None };
            let key = FamilyKey { kept: None, hint, structure };
            strangers.entry(key).or_insert_with(fresh).occurrences.push(occurrence);
        }
    }
    named.extend(strangers);
    named
}

/// A wish for each family, in their order.
fn wishes<'o>(
    families: &mut BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
) -> Vec<String> {
    let mut bearers: HashMap<String, BTreeSet<Structure>> = HashMap::new();
    for family in families.values() {
        for occurrence in &family.occurrences {
            bearers.entry(folded_hint(occurrence)).or_default().insert(family.structure);
        }
        if let Some(wrapper) = family.occurrences.iter().find_map(|found| found.hint.wrapper()) {
            bearers.entry(fold(wrapper)).or_default().insert(family.structure);
        }
    }
    let keys: Vec<FamilyKey> = families.keys().cloned().collect();
    let family_of: HashMap<SchemaId, FamilyKey> = families
        .iter()
        .flat_map(|(key, family)| family.occurrences.iter().map(move |found| (found.schema, key.clone())))
        .collect();
    let by_schema: HashMap<SchemaId, &Occurrence> =
        occurrences.iter().map(|occurrence| (occurrence.schema, occurrence)).collect();
    let mut context = Wishing { families, bearers, taken, family_of, by_schema };
    keys.iter().map(|key| context.wish(key)).collect()
}

struct Wishing<'k, 'o> {
    families: &'k mut BTreeMap<FamilyKey, Family<'o>>,
    bearers: HashMap<String, BTreeSet<Structure>>,
    taken: &'k Taken,
    family_of: HashMap<SchemaId, FamilyKey>,
    by_schema: HashMap<SchemaId, &'o Occurrence>,
}

impl Wishing<'_, '_> {
    fn wish(&mut self, key: &FamilyKey) -> String {
        if let Some(wish) = &self.families[key].wish {
            return wish.clone();
        }
        let members: Vec<Occurrence> = self.families[key].occurrences.iter().map(|found| (*found).clone()).collect();
        let candidates: BTreeSet<(usize, String)> =
            members.iter().map(|occurrence| self.candidate(occurrence)).map(|wish| (wish.len(), wish)).collect();
        // The shortest speaks best; the alphabet decides between equals.
        let wish = candidates.into_iter().next().map(|(_, wish)| wish).unwrap_or_default();
        if let Some(family) = self.families.get_mut(key) {
            family.wish = Some(wish.clone());
        }
        wish
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
        let mut bearers = self
            .bearers
            .get(&folded)
            .into_iter()
            .flatten()
            .chain(self.taken.get(&folded).map(|(_, structure)| structure));
        bearers.next().is_none_or(|first| bearers.all(|other| other == first))
    }

    fn owner(&mut self, owner: &Owner) -> String {
        match owner {
            Owner::Named(name) => name.clone(),
            Owner::Inline(id) => match self.family_of.get(id).cloned() {
                Some(key) => self.wish(&key),
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
