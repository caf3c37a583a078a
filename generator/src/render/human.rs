//! Findings as rustc shows them.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::escape::{self, plain};
use super::located::{Located, Spot};
use crate::diagnostics::{Rule, Severity};
use crate::place::{Pointer, Position, Source};

/// The maximum number of places of equal findings that are named.
const PLACES: usize = 4;
/// The maximum number of characters of a line that are shown.
const WINDOW: usize = 160;

/// The maximum number of findings of one rule that are shown in full, other than errors.
const SHOWN: usize = 3;
/// The maximum number of places of the others that are named.
const NAMED: usize = 24;

pub(super) fn write(found: &[Located<'_>], sources: &[&Source], color: bool, verbose: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let texts = Texts::new(sources);
    let mut text = String::new();
    let mut groups = folded(found).into_iter().peekable();
    let mut shown: HashMap<Rule, usize> = HashMap::new();
    let mut counted: Vec<(Rule, Vec<&Located<'_>>)> = Vec::new();
    while let Some(same) = groups.next() {
        let (rule, severity) = (same[0].diagnostic.rule, same[0].severity());
        let number = shown.entry(rule).or_default();
        *number += 1;
        if verbose || severity == Severity::Error || *number <= SHOWN {
            let shown_text = renderer.render(&report(&same, &texts));
            text.push_str(&with_columns_of_the_lines(shown_text, same[0], &texts));
            text.push_str("\n\n");
        } else {
            match counted.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, more)) => more.extend(same),
                None => counted.push((rule, same)),
            }
        }
        // The counted ones follow the others of their severity.
        if groups.peek().is_none_or(|next| next[0].severity() != severity) {
            for (rule, more) in counted.drain(..) {
                text.push_str(&renderer.render(&[count(rule, severity, &more)]));
                text.push_str("\n\n");
            }
            shown.clear();
        }
    }
    text
}

/// The findings of a rule that are not shown in full, in a line.
fn count<'a>(rule: Rule, severity: Severity, more: &[&Located<'a>]) -> Group<'a> {
    let entry = rule.entry();
    let mut places: Vec<String> = more.iter().take(NAMED).map(|found| found.spot.label()).collect();
    if more.len() > NAMED {
        places.push(format!("and {} more", more.len() - NAMED));
    }
    let title = format!("{}: {} more of these, at {}", entry.title, more.len(), places.join(", "));
    level(severity)
        .primary_title(title)
        .id(entry.code)
        .elements([Element::from(Level::HELP.message("`--verbose` shows each in full"))])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Equal findings together, in the order in which they were first reported; but errors come last, where
/// a terminal shows them when the run is over.
fn folded<'f, 'a>(found: &'f [Located<'a>]) -> Vec<Vec<&'f Located<'a>>> {
    let mut groups: Vec<Vec<&Located<'_>>> = Vec::new();
    let mut known = HashMap::new();
    for one in found {
        let last = one.permission().unwrap_or_else(|| one.help().to_owned());
        let key = (one.diagnostic.rule, one.severity(), one.message(), last, one.related.is_empty());
        match known.get(&key) {
            Some(&index) if one.related.is_empty() => {
                let group: &mut Vec<_> = &mut groups[index];
                group.push(one);
            }
            _ => {
                known.insert(key, groups.len());
                groups.push(vec![one]);
            }
        }
    }
    groups.sort_by_key(|group| group[0].severity());
    groups
}

/// The report with the column of each place in its line. The renderer counts it in the part of a long line that is shown.
fn with_columns_of_the_lines(mut text: String, found: &Located<'_>, texts: &Texts<'_>) -> String {
    let mut from = 0;
    for spot in std::iter::once(&found.spot).chain(found.related.iter().map(|(spot, _)| spot)) {
        let Some(counted) = texts.label_in_window(spot) else { continue };
        let Some(at) = text[from..].find(&counted).map(|at| from + at) else { continue };
        let label = spot.label();
        text.replace_range(at..at + counted.len(), &label);
        from = at + label.len();
    }
    text
}

