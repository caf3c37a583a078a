//! Requests to an authorization server: its token endpoint, and the discovery of it.

use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::cause::AuthError;
use super::endpoint::{basic, is_safe, origin};
use super::grant::AccessToken;
use super::object::object;
use super::redact::Hidden;
use super::secret::Secret;
use super::security::ClientAuthentication;
use super::transport::{self, Http, Patience, Unread};
use super::wire::Wire;
use super::{json, path, redact};

/// An authorization server, as a client sees it.
pub(crate) struct Endpoint {
    pub(crate) http: Http,
    pub(crate) place: Url,
    pub(crate) authentication: ClientAuthentication,
    pub(crate) allow_http: bool,
}

/// The place of the token endpoint.
pub(crate) enum Url {
    Known(String),
    /// In the document at this URL (OpenID Connect Discovery 1.0, 4), read once.
    Discovered {
        document: String,
        found: Mutex<Option<String>>,
    },
}

impl Url {
    pub(crate) fn discovered(document: &str) -> Self {
        Self::Discovered { document: document.to_owned(), found: Mutex::default() }
    }
}

impl Endpoint {
    /// Sends a form to the token endpoint (RFC 6749, 3.2) and reads the token.
    pub(crate) async fn token(&self, form: Form, client: (&str, Option<&Secret>)) -> Result<AccessToken, AuthError> {
        let url = self.token_url().await?;
        self.post(&url, form, client, issued).await
    }

    async fn token_url(&self) -> Result<String, AuthError> {
        let (document, found) = match &self.place {
            Url::Known(url) => return Ok(url.clone()),
            Url::Discovered { document, found } => (document, found),
        };
        if let Some(url) = found.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(url);
        }
        let (status, body) = self.exchange(reqwest::Request::new(http::Method::GET, self.check(document)?)).await?;
        if !status.is_success() {
            return Err(refused(status.as_u16(), &body, &[], None));
        }
        let read = read::<Document>(&body)?;
        *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(read.token_endpoint.clone());
        Ok(read.token_endpoint)
    }

    fn check(&self, url: &str) -> Result<url::Url, AuthError> {
        let url = url::Url::parse(url).map_err(|_| AuthError::Response("its URL is not valid".into()))?;
        if self.allow_http || is_safe(&url) { Ok(url) } else { Err(AuthError::Insecure { origin: origin(&url) }) }
    }

    /// Sends a form with the client's credentials, and reads the response.
    pub(crate) async fn post<T>(
        &self,
        url: &str,
        form: Form,
        client: (&str, Option<&Secret>),
        read: impl FnOnce(&[u8]) -> Result<T, AuthError>,
    ) -> Result<T, AuthError> {
        let mut request = reqwest::Request::new(http::Method::POST, self.check(url)?);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let form = match (client, self.authentication) {
            ((id, Some(secret)), ClientAuthentication::Basic) => {
                // RFC 6749, 2.3.1: both are form-encoded before they are joined.
                let (mut user, mut password) = (String::new(), String::new());
                path::encode(id, &mut user);
                path::encode(secret.expose(), &mut password);
                headers.insert(header::AUTHORIZATION, basic(&user, &Secret::from(password)));
                form
            }
            ((id, secret), _) => {
                let form = form.pair("client_id", id);
                secret.into_iter().fold(form, |form, secret| form.pair("client_secret", secret.expose()))
            }
        };
        *request.body_mut() = Some(form.0.expose().to_owned().into());
        let sent = form.secrets();
        let (status, body) = self.exchange(request).await?;
        if !status.is_success() {
            return Err(refused(status.as_u16(), &body, &sent, client.1));
        }
        read(&body).map_err(|error| match error {
            AuthError::Response(reason) => AuthError::Response(cleaned(&reason, &sent, client.1)),
            other => other,
        })
    }

    /// Sends a request and reads the response; the caller limits the total time.
    async fn exchange(&self, request: reqwest::Request) -> Result<(StatusCode, Bytes), AuthError> {
        let failed = |fault: transport::Fault| {
            if fault.timeout { AuthError::Timeout } else { AuthError::Transport(fault.cause) }
        };
        let response = self.http.execute(request).await.map_err(failed)?;
        let status = response.status();
        match transport::read(&mut Some(response), 1 << 20, PATIENCE, pin!(None)).await {
            Ok(body) => Ok((status, body)),
            Err(Unread::Fault(fault)) => Err(failed(fault)),
            Err(Unread::Idle) => Err(AuthError::Timeout),
            Err(Unread::TooLarge(_)) => Err(AuthError::Response("it is too large".into())),
        }
    }
}

