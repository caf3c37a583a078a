//! Expansion of values in requests: RFC 6570, as used by OAS 3.0.4 §4.7.12.3 and §4.7.15.
//!
//! This is written from the specifications and shares no code with the emitted crates, which are tested against it.

use std::collections::HashMap;

use serde_json::Value;

use crate::ir::{Location, Parameter, ParameterForm, Style};

/// A value's place in a request.
pub(super) enum Written {
    /// In the path.
    Path(String),
    /// Pairs of the query.
    Query(Vec<String>),
    /// A header's value.
    Header(String),
    /// Pairs of the `Cookie` header.
    Cookie(Vec<String>),
}

/// The parameter as it is written.
pub(super) fn parameter(parameter: &Parameter, value: &Value) -> Option<Written> {
    let (style, explode, reserved) = match &parameter.form {
        ParameterForm::Styled { style, explode, allow_reserved } => (*style, *explode, *allow_reserved),
        ParameterForm::Content(content_type) => return content(parameter, content_type, value),
    };
    let raw = parameter.location == Location::Header;
    let text = |value: &Value| match parameter.location {
        Location::Cookie if style == Style::Cookie => scalar(value),
        Location::Cookie if reserved => escape_rest(&scalar(value), ":/?@!$'()*=[]&+#"),
        _ => escape(&scalar(value), raw, reserved),
    };
    let name = parameter.name.as_str();
    Some(match parameter.location {
        Location::Path => Written::Path(in_path(name, style, explode, value, &text)),
        Location::Header => Written::Header(list(value, explode, ",", &text)),
        Location::Query => Written::Query(pairs(name, style, explode, value, &text)),
        Location::QueryString => Written::Query(form(&[], value)?),
        Location::Cookie => Written::Cookie(pairs(name, style, explode, value, &text)),
    })
}

fn content(parameter: &Parameter, content_type: &str, value: &Value) -> Option<Written> {
    let json = content_type.split(';').next().is_some_and(|name| name.trim_end().ends_with("json"));
    let is_form = content_type.starts_with("application/x-www-form-urlencoded");
    let text = match value {
        _ if json => value.to_string(),
        Value::Object(_) if is_form => form(&[], value)?.join("&"),
        _ => scalar(value),
    };
    Some(match parameter.location {
        Location::QueryString if is_form => Written::Query(form(&[], value)?),
        Location::QueryString => Written::Query(vec![escape(&text, false, false)]),
        Location::Path => Written::Path(escape(&text, false, false)),
        Location::Header => Written::Header(text),
        Location::Query => Written::Query(vec![pair(&parameter.name, &escape(&text, false, false))]),
        Location::Cookie => Written::Cookie(vec![pair(&parameter.name, &escape(&text, false, false))]),
    })
}

/// The pairs of a form (OAS 3.0.4 §4.7.14.2 and §4.7.15): lists repeat the name, objects are JSON, unless an encoding differs.
pub(super) fn form(encoding: &[(&str, &ParameterForm)], value: &Value) -> Option<Vec<String>> {
    let styles: HashMap<&str, &ParameterForm> = encoding.iter().copied().collect();
    let mut found = Vec::new();
    for (name, member) in value.as_object()?.iter().filter(|(_, member)| !member.is_null()) {
        let styled = styles.get(name.as_str()).copied();
        match styled {
            Some(ParameterForm::Styled { style, explode, allow_reserved }) => {
                let text = |value: &Value| escape(&scalar(value), false, *allow_reserved);
                found.extend(pairs(name, *style, *explode, member, &text));
            }
            Some(ParameterForm::Content(_)) => found.push(pair(name, &escape(&member.to_string(), false, false))),
            None => match member {
                Value::Array(items) => {
                    let items = items.iter().filter(|item| !item.is_null());
                    found.extend(items.map(|item| pair(name, &escape(&scalar(item), false, false))));
                }
                other => found.push(pair(name, &escape(&scalar(other), false, false))),
            },
        }
    }
    Some(found)
}

fn in_path(name: &str, style: Style, explode: bool, value: &Value, text: &dyn Fn(&Value) -> String) -> String {
    let name = escape(name, false, false);
    match (style, value) {
        (Style::Label, _) => format!(".{}", list(value, explode, if explode { "." } else { "," }, text)),
        (Style::Matrix, Value::Array(items)) if explode => {
            items.iter().map(|item| format!(";{name}={}", text(item))).collect()
        }
        (Style::Matrix, Value::Object(_)) if explode => format!(";{}", list(value, true, ";", text)),
        (Style::Matrix, _) => format!(";{name}={}", list(value, false, ",", text)),
        _ => list(value, explode, ",", text),
    }
}

