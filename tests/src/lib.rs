//! Tests over whole documents.

pub mod dice;
pub mod emitted;
pub mod front;
pub mod inputs;
pub mod items;
pub mod round_trip;
pub mod shuffle;

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
