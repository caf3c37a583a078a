//! Text of a document as rustdoc: safe to compile, clean under the lints, and still the author's Markdown.

use pulldown_cmark::Options;

mod blocks;
mod characters;
mod events;
mod html;
mod inert;
mod inline;
mod links;
#[cfg(test)]
mod tests;

pub use characters::{inline_code, visible};

/// By how much headings of a document's text sink, so that they stand below those that rustdoc makes itself.
pub const HEADING_SHIFT: usize = 1;

/// What rustdoc understands beyond CommonMark, less smart punctuation, which changes no structure.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The text as lines for `#[doc]` attributes, one each; `None` if there is nothing to read.
///
/// What a reader sees stays as written, except that
/// - no code is a doctest: blocks are fenced and named for what they are, `text` if in doubt;
/// - HTML is shown, or said in Markdown where Markdown has the word for it (`<code>`, `<br>`, `<a href>`);
/// - a link goes to an absolute `http`, `https` or `mailto` address, or is text; images are links to them;
/// - `[brackets]` are brackets, never a link to a Rust item;
/// - control characters and marks that reorder or hide text are visible (`\u{202e}`);
/// - headings sink by [`HEADING_SHIFT`].
///
/// The result has no trailing space, no tab, and no bare URL, and its containers are indented as clippy wants them.
pub fn rustdoc(markdown: &str) -> Option<String> {
    rustdoc_below(markdown, HEADING_SHIFT)
}

/// Like [`rustdoc`], for a place of its own depth: headings sink by `shift` levels.
pub fn rustdoc_below(markdown: &str, shift: usize) -> Option<String> {
    let text = characters::normalize(markdown);
    if text.is_empty() {
        return None;
    }
    let text = html::to_markdown(&text);
    let written = match blocks::rewrite(&text, shift) {
        Some(written) if inert::is_inert(&written) => written,
        // Nested beyond reason, or a case that the rewriting does not know: shown as it came.
        _ => blocks::fence("text", &text),
    };
    (!written.is_empty()).then_some(written)
}

/// The first sentence of the text on one line, for tables and lists; `None` if there is no paragraph to take it from.
pub fn summary_line(markdown: &str) -> Option<String> {
    let text = rustdoc(markdown)?;
    let paragraph: Vec<&str> = text
        .lines()
        .skip_while(|line| line.is_empty() || line.starts_with('#'))
        .take_while(|line| !line.is_empty())
        .map(|line| line.trim_end_matches('\\'))
        .collect();
    let opening = paragraph.first()?;
    let is_prose = !["```", "> ", "- ", "* ", "+ ", "|", "___"].iter().any(|block| opening.starts_with(block));
    is_prose.then(|| first_sentence(&paragraph.join(" ")))
}

/// Up to the first full stop that ends a sentence, and no markup with it cut in two.
fn first_sentence(paragraph: &str) -> String {
    let ends = paragraph.match_indices(". ").map(|(at, _)| &paragraph[..=at]);
    let mut sentences = ends.filter(|sentence| {
        let even = |symbol: &str| sentence.matches(symbol).count() % 2 == 0;
        let closed = |open: char, close: char| sentence.matches(open).count() == sentence.matches(close).count();
        let abbreviated = ["e.g.", "i.e.", "etc.", "vs.", "cf."].iter().any(|short| sentence.ends_with(short));
        even("`") && even("*") && even("~") && closed('[', ']') && closed('(', ')') && closed('<', '>') && !abbreviated
    });
    sentences.next().unwrap_or(paragraph).to_owned()
}
