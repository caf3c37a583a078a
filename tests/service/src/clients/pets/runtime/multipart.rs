//! Bodies of `multipart/form-data` (RFC 7578): typed parts, bytes, files, streams.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::digits::to_value;
use super::parameter::{In, Parameter};
use super::platform::random;
use super::request::Request;

/// A multipart body. Unless a part of it is a stream, it can be sent again.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
    /// The reason why a value could not be written.
    fault: Option<String>,
}

/// One part: its content and its headers.
#[derive(Clone, Debug)]
pub struct Part {
    content: Content,
    content_type: Option<String>,
    file_name: Option<String>,
    headers: Vec<(String, String)>,
}

/// The source of a part's bytes.
#[derive(Clone, Debug)]
enum Content {
    Bytes(Bytes),
    #[cfg(not(target_family = "wasm"))]
    Read(super::parts::Source),
}

/// The default media type of bytes.
const OCTETS: &str = "application/octet-stream";

impl Part {
    /// Bytes, by default as `application/octet-stream`.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        let content_type = Some(OCTETS.to_owned());
        Self { content: Content::Bytes(content.into()), content_type, file_name: None, headers: Vec::new() }
    }

    /// A text.
    pub fn text(content: impl Into<String>) -> Self {
        let content = Content::Bytes(content.into().into());
        Self { content, content_type: None, file_name: None, headers: Vec::new() }
    }

    /// A file that is read while it is sent, with its current length.
    ///
    /// # Errors
    /// If there is no such file.
    #[cfg(not(target_family = "wasm"))]
    pub fn file(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let content = Content::Read(super::parts::Source::file(path)?);
        let part = Self { content, ..Self::bytes(Bytes::new()) };
        Ok(match path.file_name() {
            Some(name) => part.file_name(name.to_string_lossy()),
            None => part,
        })
    }

    /// A body that is read while it is sent, and so only once: a call that has such a part is tried once.
    #[cfg(not(target_family = "wasm"))]
    pub fn stream(content: super::upload::Upload) -> Self {
        let content = Content::Read(super::parts::Source::once(content));
        Self { content, ..Self::bytes(Bytes::new()) }
    }

    /// The name under which a file is sent.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// A header of this part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<Vec<u8>> for Part {
    fn from(content: Vec<u8>) -> Self {
        Self::bytes(content)
    }
}

