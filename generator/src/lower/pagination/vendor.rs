//! The extensions of other tools that describe pagination.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::declaration::Declaration;
use crate::ir::Way;
use crate::place::Pointer;

/// The extensions, in the order in which they are looked for, each with its reader.
const READERS: &[(&str, Reader)] =
    &[("x-ms-pageable", azure), ("x-speakeasy-pagination", speakeasy), ("x-fern-pagination", fern)];

type Reader = fn(&Map<String, Value>, &Known<'_>) -> Result<Option<Declaration>, String>;

/// Facts about the operation and the others.
pub(super) struct Known<'a> {
    /// True if the operation only reads.
    pub(super) is_read: bool,
    /// Returns the path of the operation with this `operationId`.
    pub(super) path: &'a dyn Fn(&str) -> Option<String>,
}

/// Returns the pagination that an extension describes: `None` if it says that there is one page.
///
/// # Errors
/// The reason why the client cannot follow it.
pub(super) fn read(key: &str, value: &Value, known: &Known<'_>) -> Result<Option<Declaration>, String> {
    match (value, READERS.iter().find(|(name, _)| *name == key)) {
        (Value::Object(members), Some((_, reader))) => reader(members, known),
        (Value::Bool(false) | Value::Null, _) | (_, None) => Ok(None),
        // Fern's `true` stands for a rule of the document.
        (Value::Bool(true), _) => Err("the rule that it stands for is elsewhere".to_owned()),
        (_, Some(_)) => Err("it is not an object".to_owned()),
    }
}

/// Returns the first known extension.
pub(super) fn of(extensions: &IndexMap<String, Value>) -> Option<(&'static str, Value)> {
    READERS.iter().find_map(|(key, _)| Some((*key, extensions.get(*key)?.clone())))
}

/// AutoRest's `x-ms-pageable`: the member that has the URL of the next page, and the one that has the items.
fn azure(members: &Map<String, Value>, known: &Known<'_>) -> Result<Option<Declaration>, String> {
    let next = match members.get("nextLinkName") {
        // There is one page, whose items are meant.
        None | Some(Value::Null) => return Ok(None),
        Some(name) => path_of(name.as_str().ok_or("`nextLinkName` is not a text")?),
    };
    if !known.is_read {
        return Err("the next page is fetched with `GET`, unlike the first".to_owned());
    }
    if let Some(operation) = members.get("operationName").and_then(Value::as_str) {
        // The operation that takes the whole URL as its path does what following the link does.
        let path = (known.path)(operation).ok_or_else(|| format!("there is no operation `{operation}`"))?;
        let takes_the_url =
            path.strip_prefix("/{").and_then(|path| path.strip_suffix('}')).is_some_and(|name| !name.contains('/'));
        if !takes_the_url {
            return Err(format!(
                "the next page comes from `{operation}` at `{path}`, which takes only a part of a URL"
            ));
        }
    }
    let items = members.get("itemName").and_then(Value::as_str).unwrap_or("value");
    Ok(Some(Declaration { items: Some(path_of(items)), ..Declaration::of(Way::Link { next: Some(next) }) }))
}

/// The pointer of a name, in which dots lead into objects as AutoRest has it, unless they are escaped (`@odata\.nextLink`).
fn path_of(name: &str) -> String {
    let marked = name.replace("\\.", "\0");
    let split = if marked.starts_with('@') { vec![marked.as_str()] } else { marked.split('.').collect() };
    let parts = split.into_iter().map(|part| part.replace('\0', "."));
    parts.fold(Pointer::root(), |pointer, part| pointer.child(part)).to_string()
}

/// Speakeasy's `x-speakeasy-pagination`: inputs by what they are, outputs as JSONPath.
fn speakeasy(members: &Map<String, Value>, _: &Known<'_>) -> Result<Option<Declaration>, String> {
    let inputs = members.get("inputs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let input = |kind: &str| {
        let found = inputs.iter().find(|input| input.get("type").and_then(Value::as_str) == Some(kind))?;
        let name = found.get("name")?.as_str()?;
        let is_body = found.get("in").and_then(Value::as_str) == Some("requestBody");
        Some(if is_body { path_of(name) } else { name.to_owned() })
    };
    let output = |key: &str| members.get("outputs").and_then(|outputs| outputs.get(key)).and_then(Value::as_str);
    let place = |key: &str| output(key).map(|path| place(path, "$")).transpose();
    let total = match place("numPages")? {
        Some(Place::Response(pointer)) => Some(pointer),
        _ => None,
    };
    let items = match place("results")? {
        Some(Place::Response(pointer)) => Some(pointer),
        _ => None,
    };
    let way = match members.get("type").and_then(Value::as_str) {
        Some("offsetLimit") => match (input("page"), input("offset")) {
            (Some(parameter), _) => Way::Page { parameter, first: 1 },
            (None, Some(parameter)) => Way::Offset { parameter },
            (None, None) => return Err("it has no input of the type `page` or `offset`".to_owned()),
        },
        Some("cursor") => {
            let parameter = input("cursor").ok_or("it has no input of the type `cursor`")?;
            cursor(parameter, place("nextCursor")?.ok_or("it has no output `nextCursor`")?, items.as_deref())?
        }
        Some("url") => match place("nextUrl")? {
            Some(Place::Response(next)) => Way::Link { next: Some(next) },
            _ => return Err("it has no output `nextUrl`".to_owned()),
        },
        _ => return Err("its `type` is none of `offsetLimit`, `cursor` and `url`".to_owned()),
    };
    // The number of pages says nothing of items.
    let total = total.filter(|_| matches!(way, Way::Page { .. }));
    Ok(Some(Declaration { items, total, ..Declaration::of(way) }))
}

