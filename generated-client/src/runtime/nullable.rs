//! Members that are always there, and may be `null`.

use serde::{Deserialize, Deserializer};

/// Reads `null` as `None`, and takes absence for the error that it is: serde alone reads an absent `Option` as `None`.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}
