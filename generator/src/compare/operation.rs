//! Operations: parameters, bodies, responses.

use super::change::Changes;
use super::comparison::{Comparison, Spot};
use super::rule::{ApiRule, ChangeRule, Noun, Side, ValueRule};
use super::{schema, security};
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
    let mut add = |rule: ApiRule, key: &str, text: String| {
        changes.add(rule, Some(old.pointer.child(key)), Some(new.pointer.child(key)), text);
    };
    match (old.deprecated, new.deprecated) {
        (false, true) => add(ApiRule::EndpointDeprecated, "deprecated", "it was deprecated".to_owned()),
        (true, false) => add(ApiRule::EndpointReactivated, "deprecated", "it is no longer deprecated".to_owned()),
        _ => {}
    }
    if old.id != new.id {
        let said = |id: &Option<String>| id.as_ref().map_or("none".to_owned(), |id| format!("`{id}`"));
        let text = format!("the operation id changed from {} to {}", said(&old.id), said(&new.id));
        let rule = if old.id.is_some() { ApiRule::ApiOperationIdRemoved } else { ApiRule::ApiOperationIdAdded };
        add(rule, "operationId", text);
    }
    let tag = |api: &Api, operation: &Operation| Some(api.groups.get(operation.group?)?.tag.clone());
    let (before, after) = (tag(old_api, old), tag(new_api, new));
    if before != after {
        if let Some(tag) = before {
            add(ApiRule::ApiTagRemoved, "tags", format!("its first tag is no longer `{tag}`"));
        }
        if let Some(tag) = after {
            add(ApiRule::ApiTagAdded, "tags", format!("its first tag is `{tag}`"));
        }
    }
}

fn parameters(old: &Operation, new: &Operation, to: &mut Comparison<'_>) {
    // Parameters of the path are identified by their positions, whatever their names.
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
                let rule = match one.value.docs.deprecated {
                    true => ApiRule::RequestParameterRemovedWithDeprecation,
                    false => ApiRule::RequestParameterRemoved,
                };
                to.changes.add(rule, Some(one.pointer.clone()), None, format!("{subject} was removed"));
            }
        }
    }
    for other in new.parameters.iter().filter(|other| !old.parameters.iter().any(|one| same(one, other))) {
        let (rule, what) = match other.required {
            true => (ApiRule::NewRequiredRequestParameter, "required"),
            false => (ApiRule::NewOptionalRequestParameter, "optional"),
        };
        let text = format!("the {what} {} was added", subject(other).trim_start_matches("the "));
        to.changes.add(rule, None, Some(other.pointer.clone()), text);
    }
}

fn subject(parameter: &Parameter) -> String {
    let place = format!("{:?}", parameter.location).to_lowercase();
    format!("the {place} parameter `{}`", parameter.name)
}

fn parameter(old: &Parameter, new: &Parameter, to: &mut Comparison<'_>) {
    let subject = subject(new);
    let mut add = |rule: ChangeRule, text: String| {
        to.changes.add_at(rule, rule.level(), Some(old.pointer.clone()), Some(new.pointer.clone()), text);
    };
    let value = |rule: ValueRule| ChangeRule::Value(Noun::RequestParameter, rule);
    match (old.required, new.required) {
        (false, true) => add(value(ValueRule::BecameRequired), format!("{subject} became required")),
        (true, false) => add(value(ValueRule::BecameOptional), format!("{subject} became optional")),
        _ => {}
    }
    if old.form != new.form {
        let text = format!("{subject} is written in another style");
        add(ChangeRule::Api(ApiRule::RequestParameterStyleChanged), text);
    }
    if !old.value.docs.deprecated && new.value.docs.deprecated {
        add(value(ValueRule::Deprecated), format!("{subject} was deprecated"));
    }
    let spot = Spot {
        noun: Noun::RequestParameter,
        subject,
        old: old.pointer.child("schema"),
        new: new.pointer.child("schema"),
    };
    schema::place(to, &spot, &old.value, &new.value);
}

