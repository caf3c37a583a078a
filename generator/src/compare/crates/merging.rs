//! Changes with one cause as one change.

use std::collections::BTreeMap;

use super::change::{Bump, ItemKind, RustChange, Verb};
use super::differences::Difference;

/// Merges changes that one edit caused: an argument or option of many calls that was renamed, a type that another one replaces at
/// several places.
pub(super) fn merged(differences: Vec<Difference>) -> Vec<RustChange> {
    let mut replaced: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in differences.iter().filter_map(|difference| difference.replaced.as_ref()) {
        *replaced.entry(pair.clone()).or_default() += 1;
    }
    let (mut changes, mut known) = (Vec::<RustChange>::new(), BTreeMap::new());
    for Difference { mut change, replaced: pair } in differences {
        let pair = pair.filter(|pair| replaced.get(pair).is_some_and(|count| *count > 1));
        if let Some((before, after)) = pair {
            change = RustChange {
                verb: Verb::Replaced,
                kind: ItemKind::Type,
                path: before.clone(),
                before,
                after,
                ..change
            };
        } else if change.verb == Verb::Changed {
            // The place is the path itself.
            change.places.clear();
        }
        let Some(key) = key(&change) else {
            changes.push(change);
            continue;
        };
        let at = *known.entry(key).or_insert(changes.len());
        if at == changes.len() {
            changes.push(change);
        } else if let Some(first) = changes.get_mut(at) {
            if first.places.is_empty() {
                first.places.push(later(first));
            }
            let places = if change.places.is_empty() { vec![later(&change)] } else { change.places };
            first.places.extend(places);
        }
    }
    changes
}

/// The path of a part that was renamed, with its new name.
fn later(change: &RustChange) -> String {
    let owner = change.path.rsplit_once("::").map_or("", |(owner, _)| owner);
    if owner.is_empty() { change.after.clone() } else { format!("{owner}::{}", change.after) }
}

type Key = (Verb, Bump, ItemKind, String, String);

/// The key that changes of one cause share; `None` for a change that stands alone.
fn key(change: &RustChange) -> Option<Key> {
    let is_shared = match change.verb {
        Verb::Replaced => true,
        Verb::Renamed => match change.kind {
            ItemKind::Argument | ItemKind::Field | ItemKind::Variant => true,
            ItemKind::Method => change.places.is_empty(),
            ItemKind::Feature
            | ItemKind::Module
            | ItemKind::Export
            | ItemKind::Struct
            | ItemKind::Enum
            | ItemKind::Type
            | ItemKind::Trait
            | ItemKind::Result
            | ItemKind::Constant
            | ItemKind::Static => false,
        },
        Verb::Removed | Verb::Moved | Verb::Reordered | Verb::Changed | Verb::Deprecated | Verb::Added => false,
    };
    is_shared.then(|| (change.verb, change.bump, change.kind, change.before.clone(), change.after.clone()))
}
