//! Sending of calls: attempts and limits.

use std::borrow::Cow;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::cause::{AuthError, DecodeError};
use super::client::{Client, Prepared};
use super::credentials::{CredentialSet, Used};
use super::error::{Context, Error, Phase};
use super::platform::{Elapsed, Instant, Timer, later, sleep, until};
use super::reply::Reply;
use super::request::Request;
use super::retry::RetryPolicy;
use super::transport::{self, Fault, Http, Limits, Next, Patience, Unread};
use super::{endpoint, retry};

/// Sends a call until there is a response to read or no further attempt is made.
pub(crate) async fn send(client: &Client, request: &mut Request) -> Result<Reply, Error> {
    request.complete();
    let mut call = Sending::new(client, request);
    if let Some(cause) = request.take_fault() {
        return Err(Error::Invalid { cause, context: call.context(request) });
    }
    call.credentials = match request.raw {
        Some(_) => client.0.check_encryption(request.spec, request.server()).map(|()| CredentialSet::All),
        None => client.0.choose(request.spec, request.server()),
    }
    .map_err(|cause| call.refused(request, cause))?;
    let mut timer = pin!(None);
    loop {
        let pause = {
            call.tries += 1;
            let mut used = Vec::new();
            let outcome = call.attempt(request, &mut used, timer.as_mut()).await;
            match call.pause(request, &used, &outcome) {
                Some(pause) => pause,
                None => return outcome,
            }
        };
        if !pause.is_zero() {
            sleep(pause).await;
        }
    }
}

/// A call that is being sent.
struct Sending<'a> {
    client: &'a Client,
    credentials: CredentialSet,
    deadline: Option<Instant>,
    /// The number of requests that were prepared.
    tries: u32,
    /// The number of requests that were sent.
    attempts: u32,
    /// Set once a token was replaced because it was refused.
    renewed: bool,
    /// The amount that the last retry took from the budget.
    spent: i32,
}

impl<'a> Sending<'a> {
    fn new(client: &'a Client, request: &Request) -> Self {
        let timeout = request.timeout.unwrap_or(client.0.timeout);
        let deadline = timeout.map(|time| later(Instant::now(), time));
        Self { client, credentials: CredentialSet::None, deadline, tries: 0, attempts: 0, renewed: false, spent: 1 }
    }

    fn context(&self, request: &Request) -> Box<Context> {
        let mut context = Context::new(request.spec);
        if let Some(raw) = &request.raw {
            (context.method, context.path) = (raw.method.to_string(), raw.path.clone());
        }
        Box::new(Context { attempts: self.attempts, repeatable: self.is_repeatable(request), ..context })
    }

    fn sent(&self, request: &Request, sent: bool) -> Box<Context> {
        let origin = endpoint::origin(&request.base(self.client));
        Box::new(Context { sent, origin: Some(origin), ..*self.context(request) })
    }

    fn policy<'r>(&'r self, request: &'r Request) -> &'r RetryPolicy {
        request.retry.as_deref().unwrap_or(&self.client.0.retry)
    }

    fn is_repeatable(&self, request: &Request) -> bool {
        request.is_repeatable(self.policy(request))
    }

    fn refused(&self, request: &Request, cause: impl Into<Arc<AuthError>>) -> Error {
        Error::Auth { cause: cause.into(), context: self.context(request) }
    }

