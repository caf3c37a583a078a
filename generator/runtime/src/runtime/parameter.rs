//! Parameters as text: every style of OpenAPI 3.x, as RFC 6570 expands it.

use serde_json::Value;

use super::digits;
use super::path::{Kept, encode, encode_rest};

/// A parameter whose style is not its place's default.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name on the wire.
    pub(crate) name: &'static str,
    /// Its place in the request.
    pub(crate) place: In,
    /// Its style.
    pub(crate) style: Style,
    /// Set if each item or property is separate.
    pub(crate) explode: bool,
    /// Set if reserved characters stay as they are, where they cannot be taken for the end of the value.
    pub(crate) allow_reserved: bool,
}

/// The place of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum In {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// The style of a parameter (OpenAPI 3.1, 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=a`, nested as deep as the value is.
    DeepObject,
    /// `name=a; name=b`, as it is (OAS 3.2).
    Cookie,
    /// `name=["a"]`: no style but a media type, JSON.
    Json,
}

impl Parameter {
    /// A parameter of its place's default style.
    pub(crate) const fn new(name: &'static str, place: In) -> Self {
        let style = match place {
            In::Path | In::Header => Style::Simple,
            In::Query | In::Cookie => Style::Form,
        };
        Self { name, place, style, explode: matches!(style, Style::Form), allow_reserved: false }
    }

    fn escape(&self, text: &str, out: &mut String) {
        // `&`, `#` and `+` stay encoded even then: a value must not end itself, or change. RFC 3986, 3.4, has no brackets in a query.
        const RESERVED: &Kept = &Kept::and(b":/?@!$'()*,;=");
        // RFC 6265, 4.1.1: a cookie ends at a semicolon, and a comma is none of its characters.
        const COOKIE: &Kept = &Kept::and(b":/?@!$'()*=[]&+#");
        match self.place {
            // Header values are not percent-encoded; what may not stand in one is refused when it is set.
            In::Header => out.push_str(text),
            // OAS 3.2, 4.12.3: the style `cookie` escapes nothing.
            In::Cookie if self.style == Style::Cookie => out.push_str(text),
            In::Cookie if self.allow_reserved => encode_rest(COOKIE, text, out),
            _ if self.allow_reserved => encode_rest(RESERVED, text, out),
            _ => encode(text, out),
        }
    }

