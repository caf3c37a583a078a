//! The part of a value that is left when it is read as a type and written again.

use serde_json::{Map, Number, Value};

use super::digits;
use super::table::Table;
use super::tag::{Tag, keeps};
use super::wire::{MapView, View, Wire, WriteMembers};
use super::wire_write::Shown;

/// The part of a value that is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// Set if nothing is lost, and nothing added.
    pub(crate) all: bool,
    /// The number of members and items that are kept.
    pub(crate) amount: usize,
}

impl Kept {
    pub(crate) const NOTHING: Self = Self { all: false, amount: 0 };

    /// Begins with no parts. `all` is false if some of them are known to be missing.
    fn of_parts(all: bool) -> Self {
        Self { all, amount: 0 }
    }

    /// Returns whether more is kept than by another one.
    pub(crate) fn is_more_than(self, other: Self) -> bool {
        !other.all && (self.all || self.amount > other.amount)
    }

    /// Adds what is kept of a member or an item, and the member itself.
    fn add(&mut self, part: Self) {
        self.all &= part.all;
        self.amount += 1 + part.amount;
    }
}

/// Returns the part of `read` that is in another value.
pub(crate) fn in_value(read: &Value, written: &Value) -> Kept {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => in_members(read, written),
        (Value::Array(read), Value::Array(written)) => {
            let mut kept = Kept::of_parts(read.len() == written.len());
            for (value, written) in read.iter().zip(written) {
                kept.add(in_value(value, written));
            }
            kept
        }
        (read, written) => Kept { all: keeps(read, written), amount: 0 },
    }
}

fn in_members(read: &Map<String, Value>, written: &Map<String, Value>) -> Kept {
    let mut kept = Kept::of_parts(read.len() == written.len());
    for (name, value) in read {
        match written.get(name) {
            Some(written) => kept.add(in_value(value, written)),
            None => kept.all = false,
        }
    }
    kept
}

/// Compares a value with what is written of it.
///
/// A union that was only decided holds the number of its decision in place of the value; the function tells what that keeps.
pub(crate) struct Comparison<'a>(pub(crate) &'a dyn Fn(&Number) -> Option<Kept>);

impl Comparison<'_> {
    /// Returns the part of `read` that is written, or `None` if it can't be written.
    pub(crate) fn of(&self, read: &Value, written: &dyn Wire) -> Option<Kept> {
        self.of_shown(read, &Shown::of(written), None)
    }

    /// `tags` are those of the unions that the value is a member of, directly.
    fn of_shown(&self, read: &Value, written: &Shown<'_>, tags: Option<&Tags<'_>>) -> Option<Kept> {
        let scalar = match written.view {
            View::Object => {
                let Value::Object(values) = read else { return Some(Kept::NOTHING) };
                let mut members = Members { comparison: self, read: values, tags, kept: None };
                written.value.write(&mut members);
                return members.kept;
            }
            View::Of(value) | View::Some(value) => return self.of_shown(read, &Shown::of(value), tags),
            View::Tagged(tag, member) => {
                return self.of_shown(read, &Shown::of(member), Some(&Tags { tag, around: tags }));
            }
            View::List(items) => {
                let written = (0..items.count()).filter_map(|index| items.item(index));
                return self.of_items(read, items.count(), written);
            }
            View::Tuple(ref items) => return self.of_items(read, items.len(), items.iter().copied()),
            View::Map(entries) => {
                let Value::Object(values) = read else { return Some(Kept::NOTHING) };
                let mut found = Found::default();
                found.add_entries(self, values, entries)?;
                return Some(found.of(values.len()));
            }
            View::Value(Value::Number(decision)) if read.is_object() || read.is_array() => {
                return (self.0)(decision);
            }
            View::Value(value) => return Some(in_value(read, value)),
            View::Made(ref value) => return Some(in_value(read, value)),
            View::JsonObject(members) => {
                let Value::Object(values) = read else { return Some(Kept::NOTHING) };
                return Some(in_members(values, members));
            }
            View::Text(text) => return Some(Kept { all: read.as_str() == Some(text), amount: 0 }),
            View::Display(text) => return Some(Kept { all: read.as_str() == Some(&*text.to_string()), amount: 0 }),
            View::Unwritable(_) => return None,
            View::Absent | View::Null | View::None => Value::Null,
            View::Bool(value) => value.into(),
            View::I64(value) => value.into(),
            View::U64(value) => value.into(),
            View::F32(value) => value.into(),
            View::F64(value) => value.into(),
            View::Number(value) => Value::Number(value.clone()),
            View::Digits(ref number) => digits::value(number),
        };
        Some(Kept { all: keeps(read, &scalar), amount: 0 })
    }

    fn of_items<'w>(&self, read: &Value, count: usize, written: impl Iterator<Item = &'w dyn Wire>) -> Option<Kept> {
        let Value::Array(values) = read else { return Some(Kept::NOTHING) };
        let mut kept = Kept::of_parts(values.len() == count);
        for (value, written) in values.iter().zip(written) {
            kept.add(self.of(value, written)?);
        }
        Some(kept)
    }
}

