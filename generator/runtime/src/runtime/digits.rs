//! Numbers with all of their digits, for APIs that have decimals or integers beyond 64 bits.
//!
//! `serde_json` reads a number into 64 bits, unless its feature `arbitrary_precision` is on, which changes the numbers of a whole
//! program. Its raw values leave all else alone: a decimal is read and written as one. Where a value is
//! looked at before its type is known (by a union), or is taken apart (by a parameter), it is a [`Value`]; a number that would lose
//! digits in one is a text behind a mark there.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::{Number, Value};

use super::number_text::is_number;
use super::random::random;
use super::{DECIMALS, NUMBERS_AS_TEXT};

/// The name by which `serde_json` knows its raw values, with its feature `raw_value`. Other formats, and `serde_json` without the
/// feature, take no notice of it.
const RAW: &str = "$serde_json::private::RawValue";

/// A type that takes the digits of a number.
pub(crate) trait Digits {
    /// Takes the digits, or says `false` where they are not a number as JSON writes it.
    fn set(&mut self, digits: &str) -> bool;
}

/// The mark in front of digits. No text of anyone else has it, since it is another one in each process.
fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| format!("\u{7f}{:016x}{:016x}\u{7f}", random(), random()))
}

/// The digits of a marked text.
pub(crate) fn of(text: &str) -> Option<&str> {
    if DECIMALS { text.strip_prefix(mark()) } else { None }
}

/// A text, or the digits that it marks.
pub(crate) fn plain(text: &str) -> &str {
    of(text).unwrap_or(text)
}

/// The number of `serde_json` that has the same digits, if there is one.
fn exact(digits: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(digits).ok()?;
    (number.to_string() == digits).then_some(number)
}

/// A number as a value.
pub(crate) fn value(digits: &str) -> Value {
    exact(digits).map_or_else(|| Value::String(format!("{}{digits}", mark())), Value::Number)
}

/// A value of JSON text, in which numbers that would lose digits are marked texts.
pub(crate) fn parse(json: &str) -> serde_json::Result<Value> {
    if !DECIMALS {
        return serde_json::from_str(json);
    }
    let mut marked = String::new();
    let (mut done, mut at) = (0, 0);
    let bytes = json.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let start = at;
        match byte {
            b'"' => {
                at += 1;
                while let Some(byte) = bytes.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
                at += bytes[at..].iter().take_while(|byte| is_part(byte)).count();
                let digits = &json[start..at];
                if is_number(digits) && exact(digits).is_none() {
                    marked.push_str(&json[done..start]);
                    marked.push_str(&format!("\"{}{digits}\"", mark()));
                    done = at;
                }
            }
            _ => at += 1,
        }
    }
    if done == 0 {
        return serde_json::from_str(json);
    }
    marked.push_str(&json[done..]);
    serde_json::from_str(&marked)
}

/// Reads a value of any type from one that may have marks.
pub(crate) fn deserialize<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    if DECIMALS { serde_json::from_str(&to_json(&value)) } else { T::deserialize(value) }
}

/// A value without marks: with numbers as `serde_json` has them.
pub(crate) fn unmarked(value: Value) -> Value {
    match value {
        _ if !DECIMALS => value,
        Value::String(text) => match of(&text) {
            Some(digits) => serde_json::from_str(digits).unwrap_or_else(|_| Value::String(digits.to_owned())),
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(unmarked).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, unmarked(value))).collect(),
        other => other,
    }
}

/// The same of a value that may be borrowed.
pub(crate) fn owned(value: Cow<'_, Value>) -> Value {
    unmarked(value.into_owned())
}

/// Reads a value of which numbers keep their digits.
pub(crate) fn read_value<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    if DECIMALS && from.is_human_readable() {
        from.deserialize_newtype_struct(RAW, ReadValue)
    } else {
        Value::deserialize(from)
    }
}

