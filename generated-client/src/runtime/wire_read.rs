//! Reading values from any format that serde knows.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Number, Value};

use super::digits;
use super::table::{Shape, Table};
use super::wire::{Container, MapSink, ReadMembers, Slot, Text, Wire};
use super::{DECIMALS, NUMBERS_AS_TEXT};

/// Reads a value of a type, as its `Deserialize` does.
pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let Some(mut value) = T::place() else {
        return of_value(&digits::read_value(from)?).map_err(D::Error::custom);
    };
    read(&mut value, from)?;
    Ok(value)
}

/// Reads a value into its place.
pub(crate) fn read<'de, D: Deserializer<'de>>(into: &mut dyn Wire, from: D) -> Result<(), D::Error> {
    if NUMBERS_AS_TEXT && from.is_human_readable() && is_number(&into.slot()) {
        let value = number_of_text(Value::deserialize(from)?);
        return read_plainly(into, value).map_err(D::Error::custom);
    }
    read_plainly(into, from)
}

/// Reads a value that is at hand into its place.
pub(crate) fn read_value(into: &mut dyn Wire, value: &Value) -> Result<(), serde_json::Error> {
    match DECIMALS {
        true => read(into, &mut serde_json::Deserializer::from_str(&digits::to_json(value))).map_err(without_position),
        false => read(into, value),
    }
}

/// An error without its place in a text that nobody else has seen.
fn without_position(error: serde_json::Error) -> serde_json::Error {
    let message = error.to_string();
    serde_json::Error::custom(message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message))
}

/// Reads a value that is at hand.
pub(crate) fn of_value<T: Wire>(value: &Value) -> Result<T, serde_json::Error> {
    T::of_value(value, read_value)
}

fn is_number(slot: &Slot<'_>) -> bool {
    matches!(slot, Slot::I64(_) | Slot::U64(_) | Slot::F32(_) | Slot::F64(_) | Slot::Integer(_) | Slot::Number(_))
}

/// The number that a text contains; any other value unchanged.
fn number_of_text(value: Value) -> Value {
    match &value {
        Value::String(text) => match serde_json::from_str(text.trim()) {
            Ok(number @ Value::Number(_)) => number,
            _ => value,
        },
        _ => value,
    }
}

fn read_plainly<'de, D: Deserializer<'de>>(into: &mut dyn Wire, from: D) -> Result<(), D::Error> {
    match into.slot() {
        Slot::String(value) => put(value, String::deserialize(from)),
        Slot::Option(some) => from.deserialize_option(ReadOption(some)),
        Slot::Object => read_object(into, from),
        Slot::List(items) => from.deserialize_seq(ReadList(items)),
        Slot::Bool(value) => put(value, bool::deserialize(from)),
        Slot::I64(value) => put(value, from.deserialize_i64(Whole("i64"))),
        Slot::Text(text) => from.deserialize_str(ReadText(text)),
        Slot::F32(value) => put(value, f32::deserialize(from)),
        Slot::F64(value) => put(value, f64::deserialize(from)),
        Slot::U64(value) => put(value, from.deserialize_u64(Natural)),
        Slot::Integer(integer) => {
            let number = from.deserialize_i64(Whole(integer.expected()))?;
            match integer.set(number) {
                true => Ok(()),
                false => Err(D::Error::invalid_value(Unexpected::Signed(number), &integer.expected())),
            }
        }
        Slot::Number(value) => put(value, Number::deserialize(from)),
        Slot::Digits(number) => digits::read(number, from),
        Slot::Value(value) => put(value, Value::deserialize(from)),
        Slot::JsonObject(value) => put(value, Map::deserialize(from)),
        Slot::Tuple(items) => from.deserialize_tuple(items.len(), ReadTuple(items)),
        Slot::Map(entries) => from.deserialize_map(ReadMap(entries)),
        Slot::Union(union) => union.choose(digits::read_value(from)?.into()).map_err(D::Error::custom),
        Slot::Of(other) => read(other, from),
    }
}

/// Puts a value in its place.
#[inline]
fn put<T, E>(into: &mut T, read: Result<T, E>) -> Result<(), E> {
    *into = read?;
    Ok(())
}

fn read_object<'de, D: Deserializer<'de>>(object: &mut dyn Wire, from: D) -> Result<(), D::Error> {
    let mut reading = Reading { from: Some(from), result: None };
    object.read(&mut reading);
    reading.result.unwrap_or_else(|| Err(D::Error::custom("nothing was read")))
}

/// A place that is still to be read into.
struct Place<'a>(&'a mut dyn Wire);

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        read(self.0, from)
    }
}

/// A place for the next value of a map, under its key.
struct Entry<'a>(&'a mut dyn MapSink, String);

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.0.open(self.1) {
            Ok(place) => read(place, from),
            Err(key) => self.0.add(key, &digits::read_value(from)?, read_value).map_err(D::Error::custom),
        }
    }
}

/// A place that is made when it is needed.
struct Next<'a>(&'a mut dyn Container);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.0.open() {
            Some(place) => read(place, from),
            None => self.0.add(&digits::read_value(from)?, read_value).map_err(D::Error::custom),
        }
    }
}

/// Whole numbers, however they are written: to JSON Schema, `1.0` is one (2020-12 Core, section 4.2.2).
struct Whole(&'static str);

impl Visitor<'_> for Whole {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        whole(number).ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
    }
}

/// The same from 0 up.
struct Natural;

