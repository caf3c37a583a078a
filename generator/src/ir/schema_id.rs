//! The handle of a schema.

/// The handle of a schema in [`Schemas`](super::Schemas).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(super) u32);

impl SchemaId {
    /// The position in the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
