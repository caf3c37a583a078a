//! Rust text as code, literals and comments.

/// The kind of a piece of Rust text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything else.
    Code,
    /// A string or a character.
    Literal,
    /// A comment, documentation included.
    Comment,
}

/// Splits a text into pieces, which together are the text again.
pub(super) fn pieces(text: &str) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let code = code(rest);
        let (head, tail) = rest.split_at(code);
        if !head.is_empty() {
            found.push((Kind::Code, head));
        }
        let (kind, length) = match tail.as_bytes() {
            [] => break,
            [b'/', b'/', ..] => (Kind::Comment, tail.find('\n').unwrap_or(tail.len())),
            [b'/', ..] => (Kind::Comment, block(tail)),
            [b'"', ..] => (Kind::Literal, string(head, tail)),
            _ => (Kind::Literal, character(tail).unwrap_or(1)),
        };
        let (piece, next) = tail.split_at(length);
        found.push((kind, piece));
        rest = next;
    }
    found
}

/// The length of the code before the first literal or comment.
fn code(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts = |at: usize| match bytes[at] {
        b'"' => true,
        b'/' => matches!(bytes.get(at + 1), Some(b'/' | b'*')),
        b'\'' => text.get(at..).is_some_and(|tail| character(tail).is_some()),
        _ => false,
    };
    (0..bytes.len()).find(|at| starts(*at)).unwrap_or(bytes.len())
}

/// The length of a block comment, which may hold others.
fn block(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
            (b'*', Some(b'/')) => {
                (depth, at) = (depth.saturating_sub(1), at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of a string literal. The code before it shows whether it is a raw one.
fn string(before: &str, text: &str) -> usize {
    let plain = before.trim_end_matches('#');
    let hashes = before.len() - plain.len();
    let raw = plain.strip_suffix('r').map(|head| head.strip_suffix(['b', 'c']).unwrap_or(head));
    let is_raw = raw.is_some_and(|head| !head.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_'));
    if is_raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return text[1..].find(&end).map_or(text.len(), |at| 1 + at + end.len());
    }
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next()?;
        return letters.find(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1);
    }
    letters.next().filter(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1)
}
