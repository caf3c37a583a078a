//! The runtime of the client crates that clientwright writes, compiled in place: here it is linted and tested.
//!
//! Crates get the files as text, from `clientwright-sources` in the folder above.

#[path = "../../src/runtime/mod.rs"]
mod runtime;
#[cfg(test)]
mod tests;
