//! The final check: the effect of the text in rustdoc and clippy.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::dialect::RUSTDOC;
use super::{blocks, links};

/// Returns whether the Markdown has no doctest, embeds nothing, and links to no Rust item.
pub(super) fn is_inert(markdown: &str) -> bool {
    // As in rustdoc, any text in brackets may be a link to an item.
    let mut may_be_item = |_: pulldown_cmark::BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let events = Parser::new_with_broken_link_callback(markdown, RUSTDOC, Some(&mut may_be_item));
    let tidy = markdown.lines().all(|line| !line.ends_with(' ') && !line.contains('\t'));
    let mut in_link = 0_usize;
    let mut in_code = false;
    tidy && events.into_iter().all(|event| {
        match &event {
            Event::Start(Tag::Link { .. }) => in_link += 1,
            Event::End(TagEnd::Link) => in_link = in_link.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if in_link == 0 && !in_code && links::has_address(text) => return false,
            _ => {}
        }
        is_inert_event(&event)
    })
}

fn is_inert_event(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => blocks::is_known_language(info),
        Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => true,
        Event::Start(Tag::Link { dest_url, .. }) => links::is_followable(dest_url),
        Event::Start(
            Tag::CodeBlock(CodeBlockKind::Indented)
            | Tag::HtmlBlock
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_),
        )
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_) => false,
        _ => true,
    }
}
