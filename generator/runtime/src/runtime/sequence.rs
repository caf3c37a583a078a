//! Bodies that are sequences of values.

use serde::Serialize;

use super::call::Call;
use super::digits::to_value;
use super::operation::Operation;
use super::parameter::flat;
use super::platform::random;
use super::request::Request;

impl<O: Operation> Call<'_, O> {
    /// A sequence of JSON values, one per line.
    pub(crate) fn set_json_lines<T: Serialize>(mut self, content_type: &str, items: &[T]) -> Self {
        self.request.json_lines(content_type, items);
        self
    }
}

impl Request {
    /// A sequence of JSON values, one per line; each after a record separator in `application/json-seq` (RFC 7464), and each a part in
    /// a multipart body.
    pub(crate) fn json_lines<T: Serialize>(&mut self, content_type: &str, items: &[T]) -> &mut Self {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.starts_with("multipart/") {
            return self.json_parts(essence, items);
        }
        let is_sequence = essence.ends_with("json-seq");
        let mut lines = Vec::new();
        for item in items {
            if is_sequence {
                lines.push(0x1e);
            }
            if let Err(reason) = serde_json::to_writer(&mut lines, item) {
                return self.reject("body", content_type, format!("cannot be written: {reason}"));
            }
            lines.push(b'\n');
        }
        self.bytes(content_type, lines)
    }

    /// A multipart body with a part for each item, by the default media types of parts (OAS 3.2, 4.15.3): JSON for objects and lists,
    /// text for all else.
    fn json_parts<T: Serialize>(&mut self, essence: &str, items: &[T]) -> &mut Self {
        let boundary = format!("{:016x}{:016x}", random(), random());
        let mut body = String::new();
        for item in items {
            let value = match to_value(item) {
                Ok(value) => value,
                Err(reason) => return self.reject("body", essence, format!("cannot be written: {reason}")),
            };
            let kind = if value.is_object() || value.is_array() { "application/json" } else { "text/plain" };
            let text = flat(&value);
            body.push_str(&format!("--{boundary}\r\nContent-Type: {kind}\r\n\r\n{text}\r\n"));
        }
        body.push_str(&format!("--{boundary}--\r\n"));
        self.bytes(&format!("{essence}; boundary={boundary}"), body)
    }
}
