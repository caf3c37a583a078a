//! Wire tests, by operation.

use serde_json::Value;

use super::name::Name;
use super::operation::OutcomeKind;
use super::types::Type;
pub use crate::ir::Content;

/// The wire tests of a crate.
#[derive(Clone, Debug)]
pub struct WireTests {
    /// The setters of the builder that take credentials, and these.
    pub credentials: Vec<(Name, Vec<String>)>,
    /// For each group, those without a tag last, and for each of its operations, in its order, the tests.
    pub groups: Vec<Vec<WireTest>>,
    /// The tests of unions.
    pub unions: Vec<UnionTest>,
}

/// A value, and the expected variant of a union.
#[derive(Clone, Debug)]
pub struct UnionTest {
    /// The type of the union.
    pub union: Name,
    /// The variant.
    pub variant: Name,
    /// The value.
    pub value: Value,
}

/// The tests of one operation.
#[derive(Clone, Debug)]
pub struct WireTest {
    /// The expected requests.
    pub sends: Vec<RequestCase>,
    /// The expected outcomes. The first is that of the operation, the others are those of its variations.
    pub readings: Vec<ResponseCase>,
    /// The reasons why parts are not tested.
    pub gaps: Vec<&'static str>,
}

/// A call of a method.
#[derive(Clone, Debug)]
pub struct MethodCall {
    /// The method of the group.
    pub method: Name,
    /// Its arguments.
    pub arguments: Vec<ArgumentValue>,
    /// Setters on the call, each with what it is given.
    pub setters: Vec<(Name, Vec<ArgumentValue>)>,
}

/// A value as it is passed.
#[derive(Clone, Debug)]
pub enum ArgumentValue {
    /// Text.
    Text(String),
    /// A value that is passed by value, from JSON.
    Value(Value),
    /// The same, by reference.
    Reference(Value),
    /// The items of a JSON list.
    Slice(Value),
    /// A struct of parts.
    Parts(Name, Vec<(Name, PartValue)>),
}

/// A field of a struct of parts.
#[derive(Clone, Debug)]
pub enum PartValue {
    /// A value from JSON.
    Value(Value),
    /// A file of this text.
    File(String),
    /// A file that may be absent.
    MaybeFile(Option<String>),
    /// Files of these texts.
    Files(Vec<String>),
}

/// A call, and the expected request.
#[derive(Clone, Debug)]
pub struct RequestCase {
    /// The call.
    pub given: MethodCall,
    /// The path.
    pub path: String,
    /// The pairs of the query.
    pub query: Vec<String>,
    /// The headers, sorted by name in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
}

/// The expected outcomes of a call's responses.
#[derive(Clone, Debug)]
pub struct ResponseCase {
    /// The marker of the call.
    pub marker: Name,
    /// The call, with the setter of a variation at its end.
    pub given: MethodCall,
    /// Success.
    pub output: OutcomeKind,
    /// Documented failure.
    pub failure: OutcomeKind,
    /// The responses.
    pub answers: Vec<ReplyCase>,
}

/// A response, and the expected outcome.
#[derive(Clone, Debug)]
pub struct ReplyCase {
    /// The distinguishing feature.
    pub about: &'static str,
    /// The status.
    pub status: u16,
    /// The media type; `None` where there is no body.
    pub content_type: Option<String>,
    /// The body.
    pub body: String,
    /// The expected outcome.
    pub seen: Expected,
}

/// An expected outcome.
#[derive(Clone, Debug)]
pub enum Expected {
    /// Success: the variant of an enum, and what is in it, as JSON.
    Output(Option<Name>, Value),
    /// Documented failure, by its variant.
    Failure(Name, Value),
    /// A status that isn't documented.
    Undocumented,
    /// A body that isn't what was described.
    Misread,
}

/// The conversion of a value to JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedForm {
    /// There is none.
    Nothing,
    /// It is written as JSON.
    BodyEncoding,
    /// Its bytes are text.
    Bytes,
    /// Its bytes are collected first.
    ByteStream,
    /// Its items are collected first.
    Items,
}

impl ExpectedForm {
    /// For a value of this type.
    #[must_use]
    pub fn of(ty: Option<&Type>) -> Self {
        match ty {
            None | Some(Type::Unit) => ExpectedForm::Nothing,
            Some(Type::Bytes) => ExpectedForm::Bytes,
            Some(Type::ByteStream) => ExpectedForm::ByteStream,
            Some(Type::Stream(_)) => ExpectedForm::Items,
            Some(_) => ExpectedForm::BodyEncoding,
        }
    }
}
