//! The parts of two crates in pairs: the same thing before and after.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::change::ItemKind;
use super::part::{Form, Part};

/// A part before and after, and its own parts in pairs.
#[derive(Debug)]
pub(super) struct Matched<'a> {
    pub(super) old: &'a Part,
    pub(super) new: &'a Part,
    /// True if it has another owner.
    pub(super) moved: bool,
    pub(super) pairs: Vec<Matched<'a>>,
    pub(super) gone: Vec<&'a Part>,
    pub(super) fresh: Vec<&'a Part>,
}

impl<'a> Matched<'a> {
    /// Pairs the parts of two parts that are the same thing.
    pub(super) fn of(old: &'a Part, new: &'a Part) -> Self {
        let (pairs, gone, fresh) = paired(&old.parts, &new.parts);
        let pairs = pairs.into_iter().map(|(one, other)| Matched::of(one, other)).collect();
        Matched { old, new, moved: false, pairs, gone, fresh }
    }

    /// Visits this pair and all pairs inside it.
    pub(super) fn walk<'m>(&'m self, visit: &mut impl FnMut(&'m Matched<'a>)) {
        visit(self);
        self.pairs.iter().for_each(|pair| pair.walk(visit));
    }
}

/// Pairs the parts of two crates. An operation is the same whatever its group.
pub(super) fn matched<'a>(old: &'a Part, new: &'a Part) -> Matched<'a> {
    let mut root = Matched::of(old, new);
    pair_modules(&mut root);
    pair_moved_operations(&mut root);
    root
}

type Paired<'a> = (Vec<(&'a Part, &'a Part)>, Vec<&'a Part>, Vec<&'a Part>);

/// Pairs parts: by identity on the wire, then by name, then by similarity.
fn paired<'a>(old: &'a [Part], new: &'a [Part]) -> Paired<'a> {
    let mut left = Left { gone: old.iter().collect(), fresh: new.iter().collect(), pairs: Vec::new() };
    left.pair_by(|part| Some((class(part), part.key.clone())));
    left.pair_by(|part| Some((class(part), part.alias.clone()?)));
    left.pair_by(|part| Some((class(part), part.name.clone())));
    left.pair_alike();
    (left.pairs, left.gone, left.fresh)
}

/// The kind of a part; types of all kinds are one, since they share their names.
fn class(part: &Part) -> ItemKind {
    if part.kind.is_type() { ItemKind::Type } else { part.kind }
}

/// The parts that are not in a pair yet.
struct Left<'a> {
    gone: Vec<&'a Part>,
    fresh: Vec<&'a Part>,
    pairs: Vec<(&'a Part, &'a Part)>,
}

impl<'a> Left<'a> {
    /// Pairs the parts with equal keys.
    fn pair_by<K: std::hash::Hash + Eq>(&mut self, key: impl Fn(&Part) -> Option<K>) {
        let mut places: HashMap<K, usize> = HashMap::new();
        for (place, part) in self.fresh.iter().enumerate().rev() {
            places.extend(key(part).map(|key| (key, place)));
        }
        let mut taken = vec![false; self.fresh.len()];
        let (fresh, pairs) = (&self.fresh, &mut self.pairs);
        self.gone.retain(|one| {
            let place = key(one).and_then(|key| places.remove(&key));
            if let Some(place) = place {
                taken[place] = true;
                pairs.push((one, fresh[place]));
            }
            place.is_none()
        });
        let mut taken = taken.into_iter();
        self.fresh.retain(|_| !taken.next().unwrap_or_default());
    }

    /// Pairs a removed field or option with an added one of the same type, if their names have a word in common.
    fn pair_alike(&mut self) {
        let may_be = |part: &&&Part| part.wire.is_some() && part.kind != ItemKind::Variant;
        let alike = |one: &Part, other: &Part| is_same_form(one, other) && share_a_word(&one.name, &other.name);
        let mut found = Vec::new();
        // Of so many, nobody renamed each; and each is compared with all others.
        if self.gone.len().saturating_mul(self.fresh.len()) > MOST_PAIRS {
            return;
        }
        for one in self.gone.iter().filter(may_be) {
            let mut candidates = self.fresh.iter().filter(may_be).filter(|other| alike(one, other));
            let (Some(other), None) = (candidates.next(), candidates.next()) else { continue };
            if self.gone.iter().filter(may_be).filter(|rival| alike(rival, other)).count() == 1 {
                found.push((*one, *other));
            }
        }
        leave_out(&found, [&mut self.gone, &mut self.fresh]);
        self.pairs.extend(found);
    }
}

