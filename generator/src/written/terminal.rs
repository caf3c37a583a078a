//! Text on a terminal, and in the log of a run in CI.

use super::characters::{OLD_COMMAND, is_interpreted};
use super::text::{Language, Prose, Written};

/// A terminal, or the log of a run in CI: controls and marks that reorder text are escaped, and the commands broken that GitHub's
/// runner looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal;

impl Language for Terminal {
    fn escape(text: &str, to: &mut String) {
        // The newer syntax counts at the beginning of a line, after spaces.
        let begins = text.trim_start().strip_prefix("::").is_some_and(|rest| !is_path(rest)) && is_line_start(to);
        let continues = text.starts_with(':') && to.strip_suffix(':').is_some_and(is_line_start);
        if begins || continues {
            to.push('\\');
        }
        let start = to.len();
        for character in text.chars() {
            if is_interpreted(character) {
                to.extend(character.escape_default());
            } else {
                to.push(character);
            }
        }
        break_old_commands(to, start);
    }
}

impl Prose for Terminal {
    fn code(text: &str, to: &mut String) {
        to.push('`');
        Terminal::escape(text, to);
        to.push('`');
    }
}

impl Written<Terminal> {
    /// Returns lines of text, each escaped; tabs within them stay.
    pub fn lines(text: &str) -> Self {
        let mut written = Self::default();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                written.raw("\n");
            }
            for (index, part) in line.split('\t').enumerate() {
                if index > 0 {
                    written.raw("\t");
                }
                written.text(part);
            }
        }
        written
    }
}

/// Returns whether a text continues as a path into Rust's own crates, which are no commands: emitted code begins many lines with
/// them, and `patch` does not read an escaped one.
fn is_path(text: &str) -> bool {
    ["core::", "std::", "alloc::"].iter().any(|root| text.starts_with(root))
}

/// Returns whether the last line of a text has only spaces.
fn is_line_start(text: &str) -> bool {
    let text = text.trim_end_matches(|last: char| last.is_whitespace() && last != '\n');
    text.is_empty() || text.ends_with('\n')
}

/// Breaks the commands that began behind `start`, or shortly before it.
fn break_old_commands(text: &mut String, start: usize) {
    let mut from = start.saturating_sub(OLD_COMMAND.len() - 1);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    if text[from..].contains(OLD_COMMAND) {
        let broken = text[from..].replace(OLD_COMMAND, "##\\[");
        text.truncate(from);
        text.push_str(&broken);
    }
}
