//! Navigation in the parser's events.

use pulldown_cmark::{Event, Tag};

use super::edit::Located;

/// Returns whether the list at the start of `events` is tight: no item contains a paragraph.
pub(super) fn is_tight(events: &[Located<'_>]) -> bool {
    let mut depth = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Paragraph) if depth == 2 => return false,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    true
}

/// Returns the index after the block that starts at `index`.
pub(super) fn end_of(events: &[Located<'_>], index: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, (event, _)) in events[index..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + offset;
        }
    }
    events.len() - 1
}

/// Returns the index after the text of a tight item, which has no paragraph around it.
pub(super) fn end_of_inline(events: &[Located<'_>], index: usize) -> usize {
    let mut at = index;
    while let Some((event, _)) = events.get(at) {
        match event {
            Event::Start(tag) if is_inline(tag) => at = end_of(events, at) + 1,
            Event::Start(_) | Event::End(_) | Event::Rule => break,
            _ => at += 1,
        }
    }
    // At least one event is consumed, so that the caller makes progress.
    at.max(index + 1)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Returns the text of a block of code or HTML, without the marks of its containers.
pub(super) fn content(events: &[Located<'_>]) -> String {
    let mut content = String::new();
    for (event, _) in events {
        if let Event::Text(text) | Event::Html(text) = event {
            content.push_str(text);
        }
    }
    content
}
