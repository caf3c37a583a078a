//! Occurrences of inline schemas that become one type.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::ir::SchemaId;
use crate::plan::naming::namer::Namer;
use crate::plan::naming::occurrence::{Hint, Occurrence};
use crate::plan::naming::structure::{Structure, Structures};
use crate::plan::naming::words::fold;
use crate::rust::Namespace;

/// The components by their folded names.
pub(super) type Taken = HashMap<String, (SchemaId, Structure)>;

/// Occurrences that become one type.
pub(super) struct Family<'o> {
    pub(super) occurrences: Vec<&'o Occurrence>,
    pub(super) structure: Structure,
    /// The name that it had.
    pub(super) kept: Option<String>,
    pub(super) candidate: Option<String>,
    /// Longer names, for where another has the candidate.
    pub(super) further: Vec<String>,
}

/// The key of a family: its former name or, if it had none, its hint; and its structure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FamilyKey {
    pub(super) kept: Option<String>,
    pub(super) hint: String,
    pub(super) structure: Structure,
}

/// Occurrences with the same former name and structure; those without a former name, by hint and structure. Bodies without a title
/// count by structure alone.
pub(super) fn families<'o>(
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
            further: Vec::new(),
        });
        family.occurrences.push(occurrence);
    }
    families
}

pub(super) fn folded_hint(occurrence: &Occurrence) -> String {
    match &occurrence.hint {
        Hint::Alone(hint) | Hint::Owned(hint) => fold(hint),
        Hint::Body { .. } => String::new(),
    }
}

/// The families in the order in which they claim their former names: of several with one name, first the family that still has
/// the recorded structure, then the one of the most places.
pub(super) fn by_weight(
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
pub(super) fn rejoined(families: BTreeMap<FamilyKey, Family<'_>>) -> BTreeMap<FamilyKey, Family<'_>> {
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
            let fresh =
                || Family { occurrences: Vec::new(), structure, kept: None, candidate: None, further: Vec::new() };
            let key = FamilyKey { kept: None, hint, structure };
            strangers.entry(key).or_insert_with(fresh).occurrences.push(occurrence);
        }
    }
    named.extend(strangers);
    named
}
