//! A scanner of JSON with positions.
//!
//! `saphyr` would read most JSON too, but not surrogate escapes or tabs, and it is slow on one line of megabytes.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::events::{Event, Listener, Mark, Node, Style};
use super::loose_json;

/// Returns whether a text is JSON, by its name or its contents. Comments that YAML does not have are those of JSON.
pub(super) fn is_json(name: &str, text: &str) -> bool {
    let start = text.trim_start();
    let parses = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let has_comments = || {
        let plain = loose_json::read(text).filter(|found| found.comment.is_some());
        plain.is_some_and(|found| found.text.trim_start().starts_with('{') && parses(&found.text))
    };
    ([".json", ".jsonc"].iter().any(|ending| name.ends_with(ending)) && !begins_with_a_key(text))
        || (start.starts_with('{') && parses(text))
        || (start.starts_with(['{', '/']) && ["//", "/*"].iter().any(|mark| text.contains(mark)) && has_comments())
}

/// Returns whether a text begins as YAML does and JSON cannot: with a line such as `openapi: 3.1.0`, after comments.
fn begins_with_a_key(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, value)| {
        let is_word = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_word && !key.is_empty() && (value.is_empty() || value.starts_with(' '))
    })
}

/// Reads a text with positions until the listener ends the reading, or the text is not JSON any more.
pub(super) fn listen(text: &str, listener: &mut impl Listener) {
    let mut scanner = Scanner { text, offset: 0, mark: Mark { line: 1, column: 1 } };
    while let Some((event, start)) = scanner.next() {
        if listener.event(event, start, scanner.mark) == ControlFlow::Break(()) {
            return;
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    offset: usize,
    mark: Mark,
}

impl<'a> Scanner<'a> {
    /// The next event. Commas and colons are not checked: the deserializer checks them.
    fn next(&mut self) -> Option<(Event<'a>, Mark)> {
        loop {
            let byte = *self.text.as_bytes().get(self.offset)?;
            let start = self.mark;
            let event = match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {
                    self.advance(1);
                    continue;
                }
                b'{' => {
                    self.advance(1);
                    Event::Object(Node::default())
                }
                b'[' => {
                    self.advance(1);
                    Event::Array(Node::default())
                }
                b'}' | b']' => {
                    self.advance(1);
                    Event::End
                }
                b'"' => {
                    let raw = self.string()?;
                    Event::Scalar(unescape(raw), Style::Quoted, Node::default())
                }
                _ => {
                    let rest = &self.text[self.offset..];
                    let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
                    self.advance(end.max(1));
                    Event::Scalar(Cow::Borrowed(&rest[..end]), Style::Plain, Node::default())
                }
            };
            return Some((event, start));
        }
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'a str> {
        let bytes = &self.text.as_bytes()[self.offset..];
        let mut end = 1;
        loop {
            match bytes.get(end)? {
                b'\\' => end += 2,
                b'"' => break,
                _ => end += 1,
            }
        }
        let raw = self.text.get(self.offset..self.offset + end + 1)?;
        self.advance(end + 1);
        Some(raw)
    }

    fn advance(&mut self, bytes: usize) {
        let end = (self.offset + bytes).min(self.text.len());
        for &byte in &self.text.as_bytes()[self.offset..end] {
            if byte == b'\n' {
                self.mark = Mark { line: self.mark.line + 1, column: 1 };
            } else if byte & 0xC0 != 0x80 {
                self.mark.column += 1;
            }
        }
        self.offset = end;
    }
}

fn unescape(raw: &str) -> Cow<'_, str> {
    if raw.contains('\\') {
        Cow::Owned(serde_json::from_str(raw).unwrap_or_default())
    } else {
        Cow::Borrowed(&raw[1..raw.len() - 1])
    }
}
