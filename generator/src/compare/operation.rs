//! Operations: parameters, bodies, responses.

use super::change::{Changes, Level};
use super::schema::{Comparison, Side, Spot};
use super::security;
use crate::ir::{Api, Media, Operation, Parameter, Response, Status};
use crate::place::Pointer;

pub(super) fn operation((old_api, old): (&Api, &Operation), (new_api, new): (&Api, &Operation), changes: &mut Changes) {
    facts((old_api, old), (new_api, new), changes);
    security::requirements(old, new, changes);
    let mut comparison = Comparison::new(old_api, new_api, changes);
    parameters(old, new, &mut comparison);
    body(old, new, &mut comparison);
    responses(old, new, &mut comparison);
}

fn facts((old_api, old): (&Api, &Operation), (new_api, new): (&Api, &Operation), changes: &mut Changes) {
    let mut add = |id: &str, key: &str, text: String| {
        changes.add(id, Level::Info, Some(old.pointer.child(key)), Some(new.pointer.child(key)), text);
    };
    match (old.deprecated, new.deprecated) {
        (false, true) => add("endpoint-deprecated", "deprecated", "it was deprecated".to_owned()),
        (true, false) => add("endpoint-reactivated", "deprecated", "it is no longer deprecated".to_owned()),
        _ => {}
    }
    if old.id != new.id {
        let said = |id: &Option<String>| id.as_ref().map_or("none".to_owned(), |id| format!("`{id}`"));
        let text = format!("the operation id changed from {} to {}", said(&old.id), said(&new.id));
        let id = if old.id.is_some() { "api-operation-id-removed" } else { "api-operation-id-added" };
        add(id, "operationId", text);
    }
    let tag = |api: &Api, operation: &Operation| Some(api.groups.get(operation.group?)?.tag.clone());
    let (before, after) = (tag(old_api, old), tag(new_api, new));
    if before != after {
        if let Some(tag) = before {
            add("api-tag-removed", "tags", format!("its first tag is no longer `{tag}`"));
        }
        if let Some(tag) = after {
            add("api-tag-added", "tags", format!("its first tag is `{tag}`"));
        }
    }
}

fn parameters(old: &Operation, new: &Operation, to: &mut Comparison<'_>) {
    // Parameters of the path are the same by where they stand, whatever they are called.
    let renamed: Vec<(&str, &str)> = old.path.parameters().zip(new.path.parameters()).collect();
    let same = |one: &Parameter, other: &Parameter| {
        one.location == other.location
            && (one.name == other.name || renamed.contains(&(one.name.as_str(), other.name.as_str())))
    };
    for one in &old.parameters {
        let subject = subject(one);
        match new.parameters.iter().find(|other| same(one, other)) {
            Some(other) => parameter(one, other, to),
            None => {
                let (id, level) = match one.value.docs.deprecated {
                    true => ("request-parameter-removed-with-deprecation", Level::Info),
                    false => ("request-parameter-removed", Level::Warning),
                };
                to.changes.add(id, level, Some(one.pointer.clone()), None, format!("{subject} was removed"));
            }
        }
    }
    for other in new.parameters.iter().filter(|other| !old.parameters.iter().any(|one| same(one, other))) {
        let (id, level, what) = match other.required {
            true => ("new-required-request-parameter", Level::Breaking, "required"),
            false => ("new-optional-request-parameter", Level::Info, "optional"),
        };
        let text = format!("the {what} {} was added", subject(other).trim_start_matches("the "));
        to.changes.add(id, level, None, Some(other.pointer.clone()), text);
    }
}

fn subject(parameter: &Parameter) -> String {
    let place = format!("{:?}", parameter.location).to_lowercase();
    format!("the {place} parameter `{}`", parameter.name)
}

fn parameter(old: &Parameter, new: &Parameter, to: &mut Comparison<'_>) {
    let subject = subject(new);
    let places = || (Some(old.pointer.clone()), Some(new.pointer.clone()));
    let mut add = |id: &str, level: Level, text: String| {
        let (before, after) = places();
        to.changes.add(id, level, before, after, text);
    };
    match (old.required, new.required) {
        (false, true) => {
            add("request-parameter-became-required", Level::Breaking, format!("{subject} became required"))
        }
        (true, false) => add("request-parameter-became-optional", Level::Info, format!("{subject} became optional")),
        _ => {}
    }
    if old.form != new.form {
        add("request-parameter-style-changed", Level::Breaking, format!("{subject} is written in another style"));
    }
    if !old.value.docs.deprecated && new.value.docs.deprecated {
        add("request-parameter-deprecated", Level::Info, format!("{subject} was deprecated"));
    }
    let spot = Spot {
        noun: "request-parameter",
        subject,
        side: Side::Request,
        old: old.pointer.child("schema"),
        new: new.pointer.child("schema"),
    };
    to.place(&spot, &old.value, &new.value);
}