/// Fern's `x-fern-pagination`: places in the request and in the response.
fn fern(members: &Map<String, Value>, _: &Known<'_>) -> Result<Option<Declaration>, String> {
    let text = |key: &str| members.get(key).and_then(Value::as_str);
    let response = |key: &str| match text(key).map(|path| place(path, "$response")).transpose()? {
        Some(Place::Response(pointer)) => Ok(Some(pointer)),
        Some(Place::OfLastItem { .. }) => Err(format!("`{key}` is in an item")),
        None => Ok(None),
    };
    let request = |key: &str| {
        let path = text(key)?;
        path.strip_prefix("$request.").map(str::to_owned)
    };
    let items = response("results")?;
    let way = match (request("cursor"), request("offset"), response("next_uri")?) {
        (Some(parameter), _, _) => {
            let next = response("next_cursor")?.ok_or("it has no `next_cursor`")?;
            Way::Cursor { parameter, next, of_last_item: false }
        }
        // A step is the number of items by which the offset grows; without one, it grows by one page.
        (None, Some(parameter), _) if text("step").is_some() => Way::Offset { parameter },
        (None, Some(parameter), _) => Way::Page { parameter, first: 1 },
        (None, None, Some(next)) => Way::Link { next: Some(next) },
        (None, None, None) => return Err("it has none of `cursor`, `offset` and `next_uri`".to_owned()),
    };
    Ok(Some(Declaration { items, more: response("has-next-page")?, ..Declaration::of(way) }))
}

/// The cursor at a place.
fn cursor(parameter: String, next: Place, items: Option<&str>) -> Result<Way, String> {
    match next {
        Place::Response(next) => Ok(Way::Cursor { parameter, next, of_last_item: false }),
        Place::OfLastItem { list, member } if items.is_none_or(|items| items == list) => {
            Ok(Way::Cursor { parameter, next: member, of_last_item: true })
        }
        Place::OfLastItem { .. } => Err("the cursor is in the last item of another list".to_owned()),
    }
}

/// A place in a response.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Response(String),
    OfLastItem { list: String, member: String },
}

/// Reads a path of members (`$.a.b`), with at most one last item (`$.data[-1].id`, `$.data[(@.length-1)].id`).
fn place(path: &str, root: &str) -> Result<Place, String> {
    const LAST: &[&str] = &["[-1:]", "[-1]", "[(@.length-1)]"];
    let unread = || format!("`{path}` is more than names of members");
    let rest = path.strip_prefix(root).ok_or_else(unread)?;
    let members = |path: &str| {
        let plain = |name: &&str| !name.is_empty() && !name.contains(['[', ']', '*', '@', '(', '$', '?']);
        let mut names = path.split('.');
        let begins = names.next().is_some_and(str::is_empty);
        let names: Vec<&str> = names.collect();
        let is_plain = begins && names.iter().all(plain);
        is_plain.then(|| names.iter().fold(Pointer::root(), |pointer, name| pointer.child(name)).to_string())
    };
    match LAST.iter().find_map(|last| rest.split_once(last)) {
        Some((list, member)) => Ok(Place::OfLastItem {
            list: members(list).ok_or_else(unread)?,
            member: members(member).ok_or_else(unread)?,
        }),
        None => Ok(Place::Response(members(rest).ok_or_else(unread)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, path_of, place};

    #[test]
    fn paths_of_members_are_pointers() {
        assert_eq!(place("$.data.items", "$"), Ok(Place::Response("/data/items".to_owned())));
        assert_eq!(place("$", "$"), Ok(Place::Response(String::new())));
        let last = |list: &str, member: &str| Place::OfLastItem { list: list.to_owned(), member: member.to_owned() };
        assert_eq!(place("$.data[-1].id", "$"), Ok(last("/data", "/id")));
        assert_eq!(place("$[(@.length-1)].id", "$"), Ok(last("", "/id")));
        for path in ["$..id", "$.a[*].b", "data", "$.a[0]", "$.a[-1][-1].c"] {
            assert!(place(path, "$").is_err(), "{path}");
        }
    }

    #[test]
    fn names_of_members_may_have_dots() {
        assert_eq!(path_of("nextLink"), "/nextLink");
        assert_eq!(path_of("properties.nextLink"), "/properties/nextLink");
        assert_eq!(path_of("@odata.nextLink"), "/@odata.nextLink");
        assert_eq!(path_of("odata\\.nextLink"), "/odata.nextLink");
    }
}
