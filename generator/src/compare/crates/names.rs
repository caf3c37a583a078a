//! The items of a crate that have another path in the next one.

use std::collections::BTreeMap;

/// Paths before, by which paths after.
#[derive(Debug, Default)]
pub(super) struct Renames(BTreeMap<String, String>);

impl Renames {
    pub(super) fn record(&mut self, before: &str, after: &str) {
        if before != after {
            self.0.insert(before.to_owned(), after.to_owned());
        }
    }

    /// The path that an item has later.
    pub(super) fn after<'a>(&'a self, before: &'a str) -> &'a str {
        self.0.get(before).map_or(before, String::as_str)
    }
}
