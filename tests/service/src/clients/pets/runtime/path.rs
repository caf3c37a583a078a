//! Paths and percent-encoding (RFC 3986), such that a value never changes which resource is meant.

use super::cause::InvalidRequest;

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

/// Splits at the first of an ASCII character. Templates are short: to search them with more effort takes longer.
pub(crate) fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let index = text.bytes().position(|byte| byte == at)?;
    Some((&text[..index], &text[index + 1..]))
}

/// Fills a path template with encoded values and appends it to `out`.
///
/// # Errors
/// A parameter without a value, and a value that makes its segment empty, `.` or `..`: percent-encoding cannot save
/// those, since every URL parser (WHATWG) takes `%2E%2E` for `..` and walks up.
pub(crate) fn render(path: &str, values: &[(&str, String)], out: &mut String) -> Result<(), InvalidRequest> {
    let mut rest = Some(path);
    while let Some(text) = rest {
        let (segment, after) = split(text, b'/').map_or((text, None), |(segment, after)| (segment, Some(after)));
        let start = out.len();
        if let Some(parameter) = fill(segment, values, out)? {
            let segment = &out[start..];
            if is_dots(segment) || segment.is_empty() {
                let segment = if segment.is_empty() { "nothing" } else { segment };
                let reason = format!("would leave {segment} in its place, which is another resource's path");
                return Err(InvalidRequest::new("path parameter", parameter, reason));
            }
        }
        if after.is_some() {
            out.push('/');
        }
        rest = after;
    }
    Ok(())
}

/// Appends one segment, and gives the name of the first parameter in it.
pub(crate) fn fill<'t>(
    mut rest: &'t str,
    values: &[(&str, String)],
    url: &mut String,
) -> Result<Option<&'t str>, InvalidRequest> {
    let mut first = None;
    while let Some((literal, name, after)) = split_parameter(rest) {
        encode_except(Kept::LITERAL, literal, url);
        let value = values.iter().find(|(known, _)| *known == name);
        let (_, value) = value.ok_or_else(|| InvalidRequest::new("path parameter", name, "has no value"))?;
        url.push_str(value);
        first = first.or(Some(name));
        rest = after;
    }
    encode_except(Kept::LITERAL, rest, url);
    Ok(first)
}

fn split_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = split(text, b'{')?;
    let (name, after) = split(rest, b'}')?;
    Some((literal, name, after))
}

fn is_dots(segment: &str) -> bool {
    // The longest is `%2E%2E`.
    segment.len() < 7 && matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}
