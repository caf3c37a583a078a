//! Removal of secrets from text that people read.

use std::fmt;

use http::HeaderMap;

use super::base64::base64;
use super::plain::is_hidden;
pub(crate) use super::sensitive::is_sensitive;

/// The number of characters of a body that an error shows.
const EXCERPT: usize = 300;

/// The bytes that one byte of a secret takes at most in a known encoding: those of `&#x0073;`.
const LONGEST_ESCAPE: usize = 9;

/// The texts to blank in responses.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hidden<'a> {
    /// The secrets that the client was given or received.
    pub(crate) secrets: &'a [&'a str],
    /// The names of members and parameters that the description declares as passwords, besides names that indicate a secret.
    pub(crate) names: &'a [&'static str],
}

/// The start of a body for an error's text: known secrets and what looks like one blanked, on one line.
pub(crate) fn excerpt(body: &[u8], hidden: Hidden<'_>) -> String {
    // Half a secret is not blanked: whatever may be one at the cut is not shown.
    let longest = hidden.secrets.iter().map(|secret| secret.len()).max().unwrap_or_default();
    let margin = longest.saturating_mul(LONGEST_ESCAPE);
    let head = &body[..body.len().min(margin.saturating_add(16 * EXCERPT))];
    let mut text = text(&String::from_utf8_lossy(head), hidden);
    if head.len() < body.len() {
        let end = text.len().saturating_sub(margin);
        text.truncate((0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default());
    }
    let mut out: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).take(EXCERPT).collect();
    if out.len() < text.len() || head.len() < body.len() {
        out.push('…');
    }
    out
}

/// A text with known secrets and what looks like one blanked.
pub(crate) fn text(text: &str, hidden: Hidden<'_>) -> String {
    let mut text = text.to_owned();
    for secret in hidden.secrets {
        if secret.len() > 3 {
            text = blank(text, secret);
            for encoded in in_base64(secret) {
                text = blank(text, &encoded);
            }
        }
    }
    let text = blank_values(&text, hidden.names);
    // What is encoded in one way, and that in another, has no place of its own to be blanked at.
    if hidden.secrets.iter().any(|secret| secret.len() > 3 && is_within(&text, secret)) {
        return "***".to_owned();
    }
    text
}

/// The most encodings around one another that are looked through.
const ENCODINGS: usize = 3;

/// Returns whether a secret stands in a text that is encoded several times.
fn is_within(text: &str, secret: &str) -> bool {
    let encoded = in_base64(secret);
    let mut forms = vec![text.to_owned()];
    for _ in 0..ENCODINGS {
        let mut plainer = Vec::new();
        for form in &forms {
            plainer.push(without_bytes(form, "%"));
            plainer.push(without_bytes(form, "\\x"));
            plainer.push(without_escapes(form));
            plainer.push(without_entities(form));
        }
        plainer.retain(|form| form != text);
        plainer.sort_unstable();
        plainer.dedup();
        for form in &plainer {
            if form.contains(secret) || encoded.iter().any(|encoded| form.contains(encoded)) {
                return true;
            }
        }
        forms = plainer;
    }
    false
}

/// Decodes the characters of a text of which an escape begins with some sign, and leaves all others.
fn decoded(text: &str, sign: char, decode: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(sign) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = decode(rest).unwrap_or((sign, sign.len_utf8()));
        out.push(character);
        rest = &rest[length..];
    }
    out + rest
}

