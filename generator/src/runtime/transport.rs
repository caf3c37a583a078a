//! Where requests leave: a `reqwest::Client`, or whatever the caller brings.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::error::BoxError;
use super::platform::{BoxFuture, Elapsed, Sendable, Shareable, within};

/// Sends one request. Implemented for closures, so a `tower` service fits with one line:
/// `move |request| service.clone().oneshot(request)`.
pub trait Transport: Shareable {
    /// Sends a request and gives the answer, its body still to be read.
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

/// Why there is no answer, or not all of it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) cause: BoxError,
    /// Whether the server may have seen the request.
    pub(crate) sent: bool,
    pub(crate) timeout: bool,
}

impl Http {
    pub(crate) async fn execute(&self, request: reqwest::Request) -> Result<reqwest::Response, Fault> {
        match self {
            Self::Reqwest(client) => client.execute(request).await.map_err(Fault::from),
            Self::Other(transport) => transport.execute(request).await.map_err(|cause| {
                let known = cause.downcast::<reqwest::Error>();
                known.map_or_else(|cause| Fault { cause, sent: true, timeout: false }, |error| Fault::from(*error))
            }),
        }
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

/// Why a body was not read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It has more bytes than allowed; these are the allowed ones.
    TooLarge(Bytes),
    /// Nothing came for too long.
    Idle,
    Fault(Fault),
}

/// Reads a body of at most `limit` bytes, counted after decompression, waiting for each part no longer than `idle`.
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn read(
    response: &mut Option<reqwest::Response>,
    limit: usize,
    idle: Option<Duration>,
) -> Result<Bytes, Unread> {
    let Some(response) = response else { return Ok(Bytes::new()) };
    let expected = response.content_length().unwrap_or(0);
    let mut body = Vec::new();
    while let Some(part) = chunk(response, idle).await? {
        if body.is_empty() && part.len() as u64 == expected && part.len() <= limit {
            return Ok(part);
        }
        let room = limit - body.len();
        if part.len() > room {
            body.extend_from_slice(&part[..room]);
            return Err(Unread::TooLarge(body.into()));
        }
        if body.is_empty() {
            // What a header promises is not reserved blindly.
            body.reserve(usize::try_from(expected).unwrap_or(limit).min(limit).min(1 << 20));
        }
        body.extend_from_slice(&part);
    }
    Ok(body.into())
}

#[cfg(not(target_family = "wasm"))]
async fn chunk(response: &mut reqwest::Response, idle: Option<Duration>) -> Result<Option<Bytes>, Unread> {
    match within(idle, pin!(response.chunk())).await {
        Ok(chunk) => chunk.map_err(|error| Unread::Fault(error.into())),
        Err(Elapsed) => Err(Unread::Idle),
    }
}

/// The next part of a body, and the response to read on from.
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn next(
    mut response: reqwest::Response,
    idle: Option<Duration>,
) -> (Option<reqwest::Response>, Result<Option<Bytes>, Unread>) {
    let part = chunk(&mut response, idle).await;
    (Some(response), part)
}

/// In a browser the first part is the whole.
#[cfg(target_family = "wasm")]
pub(crate) async fn next(
    response: reqwest::Response,
    idle: Option<Duration>,
) -> (Option<reqwest::Response>, Result<Option<Bytes>, Unread>) {
    (None, read(&mut Some(response), usize::MAX, idle).await.map(Some))
}

/// In a browser the body comes whole, and is measured then.
#[cfg(target_family = "wasm")]
pub(crate) async fn read(
    response: &mut Option<reqwest::Response>,
    limit: usize,
    idle: Option<Duration>,
) -> Result<Bytes, Unread> {
    let Some(response) = response.take() else { return Ok(Bytes::new()) };
    match within(idle, pin!(response.bytes())).await {
        Ok(Ok(body)) if body.len() > limit => Err(Unread::TooLarge(body.slice(..limit))),
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) => Err(Unread::Fault(error.into())),
        Err(Elapsed) => Err(Unread::Idle),
    }
}
