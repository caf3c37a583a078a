//! Text of a document as rustdoc: safe to compile, clean under the lints, and still the author's Markdown.

mod blocks;
mod characters;
mod dialect;
mod edit;
mod escape;
mod events;
mod html;
mod inert;
mod inline;
mod links;
mod plain;
#[cfg(test)]
mod tests;

pub use characters::{inline_code, visible};
pub use plain::{plain, plain_line};

/// The number of levels by which headings of the document's text are lowered, so that they are below the headings that
/// rustdoc makes.
pub const HEADING_SHIFT: usize = 1;

/// Returns the text as lines for `#[doc]` attributes, one for each, or `None` if the text is empty.
///
/// The visible text is unchanged, with these exceptions:
/// - no code is a doctest: blocks are fenced and have a language, `text` if in doubt;
/// - HTML is shown as text, or converted if Markdown has an equivalent (`<code>`, `<br>`, `<a href>`);
/// - a link goes to an absolute `http`, `https` or `mailto` address, or is text; images are links to them;
/// - `[brackets]` are brackets, never a link to a Rust item;
/// - control characters and marks that reorder or hide text are visible (`\u{202e}`);
/// - headings sink by [`HEADING_SHIFT`].
///
/// The result has no trailing space, no tab, and no bare URL, and its containers are indented as clippy requires.
pub fn rustdoc(markdown: &str) -> Option<String> {
    rustdoc_below(markdown, HEADING_SHIFT)
}

/// Does the same as [`rustdoc`], and lowers headings by `shift` levels.
pub fn rustdoc_below(markdown: &str, shift: usize) -> Option<String> {
    let text = characters::normalize(markdown);
    if text.is_empty() {
        return None;
    }
    let text = html::to_markdown(&text);
    let written = match blocks::rewrite(&text, shift) {
        Some(written) if inert::is_inert(&written) => written,
        // The text is nested too deeply, or has a construct that the rewriting does not support: it is shown verbatim.
        _ => blocks::fence("text", &text),
    };
    (!written.is_empty()).then_some(written)
}

/// Returns the first sentence of the text on one line, for tables and lists, or `None` if the text has no paragraph.
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

/// Returns the text up to the first period that ends a sentence without cutting markup in two.
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
