//! Declarations of pagination, as `x-clientwright-pagination` writes them.

use serde_json::{Map, Value};

use crate::ir::Way;
use crate::place::Pointer;

/// A pagination as it is declared, for an operation or for all that have its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    /// The way from one page to the next.
    pub(super) way: Way,
    /// The items of a page: a JSON pointer into the response. `None` for the response itself, or its only list.
    pub(super) items: Option<String>,
    /// A JSON pointer to a boolean that is true if another page exists.
    pub(super) more: Option<String>,
    /// A JSON pointer to the total number of pages or items.
    pub(super) total: Option<String>,
}

impl Declaration {
    /// A declaration of nothing but the way.
    pub(super) fn of(way: Way) -> Self {
        Declaration { way, items: None, more: None, total: None }
    }
}

/// The keys of each style, besides `style`, `items` and `more`.
const KEYS: &[(&str, &[&str])] = &[
    ("cursor", &["parameter", "next", "next-of-last-item"]),
    ("page", &["parameter", "first", "total"]),
    ("offset", &["parameter", "total"]),
    ("link", &["next"]),
];

/// An error and the member that has it.
pub(super) type Complaint<'a> = (Option<&'a str>, String);

/// Reads a declaration.
pub(super) fn read(source: &Value) -> Result<Declaration, Complaint<'_>> {
    let styles = || KEYS.iter().map(|(style, _)| format!("`{style}`")).collect::<Vec<_>>().join(", ");
    let Some(members) = source.as_object() else {
        return Err((None, "it is an object, or `false` for none".to_owned()));
    };
    let style = text(members, "style")?.ok_or_else(|| (None, format!("it has no `style`, one of {}", styles())))?;
    let Some((_, known)) = KEYS.iter().find(|(name, _)| *name == style) else {
        return Err((Some("style"), format!("the styles are {}", styles())));
    };
    let unknown = |key: &&String| !["style", "items", "more"].contains(&key.as_str()) && !known.contains(&key.as_str());
    if let Some(key) = members.keys().find(unknown) {
        return Err((Some(key), format!("`{style}` has no `{key}`, but {}", known.join(", "))));
    }
    Ok(Declaration {
        way: way(members, style)?,
        items: pointer(members, "items")?,
        more: pointer(members, "more")?,
        total: pointer(members, "total")?,
    })
}

fn way<'a>(members: &'a Map<String, Value>, style: &str) -> Result<Way, Complaint<'a>> {
    let parameter = || {
        let stated = text(members, "parameter")?.map(str::to_owned);
        stated.ok_or_else(|| (None, format!("`{style}` needs `parameter`, by which the next page is asked for")))
    };
    Ok(match style {
        "cursor" => {
            let (next, last) = (pointer(members, "next")?, pointer(members, "next-of-last-item")?);
            let of_last_item = last.is_some();
            match (next, last) {
                (Some(next), None) | (None, Some(next)) => Way::Cursor { parameter: parameter()?, next, of_last_item },
                _ => return Err((None, "`cursor` needs either `next` or `next-of-last-item`".to_owned())),
            }
        }
        "page" => {
            let first = match members.get("first") {
                None => 1,
                Some(first) => first.as_u64().ok_or_else(|| (Some("first"), "it is a whole number".to_owned()))?,
            };
            Way::Page { parameter: parameter()?, first }
        }
        "offset" => Way::Offset { parameter: parameter()? },
        _ => Way::Link { next: pointer(members, "next")? },
    })
}

fn text<'a>(members: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, Complaint<'a>> {
    match members.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err((Some(key), "it is a text".to_owned())),
    }
}

fn pointer<'a>(members: &'a Map<String, Value>, key: &'static str) -> Result<Option<String>, Complaint<'a>> {
    match members.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if Pointer::parse(text).is_some() => Ok(Some(text.clone())),
        Some(_) => Err((Some(key), "it is a JSON pointer (RFC 6901), such as `/meta/next`".to_owned())),
    }
}
