//! Writing values to any format that serde knows.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use serde_json::Value;

use super::digits;
use super::table::{Shape, Table};
use super::tag::Tag;
use super::wire::{List, MapView, View, Wire, WriteMembers};

/// Writes a value, as its `Serialize` does.
pub(crate) fn serialize<S: Serializer>(value: &dyn Wire, to: S) -> Result<S::Ok, S::Error> {
    Shown::of(value).serialize(to)
}

impl Serialize for dyn Wire + '_ {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialize(self, to)
    }
}

/// A value, and its parts that are written.
pub(crate) struct Shown<'a> {
    pub(crate) value: &'a dyn Wire,
    pub(crate) view: View<'a>,
}

impl<'a> Shown<'a> {
    pub(crate) fn of(mut value: &'a dyn Wire) -> Self {
        loop {
            match value.view() {
                View::Of(other) => value = other,
                view => return Self { value, view },
            }
        }
    }

    /// Returns whether a member that may be left out is.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.view, View::Absent | View::None)
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        write(self, to)
    }
}

fn write<S: Serializer>(shown: &Shown<'_>, to: S) -> Result<S::Ok, S::Error> {
    match shown.view {
        View::Text(value) => to.serialize_str(value),
        View::Absent | View::None | View::Null => to.serialize_none(),
        View::Some(value) => to.serialize_some(value),
        View::Object => {
            let mut writing = Writing { to: Some(to), tag: None, result: None };
            shown.value.write(&mut writing);
            writing.end()
        }
        View::Of(other) => serialize(other, to),
        View::Bool(value) => to.serialize_bool(value),
        View::I64(value) => to.serialize_i64(value),
        View::U64(value) => to.serialize_u64(value),
        View::F32(value) => to.serialize_f32(value),
        View::F64(value) => to.serialize_f64(value),
        View::Number(value) => value.serialize(to),
        View::Digits(ref number) => digits::write(number, to),
        View::Display(value) => to.collect_str(value),
        View::Value(value) => value.serialize(to),
        View::Made(ref value) => value.serialize(to),
        View::Unwritable(ref reason) => Err(S::Error::custom(reason)),
        View::JsonObject(value) => value.serialize(to),
        View::List(items) => write_list(items, to),
        View::Tuple(ref items) => {
            let mut tuple = to.serialize_tuple(items.len())?;
            for item in items {
                tuple.serialize_element(*item)?;
            }
            tuple.end()
        }
        View::Map(entries) => {
            let mut map = to.serialize_map(Some(entries.count()))?;
            write_entries(entries, &mut map, &|_| false)?;
            map.end()
        }
        View::Tagged(tag, member) => write_tagged(tag, &Shown::of(member), to),
    }
}

fn write_tagged<S: Serializer>(tag: &'static Tag, member: &Shown<'_>, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() && matches!(member.view, View::Object) {
        let mut writing = Writing { to: Some(to), tag: Some(tag), result: None };
        member.value.write(&mut writing);
        return writing.end();
    }
    let value = digits::to_value(member).map_err(S::Error::custom)?;
    digits::Marked(&tag.write(value)).serialize(to)
}

fn write_list<S: Serializer>(items: &dyn List, to: S) -> Result<S::Ok, S::Error> {
    let count = items.count();
    let mut list = to.serialize_seq(Some(count))?;
    for item in (0..count).filter_map(|index| items.item(index)) {
        list.serialize_element(item)?;
    }
    list.end()
}

fn write_entries<M: SerializeMap>(
    entries: &dyn MapView,
    map: &mut M,
    is_written: &dyn Fn(&str) -> bool,
) -> Result<(), M::Error> {
    let mut result = Ok(());
    entries.each(&mut |key, value| {
        if !is_written(key) {
            result = map.serialize_entry(key, value);
        }
        result.is_ok()
    });
    result
}

/// An object that is about to hand over its fields.
struct Writing<S, O, E> {
    to: Option<S>,
    /// The tag that it has in its union.
    tag: Option<&'static Tag>,
    result: Option<Result<O, E>>,
}

impl<S, O, E: Error> Writing<S, O, E> {
    fn end(self) -> Result<O, E> {
        self.result.unwrap_or_else(|| Err(E::custom("nothing was written")))
    }
}

impl<S: Serializer> WriteMembers for Writing<S, S::Ok, S::Error> {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>) {
        let shape = table.shape();
        if let Some(to) = self.to.take() {
            self.result = Some(match (self.tag, rest) {
                (None, None) => write_object(shape, fields, to),
                (tag, rest) => write_open_object(shape, fields, rest, tag, to),
            });
        }
    }
}

fn write_object<S: Serializer>(shape: &'static Shape, fields: &[&dyn Wire], to: S) -> Result<S::Ok, S::Error> {
    // Where members have no names, each has its place.
    let nameless = !to.is_human_readable();
    let mut object = to.serialize_struct(shape.name, fields.len())?;
    for (index, (name, field)) in shape.members.iter().zip(fields).enumerate() {
        let field = Shown::of(*field);
        match field.is_absent() && index >= shape.required && !nameless {
            true => object.skip_field(name)?,
            false => object.serialize_field(name, &field)?,
        }
    }
    object.end()
}

/// Writes an object that has other members than its own: the tag of its union, which stands in front, and those that came with it.
fn write_open_object<S: Serializer>(
    shape: &'static Shape,
    fields: &[&dyn Wire],
    rest: Option<&dyn MapView>,
    tag: Option<&'static Tag>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    if let Some(tag) = tag {
        let field = shape.find(tag.property).and_then(|index| fields.get(index));
        let own = field.and_then(|field| digits::to_value(*field).ok()).or_else(|| entry(rest?, tag.property));
        map.serialize_entry(tag.property, &digits::Marked(&tag.value(own)))?;
    }
    let is_tag = |name: &str| tag.is_some_and(|tag| tag.property == name);
    for (index, (name, field)) in shape.members.iter().zip(fields).enumerate() {
        let field = Shown::of(*field);
        if !is_tag(name) && (!field.is_absent() || index < shape.required) {
            map.serialize_entry(name, &field)?;
        }
    }
    if let Some(rest) = rest {
        write_entries(rest, &mut map, &is_tag)?;
    }
    map.end()
}

/// The value of an entry.
fn entry(entries: &dyn MapView, wanted: &str) -> Option<Value> {
    let mut found = None;
    entries.each(&mut |name, value| {
        if name == wanted {
            found = digits::to_value(value).ok();
        }
        found.is_none()
    });
    found
}
