//! The formats of data that commands print.

use serde::Serialize;

use super::characters::is_interpreted;
use super::text::{Language, Written};

/// JSON. It is only made from values, and contains no character that would be interpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json;

impl Written<Json> {
    /// Returns a value on one line.
    pub fn line(value: &impl Serialize) -> Self {
        // Writing texts and numbers cannot fail.
        Self::visible(&serde_json::to_string(value).unwrap_or_default())
    }

    /// Returns a value on several lines.
    pub fn pretty(value: &impl Serialize) -> Self {
        Self::visible(&serde_json::to_string_pretty(value).unwrap_or_default())
    }

    /// Escapes characters that are interpreted, and the beginnings of commands: these are only within the strings of JSON.
    fn visible(json: &str) -> Self {
        let mut written = Self::default();
        for character in json.replace("##[", "#\\u0023[").chars() {
            if is_interpreted(character) && character != '\n' {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    written.text.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                written.text.push(character);
            }
        }
        written.text.push('\n');
        written
    }
}

/// A cell of a table of values between tabs (IANA `text/tab-separated-values`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tsv;

impl Language for Tsv {
    /// Tabs and line ends have no escape in the format.
    fn escape(text: &str, to: &mut String) {
        to.extend(text.chars().map(super::characters::shown));
    }
}

/// YAML, which its own library writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yaml;

impl Written<Yaml> {
    /// Takes text that the library of YAML wrote.
    pub fn by_library(text: String) -> Self {
        Written { text, ..Self::default() }
    }
}

/// A string of TOML, between quotes (TOML 1.0, basic strings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toml;

impl Language for Toml {
    fn escape(text: &str, to: &mut String) {
        for character in text.chars() {
            match character {
                '"' | '\\' => to.extend(['\\', character]),
                hidden if is_interpreted(hidden) => to.push_str(&format!("\\U{:08x}", u32::from(hidden))),
                other => to.push(other),
            }
        }
    }
}
