//! The items of a crate that have another path in the next one.

use std::collections::BTreeMap;

/// The later path of each item, by its earlier path.
#[derive(Debug, Default)]
pub(super) struct Renames(BTreeMap<String, String>);

impl Renames {
    pub(super) fn record(&mut self, before: &str, after: &str) {
        if before != after {
            self.0.insert(before.to_owned(), after.to_owned());
        }
    }

    /// The later path of an item.
    pub(super) fn after<'a>(&'a self, before: &'a str) -> &'a str {
        self.0.get(before).map_or(before, String::as_str)
    }
}
