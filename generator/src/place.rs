//! Places in documents, which all stages use.
//!
//! A place is a [`Pointer`] into a tree, or a [`Position`] in the text of a [`Source`]. [`Origins`] maps places in the
//! normalized tree to the input files.

mod origins;
mod pointer;
mod position;
mod source;

pub use origins::Origins;
pub use pointer::{Pointer, Trail, unescape};
pub use position::Position;
pub use source::Source;

/// The place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A place in the normalized tree; [`Origins`] maps it to a file and pointer of the input.
    Tree(Pointer),
    /// A pointer into a file.
    File(String, Pointer),
    /// A position in a file that could not be read as a tree.
    Text(String, Position),
}

impl Place {
    /// Converts a place in the normalized tree to a place in an input file.
    pub fn resolve(&mut self, origins: &Origins) {
        if let Place::Tree(pointer) = self {
            let (file, source) = origins.source_of(pointer);
            *self = Place::File(file.to_owned(), source);
        }
    }
}
