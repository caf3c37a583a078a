//! Names for types, in one pass: components first, then inline schemas, named after their meaning.
//!
//! Inline schemas with the same structure and hint share a name and so become one type. A hint is used alone
//! if only one structure has it; if several have it, the owner's name comes before it. Nothing here depends on the order
//! of the document's maps. A place that had a name keeps it.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ir::{Api, Component, SchemaId};
use crate::plan::naming::candidates::candidates;
use crate::plan::naming::component_name::{ComponentNames, key};
use crate::plan::naming::families::{Family, FamilyKey, Taken, by_weight, families, rejoined};
use crate::plan::naming::namer::Namer;
use crate::plan::naming::occurrence::{Hint, Occurrence};
use crate::plan::naming::structure::{Structure, Structures};
use crate::plan::naming::twins::twins_told_apart;
use crate::plan::naming::words::fold;
use crate::rust::Namespace;
use crate::rust::name::{Case, Name, Scope};

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
    twins_told_apart(api, &mut fresh, scope);
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
    family.occurrences.iter().find_map(|found| match &found.hint {
        Hint::Body { .. } => Some("Body"),
        Hint::Owned(_) if found.owner.is_nameless() => Some("Item"),
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

fn taken(names: &ComponentNames<'_>, components: &[&Component], structures: &mut Structures<'_>) -> Taken {
    // The sent form of a component gives way to a component of that name.
    let entry = |component: &&Component| {
        (fold(&names.candidate(component)), (component.schema, structures.of(component.schema)))
    };
    components.iter().rev().map(entry).collect()
}
