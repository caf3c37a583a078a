//! From the API to the crate: what each thing becomes in Rust.

pub mod method_name;
pub mod words;
