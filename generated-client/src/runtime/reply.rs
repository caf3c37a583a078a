//! A response, and the ways to read it.

use std::str::FromStr;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::cause::DecodeError;
use super::client::Client;
use super::error::{Context, Error};
use super::spec::Spec;
use super::transport::Limits;
use super::wire::{Slot, Wire};
use super::{json, redact, retry, wire_read};

/// The response of the server. An operation's `decode` selects the reader by the status.
pub struct Reply {
    pub(crate) client: Client,
    pub(crate) spec: &'static Spec,
    /// Method and path of a raw call.
    pub(crate) named: Option<Box<(String, String)>>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) limits: Limits,
    /// The limit at which the body was cut.
    pub(crate) cut: Option<usize>,
    pub(crate) attempts: u32,
    pub(crate) repeatable: bool,
    /// The response itself, if its body is handed over as a stream.
    pub(crate) live: Option<Box<reqwest::Response>>,
}

impl Reply {
    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header, if it is there and of this type.
    pub(crate) fn header<T: FromStr>(&self, name: &str) -> Option<T> {
        self.headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }

    /// The media type without its parameters, in lower case.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        self.essence().map(str::to_ascii_lowercase)
    }

    /// The media type without its parameters, as it was sent.
    fn essence(&self) -> Option<&str> {
        let value = self.headers.get(header::CONTENT_TYPE)?.as_bytes();
        let end = value.iter().position(|byte| *byte == b';').unwrap_or(value.len());
        std::str::from_utf8(&value[..end]).ok().map(str::trim)
    }

    /// Returns whether the body is of a media type; `*` stands for any part (`text/*`).
    #[must_use]
    pub fn is(&self, media_type: &str) -> bool {
        self.essence().is_some_and(|found| matches(found, media_type))
    }

    /// A JSON body.
    pub(crate) fn output<T: Wire, F>(self) -> Result<T, Error<F>> {
        self.fitting_value().map_err(|cause| self.decode_error(cause))
    }

    /// A JSON body, which need not fit if this call is lenient.
    fn fitting_value<T: Wire>(&self) -> Result<T, DecodeError> {
        self.value().or_else(|cause| self.lenient().ok_or(cause))
    }

    /// A JSON body that does not fit, if this call reads it all the same.
    fn lenient<T: Wire>(&self) -> Option<T> {
        if !self.limits.lenient {
            return None;
        }
        let (mut like, mut value) = T::place().zip(T::place())?;
        self.mend(&mut like, &mut value).then_some(value)
    }

    /// Reads a JSON body that does not fit, as far as the client makes it fit.
    fn mend(&self, like: &mut dyn Wire, value: &mut dyn Wire) -> bool {
        let is_whole = self.cut.is_none() && (self.body.is_empty() || self.check_json().is_ok());
        let mend = self.client.0.mend.as_deref().filter(|_| is_whole);
        mend.is_some_and(|mend| mend.mend(self.spec, self.status(), &self.body, like, value))
    }

    /// A JSON body or, labelled as text, a text that stands for the same value.
    pub(crate) fn output_or_text<T: Wire, F>(self) -> Result<T, Error<F>> {
        self.value_or_text().map_err(|cause| self.decode_error(cause))
    }

    /// The same for the body of a failure.
    pub(crate) fn failure_or_text<T: Wire, F>(self, wrap: fn(T) -> F) -> Error<F> {
        match self.value_or_text() {
            Ok(value) => self.into_failure(wrap(value)),
            Err(cause) => self.decode_error(cause),
        }
    }

    fn value_or_text<T: Wire>(&self) -> Result<T, DecodeError> {
        if !self.is_text() {
            return self.fitting_value();
        }
        let text = std::str::from_utf8(&self.body).map_err(|_| DecodeError::Encoding("not UTF-8".into()))?;
        match wire_read::deserialize(Value::from(text)) {
            Ok(value) if self.cut.is_none() => return Ok(value),
            Ok(_) | Err(_) => {}
        }
        // A value that no text can be was written as JSON, whatever the media type.
        json::read_whole(&self.body)
    }

    /// Returns whether the media type of the response is text and not JSON.
    pub(crate) fn is_text(&self) -> bool {
        self.is("text/*") && !self.is("text/json")
    }

    /// The JSON body of a failure.
    pub(crate) fn failure<T: Wire, F>(self, wrap: fn(T) -> F) -> Error<F> {
        match self.fitting_value() {
            Ok(value) => self.into_failure(wrap(value)),
            Err(cause) => self.decode_error(cause),
        }
    }

    /// A text. Where any media type may come, a JSON string is read as the text that it holds.
    pub(crate) fn text<F>(self) -> Result<String, Error<F>> {
        if self.spec.accept.contains("*/*") && self.media_type().is_some_and(|found| is_json(&found)) {
            return self.output();
        }
        match self.check_accepted("text/*", "a text") {
            Err(cause) if !self.body.is_empty() => return Err(self.decode_error(cause)),
            Ok(()) | Err(_) => {}
        }
        match String::from_utf8(self.body.to_vec()) {
            _ if self.cut.is_some() => Err(self.decode_error(DecodeError::Empty)),
            Ok(text) => Ok(text),
            Err(_) => Err(self.decode_error(DecodeError::Encoding("not UTF-8".into()))),
        }
    }

    /// The text of a failure.
    pub(crate) fn failure_text<F>(self, wrap: fn(String) -> F) -> Error<F> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        self.into_failure(wrap(text))
    }

    /// Bytes, whatever they are.
    pub(crate) fn bytes<F>(self) -> Result<Bytes, Error<F>> {
        if self.cut.is_some() { Err(self.decode_error(DecodeError::Empty)) } else { Ok(self.body) }
    }

    /// The bytes of a failure.
    pub(crate) fn failure_bytes<F>(self, wrap: fn(Bytes) -> F) -> Error<F> {
        let body = self.body.clone();
        self.into_failure(wrap(body))
    }

    /// Nothing, whatever was sent.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "reads like the others in an operation's table")]
    pub(crate) fn empty<F>(self) -> Result<(), Error<F>> {
        Ok(())
    }

    /// A failure without a body.
    pub(crate) fn failure_empty<F>(self, failure: F) -> Error<F> {
        self.into_failure(failure)
    }

    /// A status that the operation does not document.
    pub(crate) fn undocumented<F>(self) -> Error<F> {
        Error::UnexpectedStatus { context: self.context() }
    }

    /// A JSON body, read into a place if its type has one.
    fn value<T: Wire>(&self) -> Result<T, DecodeError> {
        match T::place() {
            Some(mut value) => self.json(&mut value).map(|()| value),
            None => self.check_json().and_then(|()| json::read_whole(&self.body)),
        }
    }

    /// Reads a JSON body into its place, whatever type that has: this is compiled once.
    fn json(&self, value: &mut dyn Wire) -> Result<(), DecodeError> {
        // An empty body is null, where the description permits null.
        if self.body.is_empty() && self.cut.is_none() && matches!(value.slot(), Slot::Option(_) | Slot::Value(_)) {
            return Ok(());
        }
        self.check_json()?;
        json::read_into(&self.body, value)
    }

    /// Checks everything that does not depend on the type that is read.
    pub(crate) fn check_json(&self) -> Result<(), DecodeError> {
        self.check_body("JSON", is_json)
    }

    /// Checks that there is a body of a suitable media type, and that it is not compressed.
    pub(crate) fn check_body(&self, expected: &'static str, fits: fn(&str) -> bool) -> Result<(), DecodeError> {
        if let Some(encoding) = self.headers.get(header::CONTENT_ENCODING).filter(|found| *found != "identity") {
            return Err(DecodeError::Encoding(String::from_utf8_lossy(encoding.as_bytes()).into_owned()));
        }
        // An empty body is reported before its media type.
        if self.body.is_empty() {
            return Err(DecodeError::Empty);
        }
        if self.essence().is_some_and(fits) || self.client.accepts_any_content_type() {
            return Ok(());
        }
        Err(DecodeError::ContentType { expected, found: self.media_type() })
    }

    /// Checks that the body has a media type that was requested, or else the usual one (RFC 9110, 8.3 and 12.5.1).
    pub(crate) fn check_accepted(&self, usual: &str, expected: &'static str) -> Result<(), DecodeError> {
        let found = self.media_type();
        let mut wanted = self.spec.accept.split(',').chain([usual]);
        // A body without a media type matches only a range of all types.
        let fits = wanted.any(|range| matches(found.as_deref().unwrap_or_default(), range));
        if self.client.accepts_any_content_type() || fits {
            return Ok(());
        }
        Err(DecodeError::ContentType { expected, found })
    }

    pub(crate) fn decode_error<F>(&self, cause: DecodeError) -> Error<F> {
        match self.cut {
            Some(limit) => Error::TooLarge { limit, context: self.context() },
            None => {
                let cause = self
                    .client
                    .with_secrets(|hidden| cause.hiding(hidden.names).map_texts(|text| redact::text(text, hidden)));
                Error::Decode { cause: Box::new(cause), context: self.context() }
            }
        }
    }

    pub(crate) fn into_failure<F>(self, failure: F) -> Error<F> {
        Error::Api { failure, context: self.context() }
    }

    /// The context of an error about this response.
    pub(crate) fn context(&self) -> Box<Context> {
        let excerpt = self.client.with_secrets(|hidden| redact::excerpt(&self.body, hidden));
        let mut context = Context::new(self.spec);
        if let Some(named) = self.named.clone() {
            (context.method, context.path) = *named;
        }
        Box::new(Context {
            status: Some(self.status),
            retry_after: retry::retry_after(&self.headers),
            headers: self.headers.clone(),
            body: self.body.clone(),
            excerpt,
            attempts: self.attempts,
            sent: true,
            repeatable: self.repeatable,
            ..context
        })
    }
}

/// RFC 6839, 3.1: anything that ends in `+json` is JSON.
fn is_json(media_type: &str) -> bool {
    let is = |known| media_type.eq_ignore_ascii_case(known);
    let suffix = || media_type.rfind('+').map(|at| &media_type[at..]);
    is("application/json") || is("text/json") || suffix().is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json"))
}

fn matches(found: &str, wanted: &str) -> bool {
    let wanted = wanted.split(';').next().unwrap_or(wanted).trim();
    match wanted.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => found.split('/').next().is_some_and(|found| found.eq_ignore_ascii_case(kind)),
        None => found.eq_ignore_ascii_case(wanted),
    }
}
