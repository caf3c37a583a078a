//! Texts of samples as readable literals.

use proc_macro2::Literal;

/// Returns a text as a literal. It is raw if that is more readable and the text has no hidden characters.
pub(super) fn literal(text: &str) -> Literal {
    let is_plain = |character: char| matches!(character, ' '..='~') || character.is_alphanumeric();
    let raw = text.contains(['"', '\\']) && text.chars().all(is_plain) && !text.contains("\"#");
    let written = raw.then(|| format!("r#\"{text}\"#").parse().ok()).flatten();
    written.unwrap_or_else(|| Literal::string(text))
}
