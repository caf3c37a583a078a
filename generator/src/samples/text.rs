//! Text of a format, by a pattern, within a length.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::constraints::EffectiveConstraints;
use crate::ir::{BoundKeyword, Pattern};

/// A text for each format with a special form.
const FORMATS: &[(&str, &str)] = &[
    ("base64url", "aGVsbG8"),
    ("byte", "aGVsbG8="),
    ("char", "a"),
    ("date", "2024-05-17"),
    ("date-time", "2024-05-17T09:30:00Z"),
    ("date-time-local", "2024-05-17T09:30:00"),
    ("decimal", "12.50"),
    ("duration", "P1D"),
    ("email", "someone@example.com"),
    ("hostname", "www.example.com"),
    ("http-date", "Fri, 17 May 2024 09:30:00 GMT"),
    ("idn-email", "someone@example.com"),
    ("idn-hostname", "www.example.com"),
    ("int32", "42"),
    ("int64", "42"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("iri", "https://www.example.com/page"),
    ("iri-reference", "/page"),
    ("json-pointer", "/members/0"),
    ("media-range", "text/plain"),
    ("regex", "^a+$"),
    ("relative-json-pointer", "1/members"),
    ("time", "09:30:00Z"),
    ("time-local", "09:30:00"),
    ("uint64", "42"),
    ("uri", "https://www.example.com/page"),
    ("uri-reference", "/page"),
    ("uri-template", "/pages/{page}"),
    ("url", "https://www.example.com/page"),
    ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
];

/// Text without restrictions. It has a space, which shows whether it is encoded where necessary.
pub(super) fn plain(name: &str) -> String {
    format!("some {name}")
}

/// A permitted text.
pub(super) fn text(facts: &EffectiveConstraints<'_>, format: Option<&str>, name: &str) -> Option<String> {
    let of_format = FORMATS.iter().find(|(known, _)| Some(*known) == format).map(|(_, text)| (*text).to_owned());
    let mut candidates: Vec<String> = of_format.into_iter().collect();
    if let Some(Some(pattern)) = facts.patterns().next() {
        // A longer one if the shortest is too short.
        let least = facts.count(BoundKeyword::MinLength).unwrap_or(0);
        candidates.extend([0, 1, 2, least, 8, 16].into_iter().filter_map(|more| matching(&pattern, more)));
    }
    candidates.push(plain(name));
    candidates.push(of_length(facts, &plain(name)));
    let found = candidates.iter().find(|text| admits(facts, format, text));
    // A pattern that is not supported here is ignored, since the server may support it.
    let unreadable = || facts.patterns().any(|pattern| pattern.is_none());
    found.cloned().or_else(|| unreadable().then(|| of_length(facts, &plain(name))))
}

/// The text, cut or filled up to the required length.
fn of_length(facts: &EffectiveConstraints<'_>, text: &str) -> String {
    let most = facts.count(BoundKeyword::MaxLength).unwrap_or(usize::MAX);
    let least = facts.count(BoundKeyword::MinLength).unwrap_or(0).min(most).min(4096);
    let mut found: String = text.chars().take(most).collect();
    found.extend(std::iter::repeat_n('a', least.saturating_sub(found.chars().count())));
    // A blank at an end is easily lost.
    if found.ends_with(' ') { found.trim_end().to_owned() + "_" } else { found }
}

/// Returns whether a text is a UUID (RFC 9562, section 4).
fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Returns whether a text has a scheme, and no character that no URI has (RFC 3986, section 3).
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    let is_of_none = |character: char| character.is_whitespace() || "<>\"{}|\\^`".contains(character);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_of_scheme)
        && !rest.is_empty()
        && !rest.contains(is_of_none)
}

/// Returns whether a string is valid.
pub(super) fn admits(facts: &EffectiveConstraints<'_>, format: Option<&str>, text: &str) -> bool {
    let well_formed = match format {
        Some("date-time") => is_date_time(text),
        Some("date") => is_date(text),
        Some("uuid") => is_uuid(text),
        Some("uri" | "url" | "iri") => is_uri(text),
        Some("email" | "idn-email") => {
            text.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
        }
        Some("ipv4") => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Some("ipv6") => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    };
    well_formed
        && facts.counts(text.chars().count(), BoundKeyword::MinLength, BoundKeyword::MaxLength)
        && facts.patterns().all(|pattern| pattern.is_some_and(|pattern| pattern.matches(text)))
}

