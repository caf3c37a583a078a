//! Comparison of two crates as planned: the changes for code that compiles against them.
//!
//! Each part of a crate's API (a type, a field, a method, an argument) is identified by what it stands for on the wire, so a part
//! with another name is a part that was renamed, and an argument that stands for another parameter is detected, although its type is
//! the same.

mod arguments;
mod change;
mod differences;
mod matching;
mod merging;
mod names;
mod operation_parts;
mod part;
mod renames;
mod spelling;
mod surface;
mod type_parts;

pub use change::{Bump, ItemKind, RustChange, Verb};

use crate::rust::Crate;

/// Returns the changes of the API of a crate, the most severe first. A removed or added part is listed without its own parts.
#[must_use]
pub fn compare_crates(old: &Crate, new: &Crate) -> Vec<RustChange> {
    let (before, after) = (surface::surface(old), surface::surface(new));
    let mut matched = matching::matched(&before, &after);
    let renames = renames::settle(&mut matched);
    let mut changes = merging::merged(differences::differences(&matched, &renames));
    changes.sort_by(|one, other| (other.bump, one.verb, &one.path).cmp(&(one.bump, other.verb, &other.path)));
    changes
}
