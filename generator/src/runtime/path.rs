//! Paths and percent-encoding (RFC 3986), such that a value never changes which resource is meant.

use super::error::InvalidRequest;

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded.
pub(crate) fn encode(text: &str, out: &mut String) {
    encode_unless(text, out, |_| false);
}

/// As [`encode`], but characters that `keep` accepts stay as they are.
pub(crate) fn encode_unless(mut text: &str, out: &mut String, keep: impl Fn(u8) -> bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || (byte.is_ascii() && keep(*byte));
    out.reserve(text.len());
    // What needs no encoding, which is most, is copied as a whole.
    while let Some(at) = text.bytes().position(|byte| !plain(&byte)) {
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

/// Fills a path template with encoded values and appends it to `out`.
///
/// # Errors
/// A parameter without a value, and a value that makes its segment empty, `.` or `..`: percent-encoding cannot save
/// those, since every URL parser (WHATWG) takes `%2E%2E` for `..` and walks up.
pub(crate) fn render(path: &str, values: &[(&str, String)], out: &mut String) -> Result<(), InvalidRequest> {
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        let start = out.len();
        if let Some(parameter) = fill(segment, values, out)? {
            let segment = &out[start..];
            if is_dots(segment) || segment.is_empty() {
                let segment = if segment.is_empty() { "nothing" } else { segment };
                let reason = format!("would leave {segment} in its place, which is another resource's path");
                return Err(InvalidRequest::new("path parameter", parameter, reason));
            }
        }
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
        encode_literal(literal, url);
        let value = values.iter().find(|(known, _)| *known == name);
        let (_, value) = value.ok_or_else(|| InvalidRequest::new("path parameter", name, "has no value"))?;
        url.push_str(value);
        first = first.or(Some(name));
        rest = after;
    }
    encode_literal(rest, url);
    Ok(first)
}

fn split_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

/// Literals come from the description: what is already encoded stays, what may not stand in a URL is encoded.
fn encode_literal(text: &str, out: &mut String) {
    encode_unless(text, out, |byte| b"%/:@!$&()*+,;=?".contains(&byte) || byte == b'\'');
}

fn is_dots(segment: &str) -> bool {
    // The longest is `%2E%2E`.
    segment.len() < 7 && matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}
