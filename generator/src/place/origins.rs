//! The origins of the values in the normalized tree.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;

use super::pointer::Pointer;

/// A map from places in the normalized tree to files and pointers into them.
///
/// A value that normalization does not move needs no entry. The longest entry that is a prefix of a pointer determines its
/// origin. Without such an entry, the origin is the same pointer in the spec.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    spec: String,
    moved: BTreeMap<Pointer, (String, Pointer)>,
}

impl Origins {
    /// Creates a map in which every value is at its place in the file `spec`.
    pub fn new(spec: impl Into<String>) -> Self {
        Origins { spec: spec.into(), ..Self::default() }
    }

    /// The name of the spec.
    pub fn spec(&self) -> &str {
        &self.spec
    }

    /// Returns the file and the pointer of the origin of `pointer`.
    pub fn source_of(&self, pointer: &Pointer) -> (&str, Pointer) {
        if self.moved.is_empty() {
            return (&self.spec, pointer.clone());
        }
        let mut prefix = pointer.as_str();
        loop {
            if let Some((file, source)) = self.moved.get(prefix) {
                return (file, source.join(&pointer.as_str()[prefix.len()..]));
            }
            match prefix.rfind('/') {
                Some(end) => prefix = &prefix[..end],
                None => return (&self.spec, pointer.clone()),
            }
        }
    }

    /// Records that the value at `from` was copied to `to`.
    pub fn copy(&mut self, from: &Pointer, to: &Pointer) {
        let (file, source) = self.source_of(from);
        let file = file.to_owned();
        let below = self.below(from);
        self.import(to.clone(), &file, source);
        let copies = below.into_iter().map(|(below, place)| (to.join(&below.as_str()[from.as_str().len()..]), place));
        self.moved.extend(copies);
    }

    /// Records that of an array with `before` items, only the items `left` remain, in this order.
    pub fn retain_items(&mut self, array: &Pointer, before: usize, left: &[usize]) {
        let moves: Vec<_> = left.iter().enumerate().map(|(to, from)| (array.child(from), array.child(to))).collect();
        let moves: Vec<_> = moves.into_iter().filter(|(from, to)| from != to).collect();
        let staying: HashSet<usize> = left.iter().copied().collect();
        for gone in (0..before).filter(|index| !staying.contains(index)) {
            self.remove(&array.child(gone));
        }
        self.relocate_all(moves);
        for beyond in left.len()..before {
            self.remove(&array.child(beyond));
        }
    }

    /// Records that an object became a list: of the object itself, or of its members in the order of `keys`.
    pub fn listed(&mut self, place: &Pointer, keys: Option<&[String]>) {
        let moves = match keys {
            None => vec![(place.clone(), place.child(0_usize))],
            Some(keys) => keys.iter().enumerate().map(|(at, key)| (place.child(key), place.child(at))).collect(),
        };
        self.relocate_all(moves);
    }

    /// Removes all entries at and below a place.
    pub fn remove(&mut self, place: &Pointer) {
        for (below, _) in self.below(place) {
            self.moved.remove(&below);
        }
        self.moved.remove(place);
    }

    /// Records that the value at `from` was moved to `to`.
    pub fn relocate(&mut self, from: &Pointer, to: &Pointer) {
        let (file, source) = self.source_of(from);
        let file = file.to_owned();
        for (below, place) in self.below(from) {
            self.moved.remove(&below);
            self.moved.insert(to.join(&below.as_str()[from.as_str().len()..]), place);
        }
        self.moved.insert(to.clone(), (file, source));
    }

    /// Records many moves at once. Every `from` is a place before any of the moves.
    ///
    /// A later move may move a part of an earlier one.
    pub fn relocate_all(&mut self, moves: Vec<(Pointer, Pointer)>) {
        let mut placed = Vec::new();
        for (from, to) in &moves {
            let (file, source) = self.source_of(from);
            placed.push((to.clone(), (file.to_owned(), source)));
            for (below, place) in self.below(from) {
                placed.push((to.join(&below.as_str()[from.as_str().len()..]), place));
            }
        }
        for (from, _) in &moves {
            for (below, _) in self.below(from) {
                self.moved.remove(&below);
            }
        }
        self.moved.extend(placed);
    }

    /// Records that the value at `to` is a copy of `source` in `file`.
    pub fn import(&mut self, to: Pointer, file: &str, source: Pointer) {
        self.remove(&to);
        self.moved.insert(to, (file.to_owned(), source));
    }

    fn below(&self, from: &Pointer) -> Vec<(Pointer, (String, Pointer))> {
        self.moved
            .range::<Pointer, _>((Bound::Excluded(from), Bound::Unbounded))
            .take_while(|(pointer, _)| pointer.as_str().starts_with(from.as_str()))
            .filter(|(pointer, _)| pointer.as_str()[from.as_str().len()..].starts_with('/'))
            .map(|(pointer, place)| (pointer.clone(), place.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use crate::place::Pointer;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(text).unwrap_or_default()
    }

    #[test]
    fn the_longest_entry_decides() {
        let mut origins = Origins::new("api.yaml");
        origins.relocate(&pointer("/paths/~1a~1:id"), &pointer("/paths/~1a~1{id}"));
        origins.relocate(&pointer("/paths/~1a~1{id}/get/parameters/1"), &pointer("/paths/~1a~1{id}/get/parameters/0"));
        let place = origins.source_of(&pointer("/paths/~1a~1{id}/get/parameters/0/name"));
        assert_eq!(place, ("api.yaml", pointer("/paths/~1a~1:id/get/parameters/1/name")));
        assert_eq!(origins.source_of(&pointer("/info")), ("api.yaml", pointer("/info")));
    }

    #[test]
    fn what_moves_takes_its_parts_along() {
        let mut origins = Origins::new("api.yaml");
        origins.import(pointer("/a/b"), "overlay.yaml", pointer("/actions/0/update/b"));
        origins.relocate(&pointer("/a"), &pointer("/c"));
        assert_eq!(origins.source_of(&pointer("/c/b/x")), ("overlay.yaml", pointer("/actions/0/update/b/x")));
        assert_eq!(origins.source_of(&pointer("/c/d")), ("api.yaml", pointer("/a/d")));
    }
    #[test]
    fn items_close_up_and_copies_know_where_their_parts_are_from() {
        let mut origins = Origins::new("api.yaml");
        origins.import(pointer("/a/0/x"), "gone.yaml", pointer("/x"));
        origins.import(pointer("/a/2/x"), "overlay.yaml", pointer("/x"));
        origins.retain_items(&pointer("/a"), 3, &[1, 2]);
        assert_eq!(origins.source_of(&pointer("/a/0/x")), ("api.yaml", pointer("/a/1/x")));
        assert_eq!(origins.source_of(&pointer("/a/1/x")), ("overlay.yaml", pointer("/x")));
        assert_eq!(origins.source_of(&pointer("/a/1/y")), ("api.yaml", pointer("/a/2/y")));
        origins.copy(&pointer("/a/1"), &pointer("/b"));
        assert_eq!(origins.source_of(&pointer("/b/x/z")), ("overlay.yaml", pointer("/x/z")));
        assert_eq!(origins.source_of(&pointer("/b/y")), ("api.yaml", pointer("/a/2/y")));
    }
}
