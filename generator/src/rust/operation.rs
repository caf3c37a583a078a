//! Planned operations: a method, a marker type, and the decoder of each status.

use super::name::Name;
use super::types::Type;
use crate::ir::{Docs, ItemForm, Location, ParameterForm, PathTemplate, Status, Way};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method of the group's handle.
    pub method_name: Name,
    /// The marker type.
    pub marker: Name,
    /// The HTTP method.
    pub http_method: String,
    /// The path template.
    pub path: PathTemplate,
    /// The `operationId`, for tracing.
    pub id: Option<String>,
    /// A line of prose.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The URL of further documentation.
    pub external_docs: Option<String>,
    /// True if it is deprecated.
    pub deprecated: bool,
    /// The constant of its requirements; `None` where it needs no credentials.
    pub security: Option<Name>,
    /// The security requirements, in words.
    pub needs: String,
    /// Its arguments: required ones are the method's, in the order in which callers pass them; optional ones are setters.
    pub arguments: Vec<Argument>,
    /// Required parameters with a constant value.
    pub constants: Vec<Constant>,
    /// The bodies: that of the method first, then those of further media types.
    pub bodies: Vec<BodyPlan>,
    /// Success.
    pub output: Outcome,
    /// Documented failure.
    pub failure: Outcome,
    /// The decoder of each status, most specific first.
    pub arms: Vec<Arm>,
    /// The requested media types.
    pub accept: Vec<String>,
    /// True if the output is a stream.
    pub streaming: bool,
    /// The headers of success.
    pub headers: Vec<ResponseHeader>,
    /// Other forms of success, which a call can select.
    pub alternate_responses: Vec<AlternateResponse>,
    /// The server of the operation, if it differs from that of the API.
    pub server: Option<String>,
    /// The header of its idempotency key.
    pub idempotency_key: Option<String>,
    /// The pagination, if the operation is paginated.
    pub pages: Option<Pages>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
}

/// The pagination of an operation.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The way from one page to the next.
    pub way: Way,
    /// The items of a page, as a JSON pointer into the response.
    pub items: String,
    /// A JSON pointer to a boolean that is true if another page exists.
    pub more: Option<String>,
    /// A JSON pointer to the total number of pages or items.
    pub total: Option<String>,
    /// The type of an item.
    pub item: Type,
}

/// Success in another media type, with its own marker type.
#[derive(Clone, Debug)]
pub struct AlternateResponse {
    /// The method of the call that selects it.
    pub setter: Name,
    /// The marker type.
    pub marker: Name,
    /// The media type.
    pub content_type: String,
    /// True if it is a stream.
    pub streaming: bool,
    /// Success.
    pub output: Outcome,
    /// The decoder of each status, most specific first.
    pub arms: Vec<Arm>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The argument's, or the setter's, name.
    pub name: Name,
    /// The parameter's name on the wire.
    pub wire: String,
    /// The location.
    pub location: Location,
    /// The serialization.
    pub form: ParameterForm,
    /// True if it is required.
    pub required: bool,
    /// The way to pass the argument.
    pub pass: ArgPassing,
    /// Its docs.
    pub docs: Docs,
}

/// A parameter that is always sent with the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The parameter's name on the wire.
    pub wire: String,
    /// Its location.
    pub location: Location,
    /// The serialization.
    pub form: ParameterForm,
    /// The value, as text.
    pub value: String,
}

/// The way to pass a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgPassing {
    /// Any kind of text.
    Text,
    /// A small value.
    Copy(Type),
    /// A reference.
    Reference(Type),
    /// A slice.
    Slice(Type),
}

impl ArgPassing {
    /// The type of the value, or of its items; `None` for text.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            ArgPassing::Text => None,
            ArgPassing::Copy(ty) | ArgPassing::Reference(ty) | ArgPassing::Slice(ty) => Some(ty),
        }
    }
}

/// A request body.
#[derive(Clone, Debug)]
pub struct BodyPlan {
    /// The setter of an optional body; the group's method of a further required one; else unused.
    pub name: Name,
    /// The serialization.
    pub kind: BodyKind,
    /// The media type.
    pub content_type: String,
    /// True for an argument, false for a setter.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
}

/// The encoding of a request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As JSON.
    Json(ArgPassing),
    /// As `application/x-www-form-urlencoded`, with the members that have a form of their own.
    Form(ArgPassing, Vec<StyledField>),
    /// As JSON values, one per line.
    Lines(ArgPassing),
    /// As XML, by the constant of its document.
    Xml(ArgPassing, Name),
    /// As several parts; `None` if they are not described.
    Multipart(Option<Parts>),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// A field of a form that is written in a form of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyledField {
    /// The field's name on the wire.
    pub wire: String,
    /// The form of the value.
    pub form: ParameterForm,
}

/// The parts of a multipart body, as a struct of the group's module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The struct.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<PartField>,
    /// The fields that its constructor takes, in that order: those that are required, if others are not.
    pub constructor: Option<Vec<Name>>,
}