/// The members of an object that were found in what is written.
#[derive(Default)]
struct Found {
    count: usize,
    amount: usize,
    /// Set if a member is kept in part, or was not read.
    is_other: bool,
}

impl Found {
    fn add(&mut self, part: Kept) {
        self.count += 1;
        self.amount += 1 + part.amount;
        self.is_other |= !part.all;
    }

    fn add_entries(
        &mut self,
        comparison: &Comparison<'_>,
        read: &Map<String, Value>,
        entries: &dyn MapView,
    ) -> Option<()> {
        let mut result = Some(());
        entries.each(&mut |name, written| {
            match read.get(name).map(|value| comparison.of(value, written)) {
                Some(Some(part)) => self.add(part),
                Some(None) => result = None,
                None => self.is_other = true,
            }
            result.is_some()
        });
        result
    }

    /// Returns the part of so many members that was found.
    fn of(self, count: usize) -> Kept {
        Kept { all: !self.is_other && self.count == count, amount: self.amount }
    }
}

/// The tags of a member of a union, and of the unions that are members of one another.
struct Tags<'a> {
    tag: &'static Tag,
    around: Option<&'a Tags<'a>>,
}

impl Tags<'_> {
    /// Returns the tags, of those of one property the outermost, which is written last.
    fn all(mut tags: Option<&Self>) -> Vec<&'static Tag> {
        let mut all: Vec<&Tag> = Vec::new();
        while let Some(Tags { tag, around }) = tags {
            all.retain(|inner| inner.property != tag.property);
            all.push(tag);
            tags = *around;
        }
        all
    }
}

struct Members<'a> {
    comparison: &'a Comparison<'a>,
    read: &'a Map<String, Value>,
    tags: Option<&'a Tags<'a>>,
    kept: Option<Kept>,
}

impl Members<'_> {
    fn compare(&self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>) -> Option<Kept> {
        let shape = table.shape();
        let mut found = Found::default();
        for (index, (name, field)) in shape.members.iter().zip(fields).enumerate() {
            let field = Shown::of(*field);
            if field.is_absent() && index >= shape.required {
                continue;
            }
            match self.read.get(*name) {
                Some(value) => found.add(self.comparison.of_shown(value, &field, None)?),
                None => found.is_other = true,
            }
        }
        if let Some(rest) = rest {
            found.add_entries(self.comparison, self.read, rest)?;
        }
        // What is read into the rest has the tag there.
        let is_own = |tag: &Tag| rest.is_some() || shape.find(tag.property).is_some();
        for tag in Tags::all(self.tags).into_iter().filter(|tag| !is_own(tag)) {
            if let Some(value) = self.read.get(tag.property) {
                found.add(Kept { all: tag.is_first(value), amount: 0 });
            }
        }
        Some(found.of(self.read.len()))
    }
}

impl WriteMembers for Members<'_> {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>) {
        self.kept = self.compare(table, fields, rest);
    }
}
