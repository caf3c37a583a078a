//! Pagination: as `x-clientwright-pagination` declares it, or as a documented `Link` header gives it away.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Pagination, Response, Way};
use crate::place::{Pointer, Trail};

/// The extension by which a document, or its overlay, declares pagination.
const KEY: &str = "x-clientwright-pagination";

/// The keys of each style, besides `style`, `items` and `more`.
const KEYS: &[(&str, &[&str])] = &[
    ("cursor", &["parameter", "next", "next-of-last-item"]),
    ("page", &["parameter", "first", "total"]),
    ("offset", &["parameter", "total"]),
    ("link", &["next"]),
];

/// The pagination of an operation.
pub(super) fn pagination(
    diagnostics: &mut Diagnostics,
    extensions: &IndexMap<String, Value>,
    responses: &[Response],
    trail: &Trail<'_>,
) -> Option<Pagination> {
    let Some(source) = extensions.get(KEY) else { return documented(responses, trail) };
    let at = trail.key(KEY);
    match declared(source, &at) {
        Ok(found) => found,
        Err((key, reason)) => {
            let place = key.map_or_else(|| at.pointer(), |key| at.key(key).pointer());
            diagnostics.push(Rule::PaginationUnclear.at(place).message(reason));
            None
        }
    }
}

/// RFC 8288: a `Link` header of success that is said to have the relation `next` can't mean anything else.
fn documented(responses: &[Response], trail: &Trail<'_>) -> Option<Pagination> {
    let success = |response: &&Response| response.status.is_success();
    let mut headers = responses.iter().filter(success).flat_map(|response| &response.headers);
    let says_next = |text: &str| text.contains("rel=\"next\"") || text.contains("rel=next");
    headers
        .any(|header| {
            let examples = header.docs.examples.iter().filter_map(Value::as_str);
            header.name.eq_ignore_ascii_case("link")
                && header.docs.description.as_deref().into_iter().chain(examples).any(says_next)
        })
        .then(|| Pagination {
            pointer: trail.pointer(),
            declared: false,
            way: Way::Link { next: None },
            items: None,
            more: None,
            total: None,
        })
}

/// An error and the member that has it.
type Complaint<'a> = (Option<&'a str>, String);

fn declared<'a>(source: &'a Value, at: &Trail<'_>) -> Result<Option<Pagination>, Complaint<'a>> {
    // An overlay can take back what was concluded.
    if *source == Value::Bool(false) {
        return Ok(None);
    }
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
    Ok(Some(Pagination {
        pointer: at.pointer(),
        declared: true,
        way: way(members, style)?,
        items: pointer(members, "items")?,
        more: pointer(members, "more")?,
        total: pointer(members, "total")?,
    }))
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
