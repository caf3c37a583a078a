//! The parts of a document that became components, with their former places.

use std::collections::HashMap;

use crate::place::Pointer;

/// From where to where parts of the document have moved.
#[derive(Default)]
pub(super) struct Moves(HashMap<Pointer, Pointer>);

impl Moves {
    /// Records that the value at `from` was moved to `to`.
    pub(super) fn add(&mut self, from: Pointer, to: Pointer) {
        self.0.insert(from, to);
    }

    /// Returns the current place of a place in the document. A moved value may be part of one that was moved earlier, or
    /// contain one.
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
