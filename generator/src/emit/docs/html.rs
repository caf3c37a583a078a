//! Conversion of HTML that has a Markdown equivalent. Later passes show other HTML as text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect::RUSTDOC;

/// Replaces the tags of common formatting by Markdown, outside code.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    // Removing an HTML block may expose indented HTML in it.
    for _ in 0..3 {
        if !text.contains('<') {
            break;
        }
        let rewritten = rewrite(&text);
        if rewritten == text {
            break;
        }
        text = Cow::Owned(rewritten);
    }
    text
}

fn rewrite(text: &str) -> String {
    let mut rewriting = Rewriting::default();
    let mut done = 0;
    let mut events = Parser::new_ext(text, RUSTDOC).into_offset_iter().peekable();
    while let Some((event, mut range)) = events.next() {
        match event {
            Event::Start(Tag::Table(_) | Tag::Heading { .. }) => rewriting.in_line = true,
            Event::End(TagEnd::Table | TagEnd::Heading(_)) => rewriting.in_line = false,
            Event::Html(_) | Event::InlineHtml(_) => {
                // The events of a block are lines, but a tag may span several lines.
                while let Some((_, next)) =
                    events.next_if(|(next, at)| matches!(next, Event::Html(_)) && at.start == range.end)
                {
                    range.end = next.end;
                }
                rewriting.written.push_str(&text[done..range.start]);
                rewriting.is_laid_out = is_laid_out(&text[range.clone()]);
                rewriting.rewrite_tags(&text[range.clone()], &text[range.end..]);
                done = range.end;
            }
            _ => {}
        }
    }
    rewriting.written.push_str(&text[done..]);
    rewriting.written
}

#[derive(Default)]
struct Rewriting {
    written: String,
    /// True in a construct that a line break would end: a row of a table, a heading.
    in_line: bool,
    /// True if the tags determine the lines, so that spaces and line breaks of the source have no meaning.
    is_laid_out: bool,
    /// The targets of the open `<a>` tags; `None` for those without a target.
    links: Vec<Option<String>>,
}

impl Rewriting {
    /// Rewrites the tags in `html`; `after` is the text that follows it.
    fn rewrite_tags(&mut self, html: &str, after: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (before, tag) = rest.split_at(at);
            self.push_text(before);
            let end = if tag.starts_with("<!--") { "-->" } else { ">" };
            let Some(found) = tag.find(end) else {
                rest = tag;
                break;
            };
            let (tag, behind) = tag.split_at(found + end.len());
            self.rewrite_tag(tag, if behind.is_empty() { after } else { behind });
            rest = behind;
        }
        self.push_text(rest);
    }

    fn rewrite_tag(&mut self, tag: &str, after: &str) {
        if tag.starts_with("<!--") {
            return;
        }
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        match (name.to_ascii_lowercase().as_str(), closing) {
            ("b" | "strong", _) => self.written.push_str("**"),
            ("i" | "em", _) => self.written.push('*'),
            ("code" | "tt" | "kbd" | "samp", _) => self.written.push('`'),
            ("br", _) => self.break_line(after),
            ("p" | "div" | "ul" | "ol" | "table", _) => self.push_block("\n\n"),
            ("li" | "tr", false) => self.push_block("\n- "),
            ("td" | "th", false) => self.open_cell(),
            ("li" | "tr" | "td" | "th" | "span" | "thead" | "tbody" | "u" | "small" | "font" | "sup" | "sub", _) => {}
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.push_block("\n\n#### "),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.push_block("\n\n"),
            ("a", false) => {
                let target = href(attributes);
                self.written.push_str(if target.is_some() { "[" } else { "" });
                self.links.push(target);
            }
            ("a", true) => match self.links.pop() {
                Some(Some(target)) => self.written.push_str(&format!("](<{target}>)")),
                Some(None) => {}
                None => self.written.push_str(tag),
            },
            _ => self.written.push_str(tag),
        }
    }

    fn push_text(&mut self, text: &str) {
        if !self.is_laid_out {
            self.written.push_str(text);
            return;
        }
        for (index, word) in text.split_ascii_whitespace().enumerate() {
            let apart = index > 0 || text.starts_with(|first: char| first.is_ascii_whitespace());
            self.written.push_str(if apart && !self.written.ends_with([' ', '\n']) { " " } else { "" });
            self.written.push_str(word);
        }
        let end = text.chars().next_back().filter(char::is_ascii_whitespace);
        self.written.extend(end.filter(|_| !self.written.ends_with([' ', '\n'])));
    }

    /// Opens a cell of a row, and separates it from the one before it.
    fn open_cell(&mut self) {
        let row = self.written.rsplit('\n').next().unwrap_or_default();
        let first = row.trim().is_empty() || row.trim() == "-";
        if !first {
            self.written.truncate(self.written.trim_end_matches(' ').len());
            self.written.push_str(" · ");
        }
    }

    fn push_block(&mut self, markdown: &str) {
        self.written.push_str(if self.in_line { " " } else { markdown });
    }

    /// Writes a hard line break; a second one begins a new paragraph.
    fn break_line(&mut self, after: &str) {
        let line_ends = after.trim_start_matches(' ').starts_with('\n');
        let line = self.written.rsplit('\n').next().unwrap_or_default();
        if self.in_line {
            self.written.push(' ');
        } else if line.trim().is_empty() {
            if let Some(broken) = self.written.trim_end().strip_suffix('\\').map(str::len) {
                self.written.truncate(broken);
                self.written.push('\n');
            }
            self.written.push_str(if line_ends { "" } else { "\n" });
        } else if line_ends {
            self.written.push('\\');
        } else if !after.trim().is_empty() {
            self.written.push_str("\\\n");
        }
    }
}

