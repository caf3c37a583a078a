//! Compiles API descriptions (OpenAPI 3.0, 3.1, 3.2) into Rust client crates.

pub mod diagnostics;
pub mod document;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod plan;
#[cfg(test)]
mod runtime;
pub mod runtime_files;
#[cfg(test)]
mod runtime_tests;
pub mod rust;
