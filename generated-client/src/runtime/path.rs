//! Paths and percent-encoding (RFC 3986), such that a value never changes which resource is meant.

use super::error::InvalidRequest;

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded.
pub(crate) fn encode(text: &str, out: &mut String) {
    encode_unless(text, out, |_| false);
}

/// As [`encode`], but characters that `keep` accepts stay as they are.
pub(crate) fn encode_unless(text: &str, out: &mut String, keep: impl Fn(u8) -> bool) {
    out.reserve(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || (byte.is_ascii() && keep(byte))
        {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Fills a path template with encoded values and appends it to `url`.
///
/// # Errors
/// A parameter without a value, and a value that makes its segment empty, `.` or `..`: percent-encoding cannot save
/// those, since every URL parser (WHATWG) takes `%2E%2E` for `..` and walks up.
pub(crate) fn render(template: &str, values: &[(&str, String)], url: &mut String) -> Result<(), InvalidRequest> {
    let (path, query) = template.split_at(template.find('?').unwrap_or(template.len()));
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            url.push('/');
        }
        let start = url.len();
        if let Some(parameter) = fill(segment, values, url)? {
            let segment = &url[start..];
            if is_dots(segment) || segment.is_empty() {
                let segment = if segment.is_empty() { "empty" } else { segment };
                let reason = format!("makes a path segment {segment}, which names another resource");
                return Err(InvalidRequest::new("path", parameter, reason));
            }
        }
    }
    fill(query, values, url).map(drop)
}

/// Appends one segment, and gives the name of the first parameter in it.
fn fill<'t>(mut rest: &'t str, values: &[(&str, String)], url: &mut String) -> Result<Option<&'t str>, InvalidRequest> {
    let mut first = None;
    while let Some((literal, name, after)) = split_parameter(rest) {
        encode_literal(literal, url);
        let value = values.iter().find(|(known, _)| *known == name);
        let (_, value) = value.ok_or_else(|| InvalidRequest::new("path", name, "has no value"))?;
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
    let plain = segment.replace("%2e", ".").replace("%2E", ".");
    plain == "." || plain == ".."
}
