//! Places: the ground that every stage stands on.
//!
//! A place is a [`Pointer`] into a tree, or a [`Position`] in the text of a [`Source`]. [`Origins`] leads from the normalized tree back
//! to the files that their authors wrote.

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
    /// In the normalized tree; [`Origins`] knows which file and pointer that came from.
    Tree(Pointer),
    /// In a file, by the pointer that holds there.
    File(String, Pointer),
    /// In a file that could not be read as a tree.
    Text(String, Position),
}

impl Place {
    /// Writes a place in the normalized tree as one in the file that it came from.
    pub fn resolve(&mut self, origins: &Origins) {
        if let Place::Tree(pointer) = self {
            let (file, source) = origins.source_of(pointer);
            *self = Place::File(file.to_owned(), source);
        }
    }
}
