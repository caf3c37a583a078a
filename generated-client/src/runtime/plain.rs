//! Text of servers in messages for people.

use std::fmt::{self, Write};

/// A text that a server sent, for a message: on one line, without the characters that move a terminal's cursor or turn its text around.
pub(crate) struct Plain<'a>(pub(crate) &'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if is_hidden(c) { ' ' } else { c }))
    }
}

/// Returns whether a character is a control rather than a part of a text: C0 and C1, ends of lines, and the controls of direction (UAX 9).
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}
