//! The groups of operations, which tags name.

use std::collections::HashMap;

use openapiv3::OpenAPI;

use crate::ir::{Group, GroupIndex};

/// The groups in the order in which the document names them.
pub(super) struct Groups {
    all: Vec<Group>,
    /// The first group of each tag.
    exact: HashMap<String, GroupIndex>,
    /// The first group of each tag, whatever its capitals.
    folded: HashMap<String, GroupIndex>,
}

impl Groups {
    /// The groups that the document lists.
    pub(super) fn of(document: &OpenAPI) -> Self {
        let mut groups = Groups { all: Vec::new(), exact: HashMap::new(), folded: HashMap::new() };
        document.tags.iter().for_each(|tag| groups.add(&tag.name, tag.description.clone()));
        groups
    }

    /// The group of a tag, which the document need not list. `endpoints` is the group of `Endpoints`, unless the document lists both; of
    /// several spellings, the first in the alphabet is the group's, since the order of paths has no meaning.
    pub(super) fn group(&mut self, tag: &str) -> GroupIndex {
        let found = self.exact.get(tag).or_else(|| self.folded.get(&tag.to_ascii_lowercase()));
        let Some(&index) = found else {
            self.add(tag, None);
            return self.all.len() - 1;
        };
        let known = &mut self.all[index];
        if known.description.is_none() && tag < known.tag.as_str() {
            let before = std::mem::replace(&mut known.tag, tag.to_owned());
            if self.exact.get(&before) == Some(&index) {
                self.exact.remove(&before);
            }
            self.exact.entry(tag.to_owned()).or_insert(index);
        }
        index
    }

    pub(super) fn finish(self) -> Vec<Group> {
        self.all
    }

    fn add(&mut self, tag: &str, description: Option<String>) {
        let index = self.all.len();
        self.exact.entry(tag.to_owned()).or_insert(index);
        self.folded.entry(tag.to_ascii_lowercase()).or_insert(index);
        self.all.push(Group { tag: tag.to_owned(), description });
    }
}
