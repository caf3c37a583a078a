//! The selection of operations.

use serde::Deserialize;

/// The operations to include: those that any of `tags`, `ids` and `paths` matches, or all if these are empty, without those that
/// `exclude` matches.
///
/// In each entry, `*` stands for any text. In a path it stops at a slash, and `**` does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Tags.
    pub tags: Vec<String>,
    /// `operationId`s.
    pub ids: Vec<String>,
    /// Paths, optionally after a method: `/pets/**`, `GET /pets/{}`. The names of parameters do not count.
    pub paths: Vec<String>,
    /// Tags, `operationId`s and paths of operations to leave out all the same.
    pub exclude: Vec<String>,
    /// Names of webhooks. If operations are chosen, no other webhook is included.
    pub webhooks: Vec<String>,
}

impl Selection {
    /// Returns whether some of the operations are chosen, so that others are not.
    pub fn chooses(&self) -> bool {
        !(self.tags.is_empty() && self.ids.is_empty() && self.paths.is_empty() && self.exclude.is_empty())
    }
}