/// Returns whether `html` is a table or a list in which spaces have no meaning.
fn is_laid_out(html: &str) -> bool {
    let has = |tag: &str| html.contains(tag);
    ["<table", "<tr", "<td", "<ul", "<ol", "<li", "<div", "<p>"].iter().any(|tag| has(tag)) && !has("<pre")
}

/// Returns the target of a link if it can be written in Markdown.
fn href(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("href")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let target = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    let holds = !target.is_empty() && !target.contains(['<', '>', '\\', '\n']);
    holds.then(|| target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_tags_are_markdown() {
        assert_eq!(to_markdown("a <code>b</code> and <b>c</b>"), "a `b` and **c**");
        assert_eq!(
            to_markdown("see <a target=\"_blank\" href='https://a.example/x'>it</a>"),
            "see [it](<https://a.example/x>)"
        );
        assert_eq!(to_markdown("a <!-- hidden --> b"), "a  b");
        assert_eq!(to_markdown("x <a name=y>z</a>"), "x z");
    }

    #[test]
    fn breaks_are_line_breaks_then_paragraphs() {
        assert_eq!(to_markdown("a<br/>b"), "a\\\nb");
        assert_eq!(to_markdown("a<br>\nb<br>"), "a\\\nb");
        assert_eq!(to_markdown("a<br><br>b"), "a\n\nb");
        assert_eq!(to_markdown("a<br>\n<br>\nb"), "a\n\nb");
        assert_eq!(to_markdown("|a|\n|-|\n|b<br>c|"), "|a|\n|-|\n|b c|");
    }

    #[test]
    fn rows_are_items_and_cells_stand_side_by_side() {
        let table =
            "<table>\n  <tr>\n    <th>a</th>\n    <th>b</th>\n  </tr>\n  <tr><td>1</td><td>2 3</td></tr>\n</table>\n";
        let written = to_markdown(table);
        let lines: Vec<&str> = written.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["- a · b", "- 1 · 2 3"]);
    }

    #[test]
    fn other_tags_and_code_stay() {
        for text in ["a <branch> b", "<script>alert(1)</script>", "`<b>`", "a < b > c", "</a>", "```\n<b>\n```"] {
            assert_eq!(to_markdown(text), text);
        }
    }
}