fn report<'a>(same: &[&'a Located<'a>], texts: &Texts<'a>) -> Vec<Group<'a>> {
    let first = same[0];
    let level = level(first.severity());
    let entry = first.diagnostic.rule.entry();
    let mut group =
        level.primary_title(entry.title).id(entry.code).elements(texts.elements(&first.spot, plain(first.message())));
    for (spot, label) in &first.related {
        group = group.elements(texts.elements(spot, plain(label)));
    }
    if let Some(pointer) = &first.spot.pointer
        && let Some(text) = first.spot.pointer_text()
    {
        // A published document is not edited: an overlay corrects it.
        let target = match first.spot.in_spec && first.severity() != Severity::Note {
            true => format!("; target of an overlay action: {}", plain(&json_path(pointer))),
            false => String::new(),
        };
        group = group.element(Level::NOTE.message(format!("at {}{target}", plain(text))));
    }
    for other in same.iter().skip(1).take(PLACES) {
        let pointer = other.spot.pointer_text().map(|pointer| format!(" ({})", plain(pointer))).unwrap_or_default();
        group = group.element(Level::NOTE.message(format!("also in {}{pointer}", other.spot.label())));
    }
    if let Some(more) = same.len().checked_sub(PLACES + 1).filter(|&more| more > 0) {
        group = group.element(Level::NOTE.message(format!("and in {more} more places")));
    }
    // A permitted finding needs no correction, so its reason is shown instead.
    let last = match first.permission() {
        Some(permission) => Level::NOTE.message(plain(&permission)),
        None => Level::HELP.message(plain(first.help())),
    };
    vec![group.element(last)]
}

/// The members that are lists. In other members, numbers are names: `responses` has a `200`.
const LISTS: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "examples",
    "items",
    "parameters",
    "prefixItems",
    "required",
    "security",
    "servers",
    "tags",
    "type",
];

/// A pointer as the JSONPath (RFC 9535) of an overlay action.
fn json_path(pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut holder = String::new();
    let mut in_security = false;
    for token in pointer.tokens() {
        let plain_name = token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && token.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        let is_number = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        if plain_name {
            path.push('.');
            path.push_str(&token);
        } else if is_number && (in_security || LISTS.contains(&holder.as_str())) {
            path.push_str(&format!("[{token}]"));
        } else {
            path.push_str(&format!("['{}']", token.replace('\\', "\\\\").replace('\'', "\\'")));
        }
        // The scopes of a requirement are a list under the name of a scheme.
        in_security |= token == "security";
        holder = token.into_owned();
    }
    path
}

/// The lines of the sources.
struct Texts<'a> {
    lines: HashMap<&'a str, Vec<Line<'a>>>,
}

/// A line of a source, which may be the whole document.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// True if each character is a byte, so that none before a place has to be counted.
    is_ascii: bool,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Self {
        Line { text, is_ascii: text.is_ascii() }
    }

    /// The number of characters.
    fn len(self) -> usize {
        if self.is_ascii { self.text.len() } else { self.text.chars().count() }
    }

    /// The characters in a range.
    fn part(self, range: Range<usize>) -> &'a str {
        let byte = |character: usize| match self.is_ascii {
            true => character,
            false => self.text.char_indices().nth(character).map_or(self.text.len(), |(at, _)| at),
        };
        self.text.get(byte(range.start)..byte(range.end)).unwrap_or_default()
    }
}

impl<'a> Texts<'a> {
    fn new(sources: &[&'a Source]) -> Self {
        let lines = sources
            .iter()
            .map(|source| {
                let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
                // Of a file that is not UTF-8, the valid beginning is shown.
                let text = match std::str::from_utf8(bytes) {
                    Ok(text) => text,
                    Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
                };
                (source.name.as_str(), text.lines().map(Line::of).collect())
            })
            .collect();
        Texts { lines }
    }

    /// The line of a place.
    fn line(&self, spot: &Spot, at: Position) -> Option<Line<'a>> {
        self.lines.get(spot.file.as_str())?.get(at.line - 1).copied()
    }

