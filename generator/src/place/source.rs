//! Input files.

/// An input file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name in messages, relative to the user's working folder, with forward slashes.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
