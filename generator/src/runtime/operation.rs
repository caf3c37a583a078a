//! What an operation is: facts that the description states, as data.
//!
//! The emitted files hold the facts, this runtime holds the work. They meet here:
//!
//! ```ignore
//! // client.rs: one `Api`, the group accessors, and a credential setter per security scheme
//! pub(crate) static API: Api = Api { name: "webhooks-api", version: "1.0.0", base_url: Some("https://…"), scopes: &[] };
//! impl Client { pub fn builder() -> ClientBuilder { ClientBuilder::new(&API) } }
//! impl ClientBuilder {
//!     pub fn client_credentials(self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
//!         self.credential(&security::OAUTH2, Credential::client(id, secret))
//!     }
//! }
//!
//! // one file a group: required things are arguments, optional ones setters on the call
//! pub fn update(&self, id: impl AsRef<str>, body: &WebhookInput) -> Call<'a, Update> {
//!     Call::new(self.client).set_path("id", id.as_ref()).set_json(body)
//! }
//! impl Call<'_, List> {
//!     pub fn limit(self, limit: i64) -> Self { self.set_query("limit", &limit) }
//! }
//! crate::runtime::operations! {
//!     /// `PUT /webhooks/{id}`
//!     Update = PUT "/webhooks/{id}" needs REQUIRES_OAUTH2 => WebhookResponse { 200 => output } else enum UpdateError {
//!         /// 400: Invalid webhook data
//!         400 => failure BadRequest(ValidationProblem),
//!     }
//! }
//! ```
//!
//! What may be done to a call: `set_path`, `set_query`, `set_header`, `set_cookie` (name, value) in the default styles;
//! `set_parameter(&Parameter { … }, value)` in any style; `set_json_parameter` where a parameter has `content`;
//! `set_query_string` for all of it at once; and a body by `set_json`, `set_json_as`, `set_form`, `set_form_with`, `set_text`,
//! `set_body`, `set_multipart` or, where the API has XML, `set_xml`. A value that is `None` is left out; what cannot be sent is
//! said when the call is awaited, before anything is sent.
//!
//! How a reply may be read: `output`, `text`, `bytes`, `empty`, and with `streaming: true` by `stream`, `json_lines`, `events`;
//! what failed by `failure`, `failure_text`, `failure_bytes`, `failure_empty`. Any other status is undocumented.

use super::error::Error;
use super::reply::Reply;
use super::security::Requirement;

/// The API as a whole.
#[derive(Debug)]
pub struct Api {
    /// The package name, for the `User-Agent` header.
    pub name: &'static str,
    /// The version of the description.
    pub version: &'static str,
    /// The first server, where the description gives an absolute one.
    pub base_url: Option<&'static str>,
    /// Every scope that some operation needs: what a client asks for unless it is told otherwise.
    pub scopes: &'static [&'static str],
}

/// One operation: what is asked, what it needs, and how each answer reads.
///
/// Implemented by uninhabited marker types, as `operations!` makes them, so that an operation costs nothing but its facts.
pub trait Operation: Sized + 'static {
    /// Method, path and needs.
    const SPEC: Spec;
    /// What a successful answer holds.
    type Output;
    /// The failures that the description documents; [`Undocumented`](super::error::Undocumented) if there are none.
    type Failure;
    /// Reads an answer by its status.
    ///
    /// # Errors
    /// Every status that is not a success, and every body that is not what the description says.
    fn decode(reply: Reply) -> Outcome<Self>;
}

/// What awaiting a call of `O` gives.
pub type Outcome<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Failure>>;

/// The facts about an operation that are known before it is called.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Spec {
    /// The request method.
    pub method: Method,
    /// The path template: literals as written, parameters in braces.
    pub path: &'static str,
    /// What must be proven: one of these requirements. Empty if nothing must.
    pub security: &'static [Requirement],
    /// The `Accept` header: the media types that `decode` understands.
    pub accept: &'static str,
    /// The server of this operation, where it is not the API's own.
    pub base_url: Option<&'static str>,
    /// The header that carries an idempotency key, where the API has one.
    pub idempotency_key: Option<&'static str>,
    /// Whether a success is handed over as a stream instead of being read first.
    pub streaming: bool,
}

impl Spec {
    /// The values that an operation leaves alone.
    pub const NEW: Self = Self {
        method: Method::GET,
        path: "",
        security: &[],
        accept: "application/json",
        base_url: None,
        idempotency_key: None,
        streaming: false,
    };

    /// An operation that leaves all else alone.
    pub(crate) const fn new(method: Method, path: &'static str) -> Self {
        Self { method, path, ..Self::NEW }
    }
}

