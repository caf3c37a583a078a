//! Paths and percent-encoding (RFC 3986). A value never changes the resource that a path addresses.

use std::fmt;

use super::cause::InvalidRequest;

/// A path template (OAS 3.0.4, section 4.7.8.2): text that is sent as it stands, and the places of parameters.
#[derive(Clone, Copy)]
pub struct PathTemplate {
    /// The template for people, with the names of parameters in braces.
    pub text: &'static str,
    /// The parts of the path, the slash at its beginning included.
    pub parts: &'static [PathPart<'static>],
    /// The parts of the query that the template ends in, if it does.
    pub query: &'static [PathPart<'static>],
}

impl fmt::Debug for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text, f)
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// A part of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPart<'t> {
    /// Text that is sent as it stands.
    Literal(&'t str),
    /// The name of a parameter, whose value stands here.
    Parameter(&'t str),
}

/// A template from its parts, the names of parameters in braces: `path_template!("/pets/" {"id"} "/photo" ? "size=" {"size"})`.
macro_rules! path_template {
    ($($literal:literal $({$parameter:literal})?)+) => {
        $crate::runtime::path::PathTemplate {
            text: concat!($($literal, $("{", $parameter, "}",)?)+),
            parts: $crate::runtime::path::template_parts!($($literal $({$parameter})?)+),
            query: $crate::runtime::path::NO_QUERY,
        }
    };
    ($($literal:literal $({$parameter:literal})?)+ ? $($query:literal $({$value:literal})?)+) => {
        $crate::runtime::path::PathTemplate {
            text: concat!($($literal, $("{", $parameter, "}",)?)+ "?", $($query, $("{", $value, "}",)?)+),
            parts: $crate::runtime::path::template_parts!($($literal $({$parameter})?)+),
            query: $crate::runtime::path::template_parts!($($query $({$value})?)+),
        }
    };
}

/// The parts of a template's path or query.
macro_rules! template_parts {
    ($($literal:literal $({$parameter:literal})?)+) => {
        &[$(
            $crate::runtime::path::PathPart::Literal($literal),
            $($crate::runtime::path::PathPart::Parameter($parameter),)?
        )+]
    };
}

/// The parts of a query that isn't there. The compiler works out a constant once, and each `&[]` anew.
pub(crate) const NO_QUERY: &[PathPart<'static>] = &[];

pub(crate) use {path_template, template_parts};

/// The parts of the path and of the query of a template that is one text, as callers write it.
pub(crate) fn parse(text: &str) -> (Vec<PathPart<'_>>, Vec<PathPart<'_>>) {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    (parts(path), parts(query))
}

fn parts(mut text: &str) -> Vec<PathPart<'_>> {
    let mut parts = Vec::new();
    while let Some((literal, (name, after))) =
        text.split_once('{').and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
    {
        parts.extend([PathPart::Literal(literal), PathPart::Parameter(name)]);
        text = after;
    }
    parts.push(PathPart::Literal(text));
    parts
}

/// The bytes of a text that stay as they are; the others are percent-encoded.
pub(crate) struct Kept([bool; 256]);

impl Kept {
    /// RFC 3986's unreserved characters.
    pub(crate) const UNRESERVED: &'static Self = &Self::and(b"");
    /// Those of a template's literals: what is already encoded stays, what may not stand in a URL is encoded.
    const LITERAL: &'static Self = &Self::and(b"%/:@!$&'()*+,;=?");

    /// The unreserved characters, and these.
    pub(crate) const fn and(others: &[u8]) -> Self {
        let mut kept = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            kept[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
            byte += 1;
        }
        let mut index = 0;
        while index < others.len() {
            kept[others[index] as usize] = others[index].is_ascii();
            index += 1;
        }
        Self(kept)
    }

    /// Returns whether there is nothing to encode in a text.
    pub(crate) fn all(&self, text: &str) -> bool {
        self.first_other(text).is_none()
    }

    fn first_other(&self, text: &str) -> Option<usize> {
        text.bytes().position(|byte| !self.0[usize::from(byte)])
    }
}

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded.
pub(crate) fn encode(text: &str, out: &mut String) {
    encode_except(Kept::UNRESERVED, text, out);
}

/// As [`encode`], but other characters stay as they are.
pub(crate) fn encode_except(kept: &Kept, mut text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.reserve(text.len());
    // What needs no encoding, which is most, is copied as a whole.
    while let Some(at) = kept.first_other(text) {
        out.push_str(&text[..at]);
        let length = text[at..].chars().next().map_or(1, char::len_utf8);
        for byte in text[at..at + length].bytes() {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        text = &text[at + length..];
    }
    out.push_str(text);
}

/// As [`encode_except`], but triples that are percent-encoded already stay as they are (RFC 6570, section 3.2.3).
pub(crate) fn encode_rest(kept: &Kept, text: &str, out: &mut String) {
    let is_encoded = |at: &usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut from = 0;
    for at in text.match_indices('%').map(|(at, _)| at).filter(is_encoded) {
        encode_except(kept, &text[from..at], out);
        out.push_str(&text[at..at + 3]);
        from = at + 3;
    }
    encode_except(kept, &text[from..], out);
}

/// Appends the parts of a path with encoded values.
///
/// # Errors
/// A parameter without a value, and a value that makes its segment empty, `.` or `..`: percent-encoding cannot save
/// those, since every URL parser (WHATWG) takes `%2E%2E` for `..` and walks up.
pub(crate) fn render<'t>(
    parts: &[PathPart<'t>],
    values: &[(&str, String)],
    out: &mut String,
) -> Result<(), InvalidRequest> {
    // The start of the segment that is being written, and the first parameter in it.
    let (mut start, mut parameter) = (out.len(), None);
    for part in parts {
        match *part {
            PathPart::Literal(text) => {
                let Some(slash) = text.bytes().position(|byte| byte == b'/') else {
                    encode_except(Kept::LITERAL, text, out);
                    continue;
                };
                encode_except(Kept::LITERAL, &text[..slash], out);
                check_segment(&out[start..], parameter.take())?;
                encode_except(Kept::LITERAL, &text[slash..], out);
                start = out.rfind('/').map_or(start, |last| last + 1);
            }
            PathPart::Parameter(name) => {
                out.push_str(value(name, values)?);
                parameter = parameter.or(Some(name));
            }
        }
    }
    check_segment(&out[start..], parameter)
}

fn check_segment(segment: &str, parameter: Option<&str>) -> Result<(), InvalidRequest> {
    let Some(parameter) = parameter.filter(|_| is_dots(segment) || segment.is_empty()) else { return Ok(()) };
    let segment = if segment.is_empty() { "nothing" } else { segment };
    let reason = format!("would leave {segment} in its place, which is another resource's path");
    Err(InvalidRequest::new("path parameter", parameter, reason))
}

/// Appends the parts of a query.
pub(crate) fn render_query(
    parts: &[PathPart<'_>],
    values: &[(&str, String)],
    out: &mut String,
) -> Result<(), InvalidRequest> {
    for part in parts {
        match *part {
            PathPart::Literal(text) => encode_except(Kept::LITERAL, text, out),
            PathPart::Parameter(name) => out.push_str(value(name, values)?),
        }
    }
    Ok(())
}

fn value<'v>(name: &str, values: &'v [(&str, String)]) -> Result<&'v str, InvalidRequest> {
    let found = values.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str()).ok_or_else(|| InvalidRequest::new("path parameter", name, "has no value"))
}

fn is_dots(segment: &str) -> bool {
    // The longest is `%2E%2E`.
    segment.len() < 7 && matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}