    /// The pause before the next attempt; `None` where this outcome is the last.
    fn pause(&mut self, request: &Request, used: &Used<'_>, outcome: &Result<Reply, Error>) -> Option<Duration> {
        let inner = &*self.client.0;
        let policy = request.retry.as_deref().unwrap_or(&inner.retry);
        let (retry_after, timed_out) = match outcome {
            Ok(reply) if !self.renewed && !used.is_empty() && reply.status == StatusCode::UNAUTHORIZED => {
                // The token may have been withdrawn: once, another one is tried, and at once.
                self.renewed = true;
                used.iter().for_each(|(tokens, token)| tokens.reject(inner.asked_scopes(), token));
                return request.is_replayable().then_some(Duration::ZERO);
            }
            Ok(reply) if !policy.is_passing(reply.status) => {
                inner.budget.give_back(self.spent);
                return None;
            }
            Ok(reply) => {
                let retry_after = retry::retry_after(&reply.headers);
                if !request.is_repeatable(policy) && !policy.is_undone(reply.status, retry_after) {
                    return None;
                }
                (retry_after, false)
            }
            Err(error) if error.was_lost() && (request.is_repeatable(policy) || !error.was_sent()) => {
                (None, error.is_timeout())
            }
            Err(_) => return None,
        };
        let pause = policy.pause(self.tries, retry_after)?;
        if !request.is_replayable() || self.deadline.is_some_and(|deadline| later(Instant::now(), pause) >= deadline) {
            return None;
        }
        self.spent = inner.budget.take(timed_out)?;
        Some(pause)
    }

    /// One request, and its response, read up to the limits; a stream stays unread.
    async fn attempt(
        &mut self,
        request: &mut Request,
        used: &mut Used<'a>,
        mut timer: Pin<&mut Option<Timer>>,
    ) -> Result<Reply, Error> {
        let response = self.answer(request, used, timer.as_mut()).await?;
        let (mut response, status, headers) = self.opened(response);
        if request.spec.streaming && status.is_success() {
            return Ok(Reply { live: response.take().map(Box::new), ..self.reply(request, status, headers) });
        }
        let limits = self.limits(request);
        let limit = if status.is_success() { limits.body } else { limits.error };
        let patience = Patience { idle: limits.idle, deadline: self.deadline };
        let read = transport::read(&mut response, limit, patience, timer).await;
        finish(self.reply(request, status, headers), limit, read)
    }

