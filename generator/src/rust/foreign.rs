//! Types of other crates.

use std::fmt;
use std::sync::Arc;

use clientwright_sources::RuntimeModule;

/// A type of another crate, by its path: `uuid::Uuid`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Foreign {
    path: Arc<str>,
    known: Option<RuntimeModule>,
}

impl Foreign {
    /// A type that someone chose, which reads and writes itself.
    pub(super) fn chosen(path: &str) -> Self {
        Foreign { path: path.into(), known: None }
    }

    /// A type that a module of the runtime reads and writes.
    pub(super) fn known(path: &str, module: RuntimeModule) -> Self {
        Foreign { path: path.into(), known: Some(module) }
    }

    /// The path as it stands in Rust.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// The module of the runtime that reads and writes the type; `None` if it does so itself.
    pub fn module(&self) -> Option<RuntimeModule> {
        self.known
    }

    /// Returns whether serde reads and writes the type in the form that it has on the wire.
    pub fn is_of_serde(&self) -> bool {
        match self.known {
            None => true,
            Some(module) => matches!(
                module,
                RuntimeModule::KnownChrono
                    | RuntimeModule::KnownJiff
                    | RuntimeModule::KnownUrl
                    | RuntimeModule::KnownUuid
            ),
        }
    }

    /// Returns whether the type is known to be `Copy`.
    pub fn is_copy(&self) -> bool {
        self.known.is_some_and(|module| module != RuntimeModule::KnownUrl)
    }

    /// The last name of the path, arguments apart: `Uuid`.
    pub fn last(&self) -> &str {
        let path = self.path.split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or_default()
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)
    }
}
