//! Words for ASCII symbols.

/// Operators that mean more than their characters, when they stand alone; longer ones first.
const OPERATORS: &[(&str, &str)] = &[
    ("!==", "not identical"),
    ("===", "identical"),
    ("...", "ellipsis"),
    ("<=>", "compare"),
    ("!=", "not equal"),
    ("!~", "not matching"),
    ("&&", "and"),
    ("**", "double star"),
    ("->", "arrow"),
    ("..", "double dot"),
    ("::", "double colon"),
    ("<=", "less or equal"),
    ("<>", "not equal"),
    ("==", "equal"),
    ("=>", "fat arrow"),
    ("=~", "matching"),
    (">=", "greater or equal"),
    ("||", "or"),
    ("<", "less than"),
    ("=", "equal"),
    (">", "greater than"),
];

/// The words for a text without letters or digits.
pub(super) fn spell_alone(text: &str) -> String {
    spell(text, |_| true)
}

/// Spells the symbols that have a meaning at their position; the others only separate words.
pub(super) fn spell_meaningful(text: &str) -> String {
    spell(text, |place| match place.symbol {
        b'<' | b'>' | b'%' | b'&' | b'*' => true,
        // `+1` and `18+`, but not `ld+json`.
        b'+' => place.next.is_none_or(|next| !next.is_ascii_alphanumeric()) || place.is_sign(),
        b'-' => place.is_sign(),
        // `!=` and `!done`, but not `Yahoo!`.
        b'!' => place.next.is_some() && place.previous.is_none_or(|previous| !previous.is_ascii_alphanumeric()),
        b'=' => matches!(place.previous, Some(b'<' | b'>' | b'!' | b'=')) || place.next.is_none(),
        b'#' => place.next.is_none(),
        _ => false,
    })
}

/// Spells every symbol, which distinguishes `a.b` from `a-b`. Underscores and spaces still only separate.
pub(super) fn spell_all(text: &str) -> String {
    spell(text, |place| !matches!(place.symbol, b'_' | b' '))
}

/// A symbol between its neighbours.
struct Place {
    previous: Option<u8>,
    symbol: u8,
    next: Option<u8>,
}

impl Place {
    /// Returns whether this is the sign of a number at the start of the text.
    fn is_sign(&self) -> bool {
        self.previous.is_none() && self.next.is_some_and(|next| next.is_ascii_digit() || next == b'.')
    }
}

/// `text` is ASCII, so bytes are characters.
fn spell(text: &str, wanted: impl Fn(&Place) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut words = String::with_capacity(text.len() * 2);
    let mut index = 0;
    while let Some(&symbol) = bytes.get(index) {
        if symbol.is_ascii_alphanumeric() {
            words.push(char::from(symbol));
            index += 1;
            continue;
        }
        let previous = index.checked_sub(1).map(|before| bytes[before]);
        let next = bytes.get(index + 1).copied();
        if !wanted(&Place { previous, symbol, next }) {
            // The point of 1.5 separates words like the rest; `_` lets case conversion see where.
            words.push('_');
            index += 1;
            continue;
        }
        let (length, word) =
            match OPERATORS.iter().find(|(operator, _)| bytes[index..].starts_with(operator.as_bytes())) {
                Some((operator, word)) => (operator.len(), *word),
                None => (1, word(symbol, previous.is_none() || next.is_none())),
            };
        words.push(' ');
        words.push_str(word);
        words.push(' ');
        index += length;
    }
    words
}

fn word(symbol: u8, at_an_end: bool) -> &'static str {
    match symbol {
        b'!' => "not",
        b'"' => "quote",
        b'#' => "hash",
        b'$' => "dollar",
        b'%' => "percent",
        b'&' => "and",
        b'\'' => "apostrophe",
        b'(' => "open paren",
        b')' => "close paren",
        b'*' => "star",
        b'+' => "plus",
        b',' => "comma",
        b'-' if at_an_end => "minus",
        b'-' => "dash",
        b'.' => "dot",
        b'/' => "slash",
        b':' => "colon",
        b';' => "semicolon",
        b'?' => "question",
        b'@' => "at",
        b'[' => "open bracket",
        b'\\' => "backslash",
        b']' => "close bracket",
        b'^' => "caret",
        b'_' => "underscore",
        b'`' => "backtick",
        b'{' => "open brace",
        b'|' => "pipe",
        b'}' => "close brace",
        b'~' => "tilde",
        _ => "space",
    }
}
