//! Types of other crates.

use std::fmt;
use std::sync::Arc;

/// A type of another crate, by its path: `uuid::Uuid`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Foreign(pub(super) Arc<str>);

impl Foreign {
    /// The path as it stands in Rust.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last name of the path, arguments apart: `Uuid`.
    pub fn last(&self) -> &str {
        let path = self.0.split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or_default()
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
