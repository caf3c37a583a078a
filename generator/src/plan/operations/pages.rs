//! Answers that come in pages: where a page has its items, and whether what is declared fits the operation.

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Location, Media, Operation, Pagination, Rest, Schemas, Shape, Status, Use, Way};
use crate::place::Pointer;
use crate::plan::media_type;
use crate::plan::operations::media;
use crate::plan::types::mapping::Types;
use crate::rust::{Pages, Type};

/// Plans how the answers of an operation are paged through, if they come in pages.
pub(crate) fn pages(types: Types<'_>, source: &Operation, diagnostics: &mut Diagnostics) -> Option<Pages> {
    let declared = source.pagination.as_ref()?;
    match check(types, source, declared) {
        Ok(pages) => Some(pages),
        Err((key, reason)) => {
            if declared.declared {
                let place = if key.is_empty() { declared.pointer.clone() } else { declared.pointer.child(key) };
                diagnostics.push(Rule::PaginationUnclear.at(place).message(reason));
            }
            None
        }
    }
}

/// An error and the member of the declaration that has it.
type Complaint = (&'static str, String);

fn check(types: Types<'_>, source: &Operation, declared: &Pagination) -> Result<Pages, Complaint> {
    let schemas = &types.api.schemas;
    let answer =
        answer(types, source).ok_or_else(|| ("", "no success of the operation is JSON with a schema".to_owned()))?;
    let (items, item) = items(schemas, answer, declared.items.as_deref())?;
    for (key, pointer) in [("more", &declared.more), ("total", &declared.total)] {
        if let Some(pointer) = pointer {
            find(schemas, answer, pointer).map_err(|reason| (key, reason))?;
        }
    }
    match &declared.way {
        Way::Cursor { parameter, next, of_last_item } => {
            check_parameter(schemas, source, parameter)?;
            let (key, from) = if *of_last_item { ("next-of-last-item", item) } else { ("next", Some(answer)) };
            if let Some(from) = from {
                find(schemas, from, next).map_err(|reason| (key, reason))?;
            }
        }
        Way::Page { parameter, .. } | Way::Offset { parameter } => check_parameter(schemas, source, parameter)?,
        Way::Link { next: Some(next) } => drop(find(schemas, answer, next).map_err(|reason| ("next", reason))?),
        Way::Link { next: None } => {}
    }
    Ok(Pages {
        way: declared.way.clone(),
        items,
        more: declared.more.clone(),
        total: declared.total.clone(),
        item: item.map_or(Type::Value, |item| types.nullable(item)),
    })
}

/// Returns the output of the operation: the JSON of its first successful response, selected by [`media::rank`] among
/// several.
fn answer<'a>(types: Types<'_>, source: &'a Operation) -> Option<&'a Use> {
    let success = source.responses.iter().filter(|response| match response.status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(digit) => digit == 2,
        Status::Default => true,
    });
    let is_json =
        |media: &&Media| media_type::is_json(&media.content_type) || media_type::is_range(&media.content_type);
    let json = |content: &'a [Media]| content.iter().filter(is_json).min_by_key(|media| media::rank(types, media));
    success.filter_map(|response| json(&response.content)).find_map(|media| media.schema.as_ref())
}

/// Returns the place of the items, and the type of an item if it is known.
fn items<'a>(
    schemas: &'a Schemas,
    answer: &'a Use,
    pointer: Option<&str>,
) -> Result<(String, Option<&'a Use>), Complaint> {
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

fn list<'a>(schemas: &'a Schemas, usage: &Use) -> Option<&'a Use> {
    match &schemas.get(schemas.resolve(usage.schema)).shape {
        Shape::Array { items, .. } => Some(&**items),
        _ => None,
    }
}

/// Follows a JSON pointer through schemas: to a value, to where the schemas say no more (`None`), or to where nothing is.
fn find<'a>(schemas: &'a Schemas, from: &'a Use, pointer: &str) -> Result<Option<&'a Use>, String> {
    let mut at = from;
    for segment in Pointer::parse(pointer).unwrap_or_default().tokens() {
        at = match &schemas.get(schemas.resolve(at.schema)).shape {
            Shape::Object(object) => match object.properties.iter().find(|property| property.name == segment) {
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

fn check_parameter(schemas: &Schemas, source: &Operation, parameter: &str) -> Result<(), Complaint> {
    let complain = |reason| ("parameter", reason);
    if parameter.starts_with('/') {
        let body =
            source.body.iter().flat_map(|body| &body.content).find(|media| media_type::is_json(&media.content_type));
        let body = body.ok_or_else(|| complain("the operation has no JSON body".to_owned()))?;
        return match &body.schema {
            Some(schema) => find(schemas, schema, parameter).map(drop).map_err(complain),
            None => Ok(()),
        };
    }
    let query = || source.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    if query().any(|known| known.name == parameter) {
        return Ok(());
    }
    let known = query().map(|known| format!("`{}`", known.name)).collect::<Vec<_>>().join(", ");
    Err(complain(match known.as_str() {
        "" => format!("the operation has no query parameter, and so no `{parameter}`"),
        known => format!("the operation has no query parameter `{parameter}`, but {known}"),
    }))
}
