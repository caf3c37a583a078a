//! Positions of a value in a text.

use crate::place::Position;

/// The positions of a value and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The key, for a member of an object.
    pub key: Option<Position>,
    /// The value, for a scalar; where it begins, for the others.
    pub value: Position,
    /// True if the value is a scalar.
    pub scalar: bool,
    /// True if the pointer itself was found; false if only an enclosing value was.
    pub exact: bool,
}

impl Marks {
    /// The place to show: the value of a scalar, else the key.
    pub fn shown(&self) -> Position {
        match self.key {
            Some(key) if !self.scalar || !self.exact => key,
            _ => self.value,
        }
    }
}
