//! What has become a component, and where it was before.

use std::collections::HashMap;

use crate::place::Pointer;

/// From where to where parts of the document have moved.
#[derive(Default)]
pub(super) struct Moves(HashMap<Pointer, Pointer>);

impl Moves {
    /// What stood at `from` stands at `to` now, with all below it.
    pub(super) fn add(&mut self, from: Pointer, to: Pointer) {
        self.0.insert(from, to);
    }

    /// Where a place of the document is now. What has moved may be a part of what moved before, or have parts that moved before it.
    pub(super) fn follow(&self, mut pointer: Pointer) -> Pointer {
        while let Some(next) = self.step(&pointer) {
            pointer = next;
        }
        pointer
    }

    fn step(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut prefix = pointer.as_str();
        loop {
            if let Some(to) = self.0.get(prefix) {
                return Some(to.join(&pointer.as_str()[prefix.len()..]));
            }
            prefix = &prefix[..prefix.rfind('/')?];
        }
    }
}
