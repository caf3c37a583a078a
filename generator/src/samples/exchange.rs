//! Exchanges: the expected requests of calls, and the expected values of responses.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::credentials::{Keys, Proof, secrets};
use super::parameter_encoding::{self, Written};
use super::{Direction, Fill, Inputs, Sampler, inputs, reply_cases};
use crate::ir::{
    Api, Content, Encoding, Exchange, Exchanges, MADE, Media, Operation, ParameterForm, Part, Piece, Reply, ReplyCase,
    Request, Shape, Status, Use,
};

/// Exchanges for each operation. If a required part permits no value, there are no requests.
#[must_use]
pub fn exchanges(api: &Api) -> Exchanges {
    let secrets = secrets(api);
    let keys = Keys::new(api, &secrets);
    let operations = api.operations.iter().map(|operation| exchange(api, &keys, operation)).collect();
    Exchanges { operations, secrets, alternatives: super::alternatives::alternatives(api) }
}

fn exchange(api: &Api, keys: &Keys<'_>, operation: &Operation) -> Exchange {
    let mut requests: Vec<Request> = Vec::new();
    let mut known: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for fill in [Fill::Everything, Fill::RequiredOnly, Fill::Nulls] {
        let Some(sample) = inputs(api, operation, fill) else { continue };
        // Every media type once; the variant with `null` is for JSON only.
        let bodies = match sample.bodies.as_slice() {
            [] => vec![None],
            bodies => bodies_with_places(operation, bodies).map(Some).collect(),
        };
        let made = bodies.into_iter().filter_map(|body| request(api, keys, operation, &sample, body));
        for found in made.filter(|found| fill != Fill::Nulls || matches!(found.content, Content::Json(_))) {
            // Those with bodies of other media types differ.
            let known = known.entry(found.body.as_ref().map(|(media, _)| *media)).or_default();
            if known.iter().all(|index: &usize| requests[*index] != found) {
                known.push(requests.len());
                requests.push(found);
            }
        }
    }
    let replies = if operation.method == "HEAD" { Vec::new() } else { self::replies(api, operation) };
    Exchange { requests, replies, undocumented: undocumented(operation) }
}

/// Bodies with their places among the operation's. Both have one order, so that no search begins anew.
fn bodies_with_places<'s>(
    operation: &'s Operation,
    bodies: &'s [(&'s Media, Value)],
) -> impl Iterator<Item = (usize, &'s Media, &'s Value)> {
    let mut places = operation.body.iter().flat_map(|body| body.content.iter().enumerate());
    bodies.iter().filter_map(move |(media, value)| {
        let (place, _) = places.find(|(_, known)| std::ptr::eq(*known, *media))?;
        Some((place, *media, value))
    })
}

fn request(
    api: &Api,
    keys: &Keys<'_>,
    operation: &Operation,
    sample: &Inputs<'_>,
    body: Option<(usize, &Media, &Value)>,
) -> Option<Request> {
    let (mut query, mut headers, mut cookies) = (Vec::new(), Vec::new(), Vec::new());
    let mut holes: Vec<(&str, String)> = Vec::new();
    let mut parameters = Vec::new();
    // In the order of the operation's, so that no search begins anew.
    let mut places = operation.parameters.iter().enumerate();
    for (parameter, value) in &sample.parameters {
        match parameter_encoding::parameter(parameter, value)? {
            Written::Path(text) => holes.push((&parameter.name, text)),
            Written::Query(pairs) => query.extend(pairs),
            Written::Header(text) => headers.push((parameter.name.to_lowercase(), text)),
            Written::Cookie(pairs) => cookies.extend(pairs),
        }
        let (index, _) = places.find(|(_, known)| std::ptr::eq(*known, *parameter))?;
        parameters.push((index, value.clone()));
    }
    let path = filled(&operation.path.parts(), &holes)?;
    let name = |pair: &str| pair.split('=').next().map(str::to_owned);
    let literal = filled(&operation.path.query, &holes)?;
    let given = query.clone();
    let is_new = |pair: &&str| !pair.is_empty() && given.iter().all(|known: &String| name(known) != name(pair));
    query.extend(literal.split('&').filter(is_new).map(str::to_owned));
    for proof in keys.proofs(operation) {
        match proof {
            Proof::Header(name, text) => headers.push((name, text)),
            Proof::Query(name, text) => {
                query.push(format!("{}={text}", parameter_encoding::escape(&name, false, false)))
            }
            Proof::Cookie(name, text) => cookies.push(format!("{name}={text}")),
        }
    }
    let mut headers = last_of_each(headers);
    if let Some(key) = operation.idempotency_key.as_ref().map(|name| name.to_lowercase())
        && headers.iter().all(|(known, _)| *known != key)
    {
        headers.push((key, MADE.to_owned()));
    }
    if !cookies.is_empty() {
        headers.push(("cookie".to_owned(), cookies.join("; ")));
    }
    let content = match body {
        Some((_, media, value)) => content(api, media, value)?,
        None => Content::Nothing,
    };
    let given = body.map(|(place, _, value)| (place, value.clone()));
    Some(Request { parameters, body: given, path, query, headers, content })
}

