//! From any text to ASCII words that case conversion can take apart.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use super::symbols;

/// The text as ASCII words, for case conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Symbols that mean something are words, the others separate words.
    pub(super) plain: String,
    /// Every symbol is a word, which distinguishes `@type` from `type`; `None` if `plain` dropped nothing.
    pub(super) full: Option<String>,
}

/// Spells `text`, which may be empty, of symbols only, or in any script.
pub(super) fn spell(text: &str) -> Spelling {
    if is_spelt(text) {
        return Spelling { plain: text.to_owned(), full: None };
    }
    let ascii = to_ascii(&without_pictures(text));
    if ascii.is_empty() {
        return Spelling { plain: nameless(text), full: None };
    }
    if !ascii.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return Spelling { plain: symbols::spell_alone(&ascii), full: None };
    }
    let plain = symbols::spell_meaningful(&without_apostrophes(&ascii));
    let full = symbols::spell_all(&ascii);
    Spelling { full: (full != plain).then_some(full), plain }
}

/// The words of [`spell`] without those of symbols that only separate, for texts that are not claimed as a name.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if is_spelt(text) || has_separators_only(text) { Cow::Borrowed(text) } else { Cow::Owned(spell(text).plain) }
}

/// Returns whether a text is letters and digits with symbols that mean nothing but a boundary, as most ids and paths are.
fn has_separators_only(text: &str) -> bool {
    let separates = |byte: u8| matches!(byte, b'_' | b'/' | b'.' | b'{' | b'}' | b':' | b' ' | b'-');
    // A `-` or a point in front may be a part of a number.
    text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || matches!(first, b'/' | b'{' | b'_'))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || separates(byte))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// Returns whether a text is spelt already, as most are: ASCII letters, digits and underscores.
fn is_spelt(text: &str) -> bool {
    let mut named = false;
    text.bytes().all(|byte| {
        named |= byte.is_ascii_alphanumeric();
        byte.is_ascii_alphanumeric() || byte == b'_'
    }) && named
}

/// The text without pictures and topic separators, as far as letters or digits are left: `🎉 Party >> Guests` is `Party Guests`.
fn without_pictures(text: &str) -> Cow<'_, str> {
    let separates =
        |text: &str| text.contains(">>") || text.contains("->") || text.contains("=>") || text.contains(" > ");
    if text.is_ascii() && !separates(text) || !text.contains(char::is_alphanumeric) {
        return Cow::Borrowed(text);
    }
    let is_picture = |character: char| matches!(u32::from(character), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2500..=0x27bf | 0x2b00..=0x2bff | 0xfe00..=0xfe0f | 0x1f000..=0x1faff);
    let plain: String = text.chars().map(|character| if is_picture(character) { ' ' } else { character }).collect();
    let between = |separator: &str, plain: String| match plain.split_once(separator) {
        Some((before, after)) if before.contains(char::is_alphanumeric) && after.contains(char::is_alphanumeric) => {
            plain.replace(separator, " ")
        }
        _ => plain,
    };
    Cow::Owned([">>", "->", "=>", " > "].into_iter().fold(plain, |plain, separator| between(separator, plain)))
}

/// The text without the apostrophes in its words: `Project's Issues` is `Project Issues`, and `don't` is `dont`.
fn without_apostrophes(text: &str) -> Cow<'_, str> {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = text.as_bytes();
    let is_inside = |at: usize| bytes[at] == b'\'' && at > 0 && letter(bytes.get(at - 1)) && letter(bytes.get(at + 1));
    if !(0..bytes.len()).any(is_inside) {
        return Cow::Borrowed(text);
    }
    let is_genitive = |at: usize| is_inside(at) && bytes[at + 1] == b's' && !letter(bytes.get(at + 2));
    let dropped = |at: usize| is_inside(at) || at > 0 && is_genitive(at - 1);
    Cow::Owned(text.char_indices().filter(|(at, _)| !dropped(*at)).map(|(_, character)| character).collect())
}

/// Transliterates, so that no identifier depends on how an editor shows a script, and none is linted as confusable.
fn to_ascii(text: &str) -> String {
    if text.is_ascii() {
        return text.replace(|character: char| character.is_ascii_control(), " ").trim().to_owned();
    }
    // rustc folds identifiers to NFC; doing it first gives both forms of `é` the same letters.
    let mut ascii = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            // Separators of topics, which would be spelt `>>` and `->`.
            '»' | '«' | '›' | '‹' | '→' | '←' | '⇒' | '•' | '·' | '…' => ascii.push(' '),
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

/// The way in which a text is spelled, if others may spell the same words in another way.
pub(super) fn style(text: &str) -> Option<&'static str> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
        return None;
    }
    let has = |test: fn(&u8) -> bool| text.bytes().any(|byte| test(&byte));
    let (lower, upper) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    let (first, last) = (text.bytes().next()?, text.bytes().last()?);
    if !first.is_ascii_alphabetic() || !last.is_ascii_alphanumeric() {
        return None;
    }
    let joint = text.bytes().find(|byte| !byte.is_ascii_alphanumeric());
    match (joint, lower, upper) {
        (Some(b'_'), true, false) => Some("snake_case"),
        (Some(b'-'), true, false) => Some("kebab_case"),
        (None, true, false) => Some("lowercase"),
        (None, false, true) => Some("uppercase"),
        (None, true, true) if first.is_ascii_lowercase() => Some("camel_case"),
        (None, true, true) => Some("pascal_case"),
        _ => None,
    }
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
        assert_eq!(plain("🎉 Party").trim(), "Party");
        assert_eq!(plain("Shop » Orders").replace('_', ""), "ShopOrders");
        assert!(!plain("Shop >> Orders").contains("than") && !plain("a -> b").contains("arrow"));
        assert_eq!(plain(">5").trim(), "greater than 5");
        assert_eq!(plain("List a Project’s Keys").replace('_', " "), "List a Project Keys");
        assert_eq!(plain("don't"), "dont");
    }

    #[test]
    fn separators_only_separate() {
        let snake = |words: &str| super::super::casing::snake(words);
        for text in [
            "a-b",
            "a - b",
            "/pets/{petId}",
            "repos/get-all",
            "v1.2:run",
            "users.list ",
            "-1",
            ".5",
            "a->b",
            "{}",
            "x::y",
        ] {
            assert_eq!(snake(&super::plain(text)), snake(&plain(text)), "{text}");
        }
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
