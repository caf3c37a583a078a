//! The one way in which every call is sent: credentials, attempts, limits.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::client::{Client, Held, Inner, Proof};
use super::error::{AuthError, Context, DecodeError, Error, Phase};
use super::operation::Spec;
use super::platform::{Elapsed, Instant, sleep, until};
use super::reply::Reply;
use super::request::Request;
use super::security::{Need, Place, SchemeKind};
use super::token::{Token, Tokens};
use super::transport::{self, Fault, Unread};
use super::{endpoint, path, retry};

/// Sends a call until there is an answer to read, or an end to trying.
pub(crate) async fn send(client: &Client, request: &mut Request) -> Result<Reply, Error> {
    let inner = &*client.0;
    request.complete();
    let mut call = Sending::new(inner, request);
    if let Some(cause) = request.take_fault() {
        return Err(Error::Invalid { cause, context: call.context() });
    }
    let proofs = match request.raw {
        Some(_) => inner.credentials.iter().collect(),
        None => inner.choose(request.spec).map_err(|cause| call.refused(cause))?,
    };
    let policy = request.retry.clone();
    let policy = policy.as_ref().unwrap_or(&inner.retry);
    let mut renewed = false;
    let mut spent = 1;
    loop {
        call.attempts += 1;
        let outcome = call.attempt(client, request, &proofs).await;
        let pause = match outcome {
            Ok((reply, used)) => {
                if reply.status == StatusCode::UNAUTHORIZED && !renewed && request.is_replayable() && !used.is_empty() {
                    // The token may have been withdrawn: once, another one is tried.
                    used.iter().for_each(|(tokens, token)| tokens.reject(inner.asked_scopes(), token));
                    renewed = true;
                    continue;
                }
                if !retry::is_passing(reply.status) {
                    inner.budget.give_back(spent);
                    return Ok(reply);
                }
                let repeat = request.is_replayable() && request.is_repeatable();
                let pause = policy.pause(call.attempts, retry::retry_after(&reply.headers)).filter(|_| repeat);
                let Some(pause) = pause.filter(|pause| call.has_time_for(*pause)) else { return Ok(reply) };
                let Some(cost) = inner.budget.take(false) else { return Ok(reply) };
                spent = cost;
                pause
            }
            Err(error) => {
                let harmless = request.is_replayable() && (request.is_repeatable() || !error.was_sent());
                let repeat = harmless && error.was_lost();
                let pause = policy.pause(call.attempts, None).filter(|_| repeat);
                let Some(pause) = pause.filter(|pause| call.has_time_for(*pause)) else { return Err(error) };
                let Some(cost) = inner.budget.take(error.is_timeout()) else { return Err(error) };
                spent = cost;
                pause
            }
        };
        sleep(pause).await;
    }
}

/// The credentials of a call.
type Proofs<'a> = Vec<&'a Held>;
/// The tokens that an attempt used, to be given up if they are refused.
type Used<'a> = Vec<(&'a Tokens, Arc<Token>)>;

/// A call on its way.
struct Sending<'a> {
    inner: &'a Inner,
    spec: &'static Spec,
    deadline: Option<Instant>,
    attempts: u32,
    repeatable: bool,
    named: Option<(String, String)>,
}

impl<'a> Sending<'a> {
    fn new(inner: &'a Inner, request: &Request) -> Self {
        Self {
            inner,
            spec: request.spec,
            deadline: request.timeout.unwrap_or(inner.timeout).map(|time| Instant::now() + time),
            attempts: 0,
            repeatable: request.is_repeatable(),
            named: request.raw.as_ref().map(|(method, path)| (method.to_string(), path.clone())),
        }
    }

    fn context(&self) -> Box<Context> {
        let mut context = Context::new(self.spec);
        if let Some((method, path)) = &self.named {
            (context.method, context.path) = (method.clone(), path.clone());
        }
        Box::new(Context { attempts: self.attempts, repeatable: self.repeatable, ..context })
    }