fn body(old: &Operation, new: &Operation, to: &mut Comparison<'_>) {
    let (before, after) = (old.pointer.child("requestBody"), new.pointer.child("requestBody"));
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let (id, level, what) = match body.required {
                true => ("request-body-added-required", Level::Breaking, "required"),
                false => ("request-body-added-optional", Level::Info, "optional"),
            };
            to.changes.add(id, level, None, Some(after), format!("{} {what} body was added", article(what)));
        }
        (Some(_), None) => {
            to.changes.add(
                "request-body-removed",
                Level::Breaking,
                Some(before),
                None,
                "the request body was removed".to_owned(),
            );
        }
        (Some(one), Some(other)) => {
            let change = match (one.required, other.required) {
                (false, true) => Some(("request-body-became-required", Level::Breaking, "required")),
                (true, false) => Some(("request-body-became-optional", Level::Info, "optional")),
                _ => None,
            };
            if let Some((id, level, what)) = change {
                to.changes.add(id, level, Some(before), Some(after), format!("the request body became {what}"));
            }
            media(&one.content, &other.content, Side::Request, "the request body", to);
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn media(old: &[Media], new: &[Media], side: Side, subject: &str, to: &mut Comparison<'_>) {
    let (noun, removed, added) = match side {
        Side::Request => ("request-body", "request-body-media-type-removed", "request-body-media-type-added"),
        Side::Response => ("response-body", "response-media-type-removed", "response-media-type-added"),
    };
    for one in old {
        let Some(other) = new.iter().find(|other| other.content_type == one.content_type) else {
            let text = format!("{subject} can no longer be `{}`", one.content_type);
            to.changes.add(removed, Level::Breaking, Some(one.pointer.clone()), None, text);
            continue;
        };
        if let (Some(before), Some(after)) = (&one.schema, &other.schema) {
            let (old, new) = (one.pointer.child("schema"), other.pointer.child("schema"));
            to.place(&Spot { noun, subject: subject.to_owned(), side, old, new }, before, after);
        }
    }
    for other in new.iter().filter(|other| !old.iter().any(|one| one.content_type == other.content_type)) {
        let text = format!("{subject} can be `{}`", other.content_type);
        to.changes.add(added, Level::Info, None, Some(other.pointer.clone()), text);
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    }
}

fn place(operation: &Operation, response: &Response) -> Pointer {
    operation.pointer.child("responses").child(status_text(response.status))
}

fn responses(old: &Operation, new: &Operation, to: &mut Comparison<'_>) {
    for one in &old.responses {
        let status = status_text(one.status);
        if let Some(other) = new.responses.iter().find(|other| other.status == one.status) {
            let places = (place(old, one), place(new, other));
            headers(one, other, &places, to);
            media(&one.content, &other.content, Side::Response, &format!("the body of {status}"), to);
            continue;
        }
        let (id, level) = match is_success(one.status) {
            true => ("response-success-status-removed", Level::Breaking),
            false => ("response-non-success-status-removed", Level::Info),
        };
        to.changes.add(id, level, Some(place(old, one)), None, format!("the response {status} was removed"));
    }
    for other in new.responses.iter().filter(|other| !old.responses.iter().any(|one| one.status == other.status)) {
        let id = match is_success(other.status) {
            true => "response-success-status-added",
            false => "response-non-success-status-added",
        };
        let text = format!("the response {} was added", status_text(other.status));
        to.changes.add(id, Level::Info, None, Some(place(new, other)), text);
    }
}

fn headers(old: &Response, new: &Response, (before, after): &(Pointer, Pointer), to: &mut Comparison<'_>) {
    let at = |place: &Pointer, name: &str| place.child("headers").child(name);
    for one in &old.headers {
        let subject = format!("the response header `{}`", one.name);
        let Some(other) = new.headers.iter().find(|other| other.name.eq_ignore_ascii_case(&one.name)) else {
            let (id, level) = match one.required {
                true => ("required-response-header-removed", Level::Breaking),
                false => ("optional-response-header-removed", Level::Warning),
            };
            to.changes.add(id, level, Some(at(before, &one.name)), None, format!("{subject} was removed"));
            continue;
        };
        let (before, after) = (at(before, &one.name), at(after, &other.name));
        if one.required && !other.required {
            let text = format!("{subject} became optional");
            let places = (Some(before.clone()), Some(after.clone()));
            to.changes.add("response-header-became-optional", Level::Breaking, places.0, places.1, text);
        }
        if let (Some(one), Some(other)) = (&one.value, &other.value) {
            let (old, new) = (before.child("schema"), after.child("schema"));
            to.place(&Spot { noun: "response-header", subject, side: Side::Response, old, new }, one, other);
        }
    }
    for other in
        new.headers.iter().filter(|other| !old.headers.iter().any(|one| one.name.eq_ignore_ascii_case(&other.name)))
    {
        let text = format!("the response header `{}` was added", other.name);
        to.changes.add("response-header-added", Level::Info, None, Some(at(after, &other.name)), text);
    }
}