    /// The label of a place by the column that it has in the part of its line that is shown.
    fn label_in_window(&self, spot: &Spot) -> Option<String> {
        let at = spot.position?;
        let (shown, span) = window(self.line(spot, at)?, at);
        let before = shown[..span.start].chars().count();
        Some(format!("{}:{}:{}", plain(&spot.file), at.line, before + 1))
    }

    /// The lines of a place with the message under it, or the message and the file's name where no line is known.
    fn elements(&self, spot: &Spot, message: String) -> Vec<Element<'a>> {
        let snippet = spot.position.and_then(|at| {
            let (shown, span) = window(self.line(spot, at)?, at);
            Some(
                Snippet::source(shown)
                    .line_start(at.line)
                    .path(plain(&spot.file))
                    .annotation(AnnotationKind::Primary.span(span).label(message.clone())),
            )
        });
        match snippet {
            Some(snippet) => vec![snippet.into()],
            None => vec![annotate_snippets::Origin::path(spot.label()).into(), Level::NOTE.message(message).into()],
        }
    }
}

/// The part of a line around a place, and where the place is in it.
fn window(line: Line<'_>, at: Position) -> (String, Range<usize>) {
    let count = line.len();
    let start = (at.column - 1).min(count);
    let end = if at.end_line == at.line { (at.end_column - 1).min(count) } else { count };
    let end = end.clamp(start, start + WINDOW).min(count);
    let (from, to) =
        if count > 2 * WINDOW { (start.saturating_sub(WINDOW / 2), (end + WINDOW / 2).min(count)) } else { (0, count) };
    let text = |range: Range<usize>| escape::line(line.part(range).chars());
    let before = text(from..start);
    let place = text(start..end);
    let offset = before.len();
    let shown = format!("{before}{place}{}", text(end..to));
    let length = if place.is_empty() { usize::from(offset < shown.len()) } else { place.len() };
    // A place at the end of the line still gets a caret; within a character there is none.
    let length =
        (offset..=shown.len()).skip(length).find(|&end| shown.is_char_boundary(end)).map_or(0, |end| end - offset);
    (shown, offset..offset + length)
}

#[cfg(test)]
mod tests {
    use super::json_path;
    use crate::diagnostics::{Diagnostics, Rule};
    use crate::place::{Origins, Pointer, Source};
    use crate::render::{Format, render};

    #[test]
    fn the_column_is_that_of_a_long_line() {
        let text = format!(r#"{{"info": {{"title": "{}"}}, "paths": []}}"#, "é".repeat(400));
        let source = Source { name: "api.json".to_owned(), bytes: text.into_bytes() };
        let mut found = Diagnostics::default();
        for path in ["/info/title", "/paths"] {
            found.push(Rule::WrongType.at(Pointer::parse(path).unwrap_or_default()).message(path));
        }
        let shown = render(&found, &[&source], &Origins::new("api.json"), Format::Human, false);
        let places: Vec<&str> = shown.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
        assert_eq!(places, ["api.json:1:20", "api.json:1:425"], "{shown}");
    }

    #[test]
    fn a_place_is_the_target_of_an_action() {
        let path = |text: &str| json_path(&Pointer::parse(text).unwrap_or_default());
        assert_eq!(path("/paths/~1a~1{b}/get/parameters/0"), "$.paths['/a/{b}'].get.parameters[0]");
        assert_eq!(path("/paths/~1a/get/responses/200"), "$.paths['/a'].get.responses['200']");
        assert_eq!(path("/components/schemas/It's"), "$.components.schemas['It\\'s']");
        assert_eq!(path(""), "$");
    }
}
