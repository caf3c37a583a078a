//! Untyped places of the crate.

use std::collections::BTreeMap;

/// The places that have any JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untyped {
    /// Members, alternatives, parameters and bodies in all.
    pub places: usize,
    /// Those without a type, by reason.
    pub by_reason: BTreeMap<&'static str, usize>,
}

impl Untyped {
    /// Returns the number of untyped places.
    pub fn count(&self) -> usize {
        self.by_reason.values().sum()
    }
}
