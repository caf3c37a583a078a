//! The parts of an operation that a pagination names: whether it has them, and where a page has its items.

use super::declaration::Declaration;
use crate::ir::{Location, Media, Operation, Pagination, Parameter, Rest, Schemas, Shape, Status, Use, Way};
use crate::media_type;
use crate::place::Pointer;

/// An error and the member of the declaration that has it.
pub(super) type Misfit = (&'static str, String);

/// Returns the pagination, if the operation has all that it names. Where the document doesn't say, it is trusted.
pub(super) fn fit(schemas: &Schemas, operation: &Operation, declared: &Declaration) -> Result<Pagination, Misfit> {
    let answer =
        answer(operation).ok_or_else(|| ("", "no success of the operation is JSON with a schema".to_owned()))?;
    let (items, item) = items(schemas, answer, declared.items.as_deref())?;
    for (key, pointer) in [("more", &declared.more), ("total", &declared.total)] {
        if let Some(pointer) = pointer {
            find(schemas, answer, pointer).map_err(|reason| (key, reason))?;
        }
    }
    match &declared.way {
        Way::Cursor { parameter, next, of_last_item } => {
            check_parameter(schemas, operation, parameter)?;
            let (key, from) = if *of_last_item { ("next-of-last-item", item) } else { ("next", Some(answer)) };
            if let Some(from) = from {
                find(schemas, from, next).map_err(|reason| (key, reason))?;
            }
        }
        Way::Page { parameter, .. } | Way::Offset { parameter } => check_parameter(schemas, operation, parameter)?,
        Way::Link { next: Some(next) } => drop(find(schemas, answer, next).map_err(|reason| ("next", reason))?),
        Way::Link { next: None } => {}
    }
    Ok(Pagination {
        way: declared.way.clone(),
        items,
        item: item.cloned(),
        more: declared.more.clone(),
        total: declared.total.clone(),
    })
}

/// Returns the pagination that a rule for all operations gives this one: if the document describes both ends of it, as
/// values that can be what the rule says of them. `more` and `total` are left out where the response has none.
pub(super) fn take(schemas: &Schemas, operation: &Operation, rule: &Declaration) -> Option<Pagination> {
    let answer = answer(operation)?;
    let described = |from, pointer: &str| find(schemas, from, pointer).ok().flatten();
    let shape = |usage: &Use| &schemas.get(schemas.resolve(usage.schema)).shape;
    let has = |pointer: &Option<String>| pointer.clone().filter(|pointer| described(answer, pointer).is_some());
    let declared = Declaration { more: has(&rule.more), total: has(&rule.total), ..rule.clone() };
    let found = fit(schemas, operation, &declared).ok()?;
    let item = found.item.as_ref()?;
    let fits = match &rule.way {
        Way::Cursor { parameter, next, of_last_item } => {
            let from = if *of_last_item { item } else { answer };
            sends(schemas, operation, parameter, is_scalar)
                && described(from, next).is_some_and(|it| is_scalar(shape(it)))
        }
        Way::Page { parameter, .. } | Way::Offset { parameter } => sends(schemas, operation, parameter, is_count),
        Way::Link { next: Some(next) } => {
            is_read(operation) && described(answer, next).is_some_and(|it| is_scalar(shape(it)))
        }
        Way::Link { next: None } => is_read(operation) && has_link_header(operation),
    };
    fits.then_some(found)
}

/// Returns whether the operation only reads.
pub(super) fn is_read(operation: &Operation) -> bool {
    ["GET", "QUERY"].contains(&operation.method.as_str())
}

/// Returns whether the document describes the `Link` header of a successful response.
pub(super) fn has_link_header(operation: &Operation) -> bool {
    let success = operation.responses.iter().filter(|response| response.status.is_success());
    success.flat_map(|response| &response.headers).any(|header| header.name.eq_ignore_ascii_case("link"))
}

/// Returns the output of the operation: the JSON of its first successful response.
pub(super) fn answer(operation: &Operation) -> Option<&Use> {
    let success = operation.responses.iter().filter(|response| match response.status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(digit) => digit == 2,
        Status::Default => true,
    });
    let rank = |media: &&Media| {
        let content_type = media.content_type.as_str();
        let rank = match media_type::essence(content_type) {
            _ if media_type::is_sequence(content_type) => 3,
            "application/json" => 0,
            _ if media_type::is_range(content_type) => 2,
            _ => 1,
        };
        (rank, content_type.to_owned())
    };
    let is_json =
        |media: &&Media| media_type::is_json(&media.content_type) || media_type::is_range(&media.content_type);
    success
        .filter_map(|response| response.content.iter().filter(is_json).min_by_key(rank))
        .find_map(|media| media.schema.as_ref())
}

/// The query parameters of an operation.
pub(super) fn query(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.location == Location::Query)
}

