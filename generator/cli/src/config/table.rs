//! The table of a client, from which several structs take their keys.
//!
//! `#[serde(flatten)]` would do the same, but keeps no spans, and with them no line of an error.

use std::ops::Range;

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error, ValueDeserializer};

/// A message, and the bytes that it is about.
pub(super) type Misplaced = (Range<usize>, String);

/// The key of the clients.
pub(super) const CLIENTS: &str = "client";

/// Reads the tables of all clients.
pub(super) fn clients(text: &str) -> Result<Vec<Table<'_>>, Misplaced> {
    let whole = DeTable::parse(text).map_err(|error| misplaced(&error, &(0..0)))?;
    let mut found = Vec::new();
    for (key, value) in whole.into_inner() {
        if key.as_ref() != CLIENTS {
            return Err((key.span(), format!("unknown field `{}`, expected `{CLIENTS}`", key.as_ref())));
        }
        let span = value.span();
        let DeValue::Array(tables) = value.into_inner() else {
            return Err((span, format!("a client is a table under the heading [[{CLIENTS}]]")));
        };
        for table in tables {
            let span = table.span();
            let DeValue::Table(entries) = table.into_inner() else {
                return Err((span, "a client is a table".to_owned()));
            };
            found.push(Table { entries: entries.into_iter().collect(), span, known: Vec::new() });
        }
    }
    Ok(found)
}

/// The table of one client.
pub(super) struct Table<'t> {
    entries: Vec<(Spanned<DeString<'t>>, Spanned<DeValue<'t>>)>,
    span: Range<usize>,
    /// The keys that the structs have.
    known: Vec<&'static str>,
}

impl<'t> Table<'t> {
    /// Reads a struct from those entries that have the names of its fields.
    pub(super) fn take<T: Deserialize<'t>>(&mut self) -> Result<T, Misplaced> {
        let span = self.span.clone();
        T::deserialize(Fields(self)).map_err(|error| misplaced(&error, &span))
    }

    /// Refuses an entry that no struct has taken.
    pub(super) fn finish(&mut self) -> Result<(), Misplaced> {
        self.known.sort_unstable();
        let Some((key, _)) = self.entries.iter().find(|(key, _)| !self.known.contains(&key.as_ref().as_ref())) else {
            return Ok(());
        };
        let known: Vec<String> = self.known.iter().map(|key| format!("`{key}`")).collect();
        Err((key.span(), format!("unknown field `{}`, expected one of {}", key.as_ref(), known.join(", "))))
    }

    /// The bytes of the value that keys and indices lead to, or of the nearest that would contain it.
    pub(super) fn span(&self, path: &[impl AsRef<str>]) -> Range<usize> {
        let mut path = path.iter().map(AsRef::as_ref);
        let first = path.next().and_then(|first| self.entries.iter().find(|(key, _)| key.as_ref() == first));
        let Some((_, first)) = first else { return self.span.clone() };
        let mut found = first;
        for token in path {
            let next = match found.as_ref() {
                DeValue::Table(table) => table.get(token),
                DeValue::Array(items) => token.parse().ok().and_then(|index: usize| items.get(index)),
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_) => None,
            };
            match next {
                Some(next) => found = next,
                None => break,
            }
        }
        found.span()
    }
}

fn misplaced(error: &Error, whole: &Range<usize>) -> Misplaced {
    (error.span().unwrap_or_else(|| whole.clone()), error.message().to_owned())
}

/// The entries with the names of a struct's fields.
struct Fields<'f, 't>(&'f mut Table<'t>);

impl<'de> Deserializer<'de> for Fields<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.known.extend(fields);
        let asked = self.0.entries.iter().filter(|(key, _)| fields.contains(&key.as_ref().as_ref()));
        let asked = asked.map(|(key, value)| (key.as_ref().to_string(), ValueDeserializer::from(value.clone())));
        visitor.visit_map(MapDeserializer::new(asked))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
