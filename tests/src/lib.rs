//! Tests over whole documents.

pub mod front;
