//! The runtime of the client crates that clientwright writes.
//!
//! Every emitted crate has a copy of the files under `src/runtime/`, byte for byte, and depends on no crate of clientwright.
//! In this package they are compiled, linted and tested. With the feature `sources` alone, it provides them as text and
//! compiles only the reader of patterns, by which the generator checks the patterns of a document.
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
