//! The functions of `digits` for APIs without decimals: a number is what `serde_json` reads, and no text is marked.

use std::borrow::Cow;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A type that takes the digits of a number.
pub(crate) trait Digits {
    /// Takes the digits, or says `false` where they are not a number as JSON writes it.
    fn set(&mut self, digits: &str) -> bool;
}

/// The digits of a marked text.
pub(crate) const fn of(_: &str) -> Option<&str> {
    None
}

/// A text, or the digits that it marks.
pub(crate) const fn plain(text: &str) -> &str {
    text
}

/// A number as a value.
pub(crate) fn value(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or_default()
}

/// A value of JSON text.
pub(crate) fn parse(json: &str) -> serde_json::Result<Value> {
    serde_json::from_str(json)
}

/// Reads a value of any type from another.
pub(crate) fn deserialize<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    T::deserialize(value)
}

/// A value without marks.
pub(crate) const fn unmarked(value: Value) -> Value {
    value
}

/// The same of a value that may be borrowed.
pub(crate) fn owned(value: Cow<'_, Value>) -> Value {
    value.into_owned()
}

/// Reads a value.
pub(crate) fn read_value<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    Value::deserialize(from)
}

/// Reads the digits of a number.
pub(crate) fn read<'de, D: Deserializer<'de>>(into: &mut dyn Digits, from: D) -> Result<(), D::Error> {
    let digits = String::deserialize(from)?;
    if into.set(&digits) { Ok(()) } else { Err(D::Error::custom("not a number")) }
}

/// A value of what is written.
pub(crate) fn to_value<T: Serialize + ?Sized>(written: &T) -> serde_json::Result<Value> {
    serde_json::to_value(written)
}

/// JSON text of a value.
pub(crate) fn to_json(value: &Value) -> String {
    value.to_string()
}

/// Writes the digits of a number.
pub(crate) fn write<S: Serializer>(digits: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(digits)
}

/// A value that is written.
pub(crate) struct Marked<'a>(pub(crate) &'a Value);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
