//! The bounds for validation.

use super::name::Name;
use crate::ir::BoundKeyword;

/// The bounds of a crate's types.
#[derive(Clone, Debug)]
pub struct Validation {
    /// The types that have bounds of their own, sorted by name.
    pub bounds: Vec<(Name, Vec<Bound>)>,
    /// The types with `validate`, sorted by name.
    pub types: Vec<Name>,
}

/// A bound on a member, or on the contents of the member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The member's name on the wire; `None` for the value itself.
    pub member: Option<String>,
    /// 0 for the member, 1 for the items of the list or the values of the map that it is, 2 for theirs.
    pub depth: u8,
    /// The keyword.
    pub keyword: BoundKeyword,
    /// Its value, as written.
    pub value: String,
}
