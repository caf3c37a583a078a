//! Deliveries: the scheme that `x-clientwright-deliveries` at the root states.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::{Algorithm, Deliveries, DeliveryEncoding, Signing};
use crate::place::Trail;

/// The extension by which a document, or its overlay, says how webhooks and callbacks are signed.
const KEY: &str = "x-clientwright-deliveries";

/// The members of a scheme.
const MEMBERS: &[&str] =
    &["header", "algorithm", "encoding", "prefix", "signed", "id", "timestamp", "tolerance", "secret"];

/// The parts of a signed text.
const PARTS: &[(&str, &str)] = &[("{id}", "id"), ("{timestamp}", "timestamp")];

/// The scheme of deliveries, if the document states one.
pub(super) fn deliveries(
    diagnostics: &mut Diagnostics,
    extensions: &IndexMap<String, Value>,
    root: &Trail<'_>,
    has_events: bool,
) -> Option<Deliveries> {
    let source = extensions.get(KEY)?;
    let at = root.key(KEY);
    let read = match source {
        _ if !has_events => Err((None, "the document has no webhooks and no callbacks".to_owned())),
        Value::String(name) if name == "standard-webhooks" => Ok(Deliveries::Standard),
        Value::Object(members) => signing(members).map(Deliveries::Signed),
        _ => Err((None, "it is `standard-webhooks`, or an object that describes an HMAC".to_owned())),
    };
    read.map_err(|(key, reason)| {
        let place = key.map_or_else(|| at.pointer(), |key| at.key(key).pointer());
        diagnostics.push(Rule::DeliveriesUnclear.at(place).message(reason));
    })
    .ok()
}

/// An error and the member that has it.
type Complaint<'a> = (Option<&'a str>, String);

fn signing(members: &Map<String, Value>) -> Result<Signing, Complaint<'_>> {
    if let Some(key) = members.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
        return Err((Some(key), format!("there is no `{key}`, but {}", MEMBERS.join(", "))));
    }
    let needed = |key: &'static str| (None, format!("it has no `{key}`"));
    let signed = text(members, "signed")?.unwrap_or("{body}");
    if !signed.contains("{body}") {
        return Err((Some("signed"), "the signed text has no `{body}`".to_owned()));
    }
    for (part, header) in PARTS {
        if signed.contains(part) && !members.contains_key(*header) {
            return Err((Some("signed"), format!("`{part}` needs `{header}`, the header that has it")));
        }
    }
    Ok(Signing {
        header: header(members, "header")?.ok_or_else(|| needed("header"))?,
        algorithm: one_of(
            members,
            "algorithm",
            &[("sha1", Algorithm::Sha1), ("sha256", Algorithm::Sha256), ("sha512", Algorithm::Sha512)],
        )?
        .ok_or_else(|| needed("algorithm"))?,
        encoding: one_of(members, "encoding", &[("hex", DeliveryEncoding::Hex), ("base64", DeliveryEncoding::Base64)])?
            .ok_or_else(|| needed("encoding"))?,
        prefix: text(members, "prefix")?.unwrap_or_default().to_owned(),
        signed: signed.to_owned(),
        id: header(members, "id")?,
        timestamp: header(members, "timestamp")?,
        tolerance: match members.get("tolerance") {
            None => 300,
            Some(seconds) => {
                seconds.as_u64().ok_or_else(|| (Some("tolerance"), "it is a number of seconds".to_owned()))?
            }
        },
        is_base64: one_of(members, "secret", &[("text", false), ("base64", true)])?.unwrap_or(false),
    })
}

fn text<'a>(members: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, Complaint<'a>> {
    match members.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err((Some(key), "it is a text".to_owned())),
    }
}

/// RFC 9110, 5.6.2.
fn header<'a>(members: &'a Map<String, Value>, key: &'static str) -> Result<Option<String>, Complaint<'a>> {
    let is_token =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    match text(members, key)? {
        Some(name) if is_token(name) => Ok(Some(name.to_ascii_lowercase())),
        Some(_) => Err((Some(key), "this is not the name of a header".to_owned())),
        None => Ok(None),
    }
}

fn one_of<'a, T: Copy>(
    members: &'a Map<String, Value>,
    key: &'static str,
    known: &[(&str, T)],
) -> Result<Option<T>, Complaint<'a>> {
    let Some(name) = text(members, key)? else { return Ok(None) };
    let found = known.iter().find(|(text, _)| *text == name);
    let names = || known.iter().map(|(text, _)| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    found.map(|(_, value)| Some(*value)).ok_or_else(|| (Some(key), format!("it is one of {}", names())))
}
