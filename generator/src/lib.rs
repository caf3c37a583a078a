//! Compiles API descriptions (OpenAPI 3.0, 3.1, 3.2) into Rust client crates.

pub mod diagnostics;
pub mod document;
pub mod normalize;
