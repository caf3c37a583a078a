//! The clients of the APIs that the service calls.

pub mod pets;
pub(crate) mod shop;
