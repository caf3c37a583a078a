//! Links. A link to an absolute URL is kept; any other link becomes text.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::characters::code_span;
use super::edit::{Edit, Located};
use super::escape::escape_all;
use super::events::end_of;

/// Returns whether a link can be followed independently of the location of the docs.
pub(super) fn is_followable(target: &str) -> bool {
    let scheme_is = |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    scheme_is("https://") || scheme_is("http://") || scheme_is("mailto:")
}

/// Returns the events inside the link or image at the start of `events`.
pub(super) fn inner<'e, 't>(events: &'e [Located<'t>]) -> &'e [Located<'t>] {
    events.get(1..end_of(events, 0)).unwrap_or_default()
}

/// Returns the edits of a link around its text.
pub(super) fn rewrite_link(text: &str, event: &Event<'_>, range: &Range<usize>, inner: &[Located<'_>]) -> Vec<Edit> {
    let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else {
        return Vec::new();
    };
    let inner_end = inner.iter().map(|(_, range)| range.end).max();
    let (opening, closing) = match (inner.first(), inner_end) {
        (Some((_, first)), Some(end)) => {
            // A backslash before the first character belongs to the text.
            let escaped = first.start > range.start + 1 && text[..first.start].ends_with('\\');
            (range.start..first.start - usize::from(escaped), end..range.end)
        }
        _ => (range.start..range.start, range.clone()),
    };
    // The parser's range does not include the empty brackets of `[a][]`.
    let collapsed = *link_type == LinkType::CollapsedUnknown && text[closing.end..].starts_with("[]");
    let closing = closing.start..closing.end + if collapsed { 2 } else { 0 };
    let edit = |range: &Range<usize>, replacement: String| Edit { range: range.clone(), replacement };
    match link_type {
        LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
            vec![
                edit(&opening, escape_brackets(&text[opening.clone()])),
                edit(&closing, escape_brackets(&text[closing.clone()])),
            ]
        }
        LinkType::Email => Vec::new(),
        LinkType::Autolink if is_followable(dest_url) => Vec::new(),
        LinkType::Autolink => vec![edit(range, code_span(dest_url))],
        LinkType::Inline if is_followable(dest_url) && is_plain(&text[closing.clone()]) => Vec::new(),
        _ if is_followable(dest_url) && !inner.is_empty() => {
            vec![edit(&opening, "[".to_owned()), edit(&closing, format!("]({})", destination(dest_url)))]
        }
        _ if inner.is_empty() => vec![edit(range, address(dest_url))],
        _ => vec![edit(&opening, String::new()), edit(&closing, mention(dest_url, &plain_text(inner)))],
    }
}

/// Replaces an image by a link to it. Otherwise, the browser would fetch it when the docs are read.
pub(super) fn rewrite_image(event: &Event<'_>, range: &Range<usize>, inner: &[Located<'_>], in_link: bool) -> Edit {
    let target: &str = match event {
        Event::Start(Tag::Image { link_type, dest_url, .. }) if !is_unknown(*link_type) => dest_url,
        _ => "",
    };
    let words = plain_text(inner);
    let shown = if words.trim().is_empty() { "image".to_owned() } else { escape_all(&words) };
    let replacement = if in_link {
        shown
    } else if is_followable(target) {
        format!("[{shown}]({})", destination(target))
    } else {
        format!("{shown}{}", mention(target, &words))
    };
    Edit { range: range.clone(), replacement }
}

fn is_unknown(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}

/// Returns whether the link that `event` starts is kept as a link.
pub(super) fn stays_link(event: &Event<'_>) -> bool {
    let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { return false };
    *link_type == LinkType::Email || (!is_unknown(*link_type) && is_followable(dest_url))
}

/// Returns a target that is not a URL, in parentheses after the link's text. A fragment of the original page is left out.
fn mention(target: &str, words: &str) -> String {
    if target.is_empty() || target.starts_with('#') || target == words {
        return String::new();
    }
    format!(" ({})", code_span(target))
}

fn address(target: &str) -> String {
    match target {
        "" => String::new(),
        _ if is_followable(target) && !target.contains([' ', '<', '>', '\\', '\n']) => format!("<{target}>"),
        _ => code_span(target),
    }
}

/// Returns whether the end of an inline link, `](…)`, is on one line and needs no rewriting.
fn is_plain(closing: &str) -> bool {
    closing.starts_with("](") && !closing.contains(['\n', '`', '\\', '&', '['])
}

