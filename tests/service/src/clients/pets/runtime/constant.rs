//! Members that have one value.

use super::wire::{Slot, Text, View, Wire};

/// The value of a member that has no other: it is required when read, and always written.
#[derive(Debug)]
pub(crate) struct Constant(pub(crate) &'static str);

impl Wire for Constant {
    fn empty() -> Self {
        Self("")
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::Text(self.0)
    }
}

impl Text for Constant {
    fn set(&mut self, text: &str) -> bool {
        text == self.0
    }

    fn expected(&self) -> &'static str {
        self.0
    }
}