    fn sent(&self, sent: bool) -> Box<Context> {
        let origin = endpoint::origin(&self.inner.base_url(self.spec));
        Box::new(Context { sent, origin: Some(origin), ..*self.context() })
    }

    fn refused(&self, cause: impl Into<Arc<AuthError>>) -> Error {
        Error::Auth { cause: cause.into(), context: self.context() }
    }

    fn has_time_for(&self, pause: Duration) -> bool {
        self.deadline.is_none_or(|deadline| Instant::now() + pause < deadline)
    }

    /// One request, and its answer read as far as the limits allow.
    async fn attempt<'b>(
        &self,
        client: &'b Client,
        request: &mut Request,
        proofs: &Proofs<'b>,
    ) -> Result<(Reply, Used<'b>), Error> {
        let inner = &*client.0;
        let base_url = inner.base_url(self.spec);
        let rendered = request.render(&base_url, &inner.headers);
        let mut http = rendered.map_err(|cause| Error::Invalid { cause: Box::new(cause), context: self.context() })?;
        let used = if proofs.is_empty() {
            Vec::new()
        } else {
            let proven = until(self.deadline, pin!(inner.prove(&mut http, proofs))).await;
            proven
                .map_err(|Elapsed| Error::Timeout { phase: Phase::Token, context: self.context() })?
                .map_err(|cause| self.refused(cause))?
        };
        #[cfg(feature = "tracing")]
        super::trace::attempt(&request.span, http.url());
        #[cfg(feature = "opentelemetry")]
        super::propagate::inject(http.headers_mut());
        inner.before.iter().for_each(|hook| hook.call(&mut http));
        let response = match until(self.deadline, pin!(inner.http.execute(http))).await {
            Ok(Ok(response)) => response,
            Ok(Err(Fault { timeout: true, sent, .. })) => {
                let phase = if sent { Phase::Response } else { Phase::Connect };
                return Err(Error::Timeout { phase, context: self.sent(sent) });
            }
            Ok(Err(Fault { cause, sent, .. })) => return Err(Error::Transport { cause, context: self.sent(sent) }),
            Err(Elapsed) => return Err(Error::Timeout { phase: Phase::Response, context: self.sent(true) }),
        };
        inner.after.iter().for_each(|hook| hook.call(&response));
        Ok((self.receive(client, &mut Some(response)).await?, used))
    }

    /// Reads an answer as far as the limits allow; a stream stays unread.
    async fn receive(&self, client: &Client, response: &mut Option<reqwest::Response>) -> Result<Reply, Error> {
        let Some(status) = response.as_ref().map(reqwest::Response::status) else {
            return Err(Error::Transport { cause: "there is no answer".into(), context: self.sent(true) });
        };
        let headers = response.as_mut().map(|response| std::mem::take(response.headers_mut())).unwrap_or_default();
        let limit = if status.is_success() { client.0.body_limit } else { client.0.error_limit };
        let read = if self.spec.streaming && status.is_success() {
            Ok(Ok(Bytes::new()))
        } else {
            until(self.deadline, pin!(transport::read(response, limit, client.0.idle_timeout))).await
        };
        let mut reply = Reply {
            client: client.clone(),
            spec: self.spec,
            named: self.named.clone(),
            status,
            headers,
            body: Bytes::new(),
            cut: None,
            attempts: self.attempts,
            repeatable: self.repeatable,
            live: response.take().filter(|_| self.spec.streaming),
        };
        match read {
            Ok(Ok(body)) => reply.body = body,
            Ok(Err(Unread::TooLarge(body))) => {
                (reply.body, reply.cut) = (body, Some(limit));
                if status.is_success() {
                    return Err(reply.misread(DecodeError::Empty));
                }
            }
            Ok(Err(Unread::Fault(fault))) if !fault.timeout => {
                return Err(Error::Transport { cause: fault.cause, context: reply.context() });
            }
            Err(Elapsed) | Ok(Err(Unread::Idle | Unread::Fault(_))) => {
                return Err(Error::Timeout { phase: Phase::Body, context: reply.context() });
            }
        }
        Ok(reply)
    }
}

