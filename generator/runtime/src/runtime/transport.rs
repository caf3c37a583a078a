//! The transport of requests: a `reqwest::Client`, or one that the caller provides.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;

use super::cause::BoxError;
#[cfg(not(target_family = "wasm"))]
use super::platform::within;
use super::platform::{BoxFuture, Elapsed, Instant, Sendable, Shareable, Timer, later, until};

/// Sends one request. Implemented for closures, so a `tower` service fits with one line:
/// `move |request| service.clone().oneshot(request)`.
pub trait Transport: Shareable {
    /// Sends a request and returns the response, whose body is not read yet.
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>>;
}

impl<F, A> Transport for F
where
    F: Fn(reqwest::Request) -> A + Shareable,
    A: Future<Output = Result<reqwest::Response, BoxError>> + Sendable + 'static,
{
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>> {
        Box::pin(self(request))
    }
}

/// The outcome of an attempt, to be awaited.
pub type Attempt<'a> = BoxFuture<'a, Result<reqwest::Response, BoxError>>;

/// A step around each attempt of a call.
pub(crate) trait Middleware: Shareable {
    fn handle<'a>(&self, request: reqwest::Request, next: Next<'a>) -> Attempt<'a>;
}

impl<F: for<'a> Fn(reqwest::Request, Next<'a>) -> Attempt<'a> + Shareable> Middleware for F {
    fn handle<'a>(&self, request: reqwest::Request, next: Next<'a>) -> Attempt<'a> {
        self(request, next)
    }
}

/// The rest of the steps of a request, and the transport.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    http: &'a Http,
    steps: &'a [Arc<dyn Middleware>],
    /// The number of requests that were sent.
    left: &'a AtomicU32,
}

impl<'a> Next<'a> {
    pub(crate) const fn new(http: &'a Http, steps: &'a [Arc<dyn Middleware>], left: &'a AtomicU32) -> Self {
        Self { http, steps, left }
    }

    /// Sends the request on.
    ///
    /// # Errors
    /// If the transport, or a further step, fails.
    #[must_use]
    pub fn run(self, request: reqwest::Request) -> Attempt<'a> {
        if let [step, steps @ ..] = self.steps {
            return step.handle(request, Self { steps, ..self });
        }
        self.left.fetch_add(1, Ordering::Relaxed);
        match self.http {
            Http::Reqwest(client) => {
                let leaving = client.execute(request);
                Box::pin(async move { Ok(leaving.await?) })
            }
            Http::Other(transport) => transport.execute(request),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

#[derive(Clone)]
pub(crate) enum Http {
    Reqwest(reqwest::Client),
    Other(Arc<dyn Transport>),
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reqwest(_) => "reqwest",
            Self::Other(_) => "custom",
        })
    }
}

/// The limits within which a response is awaited and read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The longest silence.
    pub(crate) idle: Option<Duration>,
    /// The largest success, in bytes after decompression.
    pub(crate) body: usize,
    /// The largest failure.
    pub(crate) error: usize,
    /// Set if a response may lack what the description promises.
    pub(crate) lenient: bool,
}

/// The reason why there is no response, or not all of it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) cause: BoxError,
    /// Set if the server may have seen the request.
    pub(crate) sent: bool,
    pub(crate) timeout: bool,
}

impl Http {
    pub(crate) async fn execute(&self, request: reqwest::Request) -> Result<reqwest::Response, Fault> {
        match self {
            Self::Reqwest(client) => client.execute(request).await.map_err(Fault::from),
            Self::Other(transport) => transport.execute(request).await.map_err(Fault::from),
        }
    }
}

impl From<BoxError> for Fault {
    fn from(error: BoxError) -> Self {
        let known = error.downcast::<reqwest::Error>();
        known.map_or_else(|cause| Self { cause, sent: true, timeout: false }, |error| Self::from(*error))
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        // The URL may hold a key, and the context names the path already.
        let error = error.without_url();
        #[cfg(not(target_family = "wasm"))]
        let unsent = error.is_connect() || error.is_builder();
        #[cfg(target_family = "wasm")]
        let unsent = error.is_builder();
        Self { sent: !unsent, timeout: error.is_timeout(), cause: error.into() }
    }
}

