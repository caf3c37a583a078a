//! Reading of one place of a JSON text, without the rest of it.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::cause::DecodeError;
use super::json;

/// Reads the value at a JSON pointer (RFC 6901), where `-` is the last item of a list. `None` if nothing is there, or `null`.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8], pointer: &str) -> Result<Option<T>, DecodeError> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    At::new(pointer).deserialize(&mut reader).map_err(|error| json::explain(json, &error))
}

/// The unescaped form of a token of a pointer.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

struct At<'p, T> {
    pointer: &'p str,
    value: PhantomData<fn() -> T>,
}

impl<'p, T> At<'p, T> {
    const fn new(pointer: &'p str) -> Self {
        Self { pointer, value: PhantomData }
    }

    fn step(&self) -> (String, At<'p, T>) {
        let path = self.pointer.strip_prefix('/').unwrap_or(self.pointer);
        let (token, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        (unescape(token), At::new(rest))
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for At<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.pointer.is_empty() {
            Deserialize::deserialize(deserializer)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for At<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        let (token, _) = self.step();
        while let Some(name) = members.next_key::<String>()? {
            if name == token {
                found = members.next_value_seed(self.step().1)?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let (token, _) = self.step();
        let wanted = token.parse::<usize>().ok();
        let (mut found, mut index) = (None, 0);
        loop {
            if token == "-" || wanted == Some(index) {
                let Some(value) = items.next_element_seed(self.step().1)? else { break };
                found = value;
            } else if items.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
            index += 1;
        }
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
}
