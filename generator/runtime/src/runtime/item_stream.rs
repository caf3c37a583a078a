//! Responses whose items are read as they arrive: JSON lines, server-sent events, parts.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::cause::DecodeError;
use super::digits;
use super::error::Error;
use super::json;
use super::reply::Reply;
use super::splitter::{Event, Format, Splitter};
use super::stream::ByteStream;

/// A stream of JSON values, each decoded as it arrives.
pub struct ItemStream<T> {
    bytes: ByteStream,
    splitter: Splitter,
    reading: ItemForm,
    /// Set where the data of an event may be the whole event as JSON.
    may_be_wrapped: bool,
    ready: VecDeque<Event>,
    /// The type and the id of the event that was handed over last.
    current: (Option<String>, Option<String>),
    ended: bool,
    /// Set once the last event was read.
    done: bool,
    /// The text that ends a stream of events (`[DONE]`).
    last: Option<&'static str>,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> ItemStream<T> {
    fn new(bytes: ByteStream, format: Format, reading: ItemForm, last: Option<&'static str>) -> Self {
        let limit = bytes.reply().limits.body;
        let boundary =
            if format == Format::Parts { bytes.reply().boundary().unwrap_or_default() } else { String::new() };
        let splitter = Splitter::new(format, limit).with_boundary(&boundary);
        Self {
            bytes,
            splitter,
            reading,
            may_be_wrapped: false,
            ready: VecDeque::new(),
            current: (None, None),
            ended: false,
            done: false,
            last,
            item: PhantomData,
        }
    }

    fn or_wrapped(self) -> Self {
        Self { may_be_wrapped: true, ..self }
    }

    /// The headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.bytes.headers()
    }

    /// The `id` of the last event, to be sent as `Last-Event-ID` when the stream is opened again.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        match self.ready.is_empty() {
            // An event without data may have had one, too.
            true => self.splitter.id.as_deref(),
            false => self.current.1.as_deref(),
        }
    }

    /// The type of the last event (`event`); `None` where it has none, which stands for `message`.
    #[must_use]
    pub fn last_event_type(&self) -> Option<&str> {
        self.current.0.as_deref()
    }

    /// The time that the server asks to wait before the stream is opened again.
    #[must_use]
    pub const fn reconnection_time(&self) -> Option<std::time::Duration> {
        self.splitter.retry
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// If the connection fails (the stream is at its end then), or an item is not of its type (the next one may be).
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    pub(crate) const fn reply(&self) -> &Reply {
        self.bytes.reply()
    }

    pub(crate) const fn is_done(&self) -> bool {
        self.done
    }

    pub(crate) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                if self.last.is_some_and(|last| event.data.trim() == last) {
                    (self.ended, self.done) = (true, true);
                    self.ready.clear();
                    return Poll::Ready(None);
                }
                let unwrapped = if self.may_be_wrapped { event.unwrapped() } else { None };
                let unwrapped = unwrapped.and_then(|event| self.reading.read(&event).ok());
                let item = unwrapped.map_or_else(|| self.reading.read(&event), Ok);
                let is_part = matches!(self.reading, ItemForm::Part);
                self.current = (event.kind.filter(|_| !is_part), event.id);
                return Poll::Ready(Some(item.map_err(|cause| self.decode_error(cause))));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match self.bytes.poll_part(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(part))) => {
                    if self.splitter.push(&part, &mut self.ready).is_err() {
                        self.ended = true;
                        let limit = self.splitter.limit;
                        return Poll::Ready(Some(Err(Error::TooLarge {
                            limit,
                            context: self.bytes.reply().context(),
                        })));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => {
                    self.ended = true;
                    self.splitter.finish(&mut self.ready);
                }
            }
        }
    }

    fn decode_error(&self, cause: DecodeError) -> Error {
        self.bytes.reply().decode_error(cause)
    }
}

impl<T: DeserializeOwned> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream")
    }
}

