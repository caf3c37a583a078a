//! Keeping secrets out of what people read.

use std::fmt;

use http::HeaderMap;

use super::base64::base64;
use super::plain::is_hidden;
pub(crate) use super::sensitive::is_sensitive;

/// As much of a body as an error shows.
const EXCERPT: usize = 300;

/// The start of a body for an error's text: known secrets and what looks like one blanked, on one line.
pub(crate) fn excerpt(body: &[u8], secrets: &[&str]) -> String {
    // Cut only after blanking, or half a secret could stay.
    let head = &body[..body.len().min(16 * EXCERPT)];
    let text = text(&String::from_utf8_lossy(head), secrets);
    let mut out: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).take(EXCERPT).collect();
    if out.len() < text.len() || head.len() < body.len() {
        out.push('…');
    }
    out
}

/// A text with known secrets and what looks like one blanked.
pub(crate) fn text(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() > 3) {
        text = blank(text, secret);
        for encoded in in_base64(secret) {
            text = blank(text, &encoded);
        }
    }
    blank_values(&text)
}

/// Blanks a secret wherever it stands in a text.
fn blank(text: String, secret: &str) -> String {
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut copied = rest;
    while let Some(first) = rest.chars().next() {
        match encoded_length(rest, secret) {
            Some(length) => {
                out.push_str(&copied[..copied.len() - rest.len()]);
                out.push_str("***");
                rest = &rest[length..];
                copied = rest;
            }
            None => rest = &rest[first.len_utf8()..],
        }
    }
    if out.is_empty() { text } else { out + copied }
}

/// The length of a secret at the start of a text, where each of its characters may be escaped: percent-encoded, or as forms (`+`),
/// JSON or HTML write it.
fn encoded_length(text: &str, secret: &str) -> Option<usize> {
    let mut characters = secret.chars();
    let first = characters.next()?;
    let mut ends: Vec<usize> = lengths(text, first).into_iter().flatten().collect();
    for wanted in characters {
        if ends.is_empty() {
            return None;
        }
        let next = ends
            .iter()
            .flat_map(|end| lengths(&text[*end..], wanted).into_iter().flatten().map(move |more| end + more));
        let mut next: Vec<usize> = next.collect();
        next.dedup();
        ends = next;
    }
    ends.into_iter().max()
}

/// The lengths of a character at the start of a text: as it is, percent-encoded, as JSON and as HTML.
fn lengths(text: &str, wanted: char) -> [Option<usize>; 4] {
    let plain = text.starts_with(wanted).then(|| wanted.len_utf8());
    let escaped = match text.as_bytes().first() {
        Some(b'%') => [percent_length(text, wanted), None, None],
        Some(b'+') if wanted == ' ' => [Some(1), None, None],
        Some(b'\\') => [None, json_length(text, wanted), None],
        Some(b'&') => [None, None, html_length(text, wanted)],
        _ => [None; 3],
    };
    [plain, escaped[0], escaped[1], escaped[2]]
}

fn percent_length(text: &str, wanted: char) -> Option<usize> {
    let mut bytes = [0; 4];
    let bytes = wanted.encode_utf8(&mut bytes).as_bytes();
    let is_byte = |(index, byte): (usize, &u8)| {
        let digits = text.get(index * 3..index * 3 + 3).and_then(|digits| digits.strip_prefix('%'));
        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) == Some(*byte)
    };
    bytes.iter().enumerate().all(is_byte).then_some(bytes.len() * 3)
}

fn json_length(text: &str, wanted: char) -> Option<usize> {
    let mut units = [0; 2];
    let units = wanted.encode_utf16(&mut units);
    let is_unit = |(index, unit): (usize, &u16)| {
        let digits = text.get(index * 6..index * 6 + 6).and_then(|digits| digits.strip_prefix("\\u"));
        digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) == Some(*unit)
    };
    if units.iter().enumerate().all(is_unit) {
        return Some(units.len() * 6);
    }
    let short = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        other @ (b'"' | b'\\' | b'/') => char::from(*other),
        _ => return None,
    };
    (short == wanted).then_some(2)
}

fn html_length(text: &str, wanted: char) -> Option<usize> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            hexadecimal.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)
        }
    };
    (found == Some(wanted)).then_some(end + 1)
}

/// The parts of a secret that surely stand in the Base64 of any text that holds it, one for each offset in a group of three bytes.
fn in_base64(secret: &str) -> impl Iterator<Item = String> + use<'_> {
    let cores = (0..3).map(move |before: usize| {
        let text = [vec![0; before], secret.as_bytes().to_vec()].concat();
        // A digit has six bits; those that have bits of a neighbour in them differ.
        let (first, last) = ((before * 8).div_ceil(6), text.len() * 8 / 6);
        base64(&text)[first..last].to_owned()
    });
    let both = |core: String| {
        let for_urls = core.replace('+', "-").replace('/', "_");
        [Some(for_urls).filter(|other| *other != core), Some(core)]
    };
    cores.flat_map(both).flatten().filter(|core| core.len() > 3)
}

/// Blanks what follows a name that speaks of a secret, be it in JSON (even inside a JSON text), a query or a header.
fn blank_values(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|c| !is_name(c)).map_or(rest.len(), |length| start + length);
        let (name, after) = (&rest[start..end], &rest[end..]);
        let value = after.trim_start_matches([' ', '"', '\'', '\\', ':', '=']);
        let between = &after[..after.len() - value.len()];
        out.push_str(&rest[..end]);
        rest = after;
        if is_sensitive(name) && between.contains([':', '=']) {
            out.push_str(between);
            out.push_str("***");
            rest = &value[value_length(between, value)..];
        }
    }
    out + rest
}

/// The length of a value: to its closing quote if it has an opening one, else to what usually ends one.
fn value_length(between: &str, value: &str) -> usize {
    let end = match between.chars().last() {
        // An escaped quote is closed by another.
        Some('"') if between.ends_with("\\\"") => value.find("\\\""),
        Some(quote @ ('"' | '\'')) => {
            let mut escaped = false;
            value.find(|c| {
                let end = c == quote && !escaped;
                escaped = c == '\\' && !escaped;
                end
            })
        }
        _ if value.starts_with(['[', '{']) => nested_end(value),
        _ => value.find([',', '}', ']', '&', ';', '<', '"', '\\', '\n']),
    };
    end.unwrap_or(value.len())
}

/// The end of a list or an object: the bracket that closes its first, those inside of texts apart.
fn nested_end(value: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    value.find(|c| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            '[' | '{' if !in_text => depth += 1,
            ']' | '}' if !in_text => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Headers for `Debug`, without the values of those that speak of secrets.
pub(crate) struct Headers<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            match is_sensitive(name.as_str()) {
                true => map.entry(name, &"…"),
                false => map.entry(name, value),
            };
        }
        map.finish()
    }
}
