//! Hashes of files and of names.

pub(crate) use clientwright_build::folder::hash;