/// Removes what was paired from lists of parts.
fn leave_out(found: &[(&Part, &Part)], lists: [&mut Vec<&Part>; 2]) {
    let address = |part: &Part| std::ptr::from_ref(part).addr();
    let paired: HashSet<usize> = found.iter().flat_map(|(one, other)| [address(one), address(other)]).collect();
    lists.into_iter().for_each(|list| list.retain(|part| !paired.contains(&address(part))));
}

/// The most pairs of a removed and an added part among which those alike are searched for.
const MOST_PAIRS: usize = 250_000;

fn is_same_form(one: &Part, other: &Part) -> bool {
    one.kind == other.kind
        && match (&one.form, &other.form) {
            (Form::Type(one), Form::Type(other)) => one == other,
            (Form::Call(one), Form::Call(other)) => {
                one.arguments.iter().map(|it| &it.ty).eq(other.arguments.iter().map(|it| &it.ty))
            }
            (Form::Name | Form::Type(_) | Form::Call(_), _) => false,
        }
}

fn share_a_word(one: &str, other: &str) -> bool {
    one.split('_').any(|word| word.len() > 2 && other.split('_').any(|another| word == another))
        || one.replace('_', "") == other.replace('_', "")
}

/// Pairs modules of which most operations are the same: their tag has another name.
fn pair_modules(root: &mut Matched<'_>) {
    let keys = |part: &Part| -> Vec<String> { operations(part).map(|it| it.key.clone()).collect() };
    let mut found = Vec::new();
    for one in root.gone.iter().filter(|part| part.kind == ItemKind::Module) {
        let known = keys(one);
        let same = |other: &Part| operations(other).filter(|it| known.contains(&it.key)).count();
        let candidates = root.fresh.iter().filter(|part| part.kind == ItemKind::Module);
        let best = candidates.max_by_key(|other| same(other)).filter(|other| same(other) * 2 > known.len());
        let is_free = |other: &&Part| !found.iter().any(|(_, taken): &(&Part, &Part)| std::ptr::eq(*taken, *other));
        found.extend(best.copied().filter(is_free).map(|other| (*one, other)));
    }
    leave_out(&found, [&mut root.gone, &mut root.fresh]);
    root.pairs.extend(found.into_iter().map(|(one, other)| Matched::of(one, other)));
}

fn operations(module: &Part) -> impl Iterator<Item = &Part> {
    module.parts.iter().filter(|part| is_operation(part))
}

fn is_operation(part: &Part) -> bool {
    part.kind == ItemKind::Method && !part.parts.is_empty()
}

/// Pairs operations that moved to another group.
fn pair_moved_operations(root: &mut Matched<'_>) {
    let mut fresh: BTreeMap<String, &Part> = BTreeMap::new();
    let modules = root.pairs.iter().filter(|pair| pair.old.kind == ItemKind::Module);
    let in_pairs = modules.flat_map(|module| module.fresh.iter().copied());
    let in_new = root.fresh.iter().flat_map(|module| module.parts.iter());
    fresh.extend(in_pairs.chain(in_new).filter(|part| is_operation(part)).map(|part| (part.key.clone(), part)));
    let modules = root.pairs.iter().filter(|pair| pair.old.kind == ItemKind::Module);
    let in_pairs = modules.flat_map(|module| module.gone.iter().copied());
    let in_gone = root.gone.iter().flat_map(|module| module.parts.iter());
    let gone: Vec<&Part> = in_pairs.chain(in_gone).filter(|part| is_operation(part)).collect();
    let found: Vec<(&Part, &Part)> = gone.into_iter().filter_map(|one| Some((one, fresh.remove(&one.key)?))).collect();
    for module in &mut root.pairs {
        leave_out(&found, [&mut module.gone, &mut module.fresh]);
    }
    root.pairs.extend(found.into_iter().map(|(one, other)| Matched { moved: true, ..Matched::of(one, other) }));
}
