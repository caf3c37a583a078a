//! Characters that have an effect when they are shown.

/// The beginning of a command in the older syntax of GitHub's runner, which looks for it anywhere in a line.
pub(super) const OLD_COMMAND: &str = "##[";

/// Returns whether a character has an effect: C0 and C1 controls, marks that reorder text, and invisible characters.
pub fn is_interpreted(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// The character, or its replacement if it would be interpreted: a space for a control, else the replacement character.
pub(super) fn shown(character: char) -> char {
    match character {
        control if control.is_control() => ' ',
        hidden if is_interpreted(hidden) => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}
