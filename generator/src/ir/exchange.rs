//! Sample exchanges: the requests and responses of calls, derived from the description alone.

use serde_json::Value;

use super::SchemaId;

/// Exchanges for all operations of an API.
#[derive(Clone, Debug, Default)]
pub struct Exchanges {
    /// For each operation, in the API's order.
    pub operations: Vec<Exchange>,
    /// For each security scheme that takes a text, its name and the text that the requests have; users and their passwords are
    /// apart.
    pub secrets: Vec<(String, Secret)>,
    /// Values of the alternatives of unions.
    pub alternatives: Vec<Alternative>,
}

/// A value that is of one alternative of a union, and of no other.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The union.
    pub union: SchemaId,
    /// The index of the alternative.
    pub member: usize,
    /// The value.
    pub value: Value,
}

/// A secret of a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A key or token.
    Text(String),
    /// HTTP Basic.
    UserAndPassword(String, String),
}

/// The exchanges of one operation.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// Calls, with the expected requests.
    pub requests: Vec<Request>,
    /// Responses, with the expected values.
    pub replies: Vec<Reply>,
    /// A status that the description does not have; `None` if it has all.
    pub undocumented: Option<u16>,
}

/// A placeholder for the value of a header that is generated for each call, such as an idempotency key. No header can have it.
pub const MADE: &str = "\u{7f}made";

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The arguments: the index of a parameter in the operation, and its value.
    pub parameters: Vec<(usize, Value)>,
    /// The body: the index of the media type, and the value.
    pub body: Option<(usize, Value)>,
    /// The path, as it is sent.
    pub path: String,
    /// The pairs of the query, as they are sent.
    pub query: Vec<String>,
    /// The headers that follow from the arguments and credentials; names in lower case. [`MADE`] stands for a value that
    /// is generated for each call.
    pub headers: Vec<(String, String)>,
    /// The contents of the body.
    pub content: Content,
}

/// The contents of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// There is none.
    Nothing,
    /// JSON, in whichever order and layout.
    Json(Value),
    /// Exactly this.
    Text(String),
    /// A form: pairs, as they are sent.
    Form(Vec<String>),
    /// The parts of a multipart body.
    Parts(Vec<Piece>),
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its name.
    pub name: String,
    /// True if it is sent as a file, with its name.
    pub is_file: bool,
    /// Its media type, where there has to be one.
    pub content_type: Option<String>,
    /// The contents.
    pub text: String,
}

/// Responses of one status and media type.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The index of the response in the operation.
    pub response: usize,
    /// The index of the media type in the response; `None` where there is no body.
    pub media: Option<usize>,
    /// The status.
    pub status: u16,
    /// The responses.
    pub cases: Vec<ReplyCase>,
    /// The items, if the media type is a sequence.
    pub items: Vec<Value>,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyCase {
    /// The distinguishing feature, for people.
    pub about: &'static str,
    /// The body.
    pub body: Value,
    /// The value that is read, as JSON; `None` if the body must be rejected.
    pub reads: Option<Value>,
}
