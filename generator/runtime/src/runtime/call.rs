//! A call: an operation with its arguments, not sent yet.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::Serialize;

use super::cause::InvalidRequest;
use super::client::Client;
use super::error::{Context as Failed, Error, Undocumented};
use super::operation::{Operation, Outcome};
use super::platform::BoxFuture;
use super::redact::Headers;
use super::reply::Reply;
use super::request::{RawTarget, Request, Target};
use super::retry::RetryPolicy;
#[cfg(feature = "tracing")]
use super::send::send;
use super::spec::Spec;

/// A call of operation `O`. It does nothing until it is awaited.
///
/// It then returns the operation's [`Output`](Operation::Output), or fails with an [`Error`]: with [`Error::Api`], if the API responds with
/// a [`Failure`](Operation::Failure) that the operation documents.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, O> {
    pub(crate) client: &'a Client,
    pub(crate) request: Request,
    operation: PhantomData<fn() -> O>,
}

impl<'a, O: Operation> Call<'a, O> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client, request: Request::new(&O::SPEC), operation: PhantomData }
    }
}

impl<'a, O> Call<'a, O> {
    /// Changes the request. Operations set their parameters by it.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Request) -> &mut Request) -> Self {
        change(&mut self.request);
        self
    }

    /// The request of this call.
    pub(crate) fn into_request(self) -> Request {
        self.request
    }

    /// The base URL of this call, instead of the client's: one of several servers that the description gives an operation, or one whose
    /// variables have other values.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        match super::endpoint::base_url(url.as_ref()) {
            Ok(url) => self.request.target = Some(Box::new(Target::Base(url))),
            Err(why) => drop(self.request.reject("base URL", url.as_ref(), why)),
        }
        self
    }

    /// The time limit of this call, instead of the client's. `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request.timeout = Some(timeout.into());
        self
    }

    /// The longest silence while this call's response is read, instead of the client's. `None` for no limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.request.limits(self.client).idle = timeout.into();
        self
    }

    /// The maximum size of this call's response, in bytes after decompression, instead of the client's limit.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.request.limits(self.client).body = bytes;
        self
    }

    /// The number of bytes that are read of an error response to this call, instead of the client's limit.
    pub fn error_limit(mut self, bytes: usize) -> Self {
        self.request.limits(self.client).error = bytes;
        self
    }

    /// The retry policy of this call, instead of the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.request.retry = Some(Box::new(policy));
        self
    }

    /// The key by which the server recognizes a repeated request, so that this call can be retried.
    pub fn idempotency_key(self, key: &str) -> Self {
        let name = self.request.spec.idempotency_key.unwrap_or("idempotency-key");
        self.with(|request| request.raw_header(name, key))
    }

    /// A header that the description does not have.
    pub fn extra_header(self, name: &str, value: &str) -> Self {
        self.with(|request| request.raw_header(name, value))
    }

    /// A query parameter that the description does not have.
    pub fn extra_query(self, name: &str, value: &str) -> Self {
        self.with(|request| request.raw_query(name, value))
    }
}

impl<'a, O: Operation> Call<'a, O> {
    /// Sends the call, and returns the status and headers as well.
    pub fn with_response(self) -> WithResponse<'a, O> {
        WithResponse(self.start(), PhantomData)
    }

    fn start(self) -> BoxFuture<'a, Result<Reply, Error>> {
        let Self { client, mut request, .. } = self;
        Box::pin(async move { traced(client, &mut request).await })
    }

    /// The same request, for an operation that reads the response in another form.
    pub(crate) fn retype<P: Operation>(mut self) -> Call<'a, P> {
        self.request.spec = &P::SPEC;
        Call { client: self.client, request: self.request, operation: PhantomData }
    }

    /// The error of a call that is not sent.
    pub(crate) fn refuse(&self, cause: InvalidRequest) -> Error<O::Failure> {
        Error::Invalid { cause: Box::new(cause), context: Box::new(Failed::new(self.request.spec)) }
    }
}

/// Sends a request, in a span of its own where calls are traced.
#[cfg(feature = "tracing")]
pub(crate) async fn traced(client: &Client, request: &mut Request) -> Result<Reply, Error> {
    use tracing::Instrument as _;
    let span = super::trace::span(request.spec, &request.base(client));
    request.span = span.clone();
    let outcome = send(client, request).instrument(span.clone()).await;
    super::trace::record(&span, &outcome);
    outcome
}

#[cfg(not(feature = "tracing"))]
pub(crate) use super::send::send as traced;

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Outcome<O>;
    type IntoFuture = Pending<'a, O>;

    fn into_future(self) -> Self::IntoFuture {
        Pending { reply: self.start(), operation: PhantomData }
    }
}

impl<O> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spec { method, path, .. } = self.request.spec;
        write!(f, "Call({} {path})", method.as_str())
    }
}

/// A call that is being sent.
#[must_use = "futures do nothing unless awaited"]
pub struct Pending<'a, O> {
    reply: BoxFuture<'a, Result<Reply, Error>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Future for Pending<'_, O> {
    type Output = Outcome<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.reply.as_mut().poll(context)) {
            Ok(reply) => O::decode(reply),
            Err(error) => Err(error.widen()),
        })
    }
}

/// A call that returns its status and headers.
#[must_use = "a call is sent when it is awaited"]
pub struct WithResponse<'a, O>(BoxFuture<'a, Result<Reply, Error>>, PhantomData<fn() -> O>);

impl<O: Operation> Future for WithResponse<'_, O> {
    type Output = Result<Response<O::Output>, Error<O::Failure>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.0.as_mut().poll(context)) {
            Ok(reply) => {
                let (status, headers) = (reply.status, reply.headers.clone());
                O::decode(reply).map(|body| Response { status, headers, body })
            }
            Err(error) => Err(error.widen()),
        })
    }
}

/// The output of a call, with the status and headers of the response.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
}

impl<T> Response<T> {
    /// A header, parsed as a text, a number or a type of the crate. `None` if it is absent or cannot be parsed.
    #[must_use]
    pub fn header<H: std::str::FromStr>(&self, name: &str) -> Option<H> {
        self.headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &Headers(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// The operation of [`Client::raw`], which the description does not have. Any status is a success.
#[derive(Clone, Copy, Debug)]
pub enum Raw {}

impl Operation for Raw {
    const SPEC: Spec = Spec { accept: "*/*", ..Spec::NEW };
    type Output = Response<Bytes>;
    type Failure = Undocumented;

    fn decode(reply: Reply) -> Outcome<Self> {
        Ok(Response { status: reply.status, headers: reply.headers, body: reply.body })
    }
}

impl Client {
    /// Calls an operation that the description does not have, with this client's credentials, limits and retries.
    ///
    /// The path may have parameters, which [`Call::path_parameter`] sets.
    pub fn raw(&self, method: http::Method, path: impl Into<String>) -> Call<'_, Raw> {
        // A parameter of an operation may have this name.
        Call::<Raw>::raw(self, method, path.into())
    }
}

impl<'a> Call<'a, Raw> {
    pub(crate) fn raw(client: &'a Client, method: http::Method, path: String) -> Self {
        Self::new(client).with(|request| {
            request.raw = Some(Box::new(RawTarget { method, path }));
            request
        })
    }

    /// Sets a parameter of the path.
    pub fn path_parameter(self, name: &'static str, value: &str) -> Self {
        self.with(|request| request.path(name, value))
    }

    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with(|request| request.json(body))
    }

    /// A body of bytes.
    pub fn body(self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.with(|request| request.bytes(content_type, body))
    }
}
