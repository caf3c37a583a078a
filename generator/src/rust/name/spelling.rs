//! From any text to ASCII words that case conversion can take apart.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use super::symbols;

/// The text as ASCII words, for case conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Symbols that mean something are words, the others separate words.
    pub(super) plain: String,
    /// Every symbol is a word, which tells `@type` from `type`; `None` if `plain` dropped nothing.
    pub(super) full: Option<String>,
}

/// Spells `text`, which may be empty, of symbols only, or in any script.
pub(super) fn spell(text: &str) -> Spelling {
    let ascii = to_ascii(text);
    if ascii.is_empty() {
        return Spelling { plain: nameless(text), full: None };
    }
    if !ascii.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return Spelling { plain: symbols::spell_alone(&ascii), full: None };
    }
    let plain = symbols::spell_meaningful(&ascii);
    let full = symbols::spell_all(&ascii);
    Spelling { full: (full != plain).then_some(full), plain }
}

/// Transliterates, so that no identifier depends on how an editor shows a script, and none is linted as confusable.
fn to_ascii(text: &str) -> String {
    // rustc folds identifiers to NFC; doing it first gives both forms of `é` the same letters.
    let mut ascii = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '≤' => ascii.push_str("<="),
            '≥' => ascii.push_str(">="),
            '≠' => ascii.push_str("!="),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            character if character.is_ascii_control() => ascii.push(' '),
            character => ascii.push(character),
        }
    }
    deunicode::deunicode_with_tofu(&ascii, "").trim().to_owned()
}

/// Words for a text that has no ASCII form: what it is, or which characters it has.
fn nameless(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    let mut words = String::new();
    for character in text.chars().take(8) {
        match character {
            ' ' => words.push_str("space "),
            '\t' => words.push_str("tab "),
            '\n' => words.push_str("newline "),
            '\r' => words.push_str("return "),
            character => {
                let _ = write!(words, "u{:04x} ", u32::from(character));
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        spell(text).plain
    }

    #[test]
    fn scripts_become_ascii_words() {
        assert_eq!(plain("Größe"), "Grosse");
        assert_eq!(plain("caf\u{e9}"), plain("cafe\u{301}"));
        assert_eq!(plain("\u{fb01}eld"), "field");
        assert_eq!(plain("名前"), "Ming_Qian");
        assert_eq!(plain("🎉"), "tada");
        assert_eq!(plain("na\u{202e}me"), "name");
    }

    #[test]
    fn what_has_no_letters_still_says_what_it_is() {
        assert_eq!(plain(""), "empty");
        assert_eq!(plain(" ").trim(), "space");
        assert_eq!(plain("\u{e000}").trim(), "ue000");
        assert_eq!(plain("\u{202e}").trim(), "u202e");
        assert_eq!(plain("≥").trim(), "greater or equal");
    }
}
