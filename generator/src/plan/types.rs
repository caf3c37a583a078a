//! The items that schemas become, and the type of a value at each place.

pub(crate) mod conversions;
pub(crate) mod cycles;
pub(crate) mod items;
pub(crate) mod mapping;
pub(crate) mod placement;
pub(crate) mod untyped;
pub(crate) mod validation;
pub(crate) mod variants;
pub(crate) mod xml;
