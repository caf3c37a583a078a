//! The Rust that will be written, before it is text.

pub mod name;
