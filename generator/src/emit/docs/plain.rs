//! Text of a document for a terminal: paragraphs of plain text, without markup.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect::RUSTDOC;
use super::{characters, first_sentence, html};

/// Returns the text without its markup, with a blank line between paragraphs, or `None` if there is none.
///
/// Control characters and marks that reorder or hide text are visible (`\u{1b}`), also those that are written as entities.
pub fn plain(markdown: &str) -> Option<String> {
    let text = characters::normalize(markdown);
    let text = html::to_markdown(&text);
    let mut written = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new_ext(&text, RUSTDOC) {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => written.push_str(&text),
            Event::SoftBreak => written.push(' '),
            Event::HardBreak => written.push('\n'),
            Event::Rule => blank(&mut written),
            Event::TaskListMarker(done) => written.push_str(if done { "[x] " } else { "[ ] " }),
            Event::Start(Tag::List(first)) => {
                (if lists.is_empty() { blank } else { line })(&mut written);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    blank(&mut written);
                }
            }
            Event::Start(Tag::Item) => {
                line(&mut written);
                written.push_str(&"  ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(Some(number)) => {
                        written.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    Some(None) | None => written.push_str("- "),
                }
            }
            Event::End(TagEnd::TableCell) => written.push_str("  "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow | TagEnd::Item) => line(&mut written),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock) if !lists.is_empty() => line(&mut written),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::Table
                | TagEnd::BlockQuote(_),
            ) => blank(&mut written),
            Event::Start(_) | Event::End(_) => {}
        }
    }
    let lines: Vec<&str> = written.lines().map(str::trim_end).collect();
    // An entity may stand for any character.
    let plain = characters::normalize(&lines.join("\n"));
    let plain: Vec<&str> = plain.lines().map(str::trim_end).collect();
    let plain = plain.join("\n").trim().to_owned();
    (!plain.is_empty()).then_some(plain)
}

/// Returns the first sentence of the text without its markup, on one line.
pub fn plain_line(markdown: &str) -> Option<String> {
    let text = plain(markdown)?;
    let paragraph = text.split("\n\n").next()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = first_sentence(&paragraph);
    (!sentence.is_empty()).then_some(sentence)
}

/// Ends a line.
fn line(written: &mut String) {
    if !written.is_empty() && !written.ends_with('\n') {
        written.push('\n');
    }
}

/// Ends a paragraph.
fn blank(written: &mut String) {
    line(written);
    if !written.is_empty() && !written.ends_with("\n\n") {
        written.push('\n');
    }
}