/// Headers without those that a later one of the same name replaces.
fn last_of_each(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut named: HashSet<String> = HashSet::new();
    let mut kept: Vec<_> = headers.into_iter().rev().filter(|(name, _)| named.insert(name.clone())).collect();
    kept.reverse();
    kept
}

/// Parts of a template with its holes filled; `None` where a hole has no value.
fn filled(parts: &[Part], holes: &[(&str, String)]) -> Option<String> {
    let text = |part: &Part| match part {
        Part::Literal(text) => Some(parameter_encoding::literal(text)),
        Part::Parameter(name) => holes.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()),
    };
    parts.iter().map(text).collect()
}

fn content(api: &Api, media: &Media, value: &Value) -> Option<Content> {
    let essence = media.content_type.split(';').next().unwrap_or_default().trim();
    let binary = media.schema.as_ref().is_some_and(|usage| is_binary(api, usage));
    Some(match essence {
        _ if binary && !essence.ends_with("json") => Content::Text(parameter_encoding::scalar(value)),
        "application/x-www-form-urlencoded" => {
            let styles: Vec<(&str, ParameterForm)> = media
                .encoding
                .iter()
                .filter_map(|encoding| Some((encoding.name.as_str(), field_form(api, media, encoding)?)))
                .collect();
            let styles: Vec<(&str, &ParameterForm)> = styles.iter().map(|(name, form)| (*name, form)).collect();
            Content::Form(parameter_encoding::form(&styles, value)?)
        }
        "application/json" | "text/json" | "*/*" => Content::Json(value.clone()),
        _ if essence.ends_with("+json") => Content::Json(value.clone()),
        _ if essence.starts_with("multipart/") => Content::Parts(pieces(api, media, value)?),
        _ => Content::Text(parameter_encoding::scalar(value)),
    })
}

/// Returns the declared form of a form field: a style, or JSON. A string that is JSON is unchanged.
fn field_form(api: &Api, media: &Media, encoding: &Encoding) -> Option<ParameterForm> {
    let shape = |usage: &Use| &api.schemas.get(api.schemas.resolve(usage.schema)).shape;
    let json =
        encoding.content_type.as_ref().filter(|stated| stated.split(',').next().unwrap_or_default().contains("json"));
    let is_text = match media.schema.as_ref().map(shape) {
        Some(Shape::Object(object)) => {
            let property = object.property(&encoding.name);
            property.is_some_and(|property| matches!(shape(&property.value), Shape::String { .. }))
        }
        _ => false,
    };
    encoding.form.clone().or_else(|| json.filter(|_| !is_text).map(|json| ParameterForm::Content(json.clone())))
}

fn is_binary(api: &Api, usage: &Use) -> bool {
    matches!(&api.schemas.get(api.schemas.resolve(usage.schema)).shape, Shape::String { format: Some(format) } if format == "binary")
}

/// Returns whether an alternative of a union is a file, or a list of files.
fn is_union_of_files(api: &Api, usage: &Use) -> bool {
    let shape = |usage: &Use| &api.schemas.get(api.schemas.resolve(usage.schema)).shape;
    let Shape::Union(union) = shape(usage) else { return false };
    union.members.iter().any(|member| match shape(&member.value) {
        Shape::Array { items, .. } => is_binary(api, items),
        _ => is_binary(api, &member.value),
    })
}

