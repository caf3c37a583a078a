//! Tests over whole documents.

pub mod inputs;
pub mod items;
