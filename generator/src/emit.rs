//! From the crate to its files: how Rust looks.

pub mod docs;