    /// The response to a request, without its body.
    async fn answer(
        &mut self,
        request: &mut Request,
        used: &mut Used<'a>,
        mut timer: Pin<&mut Option<Timer>>,
    ) -> Result<reqwest::Response, Error> {
        let inner = &*self.client.0;
        let deadline = self.deadline;
        let end = || deadline;
        if inner.selected(self.credentials).any(|credential| matches!(credential.prepared, Prepared::Tokens(_))) {
            // On the heap, like all that not every call needs: what a call may need is part of every call's size.
            match until(end, timer.as_mut(), Box::pin(inner.tokens(self.credentials)).as_mut()).await {
                Ok(tokens) => *used = tokens.map_err(|cause| self.refused(request, cause))?,
                Err(Elapsed) => {
                    return Err(Error::Timeout { phase: Phase::Token, context: self.context(request) });
                }
            }
        }
        let http_request = self.prepare(request, used)?;
        if !inner.middleware.is_empty() {
            let left = AtomicU32::new(0);
            let mut leaving = Next::new(&inner.http, &inner.middleware, &left).run(http_request);
            let outcome = until(end, timer, leaving.as_mut()).await;
            drop(leaving);
            self.attempts += left.load(Ordering::Relaxed);
            return match outcome {
                Ok(Ok(response)) => Ok(response),
                Ok(Err(cause)) if left.load(Ordering::Relaxed) == 0 => {
                    Err(Error::Middleware { cause, context: self.context(request) })
                }
                Ok(Err(cause)) => Err(self.transport_error(request, cause.into())),
                Err(Elapsed) => {
                    let sent = left.load(Ordering::Relaxed) > 0;
                    Err(Error::Timeout { phase: Phase::Response, context: self.sent(request, sent) })
                }
            };
        }
        self.attempts += 1;
        let outcome = match &inner.http {
            Http::Reqwest(http) => {
                let leaving = pin!(http.execute(http_request));
                until(end, timer, leaving).await.map(|outcome| outcome.map_err(Fault::from))
            }
            Http::Other(transport) => {
                let mut leaving = transport.execute(http_request);
                until(end, timer, leaving.as_mut()).await.map(|outcome| outcome.map_err(Fault::from))
            }
        };
        match outcome {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(fault)) => Err(self.transport_error(request, fault)),
            Err(Elapsed) => Err(Error::Timeout { phase: Phase::Response, context: self.sent(request, true) }),
        }
    }

    /// Passes a response to the hooks, and takes it apart.
    fn opened(&self, mut response: reqwest::Response) -> (Option<reqwest::Response>, StatusCode, HeaderMap) {
        self.client.0.after.iter().for_each(|hook| hook.call(&response));
        let (status, mut headers) = (response.status(), std::mem::take(response.headers_mut()));
        // Cookies are for the server alone: `Debug` does not show values that are marked as sensitive.
        let cookies = headers.contains_key(header::SET_COOKIE).then(|| headers.entry(header::SET_COOKIE));
        if let Some(header::Entry::Occupied(mut cookies)) = cookies {
            cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
        }
        (Some(response), status, headers)
    }

    /// The request of an attempt, with credentials.
    fn prepare(&self, request: &mut Request, used: &Used<'_>) -> Result<reqwest::Request, Error> {
        let inner = &*self.client.0;
        let base = match request.server() {
            Some(url) => Cow::Owned(url.clone()),
            None => inner.base_url(request.spec),
        };
        let mut http = match request.render(&base, &inner.headers) {
            Ok(http) => http,
            Err(cause) => return Err(Error::Invalid { cause: Box::new(cause), context: self.context(request) }),
        };
        if let Err(cause) = inner.authenticate(&mut http, self.credentials, used) {
            return Err(Error::Invalid { cause: Box::new(cause), context: self.context(request) });
        }
        #[cfg(feature = "tracing")]
        super::trace::attempt(&request.span, http.url());
        #[cfg(feature = "opentelemetry")]
        super::propagate::inject(http.headers_mut());
        inner.before.iter().for_each(|hook| hook.call(&mut http));
        Ok(http)
    }

    fn transport_error(&self, request: &Request, fault: Fault) -> Error {
        let context = self.sent(request, fault.sent);
        match fault {
            Fault { timeout: false, cause, .. } => Error::Transport { cause, context },
            Fault { sent: true, .. } => Error::Timeout { phase: Phase::Response, context },
            Fault { .. } => Error::Timeout { phase: Phase::Connect, context },
        }
    }

    fn limits(&self, request: &Request) -> Limits {
        request.limits.as_deref().copied().unwrap_or(self.client.0.limits)
    }

    /// A response without its body.
    fn reply(&self, request: &Request, status: StatusCode, headers: HeaderMap) -> Reply {
        Reply {
            client: self.client.clone(),
            spec: request.spec,
            named: request.raw.as_ref().map(|raw| Box::new((raw.method.to_string(), raw.path.clone()))),
            status,
            headers,
            body: Bytes::new(),
            limits: self.limits(request),
            cut: None,
            attempts: self.attempts,
            repeatable: self.is_repeatable(request),
            live: None,
        }
    }
}

/// The whole response, or the reason why there is none.
fn finish(mut reply: Reply, limit: usize, read: Result<Bytes, Unread>) -> Result<Reply, Error> {
    match read {
        Ok(body) => reply.body = body,
        Err(Unread::TooLarge(body)) => {
            (reply.body, reply.cut) = (body, Some(limit));
            if reply.status.is_success() {
                return Err(reply.decode_error(DecodeError::Empty));
            }
        }
        Err(Unread::Fault(fault)) if !fault.timeout => {
            return Err(Error::Transport { cause: fault.cause, context: reply.context() });
        }
        Err(Unread::Idle | Unread::Fault(_)) => {
            return Err(Error::Timeout { phase: Phase::Body, context: reply.context() });
        }
    }
    Ok(reply)
}
