//! Reading of JSON, with the place of an error.

use serde::de::DeserializeOwned;
use serde_json::de::Read;
use serde_json::{Deserializer, Value};

use super::decode_error::{DecodeError, name_in_path};
use super::sensitive::is_sensitive;
use super::wire::Wire;
use super::wire_read;

/// Reads a value of the API into its place. Nesting is limited by `serde_json` to 128 levels.
pub(crate) fn read_into(json: &[u8], value: &mut dyn Wire) -> Result<(), DecodeError> {
    let json = without_mark(json);
    let read = match std::str::from_utf8(json) {
        Ok(text) => all(value, &mut Deserializer::from_str(text)),
        Err(_) => all(value, &mut Deserializer::from_slice(json)),
    };
    read.map_err(|error| explain(json, &error))
}

/// Reads a value of the API that [has no place](Wire::place) to be read into.
pub(crate) fn read_whole<T: Wire>(json: &[u8]) -> Result<T, DecodeError> {
    let json = without_mark(json);
    let mut from = Deserializer::from_slice(json);
    let read = wire_read::deserialize(&mut from).and_then(|value| from.end().map(|()| value));
    read.map_err(|error| explain(json, &error))
}

fn all<'de, R: Read<'de>>(value: &mut dyn Wire, from: &mut Deserializer<R>) -> Result<(), serde_json::Error> {
    wire_read::read(value, &mut *from)?;
    from.end()
}

/// RFC 8259, 8.1: a byte order mark may be ignored.
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}

/// Reads a value of any type. Nesting is limited by `serde_json` to 128 levels.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    let json = without_mark(json);
    // Validating the UTF-8 of the whole body at once is much faster than validating each text in it.
    let read = match std::str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(json),
    };
    match read {
        Ok(value) => Ok(value),
        Err(error) => with_whole_numbers(json, &error).ok_or_else(|| explain(json, &error)),
    }
}

/// Reads again with `1.0` as `1` if that was the error: some servers write whole numbers in this way.
fn with_whole_numbers<T: DeserializeOwned>(json: &[u8], error: &serde_json::Error) -> Option<T> {
    if !error.to_string().starts_with("invalid type: floating point") {
        return None;
    }
    let mut value = serde_json::from_slice(json).ok()?;
    make_whole(&mut value);
    serde_json::from_value(value).ok()
}

fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().filter(|_| number.is_f64());
            // Beyond 2^53, several integers are the same float.
            if let Some(float) = float.filter(|float| float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0) {
                #[allow(clippy::cast_possible_truncation, reason = "whole, and within bounds")]
                let whole = float as i64;
                *number = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(members) => members.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

pub(crate) fn explain(json: &[u8], error: &serde_json::Error) -> DecodeError {
    if json.iter().all(u8::is_ascii_whitespace) {
        return DecodeError::Empty;
    }
    let (path, last) = path_at(json, offset(json, error.line(), error.column()));
    let message = if is_sensitive(&last) { "a hidden value does not fit".to_owned() } else { message(error) };
    DecodeError::Shape { message, path }
}

/// The same for a value that is already parsed.
pub(crate) fn explain_value(error: &serde_json::Error, path: String) -> DecodeError {
    DecodeError::Shape { message: message(error), path }
}

/// The message without the position, and without texts of the server, which may be secret.
fn message(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    message.truncate(message.rfind(" at line ").unwrap_or(message.len()));
    let quoted = message.find("string \"").map(|at| at + "string ".len());
    let expected = message.rfind(", expected ");
    if let Some((start, end)) = quoted.zip(expected).filter(|(start, end)| start < end) {
        message.replace_range(start..end, "…");
    }
    message
}

fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let mut lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    (before + column).min(json.len())
}

/// The JSON path of the value before an offset, and the last name in it.
fn path_at(json: &[u8], offset: usize) -> (String, String) {
    enum Step {
        Name(String),
        Index(usize),
    }
    let mut steps: Vec<Step> = Vec::new();
    let (mut at, mut name) = (0, None);
    while at < offset {
        match json[at] {
            b'"' => {
                let length = json[at + 1..].iter().scan(false, |escaped, byte| {
                    let end = *byte == b'"' && !*escaped;
                    *escaped = *byte == b'\\' && !*escaped;
                    (!end).then_some(())
                });
                let end = (at + 1 + length.count()).min(offset);
                name = Some(String::from_utf8_lossy(&json[at + 1..end]).into_owned());
                at = end;
            }
            b':' => {
                if let Some(Step::Name(current)) = steps.last_mut() {
                    *current = name.take().unwrap_or_default();
                }
            }
            b'{' => steps.push(Step::Name(String::new())),
            b'[' => steps.push(Step::Index(0)),
            // At the very end, what was closed is what does not fit.
            b'}' | b']' if at + 1 < offset => drop(steps.pop()),
            b'}' => {
                if let Some(Step::Name(current)) = steps.last_mut() {
                    current.clear();
                }
            }
            b',' if at + 1 < offset => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Name(current)) => current.clear(),
                None => {}
            },
            _ => {}
        }
        at += 1;
    }
    let mut path = String::from("$");
    let mut last = String::new();
    for step in steps.iter().take(32) {
        match step {
            Step::Name(name) if name.is_empty() => {}
            Step::Name(name) => {
                path.push('.');
                path.push_str(name_in_path(name));
                last.clone_from(name);
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    (path, last)
}