/// The parts of a body (OAS 3.0.4 §4.7.15.1): files by their format, lists as several parts, objects as JSON.
fn pieces(api: &Api, media: &Media, value: &Value) -> Option<Vec<Piece>> {
    let id = api.schemas.resolve(media.schema.as_ref()?.schema);
    let Shape::Object(object) = &api.schemas.get(id).shape else { return None };
    let mut found = Vec::new();
    for (name, member) in value.as_object()?.iter().filter(|(_, member)| !member.is_null()) {
        let property = object.property(name)?;
        let encoding = media.encoding_of(name);
        let stated = encoding.and_then(|found| found.content_type.as_deref());
        let inner = match &api.schemas.get(api.schemas.resolve(property.value.schema)).shape {
            Shape::Array { items, .. } => &**items,
            _ => &property.value,
        };
        let opaque = matches!(
            &api.schemas.get(api.schemas.resolve(inner.schema)).shape,
            Shape::String { format: None } | Shape::Any(_)
        ) || matches!(
            &api.schemas.get(api.schemas.resolve(inner.schema)).shape,
            Shape::String { format: Some(format) } if format == "byte"
        );
        let opaque = opaque && !encoding.is_some_and(Encoding::is_encoded);
        let is_json = stated.is_some_and(|stated| stated.contains("json"));
        // A text with the media type JSON is JSON already.
        let is_text =
            matches!(&api.schemas.get(api.schemas.resolve(property.value.schema)).shape, Shape::String { .. });
        let is_file = is_binary(api, inner)
            || is_union_of_files(api, inner)
            || opaque && stated.is_some_and(|stated| !stated.contains("json") && !stated.starts_with("text/"));
        let items = match member {
            Value::Array(items) if !is_json || is_file => items.clone(),
            other => vec![other.clone()],
        };
        for item in items {
            let json = is_json || item.is_object() || item.is_array();
            let mut listed = stated.iter().flat_map(|stated| stated.split(',')).map(str::trim);
            let one = stated.map(str::trim).filter(|stated| !stated.contains([',', '*']) && stated.contains('/'));
            let content_type = match (is_file, json) {
                (true, _) => Some(one.unwrap_or("application/octet-stream").to_owned()),
                (false, true) if is_json => listed.find(|stated| stated.contains("json")).map(str::to_owned),
                (false, _) if stated.is_some() => listed.find(|stated| !stated.contains('*')).map(str::to_owned),
                (false, true) => Some("application/json".to_owned()),
                (false, false) => None,
            };
            let text =
                if is_json && !is_file && !is_text { item.to_string() } else { parameter_encoding::scalar(&item) };
            found.push(Piece { name: name.clone(), is_file, content_type, text });
        }
    }
    Some(found)
}

fn replies(api: &Api, operation: &Operation) -> Vec<Reply> {
    let mut found = Vec::new();
    for (response, described) in operation.responses.iter().enumerate() {
        // Statuses below 200 are handled by the connection.
        let Some(status) = status(operation, described.status).filter(|status| *status >= 200) else { continue };
        let bodiless = matches!(status, 204 | 205 | 304);
        if described.content.is_empty() || bodiless {
            let cases = vec![ReplyCase { about: "no body", body: Value::Null, reads: Some(Value::Null) }];
            found.push(Reply { response, media: None, status, cases, items: Vec::new() });
            continue;
        }
        for (index, media) in described.content.iter().enumerate() {
            let cases = reply_cases::cases(api, media, status < 400);
            found.push(Reply { response, media: Some(index), status, cases, items: items(api, media) });
        }
    }
    found
}

/// Returns the items of a sequence.
fn items(api: &Api, media: &Media) -> Vec<Value> {
    let usage = media.item.as_ref().or_else(|| {
        let schema = media.schema.as_ref()?;
        match &api.schemas.get(api.schemas.resolve(schema.schema)).shape {
            Shape::Array { items, .. } => Some(&**items),
            _ => Some(schema),
        }
    });
    let sample = |fill| Sampler::new(&api.schemas, Direction::Received, fill).value(usage?, "item");
    [Fill::Everything, Fill::RequiredOnly].into_iter().filter_map(sample).collect()
}

/// A status that only this response describes.
fn status(operation: &Operation, described: Status) -> Option<u16> {
    let named = |status: u16| operation.responses.iter().any(|other| other.status == Status::Code(status));
    match described {
        Status::Code(code) => Some(code),
        Status::Range(digit) => {
            let first = u16::from(digit) * 100;
            (first..first + 100).find(|code| !named(*code) && !matches!(code, 204 | 205 | 304))
        }
        Status::Default => {
            let ranged = |status: u16| {
                operation
                    .responses
                    .iter()
                    .any(|other| matches!(other.status, Status::Range(digit) if u16::from(digit) == status / 100))
            };
            let success = operation.responses.iter().any(|other| other.status.is_success());
            let candidates = if success { [500, 400, 418] } else { [200, 201, 202] };
            candidates.into_iter().find(|code| !named(*code) && !ranged(*code))
        }
    }
}

/// An undocumented status.
fn undocumented(operation: &Operation) -> Option<u16> {
    let speaks = |status: u16| {
        operation.responses.iter().any(|other| match other.status {
            Status::Code(code) => code == status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => true,
        })
    };
    [418, 599, 307].into_iter().find(|status| !speaks(*status))
}
