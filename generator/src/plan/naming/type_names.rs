//! Names for types, in one pass: components first, then inline schemas, named after their meaning.
//!
//! Inline schemas with the same structure and hint share a name and so become one type. A hint is used alone
//! if only one structure has it; if several have it, the owner's name comes before it. Nothing here depends on the order
//! of the document's maps. A place that had a name keeps it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ir::{Api, Component, SchemaId, Shape};
use crate::plan::naming::component_name::{ComponentNames, key};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::occurrence::{Hint, Occurrence, Owner, Role};
use crate::plan::naming::structure::{Structure, Structures};
use crate::plan::naming::words::fold;
use crate::rust::Namespace;
use crate::rust::name::{Case, Name, Scope, words};

/// The names of all schemas that become items.
pub(crate) struct Names {
    pub(crate) of: HashMap<SchemaId, Name>,
    /// For every item its schema: components by name, then inline types by name.
    pub(crate) items: Vec<(SchemaId, Name)>,
    /// The number of items that are components.
    components: usize,
    by_name: HashMap<Name, SchemaId>,
}

impl Names {
    /// The schema of an item.
    pub(crate) fn schema_of(&self, name: &Name) -> Option<SchemaId> {
        self.by_name.get(name).copied()
    }

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
pub(crate) fn name(
    api: &Api,
    occurrences: &[Occurrence],
    structures: &mut Structures<'_>,
    namer: &mut Namer<'_>,
) -> Names {
    let mut families = families(occurrences, structures, namer);
    let mut scope = Scope::new();
    let component_names = ComponentNames::new(api);
    let (spellings, components): (Vec<&Component>, Vec<&Component>) =
        api.components.iter().partition(|component| component_names.same_named_target(component).is_some());
    let taken = taken(&component_names, &components, structures);
    let claimed = claim_components(&component_names, &components, &taken, &families, &mut scope, namer);
    let mut names =
        Names { of: HashMap::new(), items: Vec::new(), components: components.len(), by_name: HashMap::new() };
    for (component, name) in components.iter().zip(claimed) {
        names.of.insert(component.schema, name.clone());
        names.items.push((component.schema, name));
    }
    // A reference under another spelling of the same name is not a type of its own; such references may form chains.
    for _ in 0..spellings.len() {
        for component in &spellings {
            let target = component_names.same_named_target(component);
            let target = target.and_then(|target| names.of.get(&target).cloned());
            names.of.extend(target.map(|name| (component.schema, name)));
        }
        if spellings.iter().all(|component| names.of.contains_key(&component.schema)) {
            break;
        }
    }
    // Families that had a name come first; of several with the same name, the one of more places.
    for key in by_weight(&families, structures, namer) {
        let Some(family) = families.get_mut(&key) else { continue };
        let Some(kept) = &family.kept else { continue };
        if let Some(component) = the_component(kept, family.structure, structures, &names) {
            names.all(family, &component);
        } else if let Some(name) = scope.keep(kept) {
            names.items.push((family.occurrences[0].schema, name.clone()));
            names.all(family, &name);
        } else {
            family.kept = None;
        }
    }
    let families = rejoined(families);
    name_the_rest(api, families, occurrences, &taken, &mut scope, &mut names);
    names.by_name = names.items.iter().map(|(id, name)| (name.clone(), *id)).collect();
    let mut places: BTreeMap<&Name, Vec<SchemaId>> = BTreeMap::new();
    for occurrence in occurrences {
        places.entry(&names.of[&occurrence.schema]).or_default().push(occurrence.schema);
    }
    for (name, schemas) in places.iter().filter(|(_, schemas)| schemas.len() > 1) {
        namer.record_shape(name, structures.fingerprint(schemas[0]));
    }
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

/// Names the families without a name.
fn name_the_rest<'o>(
    api: &Api,
    mut families: BTreeMap<FamilyKey, Family<'o>>,
    occurrences: &'o [Occurrence],
    taken: &Taken,
    scope: &mut Scope,
    names: &mut Names,
) {
    let candidates = candidates(api, &mut families, occurrences, taken);
    let mut fresh: Vec<(Vec<&Family<'_>>, Cow<'_, str>)> = Vec::new();
    let mut places: HashMap<(String, Structure), usize> = HashMap::new();
    for (family, candidate) in families.values().zip(&candidates) {
        if family.kept.is_some() {
            // New places joined it after it was named.
            if let Some(name) = names.of(family.occurrences[0].schema).cloned() {
                names.all(family, &name);
            }
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
        let further = part_of_body(family).filter(|_| taken.contains_key(&fold(candidate)));
        let candidate =
            further.map_or(Cow::Borrowed(candidate.as_str()), |word| Cow::Owned(format!("{candidate} {word}")));
        // What is named the same and has the same structure is one type, also where the names come from different places.
        match places.entry((fold(&candidate), family.structure)) {
            Entry::Occupied(place) => fresh[*place.get()].0.push(family),
            Entry::Vacant(place) => {
                place.insert(fresh.len());
                fresh.push((vec![family], candidate));
            }
        }
    }
    tell_entries_apart(&mut fresh);
    let claimed = scope.claim_all(fresh.iter().map(|(_, candidate)| candidate.as_ref()), Case::Type);
    for ((same, _), name) in fresh.into_iter().zip(claimed) {
        same.iter().for_each(|family| names.all(family, &name));
        names.items.push((same[0].occurrences[0].schema, name));
    }
}

/// Families of several structures may have one candidate, such as those of `item` and `items`. Those of which all are in lists are then
/// entries.
fn tell_entries_apart(fresh: &mut [(Vec<&Family<'_>>, Cow<'_, str>)]) {
    let in_list =
        |same: &[&Family<'_>]| same.iter().all(|it| it.occurrences.iter().all(|found| found.place.ends_with(" > []")));
    let single = fresh.iter().filter(|(same, _)| !in_list(same)).map(|(_, candidate)| fold(candidate));
    let single: BTreeSet<String> = single.collect();
    for (same, candidate) in fresh {
        if in_list(same) && single.contains(&fold(candidate)) {
            *candidate = Cow::Owned(format!("{candidate} Entry"));
        }
    }
}

/// The word that tells a body, or the items of a list that is a body, from a component with the name of the body.
fn part_of_body(family: &Family<'_>) -> Option<&'static str> {
    let is_nameless = |owner: &Owner| matches!(owner, Owner::Named(name) if name.is_empty());
    family.occurrences.iter().find_map(|found| match &found.hint {
        Hint::Body { .. } => Some("Body"),
        Hint::Owned(_) if is_nameless(&found.owner) => Some("Item"),
        Hint::Owned(_) | Hint::Alone(_) => None,
    })
}

/// Names the components, before their sent forms. A new one takes over the name of an inline schema with
/// the same structure, and takes no other assigned name.
fn claim_components(
    component_names: &ComponentNames<'_>,
    components: &[&Component],
    taken: &Taken,
    families: &BTreeMap<FamilyKey, Family<'_>>,
    scope: &mut Scope,
    namer: &mut Namer<'_>,
) -> Vec<Name> {
    let (copies, own): (Vec<&Component>, Vec<&Component>) =
        components.iter().copied().partition(|component| component.is_sent_form());
    copies
        .iter()
        .filter_map(|component| namer.previous_name(&Namespace::TYPES, &key(component)))
        .for_each(|kept| scope.reserve(&kept));
    let mut preferred: HashMap<String, &Component> = HashMap::new();
    for component in components {
        preferred.entry(fold(&component_names.candidate(component))).or_insert(*component);
    }
    for family in families.values() {
        let Some(kept) = &family.kept else { continue };
        let folded = fold(kept);
        let taken_over = preferred.get(&folded).is_some_and(|component| {
            let is_new = namer.previous_name(&Namespace::TYPES, &key(component)).is_none();
            is_new && taken.get(&folded) == Some(&(component.schema, family.structure))
        });
        if !taken_over {
            scope.reserve(kept);
        }
    }
    let mut claim = |some: Vec<&Component>| {
        let keys: Vec<Cow<'_, str>> = some.iter().map(|component| key(component)).collect();
        let candidates: Vec<Cow<'_, str>> = some.iter().map(|component| component_names.candidate(component)).collect();
        let pairs = keys.iter().zip(&candidates).map(|(key, candidate)| (key.as_ref(), candidate.as_ref()));
        namer.claim_all(scope, &Namespace::TYPES, pairs, Case::Type)
    };
    let mut own = claim(own).into_iter();
    let mut copies = claim(copies).into_iter();
    let in_order = components.iter().map(|component| match component.is_sent_form() {
        true => copies.next(),
        false => own.next(),
    });
    in_order.flatten().collect()
}

/// The component of a name, if it has the structure of an inline schema that had that name.
fn the_component(kept: &str, structure: Structure, structures: &mut Structures<'_>, names: &Names) -> Option<Name> {
    let (id, name) = names.items[..names.components].iter().find(|(_, name)| name.as_str() == kept)?;
    (structures.of(*id) == structure).then(|| name.clone())
}

/// The components by their folded names.
type Taken = HashMap<String, (SchemaId, Structure)>;

fn taken(names: &ComponentNames<'_>, components: &[&Component], structures: &mut Structures<'_>) -> Taken {
    // The sent form of a component gives way to a component of that name.
    let entry = |component: &&Component| {
        (fold(&names.candidate(component)), (component.schema, structures.of(component.schema)))
    };
    components.iter().rev().map(entry).collect()
}

/// The key of a family: its former name or, if it had none, its hint; and its structure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FamilyKey {
    kept: Option<String>,
    hint: String,
    structure: Structure,
}

/// Occurrences with the same former name and structure; those without a former name, by hint and structure. Bodies without a title
/// count by structure alone.
fn families<'o>(
    occurrences: &'o [Occurrence],
    structures: &mut Structures<'_>,
    namer: &Namer<'_>,
) -> BTreeMap<FamilyKey, Family<'o>> {
    let mut families: BTreeMap<FamilyKey, Family<'o>> = BTreeMap::new();
    for occurrence in occurrences {
        let structure = structures.of(occurrence.schema);
        let kept = namer.previous_name(&Namespace::TYPES, &occurrence.place).map(Cow::into_owned);
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

/// The families in the order in which they claim their former names: of several with one name, first the family that still has
/// the recorded structure, then the one of the most places.
fn by_weight(
    families: &BTreeMap<FamilyKey, Family<'_>>,
    structures: &mut Structures<'_>,
    namer: &Namer<'_>,
) -> Vec<FamilyKey> {
    let mut weighed: Vec<(bool, Reverse<usize>, Option<&str>, &FamilyKey)> = Vec::with_capacity(families.len());
    for (key, family) in families {
        let had_shape = |kept: &str, structures: &mut Structures<'_>| {
            namer.had_shape(kept, structures.fingerprint(family.occurrences[0].schema))
        };
        let changed = family.kept.as_deref().is_none_or(|kept| !had_shape(kept, structures));
        let least = family.occurrences.iter().map(|found| found.place.as_str()).min();
        weighed.push((changed, Reverse(family.occurrences.len()), least, key));
    }
    weighed.sort();
    weighed.into_iter().map(|(.., key)| key.clone()).collect()
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
    let mut context = Candidates { api, families, structures, taken, family_of, by_schema };
    keys.iter().map(|key| context.preferred(key)).collect()
}

struct Candidates<'k, 'o> {
    api: &'k Api,
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
        let wrapper = wrapper(&members.iter().collect::<Vec<_>>());
        let by_property = self.by_property(&members);
        let candidates: BTreeSet<(usize, String)> = members
            .iter()
            .map(|occurrence| self.candidate(occurrence, wrapper.as_deref()))
            .chain(by_property)
            .map(|candidate| (candidate.len(), candidate))
            .collect();
        // The shortest, and of equally short ones the first in the alphabet.
        let candidate = candidates.into_iter().next().map(|(_, candidate)| candidate).unwrap_or_default();
        if let Some(family) = self.families.get_mut(key) {
            family.candidate = Some(candidate.clone());
        }
        candidate
    }

    fn candidate(&mut self, occurrence: &Occurrence, wrapper: Option<&str>) -> String {
        match (&occurrence.hint, wrapper) {
            (Hint::Alone(hint), _) if self.is_sole(hint) => hint.clone(),
            (Hint::Alone(hint) | Hint::Owned(hint), _) => joined(&self.owner(&occurrence.owner), hint),
            (Hint::Body { wrapped: Some(_), .. }, Some(wrapper)) if self.is_sole(wrapper) => wrapper.to_owned(),
            (Hint::Body { fallback, .. }, _) => fallback.clone(),
        }
    }

    /// An enumeration that several owners have under one property, and no other type has, is named after the property.
    fn by_property(&self, members: &[Occurrence]) -> Option<String> {
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

/// The name of a body by its only member: of one that also comes back, as a response.
fn wrapper(occurrences: &[&Occurrence]) -> Option<String> {
    let role = |found: &&Occurrence| match &found.hint {
        Hint::Body { role, .. } => Some(*role),
        Hint::Alone(_) | Hint::Owned(_) => None,
    };
    let wrapped = |found: &&Occurrence| match &found.hint {
        Hint::Body { wrapped, .. } => wrapped.clone(),
        Hint::Alone(_) | Hint::Owned(_) => None,
    };
    let comes_back = occurrences.iter().any(|found| role(found) == Some(Role::Response));
    let (found, name) = occurrences.iter().find_map(|found| Some((found, wrapped(found)?)))?;
    let role = if comes_back { Role::Response } else { role(found)? };
    Some(format!("{name} {}", role.word()))
}

/// The owner's name and the hint, without saying twice what ends the one and opens the other, or what opens both: `BillingPrice` and
/// `BillingPriceFlat` are `BillingPriceFlat`, `ShopOrderEvent` and `ShopOrderPaid` are `ShopOrderEventPaid`.
fn joined(owner: &str, hint: &str) -> String {
    let (before, after) = (words(owner), words(hint));
    let ends = (1..after.len()).rev().find(|count| before.ends_with(&after[..*count]));
    let opens = before.iter().zip(&after).take_while(|(one, other)| one == other).count().min(after.len() - 1);
    match ends.or((opens > 1).then_some(opens)) {
        Some(count) => format!("{owner} {}", after[count..].join(" ")),
        None => format!("{owner} {hint}"),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn an_owner_s_name_is_not_said_twice() {
        for (owner, hint, expected) in [
            ("Price", "Flat", "Price Flat"),
            ("TrialPrice", "TrialPriceFlat", "TrialPrice flat"),
            ("OrderItem", "item status", "OrderItem status"),
            ("Status", "status", "Status status"),
            ("ShopOrderEvent", "ShopOrderPaid", "ShopOrderEvent paid"),
            ("ShopEvent", "ShopPaid", "ShopEvent ShopPaid"),
            ("Order", "Ordering", "Order Ordering"),
        ] {
            assert_eq!(joined(owner, hint), expected);
        }
    }
}