/// Reads the digits of a number.
pub(crate) fn read<'de, D: Deserializer<'de>>(into: &mut dyn Digits, from: D) -> Result<(), D::Error> {
    if from.is_human_readable() {
        return from.deserialize_newtype_struct(RAW, ReadDigits(into));
    }
    let digits = String::deserialize(from)?;
    if into.set(&digits) { Ok(()) } else { Err(D::Error::custom("not a number")) }
}

/// The text of a raw value.
fn raw<'de, A: MapAccess<'de>>(mut members: A) -> Result<Option<String>, A::Error> {
    match members.next_key::<String>()? {
        Some(name) if name == RAW => members.next_value().map(Some),
        _ => Ok(None),
    }
}

struct ReadValue;

impl<'de> Visitor<'de> for ReadValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Value, A::Error> {
        match raw(members)? {
            Some(json) => parse(&json).map_err(A::Error::custom),
            None => Err(A::Error::custom("not a raw value")),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        Value::deserialize(from)
    }
}

struct ReadDigits<'a>(&'a mut dyn Digits);

impl ReadDigits<'_> {
    fn set<E: serde::de::Error>(self, digits: &str) -> Result<(), E> {
        if self.0.set(digits) { Ok(()) } else { Err(E::invalid_type(serde::de::Unexpected::Other("a value"), &self)) }
    }
}

impl<'de> Visitor<'de> for ReadDigits<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let json = raw(members)?.unwrap_or_default();
        let json = json.trim();
        if !json.starts_with('"') {
            return self.set(json);
        }
        self.visit_str(&serde_json::from_str::<String>(json).map_err(A::Error::custom)?)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.set(&number.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.set(&number.to_string())
    }

    fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<(), E> {
        self.set(&number.to_string())
    }

    fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<(), E> {
        self.set(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.set(&Number::from_f64(number).map(|number| number.to_string()).unwrap_or_default())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match of(text) {
            Some(digits) => self.set(digits),
            None if NUMBERS_AS_TEXT => self.set(text.trim()),
            None => Err(E::invalid_type(serde::de::Unexpected::Str(text), &self)),
        }
    }
}

thread_local! {
    /// Set while a value is made of which numbers are to keep their digits.
    static MARKING: Cell<bool> = const { Cell::new(false) };
}

/// A value of what is written, with marked texts for numbers that would lose digits.
pub(crate) fn to_value<T: Serialize + ?Sized>(written: &T) -> serde_json::Result<Value> {
    if !DECIMALS {
        return serde_json::to_value(written);
    }
    let before = MARKING.replace(true);
    let value = serde_json::to_value(written);
    MARKING.set(before);
    value
}

/// JSON text of a value that may have marks.
pub(crate) fn to_json(value: &Value) -> String {
    if DECIMALS { serde_json::to_string(&Marked(value)).unwrap_or_default() } else { value.to_string() }
}

/// Writes the digits of a number.
pub(crate) fn write<S: Serializer>(digits: &str, to: S) -> Result<S::Ok, S::Error> {
    if !to.is_human_readable() {
        return to.serialize_str(digits);
    }
    if MARKING.get() {
        return value(digits).serialize(to);
    }
    if let Some(number) = exact(digits) {
        return number.serialize(to);
    }
    let mut raw = to.serialize_struct(RAW, 1)?;
    raw.serialize_field(RAW, digits)?;
    raw.end()
}

/// A value that is written with the digits that its marks stand for.
pub(crate) struct Marked<'a>(pub(crate) &'a Value);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            _ if !DECIMALS => self.0.serialize(to),
            Value::String(text) => match of(text) {
                Some(digits) => write(digits, to),
                None => to.serialize_str(text),
            },
            Value::Array(items) => to.collect_seq(items.iter().map(Marked)),
            Value::Object(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, &Marked(value))?;
                }
                map.end()
            }
            other => other.serialize(to),
        }
    }
}