fn body(old: &Operation, new: &Operation, to: &mut Comparison<'_>) {
    let (before, after) = (old.pointer.child("requestBody"), new.pointer.child("requestBody"));
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(body)) => {
            let (rule, what) = match body.required {
                true => (ApiRule::RequestBodyAddedRequired, "required"),
                false => (ApiRule::RequestBodyAddedOptional, "optional"),
            };
            to.changes.add(rule, None, Some(after), format!("{} {what} body was added", article(what)));
        }
        (Some(_), None) => {
            to.changes.add(ApiRule::RequestBodyRemoved, Some(before), None, "the request body was removed".to_owned());
        }
        (Some(one), Some(other)) => {
            let change = match (one.required, other.required) {
                (false, true) => Some((ValueRule::BecameRequired, "required")),
                (true, false) => Some((ValueRule::BecameOptional, "optional")),
                _ => None,
            };
            if let Some((rule, what)) = change {
                let rule = ChangeRule::Value(Noun::RequestBody, rule);
                let text = format!("the request body became {what}");
                to.changes.add_at(rule, rule.level(), Some(before), Some(after), text);
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
        Side::Request => (Noun::RequestBody, ApiRule::RequestBodyMediaTypeRemoved, ApiRule::RequestBodyMediaTypeAdded),
        Side::Response => (Noun::ResponseBody, ApiRule::ResponseMediaTypeRemoved, ApiRule::ResponseMediaTypeAdded),
    };
    for one in old {
        let Some(other) = new.iter().find(|other| other.content_type == one.content_type) else {
            let text = format!("{subject} can no longer be `{}`", one.content_type);
            to.changes.add(removed, Some(one.pointer.clone()), None, text);
            continue;
        };
        if let (Some(before), Some(after)) = (&one.schema, &other.schema) {
            let (old, new) = (one.pointer.child("schema"), other.pointer.child("schema"));
            schema::place(to, &Spot { noun, subject: subject.to_owned(), old, new }, before, after);
        }
    }
    for other in new.iter().filter(|other| !old.iter().any(|one| one.content_type == other.content_type)) {
        let text = format!("{subject} can be `{}`", other.content_type);
        to.changes.add(added, None, Some(other.pointer.clone()), text);
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
        let rule = match is_success(one.status) {
            true => ApiRule::ResponseSuccessStatusRemoved,
            false => ApiRule::ResponseNonSuccessStatusRemoved,
        };
        to.changes.add(rule, Some(place(old, one)), None, format!("the response {status} was removed"));
    }
    for other in new.responses.iter().filter(|other| !old.responses.iter().any(|one| one.status == other.status)) {
        let rule = match is_success(other.status) {
            true => ApiRule::ResponseSuccessStatusAdded,
            false => ApiRule::ResponseNonSuccessStatusAdded,
        };
        let text = format!("the response {} was added", status_text(other.status));
        to.changes.add(rule, None, Some(place(new, other)), text);
    }
}

fn headers(old: &Response, new: &Response, (before, after): &(Pointer, Pointer), to: &mut Comparison<'_>) {
    let at = |place: &Pointer, name: &str| place.child("headers").child(name);
    for one in &old.headers {
        let subject = format!("the response header `{}`", one.name);
        let Some(other) = new.headers.iter().find(|other| other.name.eq_ignore_ascii_case(&one.name)) else {
            let rule = match one.required {
                true => ApiRule::RequiredResponseHeaderRemoved,
                false => ApiRule::OptionalResponseHeaderRemoved,
            };
            to.changes.add(rule, Some(at(before, &one.name)), None, format!("{subject} was removed"));
            continue;
        };
        let (before, after) = (at(before, &one.name), at(after, &other.name));
        if one.required && !other.required {
            let text = format!("{subject} became optional");
            let places = (Some(before.clone()), Some(after.clone()));
            let rule = ChangeRule::Value(Noun::ResponseHeader, ValueRule::BecameOptional);
            to.changes.add_at(rule, rule.level(), places.0, places.1, text);
        }
        if let (Some(one), Some(other)) = (&one.value, &other.value) {
            let (old, new) = (before.child("schema"), after.child("schema"));
            schema::place(to, &Spot { noun: Noun::ResponseHeader, subject, old, new }, one, other);
        }
    }
    for other in
        new.headers.iter().filter(|other| !old.headers.iter().any(|one| one.name.eq_ignore_ascii_case(&other.name)))
    {
        let text = format!("the response header `{}` was added", other.name);
        to.changes.add(ApiRule::ResponseHeaderAdded, None, Some(at(after, &other.name)), text);
    }
}
