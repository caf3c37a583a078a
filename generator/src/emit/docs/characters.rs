//! Characters that are changed by a Rust source file or that mislead its reader.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The number of characters of a value that [`inline_code`] shows.
const MAX_INLINE_CODE: usize = 120;

/// Normalizes line ends and tabs, makes hidden characters visible, and removes common indentation and blank lines at both
/// ends.
///
/// Spaces at the end of a line are kept, because two of them are a line break in Markdown.
pub(super) fn normalize(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n");
    let visible = make_visible(&text);
    let lines: Vec<Cow<'_, str>> = visible.split('\n').map(expand_tabs).collect();
    let indent = |line: &&Cow<'_, str>| line.len() - line.trim_start_matches(' ').len();
    // If all lines are indented, the text was in an indented place and is not a code block.
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(shared..).unwrap_or_default()).collect();
    let blank = |line: &&&str| line.trim().is_empty();
    let before = lines.iter().take_while(blank).count();
    let after = lines[before..].iter().rev().take_while(blank).count();
    lines[before..lines.len() - after].join("\n")
}

/// Returns the text on one line, with invisible characters escaped.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if is_hidden(character) || is_line_end(character) {
            push_escape(&mut shown, character)
        } else {
            shown.push(character)
        }
    }
    shown
}

/// Returns a value, or its beginning, as inline code on one line, with invisible characters escaped.
pub fn inline_code(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == MAX_INLINE_CODE {
            shown.push('…');
            break;
        }
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            character if is_hidden(character) || is_line_end(character) => push_escape(&mut shown, character),
            character => shown.push(character),
        }
    }
    if shown.is_empty() {
        shown.push_str("\"\"");
    }
    code_span(&shown)
}

/// Returns `text`, which has no line end, between as many backticks as necessary.
pub(super) fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    // Markdown removes one space at each end if both have one, which separates backticks of the text from the fence.
    let padded = text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty());
    let space = if padded { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns the length of the longest run of `wanted` in `text`.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|character| character != wanted).map(str::len).max().unwrap_or(0)
}

fn make_visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' | '\t' => visible.push(character),
            character if is_line_end(character) => visible.push('\n'),
            // They join the letters of many scripts, and the parts of an emoji.
            '\u{200c}' | '\u{200d}'
                if !previous.is_ascii() && characters.peek().is_some_and(|next| !next.is_ascii()) =>
            {
                visible.push(character);
            }
            character if is_hidden(character) => push_escape(&mut visible, character),
            character => visible.push(character),
        }
        previous = character;
    }
    Cow::Owned(visible)
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns whether a character is a control, a bidirectional override (rustc rejects these), or has no width.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn push_escape(text: &mut String, character: char) {
    let _ = write!(text, "\\u{{{:x}}}", u32::from(character));
}

/// Replaces tabs by spaces up to the next multiple of four, as Markdown counts them.
fn expand_tabs(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return Cow::Borrowed(line);
    }
    let mut expanded = String::with_capacity(line.len() + 8);
    let mut column = 0;
    for character in line.chars() {
        let width = if character == '\t' { 4 - column % 4 } else { 1 };
        column += width;
        match character {
            '\t' => expanded.extend(std::iter::repeat_n(' ', width)),
            character => expanded.push(character),
        }
    }
    Cow::Owned(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_a_newline() {
        assert_eq!(normalize("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h"), "a\nb\nc\nd\ne\nf\ng\nh");
    }

    #[test]
    fn hidden_characters_are_shown_but_scripts_stay_whole() {
        assert_eq!(normalize("a\u{202e}b\0c\u{200b}d\u{1b}"), "a\\u{202e}b\\u{0}c\\u{200b}d\\u{1b}");
        assert_eq!(normalize("a\u{200d}b 👨\u{200d}👩 می\u{200c}خواهم"), "a\\u{200d}b 👨\u{200d}👩 می\u{200c}خواهم");
    }

    #[test]
    fn shared_indentation_is_no_code() {
        assert_eq!(normalize("\n    a\n      b\n\n    c  \n"), "a\n  b\n\nc  ");
        assert_eq!(normalize("a\tb\n\tc"), "a   b\n    c");
        assert_eq!(normalize(" \n\t\n"), "");
    }

    #[test]
    fn a_value_is_inline_code_whatever_it_holds() {
        assert_eq!(inline_code("a"), "`a`");
        assert_eq!(inline_code(""), "`\"\"`");
        assert_eq!(inline_code("a`b``c"), "```a`b``c```");
        assert_eq!(inline_code("`"), "`` ` ``");
        assert_eq!(inline_code(" a "), "`  a  `");
        assert_eq!(inline_code("a\nb\u{202e}\u{2028}"), "`a\\nb\\u{202e}\\u{2028}`");
        assert_eq!(inline_code(&"x".repeat(500)).chars().count(), MAX_INLINE_CODE + 3);
    }
}
