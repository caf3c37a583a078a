//! Operations: requests and responses.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::{Docs, GroupIndex, Pagination, PathTemplate, Requirement, Server, Use};
use crate::media_type;
use crate::place::Pointer;

/// OAS 3.0.4 §4.7.10, Operation Object.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The place in the normalized document.
    pub pointer: Pointer,
    /// The `operationId`.
    pub id: Option<String>,
    /// The HTTP method: in capitals, or as `additionalOperations` writes it.
    pub method: String,
    /// The path.
    pub path: PathTemplate,
    /// The group that its first tag names.
    pub group: Option<GroupIndex>,
    /// A line of prose.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The URL of further documentation.
    pub external_docs: Option<String>,
    /// True if it is deprecated.
    pub deprecated: bool,
    /// Its parameters, those of the path item included.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses by status.
    pub responses: Vec<Response>,
    /// The alternatives, one of which must be met; empty if no credentials are needed. Operations without their own share the API's.
    pub security: Arc<[Requirement]>,
    /// The servers, if they differ from those of the API.
    pub servers: Vec<Server>,
    /// The callbacks.
    pub callbacks: Vec<Event>,
    /// The pagination, if the operation is paginated.
    pub pagination: Option<Pagination>,
    /// True if the document says that the response is not paginated.
    pub is_one_page: bool,
    /// The header by which the API knows a repeated request.
    pub idempotency_key: Option<String>,
}

impl Operation {
    /// The identity of the operation.
    pub fn key(&self) -> OperationKey {
        OperationKey::of(&self.method, &self.path)
    }
}

/// The identity of an operation among those of an API (OAS 3.0.4 §4.7.8): its method and its path, without the names of the
/// path's parameters, as `GET /pets/{}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey(String);

impl OperationKey {
    /// The identity of the operation with this method and path.
    pub fn of(method: &str, path: &PathTemplate) -> Self {
        OperationKey(format!("{method} {}", path.anonymous()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// OAS 3.0.4 §4.7.12, Parameter Object.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The place in the normalized document.
    pub pointer: Pointer,
    /// The name on the wire.
    pub name: String,
    /// The location.
    pub location: Location,
    /// True if it is required.
    pub required: bool,
    /// The value: schema and docs.
    pub value: Use,
    /// The serialization.
    pub form: ParameterForm,
}

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// A hole in the path template.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The whole query string (OAS 3.2).
    QueryString,
}

/// The serialization of a parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterForm {
    /// By RFC 6570-like styles (OAS 3.0.4 §4.7.12.3).
    Styled {
        /// The style.
        style: Style,
        /// True if items and members are separate.
        explode: bool,
        /// True if reserved characters are not encoded.
        allow_reserved: bool,
    },
    /// As a document of a media type (`content`).
    Content(String),
}

impl ParameterForm {
    /// The text that a value with `content` becomes; `None` for a value with a style.
    pub fn content(&self) -> Option<ContentForm> {
        let ParameterForm::Content(content_type) = self else { return None };
        let essence = media_type::essence(content_type);
        Some(match essence {
            // `application/jsonpath` is a text.
            _ if essence.ends_with("/json") || essence.ends_with("+json") => ContentForm::Json,
            _ if media_type::is_form(essence) => ContentForm::Form,
            _ => ContentForm::Text,
        })
    }
}

/// The text that the value of a parameter with `content` becomes. Around it, the parameter is as one of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentForm {
    /// JSON.
    Json,
    /// The pairs of a form.
    Form,
    /// The value itself, which is a scalar.
    Text,
}

/// The styles of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue,black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue; color=black`, unescaped (OAS 3.2 §4.12.3).
    Cookie,
}

/// OAS 3.0.4 §4.7.13, Request Body Object.
#[derive(Clone, Debug)]
pub struct Body {
    /// Markdown.
    pub description: Option<String>,
    /// True if it is required.
    pub required: bool,
    /// The media types that it may be sent as, sorted.
    pub content: Vec<Media>,
}

impl Media {
    /// Returns the encoding of a member.
    pub fn encoding_of(&self, name: &str) -> Option<&Encoding> {
        let found = self.encoding.binary_search_by(|encoding| encoding.name.as_str().cmp(name));
        found.ok().and_then(|index| self.encoding.get(index))
    }
}

/// OAS 3.0.4 §4.7.14, Media Type Object.
#[derive(Clone, Debug)]
pub struct Media {
    /// The media type or range, in lower case; its parameters, if it has any, unchanged.
    pub content_type: String,
    /// The value; `None` if the document does not describe it.
    pub schema: Option<Use>,
    /// The item of a sequence (OAS 3.2 `itemSchema`).
    pub item: Option<Use>,
    /// The form of an item.
    pub item_form: ItemForm,
    /// True if the JSON in the data of an event may be the whole event, as an object: a `schema` before 3.2 may mean either.
    pub may_be_wrapped: bool,
    /// The encodings of the members of a form or of a multipart body, sorted by name.
    pub encoding: Vec<Encoding>,
    /// Sample values.
    pub examples: Vec<Value>,
    /// The place in the normalized document.
    pub pointer: Pointer,
}

/// The form of an item in a sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemForm {
    /// JSON; of a server-sent event, its data.
    #[default]
    Json,
    /// The data of a server-sent event, as a text.
    Text,
    /// A server-sent event as a whole, whose data is JSON.
    Event,
    /// A server-sent event as a whole, whose data may be a text.
    TextEvent,
}

/// OAS 3.0.4 §4.7.15, Encoding Object.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The member.
    pub name: String,
    /// The media types that it may be written as, with commas between.
    pub content_type: Option<String>,
    /// The serialization in a form, if the document states it.
    pub form: Option<ParameterForm>,
    /// The headers that a part has, sorted by name; its media type is none of them.
    pub headers: Vec<Header>,
    /// The place in the normalized document.
    pub pointer: Pointer,
}

impl Encoding {
    /// Returns whether a part has a transfer encoding, so that its contents are a text.
    pub fn is_encoded(&self) -> bool {
        self.headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-transfer-encoding"))
    }
}

/// A request that the API sends: a callback of an operation, or a webhook.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// A line of prose.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The payload.
    pub body: Option<Body>,
    /// The place in the normalized document.
    pub pointer: Pointer,
}

/// OAS 3.0.4 §4.7.17, Response Object.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status or statuses that it describes.
    pub status: Status,
    /// Markdown.
    pub description: String,
    /// Headers that come with it.
    pub headers: Vec<Header>,
    /// The media types that it may come as; empty: no body is described.
    pub content: Vec<Media>,
}

/// The keys of a Responses Object, most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `200`
    Code(u16),
    /// `2XX`, by its first digit.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// True if all statuses that the key covers are of class 2xx (RFC 9110 §15.3).
    pub fn is_success(self) -> bool {
        matches!(self, Status::Code(200..=299) | Status::Range(2))
    }
}

/// OAS 3.0.4 §4.7.21, Header Object of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name of the field.
    pub name: String,
    /// True if it is always present.
    pub required: bool,
    /// The docs.
    pub docs: Docs,
    /// The contents.
    pub value: Option<Use>,
}
