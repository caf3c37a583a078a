//! Text of which nothing is Markdown syntax.

use std::borrow::Cow;

/// Returns the text on one line with all Markdown syntax escaped.
pub(super) fn escape_all(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(character, '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '&' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Escapes the start of a paragraph's line that would begin another block.
pub(super) fn escape_line_start(line: &str) -> Cow<'_, str> {
    let line = line.trim_start_matches(' ');
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let digits = line.len() - line.trim_start_matches(|first: char| first.is_ascii_digit()).len();
    let numbered = (1..=9).contains(&digits) && line[digits..].strip_prefix(['.', ')']).is_some_and(ends_word);
    if numbered {
        return Cow::Owned(format!("{}\\{}", &line[..digits], &line[digits..]));
    }
    let bullet = line.strip_prefix(['-', '+', '*']).is_some_and(ends_word);
    let hashes = line.len() - line.trim_start_matches('#').len();
    let heading = (1..=6).contains(&hashes) && ends_word(&line[hashes..]);
    let rule = |symbol: char| {
        line.matches(symbol).count() >= 3 && line.chars().all(|character| character == symbol || character == ' ')
    };
    let underline =
        !line.is_empty() && (line.trim_end().bytes().all(|b| b == b'=') || line.trim_end().bytes().all(|b| b == b'-'));
    let fence = line.starts_with("~~~") || line.starts_with("```") && !line[3..].contains('`');
    let opens = bullet || heading || rule('*') || rule('-') || rule('_') || underline || fence || line.starts_with('>');
    if opens { Cow::Owned(format!("\\{line}")) } else { Cow::Borrowed(line) }
}
