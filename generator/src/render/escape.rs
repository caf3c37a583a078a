//! Text of documents in front of readers that obey some of it.

/// Text without what a terminal would obey: control characters and marks that reorder text are written out.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let obeyed = character.is_control()
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        if obeyed {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}
