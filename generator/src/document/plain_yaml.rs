//! The tree of a plain YAML text, built while the text is checked, so that it is read only once.
//!
//! `serde_yaml` holds the events of a whole document in memory before the first value comes out of it, which was most of what reading
//! cost. A text that the two readers may read differently, or that needs the whole document, is not plain and is left to it.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::events::{Event, Mark, Node, Style};
use super::scalar;
use super::tree::NUMBER;

/// In brackets, `serde_yaml` looks for the colon on the key's line within 1024 characters, and the marked reader anywhere.
const LONGEST_FLOW_KEY: usize = 1000;

/// Returns whether both readers give the same meaning to the lines of a text.
pub(super) fn is_plain_subset(text: &str) -> bool {
    // A block scalar at the end of the file may or may not have a line break.
    text.ends_with('\n') && text.split('\n').all(is_plain_line)
}

fn is_plain_line(line: &str) -> bool {
    let is_directive = line.starts_with('%');
    let ends_document = line.strip_prefix("...").is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    // A key in brackets without a value, or with a value that not all readers accept.
    let ends_key = line.split(':').skip(1).any(|rest| rest.starts_with(['}', ']', ',', '?']));
    !is_directive
        && !ends_document
        && !ends_key
        && line.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | 0x80..))
        && (line.is_ascii() || line.chars().all(is_plain_character))
}

/// Returns whether a character does not end a line in YAML 1.1 alone, and is permitted by YAML 1.1.
fn is_plain_character(c: char) -> bool {
    match c {
        ..='\u{9F}' => c.is_ascii(),
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => false,
        _ => true,
    }
}

/// The characters that may begin a plain scalar for the marked reader, but not for `serde_yaml`.
const INDICATORS: [char; 18] =
    ['[', ']', '{', '}', ',', ':', '?', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'];

/// Builds a tree from the events of a reading with positions. The checks detect duplicate keys and trees beyond the limits.
/// the checks to say.
#[derive(Default)]
pub(super) struct PlainYaml {
    open: Vec<Open>,
    /// The members and items of what is still open, outermost first, as in `tree::Builder`.
    members: Vec<(String, Value)>,
    items: Vec<Value>,
    root: Option<Value>,
}

/// An object or array that is still open.
struct Open {
    /// The index of the first member or item.
    first: usize,
    object: bool,
    /// True for a flow collection, which is written in brackets.
    flow: bool,
    /// The key that waits for its value, and where it begins.
    key: Option<(String, Mark)>,
}

impl PlainYaml {
    /// Takes an event; `None` if the text is not plain, so that the tree is discarded.
    pub(super) fn event(&mut self, event: &Event<'_>, start: Mark, end: Mark) -> Option<()> {
        match event {
            Event::Document => Some(()),
            Event::Object(node) => self.open(true, node, start, end),
            Event::Array(node) => self.open(false, node, start, end),
            Event::End => self.close(),
            Event::Scalar(text, style, node) => self.scalar(text, *style, node, start, end),
            Event::Alias(_) => None,
        }
    }

    /// The tree, if the text was read to its end.
    pub(super) fn root(self) -> Option<Value> {
        self.root.filter(|_| self.open.is_empty())
    }

    fn open(&mut self, object: bool, node: &Node, start: Mark, end: Mark) -> Option<()> {
        self.value_begins(node, start)?;
        let first = if object { self.members.len() } else { self.items.len() };
        let flow = start != end || self.open.last().is_some_and(|outer| outer.flow);
        self.open.push(Open { first, object, flow, key: None });
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        let Open { first, object, .. } = self.open.pop()?;
        let value = if object {
            let mut object = Map::with_capacity(self.members.len() - first);
            object.extend(self.members.drain(first..));
            Value::Object(object)
        } else {
            Value::Array(self.items.drain(first..).collect())
        };
        self.value(value);
        Some(())
    }

    fn scalar(&mut self, text: &str, style: Style, node: &Node, start: Mark, end: Mark) -> Option<()> {
        if style == Style::Plain && text.starts_with(INDICATORS) {
            return None;
        }
        match self.open.last_mut()? {
            Open { object: true, key: key @ None, .. } => {
                let plain = is_plain_node(node) && is_plain_key(text, style) && start.line == end.line;
                *key = Some((text.to_owned(), start));
                plain.then_some(())
            }
            _ => {
                self.value_begins(node, start)?;
                self.value(match (&node.tag, style) {
                    (Some(tag), _) => tag.value(text).ok()?,
                    (None, Style::Quoted) => Value::String(text.to_owned()),
                    (None, Style::Plain) => scalar::plain(text)?,
                });
                Some(())
            }
        }
    }

    /// Checks that a value may begin here: not as a key, and in a flow collection not far from its key.
    fn value_begins(&self, node: &Node, start: Mark) -> Option<()> {
        let plain = match self.open.last() {
            Some(Open { object: true, flow, key, .. }) => {
                let is_near = |key: &Mark| key.line == start.line && start.column < key.column + LONGEST_FLOW_KEY;
                key.as_ref().is_some_and(|(_, key)| !flow || is_near(key))
            }
            Some(_) | None => true,
        };
        (plain && is_plain_node(node)).then_some(())
    }

    fn value(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open { object: true, key, .. }) => self.members.extend(key.take().map(|(key, _)| (key, value))),
            Some(_) => self.items.push(value),
            None => self.root = Some(value),
        }
    }
}

fn is_plain_node(node: &Node) -> bool {
    node.anchor == 0
}

/// Returns whether a key is not a merge key, not empty, and not the name that `serde_json` gives to numbers.
fn is_plain_key(text: &str, style: Style) -> bool {
    let special = style == Style::Plain && matches!(text, "" | "<<");
    !special && text != NUMBER
}