impl Inner {
    /// The first of the operation's requirements that this client can meet.
    fn choose(&self, spec: &Spec) -> Result<Proofs<'_>, AuthError> {
        let held = |need: &Need| self.credentials.iter().find(|held| held.scheme.name == need.scheme.name);
        let mut lacking = Vec::new();
        for requirement in spec.security.iter().filter(|requirement| !requirement.0.is_empty()) {
            let Some(proofs) = requirement.0.iter().map(held).collect::<Option<Proofs<'_>>>() else { continue };
            let missing = requirement.0.iter().zip(&proofs).flat_map(|(need, held)| match held.proof {
                Proof::Tokens(_) => self.missing_scopes(need.scopes),
                _ => Vec::new(),
            });
            lacking = missing.collect();
            if lacking.is_empty() {
                self.check_encryption(spec, &proofs)?;
                return Ok(proofs);
            }
        }
        // Anyone may call it, but who can prove something does so first: the API may then tell more.
        let open = spec.security.is_empty() || spec.security.iter().any(|requirement| requirement.0.is_empty());
        if open || self.anonymous {
            return Ok(Vec::new());
        }
        if !lacking.is_empty() {
            return Err(AuthError::MissingScopes { scopes: lacking });
        }
        let schemes = spec.security.iter().flat_map(|requirement| requirement.0);
        Err(AuthError::NoCredential { schemes: schemes.map(|need| need.scheme.name).collect() })
    }

    /// The client's own base URL was looked at when it was built; an operation's server is looked at here.
    fn check_encryption(&self, spec: &Spec, proofs: &Proofs<'_>) -> Result<(), AuthError> {
        if self.allow_http || proofs.is_empty() || spec.base_url.is_none() || self.own_base_url {
            return Ok(());
        }
        let url = self.base_url(spec);
        if endpoint::is_safe(&url) { Ok(()) } else { Err(AuthError::Insecure { origin: endpoint::origin(&url) }) }
    }

    /// Puts credentials where their schemes say, fetching tokens if need be.
    async fn prove<'a>(
        &'a self,
        request: &mut reqwest::Request,
        proofs: &Proofs<'a>,
    ) -> Result<Used<'a>, Arc<AuthError>> {
        let mut used = Vec::new();
        for held in proofs {
            match &held.proof {
                Proof::Header(value, _) => {
                    request.headers_mut().insert(header::AUTHORIZATION, value.clone());
                }
                Proof::Key(key) => place_key(request, &held.scheme.kind, key.expose()),
                Proof::Tokens(tokens) => {
                    let token = tokens.get(self.asked_scopes()).await?;
                    request.headers_mut().insert(header::AUTHORIZATION, token.header.clone());
                    used.push((tokens, token));
                }
                Proof::Elsewhere => {}
            }
        }
        Ok(used)
    }
}

fn place_key(request: &mut reqwest::Request, kind: &SchemeKind, key: &str) {
    let SchemeKind::ApiKey { name, place } = kind else { return };
    let mut encoded = String::new();
    path::encode(key, &mut encoded);
    let (target, text) = match place {
        Place::Query => {
            let mut query = request.url().query().map(|query| format!("{query}&")).unwrap_or_default();
            path::encode(name, &mut query);
            request.url_mut().set_query(Some(&format!("{query}={encoded}")));
            return;
        }
        Place::Header => (*name, key.to_owned()),
        Place::Cookie => {
            let cookies = request.headers().get(header::COOKIE).and_then(|cookies| cookies.to_str().ok());
            ("cookie", cookies.map(|cookies| format!("{cookies}; ")).unwrap_or_default() + name + "=" + &encoded)
        }
    };
    if let (Ok(name), Ok(mut value)) = (header::HeaderName::try_from(target), HeaderValue::try_from(text)) {
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
    }
}
