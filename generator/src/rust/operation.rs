//! Operations as they will be written: a method, a marker type, and what each status decodes to.

use super::name::Name;
use super::types::Type;
use crate::ir::{Docs, ItemForm, Location, ParameterForm, Status, Way};

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
    pub path: String,
    /// The `operationId`, for tracing.
    pub id: Option<String>,
    /// A line of prose.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where more is said.
    pub external_docs: Option<String>,
    /// Marked as not to be used any more.
    pub deprecated: bool,
    /// The constant of its requirements; `None` where it needs no credentials.
    pub security: Option<Name>,
    /// What its requirements come to, in words.
    pub needs: String,
    /// Its arguments: required ones are the method's, in the order in which callers give them; optional ones are setters.
    pub arguments: Vec<Argument>,
    /// Required parameters that have one value only, which no caller is asked for.
    pub constants: Vec<Constant>,
    /// What is sent: the method's own body first, then further forms of it.
    pub bodies: Vec<BodyPlan>,
    /// Success.
    pub output: Outcome,
    /// Documented failure.
    pub failure: Outcome,
    /// What each status decodes to, most specific first.
    pub arms: Vec<Arm>,
    /// The media types that are asked for.
    pub accept: Vec<String>,
    /// Whether success is handed over as a stream.
    pub streaming: bool,
    /// The headers that come with success.
    pub headers: Vec<ResponseHeader>,
    /// Other forms of success, which a call can be turned to.
    pub alternate_responses: Vec<AlternateResponse>,
    /// An absolute URL, where the operation is served elsewhere than the API.
    pub server: Option<String>,
    /// The header of its idempotency key.
    pub idempotency_key: Option<String>,
    /// How its answers are paged through, where they come in pages.
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

/// How answers are paged through.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How one page leads to the next.
    pub way: Way,
    /// Where a page has its items, as a JSON pointer into the answer.
    pub items: String,
    /// Where it says whether there is another page.
    pub more: Option<String>,
    /// Where it says how many pages or items there are in all.
    pub total: Option<String>,
    /// What an item is.
    pub item: Type,
}

/// Success in another media type, by a marker of its own.
#[derive(Clone, Debug)]
pub struct AlternateResponse {
    /// The method of the call that turns it.
    pub setter: Name,
    /// The marker type.
    pub marker: Name,
    /// The media type.
    pub content_type: String,
    /// Whether it is handed over as a stream.
    pub streaming: bool,
    /// Success.
    pub output: Outcome,
    /// What each status decodes to, most specific first.
    pub arms: Vec<Arm>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The argument's, or the setter's, name.
    pub name: Name,
    /// The parameter's name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// How it is written.
    pub form: ParameterForm,
    /// Whether it must be given.
    pub required: bool,
    /// How it is handed over.
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
    /// How it is written.
    pub form: ParameterForm,
    /// The value, as text.
    pub value: String,
}

/// How a value is handed over.
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

/// What is sent.
#[derive(Clone, Debug)]
pub struct BodyPlan {
    /// Of an optional one, the setter; of a further one that is required, the group's method; else unused.
    pub name: Name,
    /// How it is written.
    pub kind: BodyKind,
    /// The media type.
    pub content_type: String,
    /// Whether it must be given; else it is a setter.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As JSON.
    Json(ArgPassing),
    /// As `application/x-www-form-urlencoded`, with the members that aren't written as usual.
    Form(ArgPassing, Vec<StyledField>),
    /// As JSON values, one a line.
    Lines(ArgPassing),
    /// As XML, by the constant of its document.
    Xml(ArgPassing, Name),
    /// As several parts; `None` where nothing is known of them.
    Multipart(Option<Parts>),
    /// As text.
    Text,
    /// As the bytes are.
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
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartField {
    /// The field.
    pub name: Name,
    /// The part's name on the wire.
    pub wire: String,
    /// What it says to people.
    pub description: Option<String>,
    /// What it holds.
    pub kind: PartKind,
    /// Whether it must be there.
    pub required: bool,
    /// The media types that it may have, as the document says; one where it leaves no choice.
    pub content_types: Vec<String>,
    /// The headers that come with it, as fields of their own.
    pub headers: Vec<PartHeader>,
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
    /// What it says to people.
    pub description: Option<String>,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A file.
    File,
    /// Several files.
    Files,
    /// A file, or a text.
    FileOrText,
    /// A value, written by what it is; as of a media type, where one is to be said.
    Value(Type, Option<String>),
    /// A value, written as JSON, of a media type that is.
    Json(Type, String),
    /// A value in a style of parameters.
    Styled(Type, ParameterForm),
    /// A value as XML, of a media type that is, by the constant of its document.
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

/// What may come back, on success or on documented failure.
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
    /// An enum of its own.
    Enum(Name, Vec<OutcomeVariant>),
}

/// A variant of an outcome's enum.
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// The variant.
    pub name: Name,
    /// What it holds.
    pub ty: Option<Type>,
    /// For which status.
    pub status: StatusPattern,
    /// What the document says of it.
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

/// What a status decodes to.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Which statuses.
    pub status: StatusPattern,
    /// Success or failure, and the variant of its enum if it has one.
    pub decode: Decode,
}

/// How a reply is decoded.
#[derive(Clone, Debug)]
pub enum Decode {
    /// As success.
    Output(Option<Name>, BodyEncoding),
    /// As documented failure.
    Failure(Option<Name>, BodyEncoding),
}

/// How a body that comes back is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// There is none.
    Nothing,
    /// As JSON.
    Json,
    /// As XML, by the constant of its document.
    Xml(Name),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As bytes, handed over as they come.
    Stream,
    /// As JSON values, one a line, handed over as they come.
    Lines,
    /// As server-sent events, handed over as they come: the data of each, or each as a whole.
    Events(ItemForm),
}

impl BodyEncoding {
    /// Whether it is handed over as it comes.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        matches!(self, BodyEncoding::Stream | BodyEncoding::Lines | BodyEncoding::Events(_))
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
