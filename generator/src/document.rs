//! Text to tree: the document as it was written, and the places in it.
//!
//! `read` turns bytes into a [`Document`]. The tree has no positions: a finding carries a [`Pointer`], and only when there is
//! something to show does `locate` read the text again, with marks.

mod events;
mod files;
mod first;
mod json;
mod locate;
mod merge;
mod origins;
mod pointer;
mod read;
mod scalar;
mod survey;
mod tree;
mod usual;
mod yaml;

pub use files::{FileError, Files, NoFiles};
pub use locate::{Marks, Position, locate};
pub use origins::Origins;
pub use pointer::{Pointer, Trail};
pub use read::read;

/// A file as it came.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that messages show; relative to where the user stands, with forward slashes.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A file as a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The name of the file that it was read from.
    pub name: String,
    /// Its content.
    pub root: serde_json::Value,
}

/// How much a document may ask for. Each has a message of its own, which names the option that raises it.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Size of a file in bytes.
    pub bytes: usize,
    /// Levels of arrays and objects inside one another. YAML never goes beyond 128.
    pub depth: usize,
    /// Values in the tree, after aliases are expanded.
    pub nodes: usize,
    /// Values that YAML aliases add to the tree, and as many that references add where the 3.0 model has none.
    pub alias_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 128 << 20, depth: 128, nodes: 5_000_000, alias_nodes: 1_000_000 }
    }
}

/// A YAML text of a tree, for people and other tools to read.
pub fn to_yaml(root: &serde_json::Value) -> String {
    yaml::write(root)
}