/// `a,b`, `k,v` or `k=v`
fn list(value: &Value, explode: bool, separator: &str, text: &dyn Fn(&Value) -> String) -> String {
    let items: Vec<String> = match value {
        Value::Array(items) => items.iter().map(text).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                let key = text(&Value::String(key.clone()));
                format!("{key}{}{}", if explode { "=" } else { separator }, text(value))
            })
            .collect(),
        other => vec![text(other)],
    };
    items.join(separator)
}

fn pairs(name: &str, style: Style, explode: bool, value: &Value, text: &dyn Fn(&Value) -> String) -> Vec<String> {
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match value {
        Value::Array(_) | Value::Object(_) if style == Style::DeepObject => deep(&key(name), value, text),
        Value::Array(items) if explode => items.iter().map(|item| format!("{}={}", key(name), text(item))).collect(),
        Value::Object(members) if explode => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            members.map(|(member, value)| format!("{}={}", escape_keeping(member, ""), text(value))).collect()
        }
        // RFC 6570, 3.2.8: an empty value is not sent.
        Value::Array(items) if items.is_empty() => Vec::new(),
        Value::Object(members) if members.is_empty() => Vec::new(),
        _ => vec![format!("{}={}", key(name), list(value, false, separator, text))],
    }
}

/// `name[a][b]=c` and `name[]=c`, with the brackets encoded, which RFC 3986, 3.4 doesn't allow in a query.
fn deep(name: &str, value: &Value, text: &dyn Fn(&Value) -> String) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(member, value)| deep(&format!("{name}%5B{}%5D", escape_keeping(member, "")), value, text))
            .collect(),
        Value::Array(items) => {
            let place = |index: usize, item: &Value| match item {
                Value::Array(_) | Value::Object(_) => format!("{name}%5B{index}%5D"),
                _ => format!("{name}%5B%5D"),
            };
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| deep(&place(index, item), item, text)).collect()
        }
        other => vec![format!("{name}={}", text(other))],
    }
}

/// A name in a query. A percent-encoded name of the document is sent unchanged.
fn key(name: &str) -> String {
    let encoded =
        name.split('%').skip(1).all(|rest| rest.get(..2).is_some_and(|digits| u8::from_str_radix(digits, 16).is_ok()));
    if name.contains('%') && encoded { name.to_owned() } else { escape_keeping(name, "") }
}

fn pair(name: &str, text: &str) -> String {
    format!("{}={text}", escape(name, false, false))
}

/// A text as it is, a whole number without `.0`, anything else as JSON: no style defines a list or an object inside another.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string().trim_end_matches(".0").to_owned(),
        other => other.to_string(),
    }
}

/// All but unreserved characters percent-encoded (RFC 3986, 2.3); reserved ones and triples as they are where that is asked for (RFC 6570,
/// 3.2.3), except those that would end the value (OAS 3.2 §4.12.2.2).
pub(super) fn escape(text: &str, raw: bool, reserved: bool) -> String {
    match (raw, reserved) {
        (true, _) => text.to_owned(),
        (false, true) => escape_rest(text, ":/?@!$'()*,;="),
        (false, false) => escape_keeping(text, ""),
    }
}

/// The same as [`escape_keeping`], with percent-encoded triples as they are.
fn escape_rest(text: &str, kept: &str) -> String {
    let mut parts = text.split('%');
    let mut out = escape_keeping(parts.next().unwrap_or_default(), kept);
    for part in parts {
        let is_triple = part.bytes().take_while(u8::is_ascii_hexdigit).take(2).count() == 2;
        out.push_str(if is_triple { "%" } else { "%25" });
        out.push_str(&escape_keeping(part, kept));
    }
    out
}

fn escape_keeping(text: &str, kept: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || "-._~".contains(character) || kept.contains(character) {
            out.push(character);
        } else {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

/// Literal text of a path: permitted characters (RFC 3986, 3.3) and encoded ones are unchanged.
pub(super) fn literal(text: &str) -> String {
    escape_keeping(text, "%/:@!$&'()*+,;=")
}
