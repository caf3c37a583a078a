//! Markdown, as CommonMark and GitHub read it.

use super::characters::{OLD_COMMAND, shown};
use super::text::{Language, Prose};

/// Markdown. Names and values belong into code: GitHub finds mentions and references to issues in all other text, however it is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Markdown;

impl Language for Markdown {
    /// Writes signs that can open a block, a link, a tag, code or an emphasis as numeric entities.
    fn escape(text: &str, to: &mut String) {
        let mut characters = text.chars().map(shown).peekable();
        let (mut is_first, mut is_number) = (true, true);
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            let opens = match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|' | '@' | '$' => true,
                '-' | '+' | '=' => is_first,
                // The number of an item, or an address without a scheme.
                '.' | ')' => is_number && !is_first || ends_with_www(to),
                // An address with one, or the name of a picture.
                ':' => next.is_some_and(|next| !next.is_whitespace()),
                _ => false,
            };
            if opens {
                to.push_str(&format!("&#{};", u32::from(character)));
            } else {
                to.push(character);
            }
            is_number &= character.is_ascii_digit() || is_first && character == ' ';
            is_first &= character == ' ';
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

impl Prose for Markdown {
    /// Writes the text between more backticks than it has in a row (CommonMark 0.31, 6.1), so that it cannot end the code.
    fn code(text: &str, to: &mut String) {
        let text: String = text.chars().map(shown).collect::<String>().replace(OLD_COMMAND, "##\\[");
        let text = if text.trim().is_empty() { "\"\"" } else { text.as_str() };
        let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        // A space at each end belongs to the fence.
        let is_padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
        let space = if is_padded { " " } else { "" };
        for part in [&fence, space, text, space, &fence] {
            to.push_str(part);
        }
    }
}
