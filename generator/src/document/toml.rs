//! Positions in a configuration.

use std::ops::Range;

use toml_edit::{Document, Item, Table, Value};

use super::marks::Marks;
use crate::place::{Pointer, Position};

/// Finds the item that a pointer leads to, or the nearest that would contain it.
pub(super) fn locate(text: &str, pointer: &Pointer) -> Option<Marks> {
    let document = Document::parse(text).ok()?;
    let mut found = None;
    let mut exact = true;
    let mut place = Place::Item(document.as_item());
    for token in pointer.tokens() {
        let Some(next) = place.child(&token) else {
            exact = false;
            break;
        };
        place = next;
        found = place.span().or(found);
    }
    let span = found?;
    let (start, end) = (Position::after(text.get(..span.start)?), Position::after(text.get(..span.end)?));
    let value = Position { end_line: end.line, end_column: end.column, ..start };
    Some(Marks { key: None, value, scalar: true, exact })
}

enum Place<'d> {
    Item(&'d Item),
    Table(&'d Table),
    Value(&'d Value),
}

impl<'d> Place<'d> {
    fn child(&self, token: &str) -> Option<Self> {
        match *self {
            Place::Item(Item::ArrayOfTables(tables)) => tables.get(token.parse().ok()?).map(Place::Table),
            Place::Item(Item::Table(table)) | Place::Table(table) => table.get(token).map(Place::Item),
            Place::Item(Item::Value(value)) | Place::Value(value) => element(value, token),
            Place::Item(Item::None) => None,
        }
    }

    fn span(&self) -> Option<Range<usize>> {
        match self {
            Place::Item(item) => item.span(),
            Place::Table(table) => table.span(),
            Place::Value(value) => value.span(),
        }
    }
}

fn element<'d>(value: &'d Value, token: &str) -> Option<Place<'d>> {
    match value {
        Value::Array(items) => items.get(token.parse().ok()?).map(Place::Value),
        Value::InlineTable(table) => table.get(token).map(Place::Value),
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => None,
    }
}
