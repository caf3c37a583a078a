//! Text of documents in lines for people.

use crate::written::{Terminal, Written, is_interpreted};

/// Returns text of which neither a terminal nor the runner of GitHub interprets anything.
pub(super) fn plain(text: &str) -> String {
    Written::<Terminal>::of(text).as_str().to_owned()
}

/// Returns a line of a source with as many characters, of which none is interpreted.
pub(super) fn line(characters: impl Iterator<Item = char>) -> String {
    let shown: String = characters
        .map(|character| if is_interpreted(character) && character != '\t' { '\u{FFFD}' } else { character })
        .collect();
    // The length does not change, so that marks under the line stay in place.
    shown.replace("##[", "##(")
}

#[cfg(test)]
mod tests {
    use super::{line, plain};
    use crate::written::is_interpreted;

    #[test]
    fn nothing_is_left_for_a_terminal_or_a_runner_to_interpret() {
        for text in ["\u{1b}[31m", "\u{9b}31m", "\u{202e}", "\u{2066}", "\u{61c}", "a\nb", "\r", "\u{e0041}"] {
            for shown in [plain(text), line(text.chars())] {
                assert!(!shown.chars().any(is_interpreted), "{shown:?}");
            }
            assert_eq!(line(text.chars()).chars().count(), text.chars().count());
        }
        for shown in [plain("a ##[error]x"), line("a ##[error]x".chars())] {
            assert!(!shown.contains("##["), "{shown}");
        }
    }
}