/// The reason why a body was not read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It has more bytes than allowed; these are the allowed ones.
    TooLarge(Bytes),
    /// Nothing came for too long.
    Idle,
    Fault(Fault),
}

/// The time limits of a body.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    /// For each part.
    pub(crate) idle: Option<Duration>,
    /// For the whole.
    pub(crate) deadline: Option<Instant>,
}

impl Patience {
    /// The time by which the next part must have come.
    fn end(self) -> Option<Instant> {
        let idle = self.idle.map(|idle| later(Instant::now(), idle));
        match (idle, self.deadline) {
            (Some(idle), Some(deadline)) => Some(if idle < deadline { idle } else { deadline }),
            (idle, deadline) => idle.or(deadline),
        }
    }
}

/// Reads a body of at most `limit` bytes, counted after decompression.
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn read(
    response: &mut Option<reqwest::Response>,
    limit: usize,
    patience: Patience,
    mut timer: Pin<&mut Option<Timer>>,
) -> Result<Bytes, Unread> {
    let Some(response) = response else { return Ok(Bytes::new()) };
    let mut body = Vec::new();
    loop {
        let part = match until(|| patience.end(), timer.as_mut(), pin!(response.chunk())).await {
            Ok(Ok(Some(part))) => part,
            Ok(Ok(None)) => return Ok(body.into()),
            Ok(Err(error)) => return Err(Unread::Fault(error.into())),
            Err(Elapsed) => return Err(Unread::Idle),
        };
        if let Some(end) = gather(&mut body, part, response.content_length(), limit) {
            return end;
        }
    }
}

/// Appends a part, and returns the outcome if that is the end. A body in one part is not copied.
#[cfg(not(target_family = "wasm"))]
fn gather(body: &mut Vec<u8>, part: Bytes, left: Option<u64>, limit: usize) -> Option<Result<Bytes, Unread>> {
    if body.is_empty() && left == Some(0) && part.len() <= limit {
        return Some(Ok(part));
    }
    let room = limit - body.len();
    if part.len() > room {
        body.extend_from_slice(&part[..room]);
        return Some(Err(Unread::TooLarge(std::mem::take(body).into())));
    }
    if body.is_empty() {
        // The length that a header states is not reserved unchecked.
        let left = left.map_or(0, |left| usize::try_from(left).unwrap_or(limit));
        body.reserve(part.len().saturating_add(left).min(limit).min(1 << 20));
    }
    body.extend_from_slice(&part);
    None
}

/// The next part of a body, and the response to read on from.
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn next(
    mut response: Box<reqwest::Response>,
    idle: Option<Duration>,
) -> (Option<Box<reqwest::Response>>, Result<Option<Bytes>, Unread>) {
    let part = match within(idle, pin!(response.chunk())).await {
        Ok(part) => part.map_err(|error| Unread::Fault(error.into())),
        Err(Elapsed) => Err(Unread::Idle),
    };
    (Some(response), part)
}

/// In a browser the first part is the whole.
#[cfg(target_family = "wasm")]
pub(crate) async fn next(
    response: Box<reqwest::Response>,
    idle: Option<Duration>,
) -> (Option<Box<reqwest::Response>>, Result<Option<Bytes>, Unread>) {
    let patience = Patience { idle, deadline: None };
    (None, read(&mut Some(*response), usize::MAX, patience, pin!(None)).await.map(Some))
}

/// In a browser the body comes whole, and is measured then.
#[cfg(target_family = "wasm")]
pub(crate) async fn read(
    response: &mut Option<reqwest::Response>,
    limit: usize,
    patience: Patience,
    timer: Pin<&mut Option<Timer>>,
) -> Result<Bytes, Unread> {
    let Some(response) = response.take() else { return Ok(Bytes::new()) };
    match until(|| patience.end(), timer, pin!(response.bytes())).await {
        Ok(Ok(body)) if body.len() > limit => Err(Unread::TooLarge(body.slice(..limit))),
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) => Err(Unread::Fault(error.into())),
        Err(Elapsed) => Err(Unread::Idle),
    }
}
