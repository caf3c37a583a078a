//! The errors of calls.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::cause::{AuthError, BoxError, DecodeError, InvalidRequest, is_lasting};
use super::spec::Spec;

/// The error of a call. `F` are the failures that the operation documents.
///
/// It contains no credential, neither in its text nor in its `Debug` output. The response is shown shortened,
/// with values that look like secrets blanked; [`Error::body`] has it unchanged.
#[non_exhaustive]
pub enum Error<F = Undocumented> {
    /// The API responded with a documented failure.
    #[non_exhaustive]
    Api {
        /// The decoded failure.
        failure: F,
        /// The call and its response.
        context: Box<Context>,
    },
    /// The API responded with a status that the operation does not document.
    #[non_exhaustive]
    UnexpectedStatus {
        /// The call and its response.
        context: Box<Context>,
    },
    /// The response is not what the operation describes.
    #[non_exhaustive]
    Decode {
        /// The fault.
        cause: Box<DecodeError>,
        /// The call and its response.
        context: Box<Context>,
    },
    /// The response is larger than the limits allow.
    #[non_exhaustive]
    TooLarge {
        /// The limit in bytes, after decompression.
        limit: usize,
        /// The call and its response.
        context: Box<Context>,
    },
    /// The connection failed.
    #[non_exhaustive]
    Transport {
        /// The error of the HTTP client.
        cause: BoxError,
        /// The call.
        context: Box<Context>,
    },
    /// A time limit was reached.
    #[non_exhaustive]
    Timeout {
        /// The step in which it was reached.
        phase: Phase,
        /// The call.
        context: Box<Context>,
    },
    /// There is no credential, token or scope that allows the call.
    #[non_exhaustive]
    Auth {
        /// The reason.
        cause: Arc<AuthError>,
        /// The call.
        context: Box<Context>,
    },
    /// A [middleware](super::builder::ClientBuilder::middleware) of this client failed before the request was sent.
    #[non_exhaustive]
    Middleware {
        /// The error of the middleware.
        cause: BoxError,
        /// The call.
        context: Box<Context>,
    },
    /// The call could not be put into a request. Nothing was sent.
    #[non_exhaustive]
    Invalid {
        /// The reason.
        cause: Box<InvalidRequest>,
        /// The call.
        context: Box<Context>,
    },
}

/// The operation documents no failure: an [`Error::Api`] of this cannot exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl fmt::Display for Undocumented {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl StdError for Undocumented {}

/// The step of a call in which a time limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Fetching a token.
    Token,
    /// Connecting: nothing was sent.
    Connect,
    /// Sending, or waiting for the response to begin.
    Response,
    /// Reading the response.
    Body,
}

/// A call, and its response if there is one.
#[derive(Clone)]
pub struct Context {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) excerpt: String,
    pub(crate) attempts: u32,
    pub(crate) sent: bool,
    pub(crate) repeatable: bool,
    pub(crate) retry_after: Option<Duration>,
    /// The server that the request did not reach.
    pub(crate) origin: Option<String>,
}

impl Context {
    pub(crate) fn new(spec: &Spec) -> Self {
        Self {
            method: spec.method.as_str().to_owned(),
            path: spec.path.text.to_owned(),
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            excerpt: String::new(),
            attempts: 0,
            sent: false,
            repeatable: spec.method.is_idempotent(),
            retry_after: None,
            origin: None,
        }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("call", &format_args!("{} {}", self.method, self.path))
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("sent", &self.sent)
            .field("body", &self.excerpt)
            .finish_non_exhaustive()
    }
}

impl<F> Error<F> {
    /// The call and its response.
    fn context(&self) -> &Context {
        match self {
            Self::Api { context, .. }
            | Self::UnexpectedStatus { context }
            | Self::Decode { context, .. }
            | Self::TooLarge { context, .. }
            | Self::Transport { context, .. }
            | Self::Timeout { context, .. }
            | Self::Auth { context, .. }
            | Self::Middleware { context, .. }
            | Self::Invalid { context, .. } => context,
        }
    }

