//! Rewriting of the inline part of Markdown, with as few changes as possible.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::edit::{Edit, Located};
use super::escape::escape_all;
use super::{characters, links};

/// Returns the source of `events`, the whole content of a paragraph, heading or cell, with all edits applied.
///
/// `quotes` is the number of enclosing block quotes, whose marks are at the start of the source lines.
pub(super) fn rewrite(text: &str, events: &[Located<'_>], quotes: usize) -> String {
    let (Some((_, first)), Some(end)) = (events.first(), events.iter().map(|(_, range)| range.end).max()) else {
        return String::new();
    };
    // A backslash before the first character belongs to the text, although no event covers it.
    let escaped = text[..first.start].ends_with('\\');
    let start = first.start - usize::from(escaped);
    let mut edits = edits(text, events, quotes, start);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let end = edits.last().map_or(end, |edit| edit.range.end.max(end));
    apply(text, start..end, edits)
}

fn apply(text: &str, whole: Range<usize>, edits: Vec<Edit>) -> String {
    let mut rewritten = String::with_capacity(whole.len() + 16);
    let mut done = whole.start;
    for edit in edits {
        // An edit within another one (brackets in a link that becomes code) is part of that one.
        if edit.range.start < done {
            continue;
        }
        rewritten.push_str(&text[done..edit.range.start]);
        rewritten.push_str(&edit.replacement);
        done = edit.range.end;
    }
    rewritten.push_str(text.get(done..whole.end).unwrap_or_default());
    rewritten.trim().to_owned()
}

fn edits(text: &str, events: &[Located<'_>], quotes: usize, start: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut run = links::TextRun::default();
    let mut links = Vec::new();
    let mut index = 0;
    let mut previous_end = start;
    while let Some((event, range)) = events.get(index) {
        if !matches!(event, Event::Text(_)) {
            run.finish(&mut edits);
        }
        match event {
            Event::Text(shown) => {
                escape_text(text, range, previous_end, &mut edits);
                if !links.contains(&true) {
                    run.push(shown, range);
                }
            }
            Event::SoftBreak => edits.push(new_line(text, range, quotes, "\n")),
            Event::HardBreak => edits.push(new_line(text, range, quotes, "\\\n")),
            Event::InlineHtml(_) | Event::Html(_) => {
                edits.push(Edit { range: range.clone(), replacement: show_tag(&text[range.clone()]) });
            }
            Event::Code(code) if text[range.clone()].contains('\n') => {
                edits.push(Edit { range: range.clone(), replacement: characters::code_span(code) });
            }
            Event::FootnoteReference(_) => {
                edits.push(Edit { range: range.clone(), replacement: escape_all(&text[range.clone()]) });
            }
            Event::Start(Tag::Link { .. }) => {
                let inner = links::inner(&events[index..]);
                edits.extend(links::rewrite_link(text, event, range, inner));
                links.push(links::stays_link(event));
            }
            Event::End(TagEnd::Link) => drop(links.pop()),
            Event::Start(Tag::Image { .. }) => {
                let inner = links::inner(&events[index..]);
                edits.push(links::rewrite_image(event, range, inner, links.contains(&true)));
                index += inner.len() + 1;
            }
            _ => {}
        }
        // The range of a start event covers its whole content, and the next event is inside it.
        previous_end = if matches!(event, Event::Start(_)) { range.start } else { range.end };
        index += 1;
    }
    run.finish(&mut edits);
    edits
}

/// Returns the edit that replaces a line break and the marks of its containers, which are written separately.
fn new_line(text: &str, range: &Range<usize>, quotes: usize, replacement: &str) -> Edit {
    let mut end = range.end;
    let mut quotes = quotes;
    loop {
        let rest = &text[end..];
        end += rest.len() - rest.trim_start_matches(' ').len();
        if quotes == 0 || !text[end..].starts_with('>') {
            break;
        }
        quotes -= 1;
        end += 1;
    }
    Edit { range: range.start..end, replacement: replacement.to_owned() }
}

/// Escapes literal brackets and backticks, so that they do not begin a link or code.
fn escape_text(text: &str, range: &Range<usize>, previous_end: usize, edits: &mut Vec<Edit>) {
    let already = range.start > previous_end.min(range.start) && text[..range.start].ends_with('\\');
    let mut escaped = already;
    for (offset, character) in text[range.clone()].char_indices() {
        if matches!(character, '[' | ']' | '`') && !escaped {
            let at = range.start + offset;
            edits.push(Edit { range: at..at + 1, replacement: format!("\\{character}") });
        }
        escaped = character == '\\' && !escaped;
    }
}

/// Returns a tag as text, or as code if it is more than a word in angle brackets.
fn show_tag(tag: &str) -> String {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.contains([' ', '"', ':']) { characters::code_span(&tag) } else { escape_all(&tag) }
}
