//! Types that have another name, detected by the places that use them.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::Matched;
use super::names::Renames;
use super::part::{Argument, Form, Part};
use super::spelling::Spelling;
use super::surface::is_types;

/// Pairs removed types with the types that took their places, and returns all items with another path.
pub(super) fn settle(root: &mut Matched<'_>) -> Renames {
    // The parts of types that were paired name further types.
    while pair_types(root, by_use) > 0 {}
    pair_types(root, by_parts);
    let mut renames = Renames::default();
    root.walk(&mut |pair| {
        if pair.old.kind.is_type() {
            renames.record(&pair.old.path, &pair.new.path);
        }
    });
    renames
}

/// Pairs types, and returns their number.
fn pair_types(root: &mut Matched<'_>, find: impl Fn(&Matched<'_>, &Matched<'_>) -> BTreeMap<String, String>) -> usize {
    let Some(types) = root.pairs.iter().position(|pair| is_types(pair.old)) else { return 0 };
    let found = find(root, &root.pairs[types]);
    let types = &mut root.pairs[types];
    for (before, after) in &found {
        let gone = types.gone.iter().position(|part| part.path == *before);
        let fresh = types.fresh.iter().position(|part| part.path == *after);
        if let (Some(gone), Some(fresh)) = (gone, fresh) {
            let (one, other) = (types.gone.remove(gone), types.fresh.remove(fresh));
            types.pairs.push(Matched::of(one, other));
        }
    }
    found.len()
}

/// Removed types, each with the type that most places have instead of it.
fn by_use(root: &Matched<'_>, types: &Matched<'_>) -> BTreeMap<String, String> {
    let paths = |parts: &[&Part]| -> BTreeSet<String> { parts.iter().map(|part| part.path.clone()).collect() };
    let (gone, fresh) = (paths(&types.gone), paths(&types.fresh));
    let mut votes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    if !gone.is_empty() && !fresh.is_empty() {
        root.walk(&mut |pair| {
            for (one, other) in spellings(pair) {
                let changed = one.counterparts(other).into_iter().filter(|(one, other)| one != other);
                let open = changed.filter(|(one, other)| gone.contains(*one) && fresh.contains(*other));
                open.for_each(|pair| *votes.entry(pair).or_default() += 1);
            }
        });
    }
    let mut ranked: Vec<((&str, &str), usize)> = votes.into_iter().collect();
    ranked.sort_by_key(|(pair, count)| (usize::MAX - count, *pair));
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((one, other), _) in ranked {
        if !found.contains_key(one) && taken.insert(other) {
            found.insert(one.to_owned(), other.to_owned());
        }
    }
    found
}

/// The types of a pair of parts, if they represent the same.
fn spellings<'a>(pair: &Matched<'a>) -> Vec<(&'a Spelling, &'a Spelling)> {
    match (&pair.old.form, &pair.new.form) {
        (Form::Type(one), Form::Type(other)) => vec![(one, other)],
        (Form::Call(one), Form::Call(other)) => {
            let same = |argument: &Argument| other.arguments.iter().find(|other| other.key == argument.key);
            one.arguments.iter().filter_map(|argument| Some((&argument.ty, &same(argument)?.ty))).collect()
        }
        (Form::Name | Form::Type(_) | Form::Call(_), _) => Vec::new(),
    }
}

/// Types that no place identifies, each with the only one that has the same parts.
fn by_parts(_root: &Matched<'_>, types: &Matched<'_>) -> BTreeMap<String, String> {
    let fingerprints = |parts: &[&Part]| {
        let mut by_print: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for part in parts.iter().filter(|part| !part.parts.is_empty()) {
            let keys = part.parts.iter().map(|inner| format!("{} {}", inner.kind.word(), inner.key));
            by_print.entry(keys.collect()).or_default().push(part.path.clone());
        }
        by_print
    };
    let mut fresh = fingerprints(&types.fresh);
    let only = |paths: Vec<String>| <[String; 1]>::try_from(paths).ok().map(|[path]| path);
    let pairs = fingerprints(&types.gone).into_iter().filter_map(|(print, gone)| {
        let after = fresh.remove(&print)?;
        Some((only(gone)?, only(after)?))
    });
    pairs.collect()
}
