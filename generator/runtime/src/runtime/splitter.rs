//! Streams cut into their items: lines, records, events and parts, wherever the network cut them.

use std::collections::VecDeque;

use bytes::BytesMut;
use serde_json::{Map, Value};

use super::digits;

/// An event as it came; of lines, its data alone.
#[derive(Debug, Default)]
pub(crate) struct Event {
    pub(crate) data: String,
    /// The field `event`.
    pub(crate) kind: Option<String>,
    /// The id in effect, from this event or an earlier one.
    pub(crate) id: Option<String>,
    /// The fields `id` and `retry` of this event.
    own: (Option<String>, Option<u64>),
}

impl Event {
    /// The event as the object that a description gives it as (OAS 3.2, 4.14.4).
    pub(crate) fn object(&self, data: Value) -> Value {
        let mut members = Map::new();
        members.insert("data".to_owned(), data);
        let (id, retry) = &self.own;
        for (name, value) in [("event", &self.kind), ("id", id)] {
            members.extend(value.clone().map(|value| (name.to_owned(), Value::String(value))));
        }
        members.extend(retry.map(|retry| ("retry".to_owned(), retry.into())));
        Value::Object(members)
    }

    /// The event that the JSON in the data is, as an object, where a server writes all of it there.
    pub(crate) fn unwrapped(&self) -> Option<Self> {
        // Most data are no such object, and need not be read twice.
        if !self.data.contains("\"data\"") {
            return None;
        }
        let Value::Object(mut members) = digits::parse(&self.data).ok()? else { return None };
        if !members.keys().all(|name| ["data", "event", "id", "retry"].contains(&name.as_str())) {
            return None;
        }
        let mut text = |name| match members.remove(name)? {
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        let (data, kind, id) = (text("data")?, text("event"), text("id"));
        let retry = members.get("retry").and_then(Value::as_u64);
        let own = (id.or_else(|| self.own.0.clone()), retry.or(self.own.1));
        Some(Self { data, kind: kind.or_else(|| self.kind.clone()), id: self.id.clone(), own })
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Lines,
    /// Values, each after a record separator (RFC 7464).
    Records,
    Events,
    /// Parts between boundaries (RFC 2046, 5.1).
    Parts,
}

/// The place of the next byte in JSON text, as far as it matters to where a value ends.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Nesting {
    fn pass(&mut self, byte: u8) {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_text => self.is_escaped = true,
            b'"' => self.in_text = !self.in_text,
            b'{' | b'[' if !self.in_text => self.depth += 1,
            b'}' | b']' if !self.in_text => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    const fn is_outside(&self) -> bool {
        self.depth == 0 && !self.in_text
    }
}

/// Cuts bytes into lines, and lines into events, wherever the network cut them.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    format: Format,
    pub(crate) limit: usize,
    buffer: BytesMut,
    /// The number of bytes of the buffer that are known to have no end of line.
    searched: usize,
    /// Set if the last line was ended by a carriage return.
    after_return: bool,
    nesting: Nesting,
    /// A line feed, two hyphens and the boundary of parts.
    delimiter: Vec<u8>,
    data: String,
    has_data: bool,
    kind: Option<String>,
    own: (Option<String>, Option<u64>),
    started: bool,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<std::time::Duration>,
}

/// An item is longer than the limit.
#[derive(Debug)]
pub(crate) struct TooLong;

impl Splitter {
    pub(crate) fn new(format: Format, limit: usize) -> Self {
        Self { format, limit, ..Self::default() }
    }

    pub(crate) fn with_boundary(mut self, boundary: &str) -> Self {
        if self.format == Format::Parts {
            self.delimiter = format!("\n--{boundary}").into_bytes();
            // The first delimiter may be the first line.
            self.buffer.extend_from_slice(b"\n");
        }
        self
    }

    pub(crate) fn push(&mut self, part: &[u8], out: &mut VecDeque<Event>) -> Result<(), TooLong> {
        self.buffer.extend_from_slice(part);
        while let Some(line) = match self.format {
            Format::Lines | Format::Events => self.line(),
            Format::Records => self.record(),
            Format::Parts => self.part(),
        } {
            let line = String::from_utf8_lossy(&line).into_owned();
            self.take(line.trim_start_matches('\u{1e}'), out);
        }
        if self.buffer.len().saturating_add(self.data.len()) > self.limit { Err(TooLong) } else { Ok(()) }
    }