const PATIENCE: Patience = Patience { idle: Some(Duration::from_secs(30)), deadline: None };

/// 30 days, in seconds. A longer lifetime is taken as this one.
const LONGEST: f64 = 30.0 * 86_400.0;

/// The part of the document of OpenID Connect Discovery that is read.
struct Document {
    token_endpoint: String,
}

object! { Document { token_endpoint } }

/// The response of a token endpoint (RFC 6749, 5.1).
struct Issued {
    access_token: Secret,
    token_type: Option<String>,
    expires_in: Option<serde_json::Value>,
    refresh_token: Option<Secret>,
}

object! { Issued { access_token } optional { token_type, expires_in, refresh_token } }

/// A refusal (RFC 6749, 5.2).
struct Refusal {
    error: Option<String>,
    error_description: Option<String>,
}

object! { Refusal, Default {} optional { error, error_description } }

/// Reads a response of an authorization server.
pub(crate) fn read<T: Wire>(body: &[u8]) -> Result<T, AuthError> {
    let mut answer = T::empty();
    json::read_into(body, &mut answer).map_err(|error| AuthError::Response(error.to_string()))?;
    Ok(answer)
}

fn issued(body: &[u8]) -> Result<AccessToken, AuthError> {
    let answer = read::<Issued>(body)?;
    match answer.token_type {
        Some(kind) if !kind.eq_ignore_ascii_case("bearer") => {
            return Err(AuthError::Response(format!("its type is `{kind}`, not `Bearer`")));
        }
        _ => {}
    }
    // Some servers send a text or a fraction; an invalid value counts as absent.
    let seconds = answer.expires_in.and_then(|value| match value {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    });
    let expires_in = seconds.filter(|s| s.is_finite()).map(|s| Duration::from_secs_f64(s.clamp(0.0, LONGEST)));
    Ok(AccessToken { token: answer.access_token, expires_in, refresh_token: answer.refresh_token })
}

/// A text for an error, without the secrets that were sent.
fn cleaned(text: &str, sent: &[Secret], secret: Option<&Secret>) -> String {
    let secrets: Vec<&str> = sent.iter().chain(secret).map(Secret::expose).collect();
    redact::excerpt(text.as_bytes(), Hidden { secrets: &secrets, names: &[] })
}

fn refused(status: u16, body: &[u8], sent: &[Secret], secret: Option<&Secret>) -> AuthError {
    let answer = read::<Refusal>(body).unwrap_or_default();
    let clean = |text: Option<String>| text.map(|text| cleaned(&text, sent, secret));
    AuthError::Refused { status, code: clean(answer.error), description: clean(answer.error_description) }
}

/// A form for a token endpoint, wiped when dropped.
pub(crate) struct Form(Secret);

impl Form {
    pub(crate) fn new(grant_type: &str) -> Self {
        Self(format!("grant_type={grant_type}").into())
    }

    /// A form without a grant type.
    pub(crate) fn empty() -> Self {
        Self("".into())
    }

    /// The secret values of the form.
    fn secrets(&self) -> Vec<Secret> {
        const OPEN: [&str; 5] = ["grant_type", "client_id", "scope", "redirect_uri", "username"];
        let pairs = url::form_urlencoded::parse(self.0.expose().as_bytes());
        pairs.filter(|(name, _)| !OPEN.contains(&&**name)).map(|(_, value)| Secret::from(value.into_owned())).collect()
    }

    pub(crate) fn pair_unless_empty(self, name: &str, value: &str) -> Self {
        if value.is_empty() { self } else { self.pair(name, value) }
    }

    pub(crate) fn pair(self, name: &str, value: &str) -> Self {
        let mut encoded = String::new();
        path::encode(value, &mut encoded);
        let separator = if self.0.expose().is_empty() { "" } else { "&" };
        Self(format!("{}{separator}{name}={encoded}", self.0.expose()).into())
    }
}
