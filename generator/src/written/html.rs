//! HTML.

use super::characters::shown;
use super::text::{Language, Prose};

/// HTML, in an element or in an attribute between quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Html;

impl Language for Html {
    fn escape(text: &str, to: &mut String) {
        for character in text.chars() {
            match character {
                '&' => to.push_str("&amp;"),
                '<' => to.push_str("&lt;"),
                '>' => to.push_str("&gt;"),
                '"' => to.push_str("&quot;"),
                '\'' => to.push_str("&#39;"),
                other => to.push(shown(other)),
            }
        }
    }
}

impl Prose for Html {
    /// A name may break across lines after signs, where no space allows it.
    fn code(text: &str, to: &mut String) {
        to.push_str("<code>");
        for part in text.split_inclusive(['/', ':', '.', '_', '-', ',']) {
            Html::escape(part, to);
            to.push_str("<wbr>");
        }
        to.push_str("</code>");
    }
}