    /// The documented failure, if the error is one.
    pub fn failure(&self) -> Option<&F> {
        match self {
            Self::Api { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// The failure that the API documents.
    ///
    /// # Errors
    ///
    /// The error itself, if it is another.
    pub fn into_failure(self) -> Result<F, Self> {
        match self {
            Self::Api { failure, .. } => Ok(failure),
            other => Err(other),
        }
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.context().status
    }

    /// The headers of the response; none if there was no response.
    pub fn headers(&self) -> &HeaderMap {
        &self.context().headers
    }

    /// The body of the response, unchanged but cut at the limit for errors. It may contain secrets.
    pub fn body(&self) -> &[u8] {
        &self.context().body
    }

    /// The server's identifier of this exchange (`x-request-id` or a similar header), which its operators find in their logs.
    pub fn request_id(&self) -> Option<&str> {
        const NAMES: [&str; 5] = ["x-request-id", "x-amzn-requestid", "x-correlation-id", "x-amz-cf-id", "traceparent"];
        NAMES.iter().find_map(|name| self.headers().get(*name)?.to_str().ok())
    }

    /// The number of requests that were sent.
    pub fn attempts(&self) -> u32 {
        self.context().attempts
    }

    /// Returns whether the server may have seen the request. `false` is certain, `true` is not.
    pub fn was_sent(&self) -> bool {
        self.context().sent
    }

    /// The time that the server asks to wait before the next try (`Retry-After`; RFC 9110, 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        self.context().retry_after
    }

    /// Returns whether the same call may succeed later, and may be made again without doing its work twice.
    pub fn is_retryable(&self) -> bool {
        let context = self.context();
        let passing = match self {
            Self::Api { .. } | Self::UnexpectedStatus { .. } | Self::Decode { .. } | Self::TooLarge { .. } => {
                context.status.is_some_and(super::retry::is_passing)
            }
            Self::Transport { .. } | Self::Timeout { .. } => self.was_lost(),
            Self::Auth { cause, .. } => cause.is_passing(),
            Self::Middleware { .. } | Self::Invalid { .. } => false,
        };
        // 429 states that nothing was done; with another status, something may have been done.
        let undone = !context.sent || context.status == Some(StatusCode::TOO_MANY_REQUESTS);
        passing && (undone || context.repeatable)
    }

    /// Returns whether the network failed, so that another attempt may succeed.
    pub(crate) fn was_lost(&self) -> bool {
        match self {
            Self::Transport { cause, .. } => !is_lasting(&**cause),
            Self::Timeout { .. } => true,
            _ => false,
        }
    }

    /// Returns whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// Converts the documented failure, for example to one type for the failures of several operations.
    pub fn map_failure<G>(self, change: impl FnOnce(F) -> G) -> Error<G> {
        match self {
            Self::Api { failure, context } => Error::Api { failure: change(failure), context },
            Self::UnexpectedStatus { context } => Error::UnexpectedStatus { context },
            Self::Decode { cause, context } => Error::Decode { cause, context },
            Self::TooLarge { limit, context } => Error::TooLarge { limit, context },
            Self::Transport { cause, context } => Error::Transport { cause, context },
            Self::Timeout { phase, context } => Error::Timeout { phase, context },
            Self::Auth { cause, context } => Error::Auth { cause, context },
            Self::Middleware { cause, context } => Error::Middleware { cause, context },
            Self::Invalid { cause, context } => Error::Invalid { cause, context },
        }
    }
}

impl Error<Undocumented> {
    /// Converts the error to that of an operation that documents failures.
    pub fn widen<F>(self) -> Error<F> {
        self.map_failure(|failure| match failure {})
    }
}

/// Shows the redacted excerpt instead of the failure, since a failure may repeat what was sent to the server.
impl<F> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = match self {
            Self::Api { .. } => f.debug_struct("Api"),
            Self::UnexpectedStatus { .. } => f.debug_struct("UnexpectedStatus"),
            Self::Decode { .. } => f.debug_struct("Decode"),
            Self::TooLarge { .. } => f.debug_struct("TooLarge"),
            Self::Transport { .. } => f.debug_struct("Transport"),
            Self::Timeout { .. } => f.debug_struct("Timeout"),
            Self::Auth { .. } => f.debug_struct("Auth"),
            Self::Middleware { .. } => f.debug_struct("Middleware"),
            Self::Invalid { .. } => f.debug_struct("Invalid"),
        };
        match self {
            Self::Decode { cause, .. } => shown.field("cause", cause),
            Self::Transport { cause, .. } | Self::Middleware { cause, .. } => shown.field("cause", cause),
            Self::Auth { cause, .. } => shown.field("cause", cause),
            Self::Invalid { cause, .. } => shown.field("cause", cause),
            Self::Timeout { phase, .. } => shown.field("phase", phase),
            Self::TooLarge { limit, .. } => shown.field("limit", limit),
            Self::Api { .. } | Self::UnexpectedStatus { .. } => &mut shown,
        };
        shown.field("context", self.context()).finish()
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = self.context();
        let to = context.origin.as_ref().map(|origin| format!(" to {origin}")).unwrap_or_default();
        write!(f, "{} {}: ", context.method, context.path)?;
        match self {
            Self::Api { .. } | Self::UnexpectedStatus { .. } => match context.status {
                Some(status) => write!(f, "the API answered {status}")?,
                None => f.write_str("the API refused")?,
            },
            Self::Decode { cause, .. } => match context.status.filter(|status| !status.is_success()) {
                Some(status) => write!(f, "the API answered {status}, and {cause}")?,
                None => write!(f, "{cause}")?,
            },
            Self::TooLarge { limit, .. } => write!(f, "the answer is larger than {limit} bytes")?,
            Self::Transport { cause, .. } if is_lasting(&**cause) => write!(f, "no secure connection{to} can be made")?,
            Self::Transport { .. } if !context.sent => write!(f, "could not connect{to}")?,
            Self::Transport { .. } => write!(f, "the connection{to} failed")?,
            Self::Timeout { phase, .. } => match phase {
                Phase::Token => f.write_str("timed out fetching a token")?,
                Phase::Connect => write!(f, "timed out connecting{to}")?,
                Phase::Response => f.write_str("timed out waiting for the answer")?,
                Phase::Body => f.write_str("timed out reading the answer")?,
            },
            Self::Auth { cause, .. } => write!(f, "{cause}")?,
            Self::Middleware { .. } => f.write_str("a middleware of this client failed")?,
            Self::Invalid { cause, .. } => write!(f, "{cause}")?,
        }
        let location =
            context.headers.get(header::LOCATION).filter(|_| context.status.is_some_and(|s| s.is_redirection()));
        if let Some(location) = location {
            f.write_str(", a redirect")?;
            if let Some(url) = location.to_str().ok().and_then(|text| url::Url::parse(text).ok()) {
                write!(f, " to {}", super::endpoint::origin(&url))?;
            }
            f.write_str(" that is not followed")?;
        }
        if !context.excerpt.is_empty() {
            write!(f, ": {}", context.excerpt)?;
        }
        if context.attempts > 1 {
            write!(f, " (after {} attempts)", context.attempts)?;
        }
        Ok(())
    }
}

/// Returns as the source only an error that the error's own text does not include.
impl<F> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport { cause, .. } | Self::Middleware { cause, .. } => Some(&**cause),
            Self::Auth { cause, .. } => cause.source(),
            _ => None,
        }
    }
}
