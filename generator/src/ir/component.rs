//! Components: schemas that have a name of their own.

use super::{Direction, SchemaId};

/// A schema of `components/schemas` (OAS 3.0.4 §4.7.7), or the form in which one is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The key in the document.
    pub name: String,
    /// [`Direction::Sent`] for the form that is sent, where it differs from what comes back; else [`Direction::Either`].
    pub direction: Direction,
    /// The schema.
    pub schema: SchemaId,
}

impl Component {
    /// Returns whether this is the form that is sent, beside a component of the same name.
    #[must_use]
    pub fn is_sent_form(&self) -> bool {
        self.direction == Direction::Sent
    }
}
