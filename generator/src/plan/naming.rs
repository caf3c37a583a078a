//! Names for types, in one pass: components first, then inline schemas, named after what they are.
//!
//! Inline schemas that say the same thing under the same hint share a name and so become one type. A hint stands alone
//! where only one structure bears it; where several do, the owner's name comes before it. Nothing here depends on the order
//! of the document's maps.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::occurrence::{Hint, Occurrence, Owner};
use super::structure::{Structure, Structures};
use crate::ir::{Api, SchemaId};
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
    wish: Option<String>,
}

/// Names every component and every occurrence of an inline schema that needs an item.
pub(super) fn name(api: &Api, occurrences: &[Occurrence], structures: &mut Structures<'_>) -> Names {
    let mut scope = Scope::new();
    let component_names: Vec<&str> = api.components.iter().map(|(name, _)| name.as_str()).collect();
    let claimed = scope.claim_all(component_names.iter().copied(), Case::Type);
    let mut names = Names { of: HashMap::new(), items: Vec::new() };
    let mut taken: Taken = HashMap::new();
    for ((component, id), name) in api.components.iter().zip(claimed) {
        taken.insert(fold(component), (*id, structures.of(*id)));
        names.of.insert(*id, name.clone());
        names.items.push((*id, name));
    }

    let mut families = families(occurrences, structures);
    let wishes = wishes(&mut families, occurrences, &taken);
    let mut fresh: Vec<(&Family<'_>, &str)> = Vec::new();
    for (family, wish) in families.values().zip(&wishes) {
        // An inline copy of a component is the component.
        if let Some((id, structure)) = taken.get(&fold(wish)).copied()
            && structure == family.structure
        {
            let name = names.of[&id].clone();
            names.of.extend(family.occurrences.iter().map(|occurrence| (occurrence.schema, name.clone())));
            continue;
        }
        fresh.push((family, wish));
    }
    let claimed = scope.claim_all(fresh.iter().map(|(_, wish)| *wish), Case::Type);
    for ((family, _), name) in fresh.into_iter().zip(claimed) {
        for occurrence in &family.occurrences {
            names.of.insert(occurrence.schema, name.clone());
        }
        names.items.push((family.occurrences[0].schema, name));
    }
    names
}

/// The components by their folded names.
type Taken = HashMap<String, (SchemaId, Structure)>;

type FamilyKey = (String, Structure);

/// Occurrences by hint and structure. Bodies without a title count by structure alone.
fn families<'o>(occurrences: &'o [Occurrence], structures: &mut Structures<'_>) -> BTreeMap<FamilyKey, Family<'o>> {
    let mut families: BTreeMap<FamilyKey, Family<'o>> = BTreeMap::new();
    for occurrence in occurrences {
        let structure = structures.of(occurrence.schema);
        let hint = match &occurrence.hint {
            Hint::Alone(hint) | Hint::Owned(hint) => fold(hint),
            Hint::Body { .. } => String::new(),
        };
        let family = families.entry((hint, structure)).or_insert_with(|| Family {
            occurrences: Vec::new(),
            structure,
            wish: None,
        });
        family.occurrences.push(occurrence);
    }
    families
}

/// A wish for each family, in their order.
fn wishes<'o>(
    families: &mut BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
) -> Vec<String> {
    let mut bearers: HashMap<String, BTreeSet<Structure>> = HashMap::new();
    for (hint, structure) in families.keys() {
        bearers.entry(hint.clone()).or_default().insert(*structure);
    }
    for family in families.values() {
        if let Some(wrapper) = family.occurrences[0].hint.wrapper() {
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