/// Returns whether a value of this shape can be a cursor or a link.
pub(super) fn is_scalar(shape: &Shape) -> bool {
    matches!(shape, Shape::String { .. } | Shape::Enumeration(_)) || is_count(shape)
}

/// Returns whether a value of this shape can be a number.
pub(super) fn is_count(shape: &Shape) -> bool {
    matches!(shape, Shape::Integer { .. } | Shape::Number { .. } | Shape::Any(_) | Shape::Union(_))
}

/// Returns the items of a list.
pub(super) fn list<'a>(schemas: &'a Schemas, usage: &Use) -> Option<&'a Use> {
    match &schemas.get(schemas.resolve(usage.schema)).shape {
        Shape::Array { items, .. } => Some(&**items),
        _ => None,
    }
}

/// Returns whether the operation sends a parameter, or a place in its body, whose shape is as expected.
fn sends(schemas: &Schemas, operation: &Operation, parameter: &str, fits: fn(&Shape) -> bool) -> bool {
    let shape = |usage: &Use| fits(&schemas.get(schemas.resolve(usage.schema)).shape);
    if parameter.starts_with('/') {
        let body = json_body(operation).and_then(|media| media.schema.as_ref());
        return body.and_then(|body| find(schemas, body, parameter).ok().flatten()).is_some_and(shape);
    }
    is_read(operation) && query(operation).any(|known| known.name == parameter && shape(&known.value))
}

fn json_body(operation: &Operation) -> Option<&Media> {
    operation.body.iter().flat_map(|body| &body.content).find(|media| media_type::is_json(&media.content_type))
}

/// Returns the place of the items, and the type of an item if it is known.
fn items<'a>(
    schemas: &'a Schemas,
    answer: &'a Use,
    pointer: Option<&str>,
) -> Result<(String, Option<&'a Use>), Misfit> {
    if let Some(pointer) = pointer {
        return match find(schemas, answer, pointer).map_err(|reason| ("items", reason))? {
            None => Ok((pointer.to_owned(), None)),
            Some(usage) => match list(schemas, usage) {
                Some(item) => Ok((pointer.to_owned(), Some(item))),
                None => Err(("items", format!("`{pointer}` leads to no list"))),
            },
        };
    }
    if let Some(item) = list(schemas, answer) {
        return Ok((String::new(), Some(item)));
    }
    let lists: Vec<_> = match &schemas.get(schemas.resolve(answer.schema)).shape {
        Shape::Object(object) => {
            let lists =
                object.properties.iter().filter_map(|property| Some((property, list(schemas, &property.value)?)));
            lists.collect()
        }
        _ => Vec::new(),
    };
    match lists.as_slice() {
        [(property, item)] => Ok((Pointer::root().child(&property.name).to_string(), Some(*item))),
        [] => Err(("", "the answer has no list; `items` has to lead to one".to_owned())),
        _ => Err(("", "the answer has several lists; `items` has to say which one is meant".to_owned())),
    }
}

/// Follows a JSON pointer through schemas: to a value, to where the schemas say no more (`None`), or to where nothing is.
fn find<'a>(schemas: &'a Schemas, from: &'a Use, pointer: &str) -> Result<Option<&'a Use>, String> {
    let mut at = from;
    for segment in Pointer::parse(pointer).unwrap_or_default().tokens() {
        at = match &schemas.get(schemas.resolve(at.schema)).shape {
            Shape::Object(object) => match object.property(&segment) {
                Some(property) => &property.value,
                None => match &object.rest {
                    Rest::Typed(value) => value,
                    Rest::Any => return Ok(None),
                    Rest::Open if object.properties.is_empty() => return Ok(None),
                    Rest::Open | Rest::Closed => {
                        return Err(format!("`{pointer}` leads nowhere: there is no `{segment}`"));
                    }
                },
            },
            Shape::Any(_) | Shape::Union(_) => return Ok(None),
            _ => return Err(format!("`{pointer}` leads nowhere: there is nothing that could have `{segment}`")),
        };
    }
    Ok(Some(at))
}

fn check_parameter(schemas: &Schemas, operation: &Operation, parameter: &str) -> Result<(), Misfit> {
    let complain = |reason| ("parameter", reason);
    if parameter.starts_with('/') {
        let body = json_body(operation).ok_or_else(|| complain("the operation has no JSON body".to_owned()))?;
        return match &body.schema {
            Some(schema) => find(schemas, schema, parameter).map(drop).map_err(complain),
            None => Ok(()),
        };
    }
    if query(operation).any(|known| known.name == parameter) {
        return Ok(());
    }
    let known = query(operation).map(|known| format!("`{}`", known.name)).collect::<Vec<_>>().join(", ");
    Err(complain(match known.as_str() {
        "" => format!("the operation has no query parameter, and so no `{parameter}`"),
        known => format!("the operation has no query parameter `{parameter}`, but {known}"),
    }))
}
