//! An operation: facts that the description states, as data.
//!
//! The emitted files have the facts, and this runtime has the code. This module connects them:
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
//! // one file per group: required parameters are arguments, optional ones are setters of the call
//! pub fn update(&self, id: impl AsRef<str>, body: &WebhookInput) -> Call<'a, Update> {
//!     Call::new(self.client).set_path("id", id.as_ref()).set_json(body)
//! }
//! impl Call<'_, List> {
//!     pub fn limit(self, limit: i64) -> Self { self.set_query("limit", &limit) }
//! }
//! crate::runtime::operations! {
//!     /// `PUT /webhooks/{id}`
//!     Update = PUT "/webhooks/" {"id"} needs REQUIRES_OAUTH2 => WebhookResponse { 200 => output } else enum UpdateError {
//!         /// 400: Invalid webhook data
//!         400 => failure BadRequest(ValidationProblem),
//!     }
//! }
//! ```
//!
//! The arguments of a call are set by `set_path`, `set_query`, `set_header`, `set_cookie` (name, value) in the default styles;
//! `set_parameter(&Parameter { … }, value)` in any style; `set_json_parameter` and `set_form_parameter` where a parameter has `content`;
//! `set_query_string` for all of it at once; and a body by `set_json`, `set_json_as`, `set_form`, `set_form_with`, `set_text`,
//! `set_body`, `set_multipart` or, where the API has XML, `set_xml`. A value that is `None` is left out; a fault in a value is
//! reported when the call is awaited, before anything is sent.
//!
//! A reply is read by `output`, `text`, `bytes`, `empty`, and with `streaming: true` by `stream`, `json_lines`, `events`;
//! a failure by `failure`, `failure_text`, `failure_bytes`, `failure_empty`. Any other status is undocumented.

use std::fmt;

use super::error::Error;
use super::reply::Reply;
use super::spec::Spec;

/// One operation: its request, the credentials that it needs, and the decoder of each response.
///
/// Implemented by uninhabited marker types, as `operations!` makes them, so that an operation costs nothing but its facts.
pub trait Operation: Sized + 'static {
    /// Method, path and needs.
    const SPEC: Spec;
    /// The content of a successful response.
    type Output;
    /// The failures that the description documents; [`Undocumented`](super::error::Undocumented) if there are none.
    type Failure;
    /// Reads a response by its status.
    ///
    /// # Errors
    /// Every status that is not a success, and every body that is not what the description says.
    fn decode(reply: Reply) -> Outcome<Self>;
}

/// The result of awaiting a call of `O`.
pub type Outcome<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Failure>>;

/// Writes the status and the description of a documented failure.
pub(crate) fn say(f: &mut fmt::Formatter<'_>, said: &str) -> fmt::Result {
    match said.trim() {
        "" => f.write_str("a documented failure"),
        said => f.write_str(said),
    }
}

/// Implements the operations of a group: for each a marker type, its facts, the decoder of each status, and the enum of its
/// documented failures.
///
/// ```ignore
/// operations! {
///     /// `GET /pets/{id}`
///     Get = GET "/pets/" {"id"} needs KEY with { accept: "application/json, text/plain" } => types::Pet {
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
/// `needs` names a constant of the crate's `security`, `with` sets fields of [`Spec`]. The variant that wraps a success follows
/// its reader (`200 => output(GetOutput::Pet)`), and a condition on the response follows the status (`200 if is_text`). `xml[PET]` reads by a table of the crate's `xml_documents`, `else use GetError
/// { 404 => failure NotFound }` reads the failures of an enum that another entry defines, and `custom("COPY")` stands for a method
/// without a name of its own.
macro_rules! operations {
    ($(
        #[doc = $docs:literal]
        $name:ident = $method:ident $(($custom:literal))?
            $($path:literal $({$parameter:literal})?)+ $(? $($query:literal $({$query_parameter:literal})?)+)?
            $(needs $security:ident)?
        $(with { $($field:ident: $value:expr),* })?
        => $output:ty { $($status:pat $(if $label:ident)? => $read:ident $([$document:ident])? $(($wrap:expr))?),* }
        $(else enum $failure:ident {
            $($(#[doc = $said:literal])* $failed:pat $(if $failed_label:ident)? => $read_failure:ident $([$failed_document:ident])? $variant:ident $(($holds:ty))?,)*
        })?
        $(else use $known:ident { $($known_status:pat $(if $known_label:ident)? => $read_known:ident $([$known_document:ident])? $known_variant:ident,)* })?
        $(pages $paging:expr => $item:ty)?
    )*) => {$(
        #[doc = $docs]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            const SPEC: $crate::runtime::Spec = $crate::runtime::Spec {
                $(security: $crate::security::$security,)?
                $($($field: $value,)*)?
                ..$crate::runtime::Spec::new(
                    $crate::runtime::Method::$method $(($custom))?,
                    $crate::runtime::path::path_template!(
                        $($path $({$parameter})?)+ $(? $($query $({$query_parameter})?)+)?
                    ),
                )
            };
            type Output = $output;
            type Failure = $crate::runtime::operation::failure!($($failure)? $($known)?);

            #[allow(unreachable_patterns, reason = "where any other status is documented, nothing is left")]
            #[inline]
            fn decode(reply: $crate::runtime::Reply) -> $crate::runtime::Outcome<Self> {
                match reply.status() {
                    $($status $(if reply.$label())? => reply.$read($(&$crate::xml_documents::$document)?)$(.map($wrap))?,)*
                    $($($failed $(if reply.$failed_label())? => {
                        ::core::result::Result::Err(reply.$read_failure($(&$crate::xml_documents::$failed_document,)? $failure::$variant))
                    })*)?
                    $($($known_status $(if reply.$known_label())? => {
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

            impl ::core::fmt::Display for $failure {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::runtime::operation::say(f, match self {
                        $(Self::$variant { .. } => concat!($($said, " ",)* ""),)*
                    })
                }
            }

            impl ::core::error::Error for $failure {}
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
