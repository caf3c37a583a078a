//! Escaping of document text for terminals, CI logs and other readers that interpret some of it.

use std::fmt::Write as _;

/// Returns text with control characters and bidirectional marks escaped, so that a terminal does not interpret them, and with the
/// commands broken that the runner of GitHub looks for anywhere in a line of its log.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_interpreted(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    without_commands(shown)
}

/// Returns a line of a source with as many characters, of which none is interpreted.
pub(super) fn line(characters: impl Iterator<Item = char>) -> String {
    let shown: String = characters
        .map(|character| if is_interpreted(character) && character != '\t' { '\u{FFFD}' } else { character })
        .collect();
    // As long as before, so that marks under the line stay where they belong.
    shown.replace("##[", "##(")
}

/// Returns JSON in which characters that are interpreted are escaped: they are only within its strings.
pub(super) fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_interpreted(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}

fn without_commands(text: String) -> String {
    if text.contains("##[") { text.replace("##[", "##\\[") } else { text }
}

/// Returns whether a character does more than to be shown: C0 and C1 controls, marks that reorder text, and those that can't be seen.
fn is_interpreted(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::{json, line, plain};

    #[test]
    fn nothing_is_left_for_a_terminal_or_a_runner_to_interpret() {
        for text in ["\u{1b}[31m", "\u{9b}31m", "\u{202e}", "\u{2066}", "\u{61c}", "a\nb", "\r", "\u{e0041}"] {
            for shown in [plain(text), line(text.chars()), json(text)] {
                assert!(!shown.chars().any(super::is_interpreted), "{shown:?}");
            }
            assert_eq!(line(text.chars()).chars().count(), text.chars().count());
        }
        assert_eq!(json("\u{e0041}"), "\\udb40\\udc41");
        for shown in [plain("a ##[error]x"), line("a ##[error]x".chars())] {
            assert!(!shown.contains("##["), "{shown}");
        }
    }
}
