//! Text to tree: the document as it was written, and the places in it.

mod pointer;

pub use pointer::{Pointer, Trail};
