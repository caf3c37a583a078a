//! From text to tree: the document as it was written, and the places in it.
//!
//! `read` turns bytes into a [`Document`]. The tree has no positions: a finding carries a `Pointer`, and only when there is
//! something to show does `locate` read the text again, with marks.

mod checks;
mod events;
mod files;
mod json;
mod limits;
mod locate;
mod loose_json;
mod marks;
mod merge;
mod plain_yaml;
mod quoting;
mod read;
mod scalar;
mod scan;
mod tags;
mod toml;
mod tree;
mod unquoted;
mod yaml;

pub use files::{FileError, Files, NoFiles};
pub use limits::Limits;
pub use locate::locate;
pub use marks::Marks;
pub use read::{Document, read};

/// Returns a tree as YAML, for people and other tools.
pub fn to_yaml(root: &serde_json::Value) -> String {
    yaml::write(root)
}