impl Reply {
    /// JSON values: one per line (`application/jsonl`, `application/x-ndjson`), record (`application/json-seq`) or part
    /// (`multipart/mixed`, whose parts may be texts as well).
    pub(crate) fn json_lines<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        if let Err(cause) = self.check_accepted("application/json", "JSON lines") {
            return Err(self.decode_error(cause));
        }
        let (format, form) = match self.media_type() {
            Some(found) if found.ends_with("json-seq") => (Format::Records, ItemForm::Json),
            Some(found) if found.starts_with("multipart/") => (Format::Parts, ItemForm::Part),
            _ => (Format::Lines, ItemForm::Json),
        };
        Ok(ItemStream::new(self.stream()?, format, form, None))
    }

    /// The text that stands between the parts of a body (RFC 2046, 5.1.1).
    fn boundary(&self) -> Option<String> {
        let stated = self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
        let mut parameters = stated.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let (_, boundary) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
        Some(boundary.trim().trim_matches('"').to_owned())
    }

    /// Server-sent events whose data are JSON, up to one with the data `[DONE]`, if there is one.
    ///
    /// That text, which ends the streams of OpenAI and similar APIs, is not JSON, so no other event can have it.
    pub(crate) fn events<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.events_as(ItemForm::Json, Some("[DONE]"))
    }

    /// Server-sent events whose data are texts.
    pub(crate) fn text_events<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.events_as(ItemForm::Text, None)
    }

    /// Server-sent events as a whole: objects of `event`, `data`, `id` and `retry`, whose data are JSON.
    pub(crate) fn event_objects<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.events_as(ItemForm::Event { text: false }, Some("[DONE]"))
    }

    /// The same, where the data of some are texts.
    pub(crate) fn text_event_objects<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.events_as(ItemForm::Event { text: true }, None)
    }

    /// As [`events`](Self::events), where the data may be the whole event as an object.
    pub(crate) fn wrapped_events<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.events().map(ItemStream::or_wrapped)
    }

    /// As [`text_events`](Self::text_events), where the data may be the whole event as an object.
    pub(crate) fn wrapped_text_events<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.text_events().map(ItemStream::or_wrapped)
    }

    /// As [`event_objects`](Self::event_objects), where the data may be the whole event as an object.
    pub(crate) fn wrapped_event_objects<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.event_objects().map(ItemStream::or_wrapped)
    }

    /// As [`text_event_objects`](Self::text_event_objects), where the data may be the whole event as an object.
    pub(crate) fn wrapped_text_event_objects<T: DeserializeOwned, F>(self) -> Result<ItemStream<T>, Error<F>> {
        self.text_event_objects().map(ItemStream::or_wrapped)
    }

    fn events_as<T: DeserializeOwned, F>(
        self,
        reading: ItemForm,
        last: Option<&'static str>,
    ) -> Result<ItemStream<T>, Error<F>> {
        if !self.is("text/event-stream") && !self.client.accepts_any_content_type() {
            let found = self.media_type();
            return Err(self.decode_error(DecodeError::ContentType { expected: "text/event-stream", found }));
        }
        Ok(ItemStream::new(self.stream()?, Format::Events, reading, last))
    }
}

/// The form of an item within a line, or within an event.
#[derive(Clone, Copy, Debug)]
enum ItemForm {
    /// The line, or the event's data, is JSON.
    Json,
    /// The part is JSON or, by its media type, a text.
    Part,
    /// The event's data is a text.
    Text,
    /// The event is an object, whose data is JSON or, with `text`, may be a text.
    Event { text: bool },
}

impl ItemForm {
    fn read<T: DeserializeOwned>(self, event: &Event) -> Result<T, DecodeError> {
        let read =
            |value: Value| digits::deserialize(value).map_err(|error| json::explain_value(&error, "$".to_owned()));
        let text = || Value::String(event.data.clone());
        let json = || digits::parse(&event.data).ok();
        match self {
            Self::Json => json::read(event.data.as_bytes()),
            Self::Part => match &event.kind {
                Some(kind) if kind.starts_with("text/") && kind != "text/json" => {
                    read(text()).or_else(|_| json::read(event.data.as_bytes()))
                }
                _ => json::read(event.data.as_bytes()),
            },
            Self::Text => read(text()),
            // A text is not taken for JSON where either may come, and JSON is no text where its type is described.
            Self::Event { text: true } => read(event.object(text())).or_else(|cause| match json() {
                Some(data) => read(event.object(data)),
                None => Err(cause),
            }),
            Self::Event { text: false } => read(event.object(json().unwrap_or_else(text))),
        }
    }
}
