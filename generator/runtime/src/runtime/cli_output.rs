//! Answers as text for people and for other programs: JSON as the server wrote it, laid out, or as a table.

use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json_pointer::unescape;
use super::plain::Plain;

/// The levels of a value that are laid out; what is below them stays as it came.
const DEPTH: usize = 128;

/// The characters of a value that a cell of a table shows.
const CELL: usize = 60;

/// A JSON value that keeps the digits of its numbers and the order of its members.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    /// A value without others in it, as it was written.
    Plain(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a value; `None` where the text is not JSON.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self::of(serde_json::from_slice(bytes).ok()?, DEPTH))
    }

    fn of(raw: &RawValue, depth: usize) -> Self {
        let text = raw.get();
        let plain = || Json::Plain(text.to_owned());
        match text.as_bytes().first() {
            Some(b'[') if depth > 0 => serde_json::from_str::<Vec<&RawValue>>(text).map_or_else(
                |_| plain(),
                |items| Json::List(items.iter().map(|item| Self::of(item, depth - 1)).collect()),
            ),
            Some(b'{') if depth > 0 => serde_json::from_str::<Members<'_>>(text).map_or_else(
                |_| plain(),
                |Members(members)| {
                    Json::Object(members.into_iter().map(|(name, item)| (name, Self::of(item, depth - 1))).collect())
                },
            ),
            _ => plain(),
        }
    }

    /// The value at a JSON pointer (RFC 6901).
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        let mut found = self;
        for token in pointer.split('/').skip(1) {
            let token = unescape(token);
            found = match found {
                Json::Object(members) => members.iter().find(|(name, _)| *name == token).map(|(_, value)| value)?,
                Json::List(items) => items.get(token.parse::<usize>().ok()?)?,
                Json::Plain(_) => return None,
            };
        }
        Some(found)
    }

    /// The items of a list.
    pub(crate) fn into_items(self) -> Vec<Json> {
        match self {
            Json::List(items) => items,
            Json::Plain(_) | Json::Object(_) => Vec::new(),
        }
    }

    /// The text of a cell: a text without its quotes, anything else as JSON on one line.
    fn cell(&self) -> String {
        let text = match self {
            Json::Plain(text) if text == "null" => String::new(),
            Json::Plain(text) => serde_json::from_str::<String>(text).unwrap_or_else(|_| text.clone()),
            Json::List(_) | Json::Object(_) => {
                let mut line = String::new();
                let _ = self.line(&mut line);
                line
            }
        };
        let mut shown: String = Plain(&text).to_string().chars().take(CELL).collect();
        if shown.chars().count() < text.chars().count() {
            shown.push('…');
        }
        shown
    }

    fn line(&self, out: &mut String) -> fmt::Result {
        let (open, close, count) = match self {
            Json::Plain(text) => return out.write_str(text),
            Json::List(items) => ('[', ']', items.len()),
            Json::Object(members) => ('{', '}', members.len()),
        };
        out.write_char(open)?;
        for index in 0..count {
            if index > 0 {
                out.write_str(", ")?;
            }
            match self {
                Json::List(items) => items[index].line(out)?,
                Json::Object(members) => {
                    write!(out, "{}: ", serde_json::Value::from(members[index].0.as_str()))?;
                    members[index].1.line(out)?;
                }
                Json::Plain(_) => {}
            }
        }
        out.write_char(close)
    }

    fn pretty(&self, f: &mut fmt::Formatter<'_>, level: usize) -> fmt::Result {
        let indent = |f: &mut fmt::Formatter<'_>, level: usize| write!(f, "\n{:width$}", "", width = 2 * level);
        match self {
            Json::Plain(text) => escaped(f, text),
            Json::List(items) if items.is_empty() => f.write_str("[]"),
            Json::Object(members) if members.is_empty() => f.write_str("{}"),
            Json::List(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    indent(f, level + 1)?;
                    item.pretty(f, level + 1)?;
                }
                indent(f, level)?;
                f.write_char(']')
            }
            Json::Object(members) => {
                f.write_char('{')?;
                for (index, (name, item)) in members.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    indent(f, level + 1)?;
                    escaped(f, &serde_json::Value::from(name.as_str()).to_string())?;
                    f.write_str(": ")?;
                    item.pretty(f, level + 1)?;
                }
                indent(f, level)?;
                f.write_char('}')
            }
        }
    }
}

/// Writes JSON text in which no character is a command to a terminal: those that JSON leaves alone are escapes of it here.
fn escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|character| match character {
        '\u{7f}'..='\u{9f}' => write!(f, "\\u{:04x}", u32::from(character)),
        character => f.write_char(character),
    })
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pretty(f, 0)
    }
}

/// The members of an object in the order in which they came.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        from.deserialize_map(Read)
    }
}

/// A value as a table: a row an item of a list, or of the only list that an object has; else a row a member.
pub(crate) fn table(value: &Json, items: Option<&str>) -> String {
    let found = items.and_then(|pointer| value.at(pointer)).filter(|found| matches!(found, Json::List(_)));
    let of_object = || match value {
        Json::Object(members) => {
            let mut lists = members.iter().map(|(_, member)| member).filter(|member| matches!(member, Json::List(_)));
            lists.next().filter(|_| lists.next().is_none())
        }
        Json::Plain(_) | Json::List(_) => None,
    };
    match (found.or_else(of_object).unwrap_or(value), value) {
        (Json::List(items), _) => of_items(items),
        (_, Json::Object(members)) => match members.as_slice() {
            // What stands alone in an envelope is shown without it.
            [(_, Json::Object(members))] => of_members(members),
            members => of_members(members),
        },
        (value, _) => format!("{}\n", value.cell()),
    }
}

fn of_items(items: &[Json]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for item in items {
        if let Json::Object(members) = item {
            for (name, _) in members {
                if !columns.contains(&name.as_str()) {
                    columns.push(name);
                }
            }
        }
    }
    if columns.is_empty() {
        return items.iter().map(|item| format!("{}\n", item.cell())).collect();
    }
    let head = columns.iter().map(|name| Plain(name).to_string().to_uppercase()).collect();
    let row = |item: &Json| match item {
        Json::Object(members) => {
            let cell = |name: &&str| members.iter().find(|(known, _)| known == name).map(|(_, value)| value.cell());
            columns.iter().map(|name| cell(name).unwrap_or_default()).collect()
        }
        Json::Plain(_) | Json::List(_) => vec![item.cell()],
    };
    aligned(&[head].into_iter().chain(items.iter().map(row)).collect::<Vec<Vec<String>>>())
}

fn of_members(members: &[(String, Json)]) -> String {
    aligned(&members.iter().map(|(name, value)| vec![Plain(name).to_string(), value.cell()]).collect::<Vec<_>>())
}

/// Rows with their columns below one another.
fn aligned(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect::<Vec<_>>();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
