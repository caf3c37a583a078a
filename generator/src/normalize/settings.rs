//! Settings for reading documents.

use serde::Deserialize;

use crate::diagnostics::{Allowance, Policy};
use crate::document::Limits;
use crate::place::{Pointer, Source};

use super::selection::Selection;

/// The strictness and the limits with which documents are read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Settings {
    /// Rejects everything that the OpenAPI Specification forbids, even if generation could continue.
    pub strict: bool,
    /// Rejects constructs that the crate does not represent completely.
    pub deny_loss: bool,
    /// The limits on the size of the document.
    #[serde(skip)]
    pub limits: Limits,
    /// The permitted findings.
    #[serde(rename = "allow")]
    pub allowances: Vec<Allowance>,
    /// The operations to include.
    pub operations: Selection,
    /// Leaves out unused components. The default is to do so if `operations` chooses some operations.
    pub prune: Option<bool>,
    /// Rules of pagination for all operations, each like the value of `x-clientwright-pagination`, which the root of the document may
    /// have as well.
    pub pagination: Vec<serde_json::Value>,
    /// The place where the options are stated, for findings about them.
    #[serde(skip)]
    pub stated: Option<Stated>,
}

impl Settings {
    /// The settings for the crate that has all operations, of which these choose some.
    #[must_use]
    pub fn of_all(&self) -> Self {
        Self { limits: self.limits.clone(), pagination: self.pagination.clone(), ..Self::default() }
    }
}

/// The place of the options of a client in a configuration.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The configuration, as TOML.
    pub source: Source,
    /// The table of the client.
    pub table: Pointer,
}

impl Settings {
    /// Returns whether components that nothing uses are left out.
    pub fn prunes(&self) -> bool {
        self.prune.unwrap_or_else(|| self.operations.chooses())
    }

    /// The file that states the options, and the table of the client in it.
    pub fn table(&self) -> (String, Pointer) {
        let stated = self.stated.as_ref().map(|stated| (stated.source.name.clone(), stated.table.clone()));
        stated.unwrap_or_else(|| ("the options".to_owned(), Pointer::root()))
    }

    /// The place of an option, by its key: the file that states it, and the pointer in it.
    pub(super) fn place(&self, key: &str) -> (String, Pointer) {
        let (file, table) = self.table();
        (file, Pointer::parse(&format!("{}/{key}", table.as_str())).unwrap_or_default())
    }

    /// The policy that findings are taken under.
    pub fn policy(&self) -> Policy {
        Policy { strict: self.strict, deny_loss: self.deny_loss, allowances: self.allowances.clone() }
    }
}
