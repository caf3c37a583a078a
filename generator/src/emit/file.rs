//! The files of the emitted crate.

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the crate's folder, with forward slashes.
    pub path: String,
    /// The contents.
    pub contents: String,
}

/// A file from its path and contents.
pub(super) fn file(path: &str, contents: String) -> File {
    File { path: path.to_owned(), contents }
}