impl Visitor<'_> for Natural {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("u64")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        u64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<u64, E> {
        let whole = whole(number).and_then(|number| u64::try_from(number).ok());
        whole.ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
    }
}

fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53, several integers are the same float.
    let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "whole, and within bounds")]
    exact.then_some(number as i64)
}

struct ReadText<'a>(&'a mut dyn Text);

impl Visitor<'_> for ReadText<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expected())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if self.0.set(text) { Ok(()) } else { Err(E::invalid_value(Unexpected::Str(text), &self)) }
    }
}

struct ReadOption<'a>(&'a mut dyn Container);

impl<'de> Visitor<'de> for ReadOption<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        Next(self.0).deserialize(from)
    }
}

struct ReadList<'a>(&'a mut dyn Container);

impl<'de> Visitor<'de> for ReadList<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Next(self.0))?.is_some() {}
        Ok(())
    }
}

struct ReadTuple<'a>(Vec<&'a mut dyn Wire>);

impl<'de> Visitor<'de> for ReadTuple<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tuple of size {}", self.0.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let size = self.0.len();
        for (index, item) in self.0.into_iter().enumerate() {
            if items.next_element_seed(Place(item))?.is_none() {
                return Err(A::Error::invalid_length(
                    index,
                    &format_args!("a tuple of size {size}").to_string().as_str(),
                ));
            }
        }
        Ok(())
    }
}

struct ReadMap<'a>(&'a mut dyn MapSink);

impl<'de> Visitor<'de> for ReadMap<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key()? {
            entries.next_value_seed(Entry(self.0, key))?;
        }
        Ok(())
    }
}

/// An object that is about to hand over its fields.
struct Reading<D, E> {
    from: Option<D>,
    result: Option<Result<(), E>>,
}

impl<'de, D: Deserializer<'de>> ReadMembers for Reading<D, D::Error> {
    fn members(&mut self, table: &'static Table, fields: &mut [&mut dyn Wire], rest: Option<&mut dyn MapSink>) {
        let Some(from) = self.from.take() else { return };
        let shape = table.shape();
        let (keeps, nameless) = (rest.is_some(), !from.is_human_readable());
        let members = ReadObject { shape, fields, rest, nameless };
        self.result = Some(match keeps {
            true => from.deserialize_map(members),
            false => from.deserialize_struct(shape.name, &shape.members, members),
        });
    }
}

struct ReadObject<'a, 'b, 'c> {
    shape: &'static Shape,
    fields: &'a mut [&'b mut dyn Wire],
    rest: Option<&'c mut dyn MapSink>,
    /// Set if the format may leave names out, so that members come in the order of the fields.
    nameless: bool,
}

impl<'de> Visitor<'de> for ReadObject<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.shape.name)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let names = &self.shape.members;
        let mut seen = Seen::of(names.len());
        let keeps = self.rest.is_some();
        while let Some(key) = members.next_key_seed(ReadKey { shape: self.shape, keeps })? {
            match (key, &mut self.rest) {
                (Key::Member(index), _) => {
                    if seen.mark(index) {
                        return Err(A::Error::duplicate_field(names[index]));
                    }
                    members.next_value_seed(Place(self.fields[index]))?;
                }
                (Key::Other(name), Some(rest)) => members.next_value_seed(Entry(*rest, name))?,
                (Key::Other(_) | Key::Ignored, _) => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        match seen.first_missing() {
            missing if missing < self.shape.required => Err(A::Error::missing_field(names[missing])),
            _ => Ok(()),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        if !self.nameless {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        for index in 0..self.fields.len() {
            if members.next_element_seed(Place(self.fields[index]))?.is_none() {
                return Err(A::Error::invalid_length(index, &self));
            }
        }
        Ok(())
    }
}

/// The meaning of a name.
enum Key {
    Member(usize),
    Other(String),
    Ignored,
}

struct ReadKey {
    shape: &'static Shape,
    keeps: bool,
}

impl<'de> DeserializeSeed<'de> for ReadKey {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Key, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ReadKey {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.shape.find(name) {
            Some(index) => Key::Member(index),
            None if self.keeps => Key::Other(name.to_owned()),
            None => Key::Ignored,
        })
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Key, E> {
        self.visit_str(&String::from_utf8_lossy(name))
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<Key, E> {
        let known = usize::try_from(index).ok().filter(|index| *index < self.shape.members.len());
        Ok(known.map_or(Key::Ignored, Key::Member))
    }
}

/// The members that have been read: a bit each.
struct Seen {
    first: u64,
    /// All of them, where there are more than 64.
    many: Vec<u64>,
}

impl Seen {
    fn of(members: usize) -> Self {
        Self { first: 0, many: if members <= 64 { Vec::new() } else { vec![0; members.div_ceil(64)] } }
    }

    /// Marks a member, and says whether it was marked already.
    fn mark(&mut self, index: usize) -> bool {
        let bits = self.many.get_mut(index / 64).unwrap_or(&mut self.first);
        let bit = 1 << (index % 64);
        let before = *bits & bit != 0;
        *bits |= bit;
        before
    }

    /// The first member that isn't marked.
    fn first_missing(&self) -> usize {
        let full = self.many.iter().take_while(|bits| **bits == u64::MAX).count();
        let bits = self.many.get(full).map_or(if self.many.is_empty() { self.first } else { 0 }, |bits| *bits);
        full * 64 + bits.trailing_ones() as usize
    }
}