/// Decodes bytes that are a sign and two hexadecimal digits each.
fn without_bytes(text: &str, sign: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(sign) {
        let (before, after) = (&rest[..at], &rest[at + sign.len()..]);
        bytes.extend_from_slice(before.as_bytes());
        match byte_of(after) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.extend_from_slice(sign.as_bytes());
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte of two hexadecimal digits at the start of a text.
fn byte_of(text: &str) -> Option<u8> {
    u8::from_str_radix(text.get(..2)?, 16).ok()
}

/// The unit of UTF-16 that JSON writes at the start of a text.
fn unit_of(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

fn without_escapes(text: &str) -> String {
    decoded(text, '\\', |rest| {
        let next = rest[1..].chars().next()?;
        match (next, unit_of(rest)) {
            ('u', Some(first)) => {
                let second = rest.get(6..).and_then(unit_of);
                let pair = char::decode_utf16(std::iter::once(first).chain(second)).next()?.ok()?;
                Some((pair, 6 * pair.len_utf16()))
            }
            ('n', _) => Some(('\n', 2)),
            ('r', _) => Some(('\r', 2)),
            ('t', _) => Some(('\t', 2)),
            ('"' | '\'' | '\\' | '/', _) => Some((next, 2)),
            _ => None,
        }
    })
}

fn without_entities(text: &str) -> String {
    decoded(text, '&', |rest| {
        let end = rest.bytes().take(12).position(|byte| byte == b';')?;
        Some((entity(&rest[1..end])?, end + 1))
    })
}

/// Blanks a secret wherever it stands in a text.
fn blank(text: String, secret: &str) -> String {
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut copied = rest;
    while let Some(first) = rest.chars().next() {
        match encoded_length(rest, secret).or_else(|| hexadecimal_length(rest, secret)) {
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
    let mut ends = ends(text, &[0], characters.next()?);
    for wanted in characters {
        if ends.is_empty() {
            return None;
        }
        ends = self::ends(text, &ends, wanted);
    }
    ends.into_iter().max()
}

/// The ends of a character that begins at one of some places of a text.
fn ends(text: &str, starts: &[usize], wanted: char) -> Vec<usize> {
    let mut ends = Vec::new();
    for start in starts {
        for length in lengths(&text[*start..], wanted).into_iter().flatten() {
            ends.push(start + length);
        }
    }
    ends.dedup();
    ends
}

/// The length of a secret at the start of a text, with each byte as two hexadecimal digits, and perhaps a sign between bytes.
fn hexadecimal_length(text: &str, secret: &str) -> Option<usize> {
    let mut rest = text;
    for (index, byte) in secret.bytes().enumerate() {
        let between = [':', '-', ' '];
        let bare = if index > 0 { rest.strip_prefix(between).unwrap_or(rest) } else { rest };
        let digits = bare.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        if u8::from_str_radix(digits, 16) != Ok(byte) {
            return None;
        }
        rest = &bare[2..];
    }
    Some(text.len() - rest.len())
}

/// The lengths of a character at the start of a text: as it is, percent-encoded, as JSON, as bytes of a program and as HTML.
fn lengths(text: &str, wanted: char) -> [Option<usize>; 4] {
    let plain = text.starts_with(wanted).then(|| wanted.len_utf8());
    let escaped = match text.as_bytes().first() {
        Some(b'%') => [bytes_length(text, wanted, "%"), None, None],
        Some(b'+') if wanted == ' ' => [Some(1), None, None],
        Some(b'\\') => [bytes_length(text, wanted, "\\x"), json_length(text, wanted), None],
        Some(b'&') => [None, None, html_length(text, wanted)],
        _ => [None; 3],
    };
    [plain, escaped[0], escaped[1], escaped[2]]
}

/// The length of a character of which each byte is a sign and two hexadecimal digits.
fn bytes_length(text: &str, wanted: char, sign: &str) -> Option<usize> {
    let mut rest = text;
    for byte in wanted.encode_utf8(&mut [0; 4]).bytes() {
        let digits = rest.strip_prefix(sign)?;
        if byte_of(digits) != Some(byte) {
            return None;
        }
        rest = &digits[2..];
    }
    Some(text.len() - rest.len())
}

/// The length of a character of which each unit of UTF-16 is `\u` and four hexadecimal digits.
fn units_length(text: &str, wanted: char) -> Option<usize> {
    let mut rest = text;
    for unit in wanted.encode_utf16(&mut [0; 2]) {
        if unit_of(rest) != Some(*unit) {
            return None;
        }
        rest = &rest[6..];
    }
    Some(text.len() - rest.len())
}

fn json_length(text: &str, wanted: char) -> Option<usize> {
    if let Some(length) = units_length(text, wanted) {
        return Some(length);
    }
    let short = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        other @ (b'"' | b'\'' | b'\\' | b'/') => char::from(*other),
        _ => return None,
    };
    (short == wanted).then_some(2)
}

fn html_length(text: &str, wanted: char) -> Option<usize> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    (entity(&text[1..end]) == Some(wanted)).then_some(end + 1)
}

/// The character that an entity of HTML names.
fn entity(name: &str) -> Option<char> {
    match name {
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
    }
}

/// The parts of a secret that surely stand in the Base64 of any text that holds it, one for each offset in a group of three bytes.
fn in_base64(secret: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for before in 0..3_usize {
        let mut text = vec![0; before];
        text.extend_from_slice(secret.as_bytes());
        // A digit has six bits; those that have bits of a neighbour in them differ.
        let (first, last) = ((before * 8).div_ceil(6), text.len() * 8 / 6);
        let core = base64(&text)[first..last].to_owned();
        if core.len() > 3 {
            let for_urls = core.replace('+', "-").replace('/', "_");
            if for_urls != core {
                parts.push(for_urls);
            }
            parts.push(core);
        }
    }
    parts
}

/// Blanks the value after a name that indicates a secret or is one of `names`, in JSON (even inside a JSON text), a query, a
/// header, an element of XML or a part of a multipart body.
fn blank_values(text: &str, names: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|c| !is_name(c)).map_or(rest.len(), |length| start + length);
        let (name, after) = (&rest[start..end], &rest[end..]);
        // All that stands before, also what has been copied.
        let at = text.len() - rest.len();
        let before = &text[..at + start];
        // A name may have characters that end others.
        let is_one =
            |hidden: &&str| *hidden == name || !hidden.chars().all(is_name) && text[..at + end].ends_with(*hidden);
        let is_hidden = is_sensitive(name) || names.iter().any(is_one);
        let value = after.trim_start_matches([' ', '"', '\'', '\\', ':', '=']);
        let between = &after[..after.len() - value.len()];
        out.push_str(&rest[..end]);
        rest = after;
        if let Some((head, length)) = is_hidden.then(|| in_markup(before, after)).flatten() {
            out.push_str(&after[..head]);
            out.push_str("***");
            rest = &after[head + length..];
        } else if is_hidden && between.contains([':', '=']) {
            out.push_str(between);
            out.push_str("***");
            rest = &value[value_length(between, value)..];
        }
    }
    out + rest
}

/// The offset and the length of a value behind its name where that is an element of XML (`<name>value</name>`) or a part of a
/// multipart body (`name="name"`, an empty line, and the value up to a boundary).
fn in_markup(before: &str, after: &str) -> Option<(usize, usize)> {
    let tag = before.rfind('<').map(|at| &before[at + 1..]);
    if tag.is_some_and(|prefix| prefix.chars().all(|c| is_name(c) || c == ':')) {
        let head = after.find('>').filter(|end| !after[..*end].ends_with('/'))? + 1;
        return Some((head, after[head..].find('<').unwrap_or(after.len() - head)));
    }
    if before.ends_with("name=\"") || before.ends_with("name=") {
        let gaps = ["\r\n\r\n", "\n\n", "\\r\\n\\r\\n", "\\n\\n"];
        let head = gaps.iter().filter_map(|gap| Some(after.find(gap)? + gap.len())).min()?;
        return Some((head, after[head..].find("--").unwrap_or(after.len() - head)));
    }
    None
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

/// Headers for `Debug`, without the values of those whose names indicate a secret.
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
