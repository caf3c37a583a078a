//! Hashes of files and of names.

use std::hash::{DefaultHasher, Hasher as _};

/// Returns the hash of bytes. It may differ between versions of the program, and fingerprints with it.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