impl Parts {
    /// Returns whether a part, or a header of one, is required.
    pub fn has_required(&self) -> bool {
        self.fields.iter().any(|field| field.required || field.headers.iter().any(|header| header.required))
    }
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartField {
    /// The field.
    pub name: Name,
    /// The part's name on the wire.
    pub wire: String,
    /// The description.
    pub description: Option<String>,
    /// The contents.
    pub kind: PartKind,
    /// True if it is required.
    pub required: bool,
    /// The media types that the document permits; one if there is no choice.
    pub content_types: Vec<String>,
    /// The headers that come with it, as fields of their own.
    pub headers: Vec<PartHeader>,
    /// The headers that always have one value, each with that value.
    pub constants: Vec<(String, String)>,
}

impl PartField {
    /// Its media type, where the document leaves no choice.
    pub fn content_type(&self) -> Option<&str> {
        match self.content_types.as_slice() {
            [only] if !only.contains('*') => Some(only),
            _ => None,
        }
    }
}

/// A header of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartHeader {
    /// The field.
    pub name: Name,
    /// The header's name.
    pub wire: String,
    /// The description.
    pub description: Option<String>,
    /// The contents.
    pub ty: Type,
    /// True if it is required.
    pub required: bool,
}

/// The contents of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A file.
    File,
    /// Several files.
    Files,
    /// A file, or a text.
    FileOrText,
    /// A value, written by its type, with a media type if one is stated.
    Value(Type, Option<String>),
    /// A value as JSON, with its media type.
    Json(Type, String),
    /// A value in a style of parameters.
    Styled(Type, ParameterForm),
    /// A value as XML, with its media type and the constant of its document.
    Xml(Type, String, Name),
}

impl PartKind {
    /// The type of a value; files have none of their own.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            PartKind::File | PartKind::Files | PartKind::FileOrText => None,
            PartKind::Value(ty, _) | PartKind::Json(ty, _) | PartKind::Styled(ty, _) | PartKind::Xml(ty, ..) => {
                Some(ty)
            }
        }
    }
}

/// The outcome of success or of the documented errors.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its form.
    pub kind: OutcomeKind,
}

/// The forms of an outcome.
#[derive(Clone, Debug)]
pub enum OutcomeKind {
    /// Nothing is documented.
    Undocumented,
    /// One type, or nothing at all (`Type::Unit`).
    Single(Type),
    /// Its own enum.
    Enum(Name, Vec<OutcomeVariant>),
}

/// A variant of an outcome's enum.
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// The variant.
    pub name: Name,
    /// The contents.
    pub ty: Option<Type>,
    /// The status.
    pub status: StatusPattern,
    /// True if it is for the text that is described beside JSON.
    pub of_text: bool,
    /// The document's description.
    pub description: String,
}

/// Statuses that are decoded alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusPattern {
    /// One status.
    Code(u16),
    /// All that begin with a digit.
    Range(u8),
    /// Any other.
    Any,
}

impl From<Status> for StatusPattern {
    fn from(status: Status) -> Self {
        match status {
            Status::Code(code) => StatusPattern::Code(code),
            Status::Range(digit) => StatusPattern::Range(digit),
            Status::Default => StatusPattern::Any,
        }
    }
}

/// A status and its decoder.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The statuses.
    pub status: StatusPattern,
    /// True if it decodes only what is labelled as text.
    pub of_text: bool,
    /// Success or failure, and the variant of its enum if it has one.
    pub decode: Decode,
}

/// The decoder of a response.
#[derive(Clone, Debug)]
pub enum Decode {
    /// As success.
    Output(Option<Name>, BodyEncoding),
    /// As documented failure.
    Failure(Option<Name>, BodyEncoding),
}

/// The encoding of a response body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// There is none.
    Nothing,
    /// As JSON.
    Json,
    /// As JSON or, if its media type is text, as a text with the same value.
    JsonOrText,
    /// As XML, by the constant of its document.
    Xml(Name),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As a stream of bytes.
    Stream,
    /// As a stream of JSON values, one per line.
    Lines,
    /// As a stream of server-sent events: the data of each, or each as a whole.
    Events {
        form: ItemForm,
        /// True if the JSON in the data of an event may be the whole event.
        may_be_wrapped: bool,
    },
}

impl BodyEncoding {
    /// Returns whether the body is a stream.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        matches!(self, BodyEncoding::Stream | BodyEncoding::Lines | BodyEncoding::Events { .. })
    }
}

/// Every type that an operation mentions.
pub fn types_of(operation: &Operation, visit: &mut impl FnMut(&Type)) {
    let mut pass = |pass: &ArgPassing| match pass {
        ArgPassing::Text => {}
        ArgPassing::Copy(ty) | ArgPassing::Reference(ty) | ArgPassing::Slice(ty) => visit(ty),
    };
    operation.arguments.iter().for_each(|argument| pass(&argument.pass));
    for body in &operation.bodies {
        match &body.kind {
            BodyKind::Json(given) | BodyKind::Form(given, _) | BodyKind::Lines(given) | BodyKind::Xml(given, _) => {
                pass(given);
            }
            BodyKind::Multipart(Some(parts)) => {
                for field in &parts.fields {
                    field.kind.ty().into_iter().for_each(|ty| pass(&ArgPassing::Reference(ty.clone())));
                    field.headers.iter().for_each(|header| pass(&ArgPassing::Reference(header.ty.clone())));
                }
            }
            BodyKind::Multipart(None) | BodyKind::Text | BodyKind::Bytes => {}
        }
    }
    operation.pages.iter().for_each(|pages| visit(&pages.item));
    let alternate_responses = operation.alternate_responses.iter().map(|alternate_response| &alternate_response.output);
    for Outcome { kind } in [&operation.output, &operation.failure].into_iter().chain(alternate_responses) {
        match kind {
            OutcomeKind::Undocumented => {}
            OutcomeKind::Single(ty) => visit(ty),
            OutcomeKind::Enum(_, variants) => {
                variants.iter().filter_map(|variant| variant.ty.as_ref()).for_each(&mut *visit)
            }
        }
    }
}
