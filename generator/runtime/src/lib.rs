//! The runtime of the client crates that clientwright writes.
//!
//! Every emitted crate has a copy of the files under `src/runtime/`, byte for byte, and leans on no crate of clientwright's.
//! This package is where they are compiled, linted and tested. With the feature `sources` alone it compiles none of them,
//! and hands them out as text, but for the reader of patterns, which the generator asks what it can take.
#![allow(clippy::duplicate_mod, reason = "the reader of patterns is part of either feature")]

#[allow(clippy::duplicate_mod, reason = "the runtime of a client has the file as a module of its own")]
#[cfg(feature = "sources")]
#[path = "runtime/pattern.rs"]
pub mod pattern;
#[cfg(feature = "client")]
mod runtime;
#[cfg(feature = "sources")]
pub mod sources;
#[cfg(all(test, feature = "client"))]
mod tests;
