//! Responses: status codes, headers, and the encodings of media types.

use serde_json::{Map, Value};

use super::header_names::{is_media_type, is_token};
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Kind;
use crate::normalize::walk::{FieldAction, Walk};
use crate::place::Trail;

/// Checks that the keys are status codes, ranges or `default`.
pub(super) fn statuses(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let mut actions = Vec::new();
    for key in members.keys() {
        if key == "default" || key.starts_with("x-") || is_status(key) {
            continue;
        }
        let here = trail.key(key);
        match loose(key) {
            Some(meant)
                if !members.contains_key(&meant)
                    && members.keys().filter(|other| loose(other).as_ref() == Some(&meant)).count() == 1 =>
            {
                let found = Rule::LooseStatus.at(here).message(format_args!("`{key}` is taken as {meant}"));
                walk.diagnostics.push(found.help(format!("no change is needed; an overlay can write {meant}")));
                actions.push((key.clone(), FieldAction::Rename(meant)));
            }
            _ => {
                let message = format_args!("`{key}` is no status code, range or default; the response is left out");
                walk.report(Rule::BadStatus, &here, message);
                actions.push((key.clone(), FieldAction::Drop));
            }
        }
    }
    walk.apply_actions(members, actions, trail);
}

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (&bytes[1..] == b"XX" || bytes[1..].iter().all(u8::is_ascii_digit))
}

/// `5xx` is a range; `Default` is the default; `200 OK` is a status with its reason.
fn loose(key: &str) -> Option<String> {
    let upper = key.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    if upper == "DEFAULT" {
        return Some("default".to_owned());
    }
    is_status(&upper).then_some(upper)
}

/// The media types, headers and links of a response.
pub(super) fn after(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    media_types(walk, members, trail);
    headers(walk, members, trail);
    if let Some(Value::Object(links)) = members.get("links") {
        let here = trail.key("links");
        for name in links.keys() {
            // Without the name, so that all links of a document are one finding.
            walk.report(Rule::IgnoredField, &here.key(name), "a link has no effect: calls are not chained");
        }
    }
}

/// Checks that the keys of `content` are media types or ranges of them (RFC 9110, section 8.3.1), which are sent unchanged.
///
/// A key that is not one is left out if there is another.
pub(super) fn media_types(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let here = trail.key("content");
    let Some(Value::Object(content)) = members.get_mut("content") else { return };
    let (usable, others): (Vec<String>, Vec<String>) = content.keys().cloned().partition(|name| is_media_type(name));
    for name in &others {
        let place = here.key(name);
        if name.chars().any(char::is_control) {
            walk.report(Rule::BadValue, &place, format_args!("`{name}` cannot be sent as a media type"));
        } else if usable.is_empty() {
            walk.report(Rule::Forbidden, &place, format_args!("`{name}` is no media type"));
        } else {
            walk.report(Rule::Forbidden, &place, format_args!("`{name}` is no media type; it is left out"));
            content.shift_remove(name);
        }
    }
}

/// Checks that the names of headers are tokens (RFC 9110, section 5.6.2).
fn headers(walk: &mut Walk<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let Some(Value::Object(headers)) = members.get_mut("headers") else { return };
    let here = trail.key("headers");
    for name in headers.keys().filter(|name| !is_token(name)) {
        let message = format_args!("`{name}` is not the name of a header; the header is left out");
        walk.report(Rule::UnsendableHeader, &here.key(name), message);
    }
    headers.retain(|name, _| is_token(name));
}

/// Checks that encodings are identified by name or by position, but not both.
pub(super) fn encodings(walk: &mut Walk<'_>, members: &mut Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    let by_name = members.contains_key("encoding") || members.contains_key(carried::ENCODING);
    for positional in ["prefixEncoding", "itemEncoding"] {
        if by_name && members.contains_key(&format!("{}{positional}", carried::OAS32)) {
            let message = format_args!("`{positional}` does not stand beside `encoding`");
            walk.report(Rule::Forbidden, &trail.key(positional), message);
        }
    }
    positional_encodings(walk, members, kind, trail);
    if kind == Kind::MediaType {
        super::parameter::one_example(walk, members, trail);
    }
    let known = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
    if kind == Kind::Encoding
        && let Some(style) = members.get("style").and_then(Value::as_str)
        && !known.contains(&style)
    {
        let message = format!("`{style}` is not one of {}", known.join(", "));
        walk.report(Rule::IgnoredValue, &trail.key("style"), message);
        members.shift_remove("style");
    }
    if kind == Kind::Encoding {
        explode(members);
    }
}

/// Encodings of parts that have no names, and of parts within parts (OAS 3.2). Those that only say that the items are JSON say what is
/// done anyway.
fn positional_encodings(walk: &mut Walk<'_>, members: &Map<String, Value>, kind: Kind, trail: &Trail<'_>) {
    let is_plain = |encoding: &Value| {
        let stated = encoding.get("contentType").and_then(Value::as_str);
        stated.is_none_or(|stated| stated.eq_ignore_ascii_case("application/json"))
            && encoding.as_object().is_some_and(|it| it.keys().all(|key| key == "contentType"))
    };
    for (key, advice) in [
        ("prefixEncoding", "the caller adds the parts one by one, as `Multipart::item`"),
        (
            "itemEncoding",
            "items that are no files are sent as JSON; other parts are added one by one, as `Multipart::item`",
        ),
        ("encoding", "a part that has parts itself is added as a `Part`"),
    ] {
        let Some(found) = members.get(&format!("{}{key}", carried::OAS32)) else { continue };
        if (key == "encoding" && kind == Kind::MediaType) || (key == "itemEncoding" && is_plain(found)) {
            continue;
        }
        walk.report(Rule::EncodingNotServed, &trail.key(key), format_args!("`{key}` is left out: {advice}"));
    }
}

/// Any of `style`, `explode` and `allowReserved` gives the others their defaults (OAS 3.1.1, section 4.8.15.1.2). The default of
/// `explode` depends on the style, and the 3.0 model doesn't keep whether either was there.
fn explode(members: &mut Map<String, Value>) {
    if members.contains_key("explode") && !members.contains_key("style") {
        members.insert("style".to_owned(), Value::String("form".to_owned()));
    }
    let form = members.get("style").is_some_and(|style| style == "form");
    let reserved = members.get("allowReserved") == Some(&Value::Bool(true)) && !members.contains_key("style");
    if (form || reserved) && !members.contains_key("explode") {
        members.insert("explode".to_owned(), Value::Bool(true));
    }
}