/// Returns `target` as the destination of an inline link.
fn destination(target: &str) -> String {
    let mut encoded = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            ' ' => encoded.push_str("%20"),
            '\n' => {}
            '"' => encoded.push_str("%22"),
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '[' => encoded.push_str("%5B"),
            '\\' => encoded.push_str("%5C"),
            ']' => encoded.push_str("%5D"),
            '`' => encoded.push_str("%60"),
            '|' => encoded.push_str("%7C"),
            '&' => encoded.push_str("&amp;"),
            character => encoded.push(character),
        }
    }
    encoded
}

/// Escapes brackets in text that is not covered by an event.
fn escape_brackets(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = text.trim_start_matches([']', '[']).trim_end_matches(']');
    if has_address(inner) {
        return text.replace(inner, &code_span(inner)).replace('[', "\\[").replace(']', "\\]");
    }
    text.replace('[', "\\[").replace(']', "\\]").replace('`', "\\`").replace('<', "\\<")
}

/// Returns whether the text contains a bare URL, as rustdoc's lint defines it.
pub(super) fn has_address(text: &str) -> bool {
    find_address(text, 0).is_some()
}

/// Returns the visible text of `events`, without markup.
fn plain_text(events: &[Located<'_>]) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Consecutive visible text and its ranges in the source.
#[derive(Default)]
pub(super) struct TextRun {
    shown: String,
    /// For each event, its start in `shown` and its range in the source.
    parts: Vec<(usize, Range<usize>)>,
}

impl TextRun {
    pub(super) fn push(&mut self, shown: &CowStr<'_>, range: &Range<usize>) {
        self.parts.push((self.shown.len(), range.clone()));
        self.shown.push_str(shown);
    }

    /// Marks the URLs in the text as links (`<…>`), or as code if they have placeholders, and clears the run.
    pub(super) fn finish(&mut self, edits: &mut Vec<Edit>) {
        let mut from = 0;
        while let Some(found) = find_address(&self.shown, from) {
            let address = &self.shown[found.clone()];
            let replacement = if address.contains('{') { code_span(address) } else { format!("<{address}>") };
            edits.push(Edit { range: self.source(found.start, false)..self.source(found.end, true), replacement });
            from = found.end;
        }
        self.shown.clear();
        self.parts.clear();
    }

    /// Returns the source position of the byte at `at` of the visible text, or with `end`, the end of the byte before it.
    fn source(&self, at: usize, end: bool) -> usize {
        let part =
            self.parts.partition_point(|(start, _)| if end { *start < at } else { *start <= at }).saturating_sub(1);
        let Some((start, range)) = self.parts.get(part) else { return 0 };
        let next = self.parts.get(part + 1).map_or(self.shown.len(), |(start, _)| *start);
        let verbatim = next - start == range.len();
        match (verbatim, end) {
            (true, _) => range.start + (at - start),
            (false, true) => range.end,
            (false, false) => range.start,
        }
    }
}

/// Returns the next `http` URL with a domain, as rustdoc's lint `bare_urls` finds it.
fn find_address(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let rest = &text[start..];
        from = start + 4;
        let Some(host) = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")) else { continue };
        let stop = |character: char| {
            !character.is_ascii() || character.is_ascii_whitespace() || "<>\"'`[]|\\^*".contains(character)
        };
        let address = trim_end(&rest[..rest.find(stop).unwrap_or(rest.len())]);
        let domain = host.split(|c: char| !(c.is_ascii_alphanumeric() || "-.@:%_+~#={}".contains(c))).next()?;
        if domain.contains('.') && address.len() > 8 {
            return Some(start..start + address.len());
        }
    }
}

/// Removes the punctuation of the sentence from the end of a URL.
fn trim_end(address: &str) -> &str {
    let count = |sign: char| address.matches(sign).count();
    let mut open = [('(', ')'), ('{', '}')].map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    let mut end = address.len();
    for character in address.chars().rev() {
        // A bracket that nothing opens belongs to the sentence. Those that stand before it stay unopened.
        let unopened = open.iter_mut().find(|(close, more)| *close == character && *more > 0);
        match unopened {
            Some((_, more)) => *more -= 1,
            None if ".,;:!?~".contains(character) => {}
            None => break,
        }
        end -= character.len_utf8();
    }
    &address[..end]
}
