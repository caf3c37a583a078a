//! The languages of graphs: Mermaid and DOT.

use super::characters::{OLD_COMMAND, shown};
use super::text::Language;

/// A label of Mermaid, between quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mermaid;

impl Language for Mermaid {
    /// Writes characters with a meaning as numeric entities.
    fn escape(text: &str, to: &mut String) {
        for character in text.chars().map(shown) {
            if character.is_alphanumeric() || " /_-.,:{}".contains(character) || !character.is_ascii() {
                to.push(character);
            } else {
                to.push('#');
                to.push_str(&u32::from(character).to_string());
                to.push(';');
            }
        }
    }
}

/// A label of DOT, between quotes. Graphviz takes the entities of HTML for what they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dot;

impl Language for Dot {
    fn escape(text: &str, to: &mut String) {
        let text: String = text.chars().map(shown).collect();
        let text = text.replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"");
        to.push_str(&text.replace(OLD_COMMAND, "##&#91;"));
    }
}