impl From<Bytes> for Part {
    fn from(content: Bytes) -> Self {
        Self::bytes(content)
    }
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. Several parts with one name are an array.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.parts.push((name.into(), part.into()));
        self
    }

    /// Adds a part without a name, which is identified by its position, as in `multipart/mixed`.
    #[must_use]
    pub fn item(self, part: impl Into<Part>) -> Self {
        self.part("", part)
    }

    /// Adds files, with a media type for those that state none. Servers recognize a file by its file name.
    pub(crate) fn files(
        mut self,
        name: &str,
        content_type: Option<&str>,
        files: impl IntoIterator<Item = Part>,
    ) -> Self {
        for mut file in files {
            if let (Some(stated), None | Some(OCTETS)) = (content_type, file.content_type.as_deref()) {
                file.content_type = Some(stated.to_owned());
            }
            file.file_name.get_or_insert_with(|| name.to_owned());
            self.parts.push((name.to_owned(), file));
        }
        self
    }

    /// Adds a part that is a file or, if it has neither a file name nor a media type, a text.
    pub(crate) fn file_or_text(mut self, name: &str, content_type: Option<&str>, part: Option<Part>) -> Self {
        match part {
            Some(text) if text.content_type.is_none() && text.file_name.is_none() => {
                self.parts.push((name.to_owned(), text));
                self
            }
            file => self.files(name, content_type, file),
        }
    }

    /// Adds a value: texts, numbers and booleans as they are, lists as several parts, objects as JSON; nothing
    /// for `None`.
    pub(crate) fn field<T: Serialize + ?Sized>(mut self, name: &str, content: &T) -> Self {
        match to_value(content) {
            Ok(Value::Array(items)) => {
                for item in items {
                    self = self.add(name, &item);
                }
                self
            }
            Ok(value) => self.add(name, &value),
            Err(reason) => self.with_fault(name, &reason),
        }
    }

    /// The same, with a media type.
    pub(crate) fn field_as<T: Serialize + ?Sized>(self, name: &str, content_type: &str, content: &T) -> Self {
        let before = self.parts.len();
        let mut body = self.field(name, content);
        body.parts.iter_mut().skip(before).for_each(|(_, part)| part.content_type = Some(content_type.to_owned()));
        body
    }

    /// Adds a value as JSON, whatever it is; nothing for `None`.
    pub(crate) fn json<T: Serialize + ?Sized>(self, name: &str, content: &T) -> Self {
        self.json_as(name, "application/json", content)
    }

    /// The same, with a media type that is JSON.
    pub(crate) fn json_as<T: Serialize + ?Sized>(self, name: &str, content_type: &str, content: &T) -> Self {
        match serde_json::to_string(content) {
            Ok(text) if text == "null" => self,
            Ok(text) => self.part(name, Part::text(text).content_type(content_type)),
            Err(reason) => self.with_fault(name, &reason),
        }
    }

    /// Adds a value in a style: the pairs that would be in a query are a part each (OAS 3.1.1, section 4.8.15.1.1).
    pub(crate) fn styled<T: Serialize + ?Sized>(mut self, parameter: &Parameter, content: &T) -> Self {
        match to_value(content) {
            Ok(value) => {
                let mut pairs = String::new();
                parameter.query(&value, &mut pairs);
                let parts = url::form_urlencoded::parse(pairs.as_bytes());
                self.parts.extend(parts.map(|(name, text)| (name.into_owned(), Part::text(text))));
                self
            }
            Err(reason) => self.with_fault(parameter.name, &reason),
        }
    }

    /// Gives the parts of a name a header; none for `None`.
    pub(crate) fn header<T: Serialize + ?Sized>(mut self, name: &str, header: &'static str, content: &T) -> Self {
        match to_value(content) {
            Ok(Value::Null) => self,
            Ok(value) => {
                let text = Parameter::new(header, In::Header).single(&value);
                for (_, part) in self.parts.iter_mut().filter(|(known, _)| known == name) {
                    part.headers.push((header.to_owned(), text.clone()));
                }
                self
            }
            Err(reason) => self.with_fault(name, &reason),
        }
    }

    pub(crate) fn with_fault(mut self, name: &str, reason: &dyn std::fmt::Display) -> Self {
        self.fault.get_or_insert_with(|| format!("has a part `{name}` that cannot be written: {reason}"));
        self
    }

    fn add(self, name: &str, value: &Value) -> Self {
        let text = super::parameter::flat(value);
        match value {
            Value::Null => self,
            Value::Object(_) | Value::Array(_) => self.part(name, Part::text(text).content_type("application/json")),
            _ => self.part(name, Part::text(text)),
        }
    }

    /// Each part after its head, the end of the body, and the boundary; or the fault of a part's headers.
    fn pieces(self) -> Result<(Vec<Content>, String), String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        // 128 random bits: no content has them by accident.
        let boundary = format!("{:016x}{:016x}", random(), random());
        let mut pieces = Vec::with_capacity(self.parts.len() * 2 + 1);
        let mut end = "";
        for (name, part) in self.parts {
            let mut head = format!("{end}--{boundary}");
            // A part of a sequence has its position instead of a name.
            match (name.is_empty(), &part.file_name) {
                (false, _) => {
                    head.push_str(&format!("\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&name)));
                }
                (true, Some(_)) => head.push_str("\r\nContent-Disposition: attachment"),
                (true, None) => {}
            }
            if let Some(file_name) = &part.file_name {
                // RFC 7578, 4.2: UTF-8 as it is, and never `filename*`.
                head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
            }
            let content_type = part.content_type.iter().map(|value| ("Content-Type", value.as_str()));
            let headers = part.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            for (name, value) in content_type.chain(headers) {
                let name = http::HeaderName::try_from(name).map_err(|_| format!("has no header `{name}`"))?;
                http::HeaderValue::try_from(value).map_err(|_| format!("has a control character in `{name}`"))?;
                head.push_str(&format!("\r\n{name}: {value}"));
            }
            head.push_str("\r\n\r\n");
            pieces.extend([Content::Bytes(head.into()), part.content]);
            end = "\r\n";
        }
        pieces.push(Content::Bytes(format!("{end}--{boundary}--\r\n").into()));
        Ok((pieces, boundary))
    }
}

/// A name as browsers write it (WHATWG, multipart/form-data encoding): characters that would end it are percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl<O> Call<'_, O> {
    /// A body of parts.
    pub(crate) fn set_multipart(mut self, content_type: &str, body: impl Into<Multipart>) -> Self {
        self.request.multipart(content_type, body);
        self
    }
}

impl Request {
    /// A body of several parts, as `multipart/form-data` or another such media type.
    pub(crate) fn multipart(&mut self, content_type: &str, body: impl Into<Multipart>) -> &mut Self {
        let essence = content_type.split(';').next().unwrap_or(content_type);
        let (pieces, boundary) = match body.into().pieces() {
            Ok(found) => found,
            Err(reason) => return self.reject("body", "multipart/form-data", reason),
        };
        let content_type = format!("{essence}; boundary={boundary}");
        #[cfg(not(target_family = "wasm"))]
        if pieces.iter().any(|piece| matches!(piece, Content::Read(_))) {
            let sources = pieces.into_iter().map(|piece| match piece {
                Content::Bytes(bytes) => super::parts::Source::Bytes(bytes),
                Content::Read(source) => source,
            });
            return super::parts::send(self, &content_type, sources.collect());
        }
        let mut whole = Vec::new();
        for piece in pieces {
            match piece {
                Content::Bytes(bytes) => whole.extend_from_slice(&bytes),
                #[cfg(not(target_family = "wasm"))]
                Content::Read(_) => {}
            }
        }
        self.bytes(&content_type, whole)
    }
}