/// RFC 3339 `full-date`.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u8>().ok(), part.parse::<u16>().ok()));
    let year = matches!(parts.next(), Some((4, _, Some(1..))));
    let month = matches!(parts.next(), Some((2, Some(1..=12), _)));
    let day = matches!(parts.next(), Some((2, Some(1..=28), _)));
    year && month && day && parts.next().is_none()
}

/// RFC 3339 `date-time`, which is narrower than what is read.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let Some(zone) = time.find(['Z', '+', '-']) else { return false };
    let (clock, offset) = time.split_at(zone);
    let two = |part: &str, most: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number <= most);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let clock =
        matches!(parts.as_slice(), [hour, minute, second] if two(hour, 23) && two(minute, 59) && two(second, 59));
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let offset =
        offset == "Z" || offset[1..].split_once(':').is_some_and(|(hour, minute)| two(hour, 14) && two(minute, 59));
    is_date(date) && clock && digits && offset
}

/// A text that matches a pattern, with each repetition `more` times longer than necessary, if one is easily made.
pub(super) fn matching(pattern: &Pattern, more: usize) -> Option<String> {
    let mut found = String::new();
    write(pattern.expression(), more, &mut { MOST_PARTS }, &mut found);
    (found.len() <= LONGEST && pattern.matches(&found)).then_some(found)
}

/// The maximum length of a sample text.
const LONGEST: usize = 4096;

/// The maximum number of parts of an expression that are written, those in repetitions counted each time.
const MOST_PARTS: usize = 100_000;

/// Writes a text that an expression matches, as long as there are parts `left`: repetitions within one another multiply.
fn write(hir: &Hir, more: usize, left: &mut usize, out: &mut String) {
    if *left == 0 || out.len() > LONGEST {
        return;
    }
    *left -= 1;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges().iter().map(|range| (range.start(), range.end()));
            out.extend(readable(&ranges.collect::<Vec<_>>()));
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges = class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end())));
            out.extend(readable(&ranges.collect::<Vec<_>>()));
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let times = repetition.min.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)).min(most);
            for _ in 0..times.min(256) {
                write(&repetition.sub, more, left, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, left, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, left, out)),
        HirKind::Alternation(parts) => parts.iter().take(1).for_each(|part| write(part, more, left, out)),
    }
}

/// A letter or digit of a class, if it has one.
fn readable(ranges: &[(char, char)]) -> Option<char> {
    let holds = |wanted: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&wanted));
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(['-', '_', '.', '/', ' ']).find(holds);
    plain.or_else(|| ranges.first().map(|(first, _)| *first))
}

#[cfg(test)]
mod tests {
    use super::{is_uri, is_uuid, matching};
    use crate::ir::Schemas;

    #[test]
    fn texts_of_a_format_are_told_from_others() {
        for uuid in ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"] {
            assert!(is_uuid(uuid), "{uuid}");
        }
        for other in ["", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "a-b-c-d-e"] {
            assert!(!is_uuid(other), "{other}");
        }
        for uri in ["https://www.example.com/page", "urn:a", "a+b.c-1:x?y#z", "mailto:ä@b"] {
            assert!(is_uri(uri), "{uri}");
        }
        for other in ["", "/page", "1a:b", "a b:c", ":x", "a:", "https://a/{b}", "https://a/b c", "a:b\\c"] {
            assert!(!is_uri(other), "{other}");
        }
    }

    #[test]
    fn a_sample_of_a_pattern_takes_no_longer_than_a_sample_is_worth() {
        let schemas = Schemas::default();
        let matching = |pattern: &str, more| matching(&*schemas.pattern(pattern)?, more);
        assert_eq!(matching("^(ab){2}c{1,3}$", 1).as_deref(), Some("ababcc"));
        assert_eq!(matching("((((a{256}){256}){256}){256}){256}", 0), None);
        assert_eq!(matching("((((([ab]{0,3}){256}){256}){256}){256}){256}", 0), None);
    }
}