    /// At the end of the body, a line needs no end; an event that was not finished is not dispatched.
    pub(crate) fn finish(&mut self, out: &mut VecDeque<Event>) {
        if matches!(self.format, Format::Lines | Format::Records) {
            let line = String::from_utf8_lossy(&self.buffer.split()).into_owned();
            self.take(line.trim_start_matches('\u{1e}'), out);
        }
    }

    /// The next record: up to the end of the line on which its value ends, else up to the separator of the next one.
    fn record(&mut self) -> Option<BytesMut> {
        while let Some(byte) = self.buffer.get(self.searched).copied() {
            let at = self.searched;
            self.searched += 1;
            let is_end = match byte {
                0x1e => true,
                b'\n' => self.nesting.is_outside(),
                byte => {
                    self.nesting.pass(byte);
                    false
                }
            };
            if is_end {
                let mut record = self.buffer.split_to(at + 1);
                record.truncate(at);
                (self.searched, self.nesting) = (0, Nesting::default());
                return Some(record);
            }
        }
        None
    }

    /// The bytes before the next delimiter: head and content of a part behind the end of a delimiter's line.
    fn part(&mut self) -> Option<BytesMut> {
        let from = self.searched.saturating_sub(self.delimiter.len());
        let found = self.buffer[from..].windows(self.delimiter.len()).position(|bytes| bytes == self.delimiter);
        let Some(at) = found.map(|found| from + found) else {
            self.searched = self.buffer.len();
            return None;
        };
        let mut part = self.buffer.split_to(at + self.delimiter.len());
        part.truncate(at);
        self.searched = 0;
        Some(part)
    }

    /// Takes the bytes between two delimiters apart.
    fn take_part(&mut self, text: &str, out: &mut VecDeque<Event>) {
        // Nothing counts before the first delimiter, and behind the last, which ends with two hyphens.
        let is_first = !std::mem::replace(&mut self.started, true);
        if is_first || text.starts_with("--") {
            return;
        }
        let text = text.strip_suffix('\r').unwrap_or(text);
        let Some((head, content)) = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")) else { return };
        let mut fields = head.lines().filter_map(|line| line.split_once(':'));
        let stated = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
        let kind = stated.map(|(_, kind)| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        out.push_back(Event { data: content.to_owned(), kind, ..Event::default() });
    }

    /// The next whole line, ended by LF, CRLF or CR.
    fn line(&mut self) -> Option<BytesMut> {
        // A line feed behind a carriage return is of the same end, which was seen without waiting for it.
        if self.after_return && !self.buffer.is_empty() {
            self.after_return = false;
            if self.buffer[0] == b'\n' {
                drop(self.buffer.split_to(1));
            }
        }
        let events = self.format == Format::Events;
        let end = |byte: &u8| *byte == b'\n' || (events && *byte == b'\r');
        let Some(at) = self.buffer[self.searched..].iter().position(end).map(|at| at + self.searched) else {
            self.searched = self.buffer.len();
            return None;
        };
        self.after_return = self.buffer[at] == b'\r';
        let mut line = self.buffer.split_to(at + 1);
        line.truncate(at);
        self.searched = 0;
        Some(line)
    }

    fn take(&mut self, line: &str, out: &mut VecDeque<Event>) {
        if self.format == Format::Parts {
            return self.take_part(line, out);
        }
        if matches!(self.format, Format::Lines | Format::Records) {
            if !line.trim().is_empty() {
                out.push_back(Event { data: line.to_owned(), ..Event::default() });
            }
            return;
        }
        let line = if std::mem::replace(&mut self.started, true) { line } else { line.trim_start_matches('\u{feff}') };
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            let (kind, own) = (self.kind.take(), std::mem::take(&mut self.own));
            if std::mem::take(&mut self.has_data) {
                out.push_back(Event { data, kind, id: self.id.clone(), own });
            }
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "event" => self.kind = Some(value.to_owned()).filter(|kind| !kind.is_empty()),
            "id" if !value.contains('\0') => {
                self.id = Some(value.to_owned());
                self.own.0 = Some(value.to_owned());
            }
            "retry" => {
                if let Ok(time) = value.parse() {
                    self.retry = Some(std::time::Duration::from_millis(time));
                    self.own.1 = Some(time);
                }
            }
            _ => {}
        }
    }
}
