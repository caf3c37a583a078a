//! From a deserializer to a tree, and from a tree to a serializer.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Number, Value};

use super::limits::{LONGEST_KEY, Limits};
use super::quoting;
use crate::diagnostics::Rule;

/// The key under which `serde_json` passes a number whose text it keeps.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Builds a tree within limits, and rejects a duplicate key of an object.
///
/// `serde_json::Value`'s own reading takes the last of two equal keys, and any amount.
pub(super) struct Builder<'a> {
    limits: &'a Limits,
    nodes: Cell<usize>,
    /// The members and items of the open objects and arrays, outermost first. An object or array is created when its size is known,
    /// because spare capacity would be much of a tree's memory.
    members: RefCell<Vec<(String, Value)>>,
    items: RefCell<Vec<Value>>,
    /// True if tags outside the core schema have been looked at; the values of their nodes are corrected later.
    with_tags: bool,
    /// The rule that the tree violates; the deserializer's error has the position.
    pub(super) broken: Cell<Option<Rule>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Builder {
            limits,
            nodes: Cell::new(0),
            members: RefCell::default(),
            items: RefCell::default(),
            with_tags: false,
            broken: Cell::new(None),
        }
    }

    /// A builder that passes over tags.
    pub(super) fn with_tags(self, with_tags: bool) -> Self {
        Builder { with_tags, ..self }
    }

    pub(super) fn seed(&self) -> Seed<'_> {
        Seed { builder: self, depth: 0 }
    }

    fn fail<E: Error>(&self, rule: Rule, message: impl fmt::Display) -> E {
        self.broken.set(Some(rule));
        E::custom(message)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Seed<'a> {
    builder: &'a Builder<'a>,
    depth: usize,
}

impl Seed<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let limit = self.builder.limits.tree_depth();
        if self.depth >= limit {
            let message = format_args!("more than {limit} levels of arrays and objects inside one another");
            return Err(self.builder.fail(Rule::TooDeep, message));
        }
        Ok(Seed { builder: self.builder, depth: self.depth + 1 })
    }

    fn count<E: Error>(self) -> Result<(), E> {
        let nodes = self.builder.nodes.get() + 1;
        self.builder.nodes.set(nodes);
        let limit = self.builder.limits.nodes;
        if nodes > limit {
            return Err(self.builder.fail(Rule::TooManyNodes, format_args!("more than {limit} values up to here")));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Number::from_i128(value).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        Number::from_u128(value).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| self.builder.fail(Rule::NotANumber, "not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let items = &self.builder.items;
        let first = items.borrow().len();
        while let Some(item) = access.next_element_seed(seed)? {
            items.borrow_mut().push(item);
        }
        Ok(Value::Array(items.borrow_mut().drain(first..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let seed = self.deeper()?;
        let members = &self.builder.members;
        let first = members.borrow().len();
        while let Some(key) = access.next_key::<String>()? {
            if key.len() > LONGEST_KEY {
                let message = format_args!("a key of {} bytes, and the limit is {LONGEST_KEY}", key.len());
                return Err(self.builder.fail(Rule::TooLarge, message));
            }
            let value = access.next_value_seed(seed)?;
            if key == NUMBER
                && members.borrow().len() == first
                && let Some(number) = value.as_str().and_then(|text| text.parse::<Number>().ok())
            {
                return Ok(Value::Number(number));
            }
            members.borrow_mut().push((key, value));
        }
        let mut members = members.borrow_mut();
        let mut object = Map::with_capacity(members.len() - first);
        for (key, value) in members.drain(first..) {
            if let Some((twice, _)) = object.get_key_value(&key) {
                let message = format_args!("the key `{twice}` stands twice in one object");
                return Err(self.builder.fail(Rule::DuplicateKey, message));
            }
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        if !self.builder.with_tags {
            return Err(self.builder.fail(Rule::ForeignTag, "a tag outside the core schema"));
        }
        let (_, variant) = access.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// Serializes a tree for formats other than JSON, which have no numbers kept as text.
pub(super) struct Printable<'a>(pub(super) &'a Value, pub(super) Option<char>);

impl Serialize for Printable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::String(text) => serializer.serialize_str(&marked(text, self.1)),
            Value::Number(number) => serialize_number(number, serializer),
            Value::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(&Printable(item, self.1))?;
                }
                sequence.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(&*marked(key, self.1), &Printable(value, self.1))?;
                }
                map.end()
            }
        }
    }
}

/// A text between markers, where it needs quotes.
fn marked(text: &str, marker: Option<char>) -> Cow<'_, str> {
    match marker.filter(|_| quoting::is_ambiguous(text)) {
        Some(marker) => Cow::Owned(format!("{marker}{text}{marker}")),
        None => Cow::Borrowed(text),
    }
}

fn serialize_number<S: Serializer>(number: &Number, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(value) = number.as_u64() {
        serializer.serialize_u64(value)
    } else if let Some(value) = number.as_i64() {
        serializer.serialize_i64(value)
    } else if let Some(value) = number.as_u128() {
        serializer.serialize_u128(value)
    } else if let Some(value) = number.as_f64().filter(|value| value.is_finite()) {
        serializer.serialize_f64(value)
    } else {
        serializer.serialize_str(&number.to_string())
    }
}
