//! Types that would have the same name, distinguished by what they belong to.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Shape};
use crate::plan::naming::families::{Family, FamilyKey, Taken};
use crate::plan::naming::occurrence::{Hint, Occurrence, Role};
use crate::plan::naming::words::{fold, singular};
use crate::rust::name::{Case, Scope, words};

/// Longer names for bodies that would be called the same as others: with the media type if no other has that, else with the tag of
/// their operations.
pub(super) fn bodies_told_apart(
    families: &BTreeMap<FamilyKey, Family<'_>>,
    candidates: &[String],
    taken: &Taken,
) -> Vec<(FamilyKey, String)> {
    let mut by_name: BTreeMap<String, Vec<(&FamilyKey, &Family<'_>, &str)>> = BTreeMap::new();
    for ((key, family), candidate) in families.iter().zip(candidates) {
        by_name.entry(fold(candidate)).or_default().push((key, family, candidate));
    }
    let mut used: BTreeSet<String> = by_name.keys().chain(taken.keys()).cloned().collect();
    let mut apart = Vec::new();
    for same in by_name.values() {
        let structures: BTreeSet<_> = same.iter().map(|(_, family, _)| family.structure).collect();
        if structures.len() < 2 {
            continue;
        }
        let media: Vec<Option<&str>> = same.iter().map(|(_, family, _)| common(family, media)).collect();
        let tags: Vec<Option<&str>> = same.iter().map(|(_, family, _)| common(family, tag)).collect();
        for (at, (key, family, candidate)) in same.iter().enumerate() {
            if family.kept.is_some() {
                continue;
            }
            let by_media =
                media[at].filter(|own| (0..same.len()).all(|other| other == at || media[other] != Some(own)));
            let by_media = by_media.map(|word| with_media(candidate, word));
            let by_tag = || Some(format!("{} {candidate}", distinct_words(tags[at]?, &tags, candidate)?));
            let name = by_media.or_else(by_tag).filter(|name| used.insert(fold(name)));
            apart.extend(name.map(|name| ((*key).clone(), name)));
        }
    }
    apart
}

/// The part that all places of a family have in common.
fn common<'f>(family: &Family<'f>, of: impl Fn(&'f Occurrence) -> Option<&'f str>) -> Option<&'f str> {
    let mut found = family.occurrences.iter().map(|occurrence| of(occurrence));
    let first = found.next()??;
    found.all(|other| other == Some(first)).then_some(first)
}

fn media(occurrence: &Occurrence) -> Option<&str> {
    match &occurrence.hint {
        Hint::Body { media, .. } => media.as_deref(),
        Hint::Alone(_) | Hint::Owned(_) => None,
    }
}

fn tag(occurrence: &Occurrence) -> Option<&str> {
    match &occurrence.hint {
        Hint::Body { tag, .. } => Some(tag.as_str()).filter(|tag| !tag.is_empty()),
        Hint::Alone(_) | Hint::Owned(_) => None,
    }
}

/// `create_pet csv Request` for `create_pet Request`.
fn with_media(candidate: &str, word: &str) -> String {
    let roles = [Role::Request, Role::Response, Role::Payload].map(Role::word);
    match candidate.rsplit_once(' ') {
        Some((before, role)) if roles.contains(&role) => format!("{before} {word} {role}"),
        _ => format!("{candidate} {word}"),
    }
}

/// The fewest last words of a tag that no other of the tags ends with: of `app.shop.orders` beside `app.shop.cards`, `order`. `None` if the
/// candidate says them already.
fn distinct_words(own: &str, tags: &[Option<&str>], candidate: &str) -> Option<String> {
    let ends = |tag: &str, count: usize| {
        let all = words(&singular(tag));
        all[all.len().saturating_sub(count)..].to_vec()
    };
    let others: BTreeSet<&str> = tags.iter().flatten().copied().filter(|tag| *tag != own).collect();
    let mut counts = 1..=words(own).len();
    let count = counts.find(|count| others.iter().all(|other| ends(other, *count) != ends(own, *count)))?;
    let (distinct, said) = (ends(own, count), words(candidate));
    (!distinct.iter().all(|word| said.contains(word))).then(|| distinct.join(" "))
}

/// Types of different structures for which one name was chosen, and those whose name a component has, get a longer one if they have a longer
/// one that is free. The one with the most places keeps the short name.
pub(super) fn twins_told_apart(api: &Api, fresh: &mut [(Vec<&Family<'_>>, Cow<'_, str>)], scope: &Scope) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, candidate)) in fresh.iter().enumerate() {
        places.entry(fold(candidate)).or_default().push(at);
    }
    let mut used: BTreeSet<String> = places.keys().cloned().collect();
    for mut twins in places.into_values() {
        let is_free = scope.is_free(&fresh[twins[0]].1, Case::Type);
        twins.sort_by_key(|at| {
            let (same, _) = &fresh[*at];
            let found = || same.iter().flat_map(|family| &family.occurrences);
            let has_longer = same.iter().all(|family| !family.further.is_empty());
            (has_longer, Reverse(found().count()), found().map(|found| found.place.as_str()).min())
        });
        for at in twins.into_iter().skip(usize::from(is_free)) {
            let (same, candidate) = &fresh[at];
            let further = same.iter().flat_map(|family| &family.further).cloned();
            let mut longer = further.chain(kind(api, same).map(|kind| format!("{candidate} {kind}")));
            let is_free = |name: &String| !used.contains(&fold(name)) && scope.is_free(name, Case::Type);
            if let Some(name) = longer.find(is_free) {
                used.insert(fold(&name));
                fresh[at].1 = Cow::Owned(name);
            }
        }
    }
}

/// A word for what a type is to its owner.
fn kind(api: &Api, same: &[&Family<'_>]) -> Option<&'static str> {
    let first = same.first()?.occurrences.first()?;
    let is_alternative =
        |found: &&Occurrence| found.place.rsplit(" > ").next().is_some_and(|step| step.starts_with("one of: "));
    match &api.schemas.get(first.schema).shape {
        _ if same.iter().flat_map(|family| &family.occurrences).all(is_alternative) => Some("Variant"),
        Shape::Enumeration(_) => Some("Value"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{distinct_words, with_media};

    #[test]
    fn a_media_type_is_told_before_the_role() {
        assert_eq!(with_media("create_pet Request", "csv"), "create_pet csv Request");
        assert_eq!(with_media("create_pet Conflict", "csv"), "create_pet Conflict csv");
    }

    #[test]
    fn tags_are_told_apart_by_their_last_words() {
        for (own, others, candidate, expected) in [
            ("app.shop.orders", &["app.shop.cards"][..], "get Response", Some("order")),
            ("app.shop.orders", &["chat.shop.orders"], "get Response", Some("app shop order")),
            ("Orders", &["Cards"], "get_order Response", None),
            ("Orders", &["Shop orders"], "get Response", None),
            ("Shop orders", &["Orders"], "get Response", Some("shop order")),
        ] {
            let tags: Vec<Option<&str>> = others.iter().copied().chain([own]).map(Some).collect();
            assert_eq!(distinct_words(own, &tags, candidate).as_deref(), expected, "{own} beside {others:?}");
        }
    }
}
