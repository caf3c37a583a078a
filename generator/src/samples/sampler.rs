//! The kinds of samples: the amount of optional values, and the direction.

use crate::ir::{Direction, Schemas, Use};

/// The amount of optional values in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// All values that a schema names, and the first of several alternatives. Examples of the document are used whole.
    Everything,
    /// Only required values, and the last of several alternatives.
    RequiredOnly,
    /// As [`Fill::Everything`], but whatever may be `null` is.
    Nulls,
}

/// Makes samples of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) direction: Direction,
    pub(super) fill: Fill,
}

impl<'a> Sampler<'a> {
    /// A sampler of values that travel in one direction.
    #[must_use]
    pub fn new(schemas: &'a Schemas, direction: Direction, fill: Fill) -> Self {
        Sampler { schemas, direction, fill }
    }

    /// Returns whether a member is sent in the direction of the samples.
    pub(super) fn includes(&self, usage: &Use) -> bool {
        match self.direction {
            Direction::Sent => !usage.read_only,
            Direction::Received => !usage.write_only,
            Direction::Either => true,
        }
    }
}
