//! Where the parts of the normalized tree came from.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;

use super::pointer::Pointer;

/// Maps places in the normalized tree to files and to the pointers that hold in them.
///
/// What normalization leaves where it was needs no entry: the longest entry that a pointer begins with decides, and without one it
/// is the same pointer in the spec.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    spec: String,
    moved: BTreeMap<Pointer, (String, Pointer)>,
}

impl Origins {
    /// Everything is where it was, in the file `spec`.
    pub fn new(spec: impl Into<String>) -> Self {
        Origins { spec: spec.into(), ..Self::default() }
    }

    /// The name of the spec.
    pub fn spec(&self) -> &str {
        &self.spec
    }

    /// The file and the pointer in it that `pointer` came from.
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

    /// What stands at `from` stands at `to` as well, with all below it.
    pub fn copy(&mut self, from: &Pointer, to: &Pointer) {
        let (file, source) = self.source_of(from);
        let file = file.to_owned();
        let below = self.below(from);
        self.import(to.clone(), &file, source);
        let copies = below.into_iter().map(|(below, place)| (to.join(&below.as_str()[from.as_str().len()..]), place));
        self.moved.extend(copies);
    }

    /// Of an array that had `before` items, only some are left, in their order.
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

    /// Nothing that was said about a place, and what is below it, holds any more.
    pub fn remove(&mut self, place: &Pointer) {
        for (below, _) in self.below(place) {
            self.moved.remove(&below);
        }
        self.moved.remove(place);
    }

    /// What stood at `from` stands at `to` now, with all below it.
    pub fn relocate(&mut self, from: &Pointer, to: &Pointer) {
        let (file, source) = self.source_of(from);
        let file = file.to_owned();
        for (below, place) in self.below(from) {
            self.moved.remove(&below);
            self.moved.insert(to.join(&below.as_str()[from.as_str().len()..]), place);
        }
        self.moved.insert(to.clone(), (file, source));
    }

    /// Moves many things at once: every `from` is where a thing was before any of them moved.
    ///
    /// A later move may be of a part of what an earlier one moved.
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

    /// What stands at `to` was taken from `source` in `file`, with all below it.
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
