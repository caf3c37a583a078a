//! Strings that need quotes for readers of YAML 1.1: without, `no` is false there, `12:30:00` a number and `2026-01-31` a date.
//!
//! `serde_yaml` writes them plain, as YAML 1.2 reads them.

use serde_json::Value;

/// The names of booleans that YAML 1.2 dropped, in lower case, and its keys with a meaning.
const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "=", "<<"];

/// Returns whether a reader of YAML 1.1 takes a plain text for something else than a string.
pub(super) fn is_ambiguous(text: &str) -> bool {
    let is_word = text.len() <= 3 && WORDS.contains(&text.to_ascii_lowercase().as_str());
    is_word || (text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) && is_number_or_date(text))
}

fn is_number_or_date(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let all = |allowed: &str| digits.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    let is_octal = digits.len() > 1 && digits.starts_with('0') && all("");
    let is_separated = digits.contains(['_', ':']) && digits.starts_with(|c: char| c.is_ascii_digit()) && all("_:.");
    let is_date = text.len() >= 8 && text.as_bytes().get(4) == Some(&b'-') && all("-:.+TtZz ");
    is_octal || is_separated || is_date
}

/// Returns a character that stands for a quote until the text is written: one that the tree doesn't have. `None` where no string needs
/// quotes.
pub(super) fn marker(root: &Value) -> Option<char> {
    any(root, &is_ambiguous)
        .then(|| ('\u{E000}'..='\u{F8FF}').find(|marker| !any(root, &|text| text.contains(*marker))))?
}

/// Returns whether a test holds for any string or key.
fn any(value: &Value, test: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => test(text),
        Value::Array(items) => items.iter().any(|item| any(item, test)),
        Value::Object(members) => members.iter().any(|(key, value)| test(key) || any(value, test)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::to_yaml;

    #[test]
    fn what_yaml_1_1_reads_as_another_type_has_quotes() {
        let tree =
            json!({ "on": "no", "enum": ["Yes", "12:30", "2026-01-31", "017", "1_000", "north", "1.0.0", "a: b"] });
        let quoted =
            "'on': 'no'\nenum:\n- 'Yes'\n- '12:30'\n- '2026-01-31'\n- '017'\n- '1_000'\n- north\n- 1.0.0\n- 'a: b'\n";
        assert_eq!(to_yaml(&tree), quoted);
    }

    #[test]
    fn a_text_that_has_the_marker_keeps_it() {
        let tree = json!({ "a": "\u{E000}", "b": "no" });
        assert_eq!(to_yaml(&tree), "a: \u{E000}\nb: 'no'\n");
    }
}