    /// The text of a value in a path, with the style's prefix.
    pub(crate) fn path(&self, value: Value) -> String {
        let value = &match value {
            // Most values need no encoding.
            Value::String(text) if self.style == Style::Simple && Kept::UNRESERVED.all(&text) => return text,
            value => value,
        };
        let (prefix, separator, named) = match self.style {
            Style::Label => (".", if self.explode { "." } else { "," }, false),
            Style::Matrix => (";", if self.explode { ";" } else { "," }, true),
            _ => ("", ",", false),
        };
        let mut out = String::from(prefix);
        let items = self.items(value);
        let own_names = named && self.explode;
        if named && !(self.explode && matches!(value, Value::Object(_) | Value::Array(_))) {
            encode(self.name, &mut out);
            if items.iter().any(|item| !item.is_empty()) {
                out.push('=');
            }
        }
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(separator);
            }
            if own_names && matches!(value, Value::Array(_)) {
                encode(self.name, &mut out);
                out.push('=');
            }
            out.push_str(item);
        }
        out
    }

    /// The value of a header, or of one cookie.
    pub(crate) fn single(&self, value: &Value) -> String {
        self.items(value).join(",")
    }

    /// The pairs of the `Cookie` header.
    pub(crate) fn cookies(&self, value: &Value) -> Vec<String> {
        let mut pairs = Vec::new();
        match value {
            Value::Array(items) if self.explode => {
                for item in items {
                    pairs.push(format!("{}={}", self.name, self.single(item)));
                }
            }
            Value::Object(entries) if self.explode => {
                for (key, item) in entries {
                    if !item.is_null() {
                        pairs.push(format!("{}={}", self.escaped(key), self.single(item)));
                    }
                }
            }
            value => pairs.push(format!("{}={}", self.name, self.single(value))),
        }
        pairs
    }

    fn escaped(&self, text: &str) -> String {
        let mut out = String::new();
        self.escape(text, &mut out);
        out
    }

    /// Items, escaped, as they stand between separators: objects as `k,v` or `k=v`.
    fn items(&self, value: &Value) -> Vec<String> {
        let mut items = Vec::new();
        match value {
            Value::Array(values) => {
                for value in values {
                    items.push(self.escaped(&flat(value)));
                }
            }
            Value::Object(entries) => {
                for (key, item) in entries {
                    // RFC 6570, 3.2.1: a member without a value is left out.
                    if item.is_null() {
                        continue;
                    }
                    let (key, item) = (self.escaped(key), self.escaped(&flat(item)));
                    match self.explode {
                        true => items.push(format!("{key}={item}")),
                        false => items.extend([key, item]),
                    }
                }
            }
            other => items.push(self.escaped(&flat(other))),
        }
        items
    }

    /// Appends `name=value` pairs to a query string.
    pub(crate) fn query(&self, value: &Value, out: &mut String) {
        match (value, self.style) {
            (Value::Null, _) => {}
            (value, Style::Json) => self.pair(self.name, &digits::to_json(value), out),
            (Value::String(text), _) => self.pair(self.name, digits::plain(text), out),
            (Value::Object(_) | Value::Array(_), Style::DeepObject) => {
                let mut name = String::new();
                encode(&unescaped(self.name), &mut name);
                self.deep(&mut name, value, out);
            }
            (Value::Array(items), _) if self.explode => {
                for item in items {
                    self.pair(self.name, &flat(item), out);
                }
            }
            (Value::Object(entries), _) if self.explode => {
                for (key, item) in entries.iter().filter(|(_, item)| !item.is_null()) {
                    separate(out);
                    encode(key, out);
                    out.push('=');
                    self.escape(&flat(item), out);
                }
            }
            (value, _) if is_empty(value) => {}
            _ => {
                let separator = match self.style {
                    Style::SpaceDelimited => "%20",
                    Style::PipeDelimited => "%7C",
                    _ => ",",
                };
                let joined = self.items(value).join(separator);
                separate(out);
                encode(&unescaped(self.name), out);
                out.push('=');
                out.push_str(&joined);
            }
        }
    }

    /// Appends a member of a form; a list repeats its name.
    pub(crate) fn form_field(name: &str, value: &Value, form: &mut String) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.iter().for_each(|item| Self::form_field(name, item, form)),
            other => {
                separate(form);
                encode(name, form);
                form.push('=');
                encode(&flat(other), form);
            }
        }
    }

    /// Appends `name[a][b]=c`, the brackets encoded (RFC 3986, 3.4). Items of lists are `name[]=c`, as PHP and Rack read them; those
    /// that have members of their own stand under their index. `name` is encoded already.
    fn deep(&self, name: &mut String, value: &Value, out: &mut String) {
        let outside = name.len();
        match value {
            Value::Null => {}
            Value::Object(entries) => {
                for (key, item) in entries {
                    name.push_str("%5B");
                    encode(key, name);
                    name.push_str("%5D");
                    self.deep(name, item, out);
                    name.truncate(outside);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    match item {
                        Value::Object(_) | Value::Array(_) => name.push_str(&format!("%5B{index}%5D")),
                        _ => name.push_str("%5B%5D"),
                    }
                    self.deep(name, item, out);
                    name.truncate(outside);
                }
            }
            scalar => {
                separate(out);
                out.push_str(name);
                out.push('=');
                self.escape(&flat(scalar), out);
            }
        }
    }

    fn pair(&self, name: &str, text: &str, out: &mut String) {
        separate(out);
        encode(&unescaped(name), out);
        out.push('=');
        self.escape(text, out);
    }
}

/// Returns whether a value has nothing to be sent: a list or an object that is empty as a whole is as undefined (RFC 6570, 2.3).
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.values().all(Value::is_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
}

/// A text as it is, a whole number without a fraction, anything else as JSON: for a list or object inside another, no style says how.
pub(crate) fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => digits::plain(text).to_owned(),
        Value::Number(number) => {
            let mut text = number.to_string();
            // JSON Schema (2020-12 Core, section 4.2.2) has one number `5`, and not every server reads `5.0` as it.
            text.truncate(text.strip_suffix(".0").map_or(text.len(), str::len));
            text
        }
        other => digits::to_json(other),
    }
}

/// Some descriptions write names percent-encoded (`Stra%C3%9Fe`): those stay as they are on the wire.
fn unescaped(name: &str) -> std::borrow::Cow<'_, str> {
    if !name.contains('%') {
        return name.into();
    }
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(name.into(), Into::into)
}
