//! The facts that a description states about an API and each of its operations.

use super::path::PathTemplate;
use super::security::Requirement;

/// The API as a whole.
#[derive(Debug)]
pub struct Api {
    /// The package name, for the `User-Agent` header.
    pub name: &'static str,
    /// The version of the description.
    pub version: &'static str,
    /// The first server: an absolute URL, or a path (`/v1`) to join to the URL that the caller gives.
    pub base_url: Option<&'static str>,
    /// Every scope that an operation needs. A client requests these by default.
    pub scopes: &'static [&'static str],
}

/// The facts about an operation that are known before it is called.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Spec {
    /// The request method.
    pub method: Method,
    /// The path template.
    pub path: PathTemplate,
    /// The requirements, of which one must be met. Empty if no credential is needed.
    pub security: &'static [Requirement],
    /// The `Accept` header: the media types that `decode` understands.
    pub accept: &'static str,
    /// The server of this operation, where it is not the API's own: an absolute URL, or a path of the host that is called.
    pub base_url: Option<&'static str>,
    /// The header that carries an idempotency key, where the API has one.
    pub idempotency_key: Option<&'static str>,
    /// Set if a success is handed over as a stream instead of being read first.
    pub streaming: bool,
}

impl Spec {
    /// The default values.
    pub const NEW: Self = Self {
        method: Method::GET,
        path: PathTemplate { text: "", parts: &[], query: &[] },
        security: &[],
        accept: "application/json",
        base_url: None,
        idempotency_key: None,
        streaming: false,
    };

    /// An operation with the default values for all else.
    pub(crate) const fn new(method: Method, path: PathTemplate) -> Self {
        Self { method, path, ..Self::NEW }
    }
}

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

    /// Returns whether sending a request twice means the same as sending it once (RFC 9110, 9.2.2).
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        matches!(self.0, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }
}