/// Implements the operations of a group: for each a marker type, its facts, how each status reads, and the enum of its
/// documented failures.
///
/// ```ignore
/// operations! {
///     /// `GET /pets/{id}`
///     Get = GET "/pets/{id}" needs KEY with { accept: "application/json, text/plain" } => types::Pet {
///         200 => output
///     } else enum GetError {
///         /// 404: No such pet
///         404 => failure NotFound(types::Problem),
///         /// Any other status
///         _ => failure_text Default(String),
///     }
///     /// `GET /pets`
///     List = GET "/pets" => Vec<types::Pet> { 200 => output } pages Paging::LINK => types::Pet
/// }
/// ```
///
/// `needs` names a constant of the crate's `security`, `with` sets fields of [`Spec`]. What success is wrapped in stands behind
/// its reader (`200 => output(GetOutput::Pet)`). `xml[PET]` reads by a table of the crate's `xml_documents`, `else use GetError
/// { 404 => failure NotFound }` reads the failures of an enum that another entry defines, and `custom("COPY")` stands for a method
/// without a name of its own.
macro_rules! operations {
    ($(
        #[doc = $docs:literal]
        $name:ident = $method:ident $(($custom:literal))? $path:literal $(needs $security:ident)?
        $(with { $($field:ident: $value:expr),* })?
        => $output:ty { $($status:pat => $read:ident $([$document:ident])? $(($wrap:expr))?),* }
        $(else enum $failure:ident {
            $($(#[doc = $said:literal])* $failed:pat => $read_failure:ident $([$failed_document:ident])? $variant:ident $(($holds:ty))?,)*
        })?
        $(else use $known:ident { $($known_status:pat => $read_known:ident $([$known_document:ident])? $known_variant:ident,)* })?
        $(pages $paging:expr => $item:ty)?
    )*) => {$(
        #[doc = $docs]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            const SPEC: $crate::runtime::Spec = $crate::runtime::Spec {
                $(security: $crate::security::$security,)?
                $($($field: $value,)*)?
                ..$crate::runtime::Spec::new($crate::runtime::Method::$method $(($custom))?, $path)
            };
            type Output = $output;
            type Failure = $crate::runtime::operation::failure!($($failure)? $($known)?);

            #[allow(unreachable_patterns, reason = "where any other status is documented, nothing is left")]
            #[inline]
            fn decode(reply: $crate::runtime::Reply) -> $crate::runtime::Outcome<Self> {
                match reply.status() {
                    $($status => reply.$read($(&$crate::xml_documents::$document)?)$(.map($wrap))?,)*
                    $($($failed => {
                        ::core::result::Result::Err(reply.$read_failure($(&$crate::xml_documents::$failed_document,)? $failure::$variant))
                    })*)?
                    $($($known_status => {
                        ::core::result::Result::Err(reply.$read_known($(&$crate::xml_documents::$known_document,)? $known::$known_variant))
                    })*)?
                    _ => ::core::result::Result::Err(reply.undocumented()),
                }
            }
        }

        $(
            #[doc = "The documented failures of"]
            #[doc = $docs]
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum $failure {
                $($(#[doc = $said])* $variant $(($holds))?,)*
            }
        )?

        $(
            impl $crate::runtime::Paged for $name {
                const PAGING: $crate::runtime::Paging = $paging;
                type Item = $item;
            }
        )?
    )*};
}

macro_rules! failure {
    () => {
        $crate::runtime::Undocumented
    };
    ($name:ident) => {
        $name
    };
}

pub(crate) use {failure, operations};

/// A request method. Like `http::Method`, but any name fits in a constant (`QUERY`, `COPY`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Method(&'static str);

impl Method {
    /// `GET`
    pub const GET: Self = Self("GET");
    /// `HEAD`
    pub const HEAD: Self = Self("HEAD");
    /// `POST`
    pub const POST: Self = Self("POST");
    /// `PUT`
    pub const PUT: Self = Self("PUT");
    /// `PATCH`
    pub const PATCH: Self = Self("PATCH");
    /// `DELETE`
    pub const DELETE: Self = Self("DELETE");
    /// `OPTIONS`
    pub const OPTIONS: Self = Self("OPTIONS");
    /// `TRACE`
    pub const TRACE: Self = Self("TRACE");
    /// `QUERY`: a safe, idempotent request with a body.
    pub const QUERY: Self = Self("QUERY");

    /// Any other method.
    #[must_use]
    pub const fn custom(name: &'static str) -> Self {
        Self(name)
    }

    /// The method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether sending a request twice means the same as sending it once (RFC 9110, 9.2.2).
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        matches!(self.0, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }
}
