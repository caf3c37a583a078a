//! Files as they came.

/// A file as it came.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that messages show; relative to the user's working folder, with forward slashes.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
