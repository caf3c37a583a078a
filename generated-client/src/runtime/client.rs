//! The client that operations are called on.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use super::credentials::Tokens;
use super::platform::Shareable;
use super::redact::Hidden;
use super::retry::{Budget, RetryPolicy};
use super::secret::Secret;
use super::security::Scheme;
use super::spec::{Api, Spec};
use super::transport::{Http, Limits, Middleware};
use super::wire::Wire;

/// A client of the API. Clones are cheap and share connections, tokens and the retry budget.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) base_url: url::Url,
    /// Set if the caller chose the base URL, which then replaces every server of the description.
    pub(crate) own_base_url: bool,
    /// Set unless the caller chose a base URL with a path of its own, which also replaces servers that are given as paths.
    pub(crate) joins_paths: bool,
    pub(crate) http: Http,
    pub(crate) credentials: Vec<SchemeCredential>,
    pub(crate) anonymous: bool,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) default_scopes: Vec<String>,
    /// The names of members and parameters that are passwords.
    pub(crate) hidden: &'static [&'static str],
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) limits: Limits,
    pub(crate) mend: Option<Arc<dyn Mend>>,
    pub(crate) any_content_type: bool,
    pub(crate) allow_http: bool,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) before: Vec<Arc<dyn Before>>,
    pub(crate) after: Vec<Arc<dyn After>>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
}

/// A credential in the form in which it is used, prepared once where possible.
pub(crate) struct SchemeCredential {
    pub(crate) scheme: &'static Scheme,
    pub(crate) prepared: Prepared,
}

pub(crate) enum Prepared {
    /// An `Authorization` header.
    Header(HeaderValue, Secret),
    Key(Secret),
    Tokens(Box<dyn Tokens>),
    Elsewhere,
}

/// Sees each request before it is sent.
pub(crate) trait Before: Shareable {
    fn call(&self, request: &mut reqwest::Request);
}

impl<F: Fn(&mut reqwest::Request) + Shareable> Before for F {
    fn call(&self, request: &mut reqwest::Request) {
        self(request);
    }
}

/// Sees each response before it is read.
pub(crate) trait After: Shareable {
    fn call(&self, response: &reqwest::Response);
}

impl<F: Fn(&reqwest::Response) + Shareable> After for F {
    fn call(&self, response: &reqwest::Response) {
        self(response);
    }
}

/// Reads answers that do not fit, where a client is to do so.
pub(crate) trait Mend: Shareable {
    /// Reads a body into a place, and says whether it could. `like` is another empty value of the same type.
    fn mend(&self, spec: &'static Spec, status: u16, body: &[u8], like: &mut dyn Wire, value: &mut dyn Wire) -> bool;
}

impl Client {
    /// The base URL of requests.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    pub(crate) fn accepts_any_content_type(&self) -> bool {
        self.0.any_content_type
    }

    /// Calls `act` with the secrets of this client and the names of further ones, which are to be blanked.
    pub(crate) fn with_secrets<T>(&self, act: impl FnOnce(Hidden<'_>) -> T) -> T {
        let sensitive = self.0.headers.values().filter(|value| value.is_sensitive());
        let mut secrets: Vec<Secret> = sensitive.filter_map(|value| value.to_str().ok().map(Secret::from)).collect();
        for credential in &self.0.credentials {
            match &credential.prepared {
                Prepared::Header(_, secret) | Prepared::Key(secret) => secrets.push(secret.clone()),
                Prepared::Tokens(tokens) => tokens.for_each(&mut |secret| secrets.push(secret.clone())),
                Prepared::Elsewhere => {}
            }
        }
        let texts: Vec<&str> = secrets.iter().map(Secret::expose).collect();
        act(Hidden { secrets: &texts, names: self.0.hidden })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self.0.credentials.iter().map(|credential| credential.scheme.name).collect();
        f.debug_struct("Client")
            .field("api", &self.0.api.name)
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &schemes)
            .finish_non_exhaustive()
    }
}

impl Inner {
    /// The base URL of an operation's requests. A server that is given as a path is one of the host that is called.
    pub(crate) fn base_url(&self, spec: &Spec) -> Cow<'_, url::Url> {
        let own = spec.base_url.and_then(|url| match url.starts_with('/') {
            true => self.base_url.join(url).ok().filter(|_| self.joins_paths),
            false => url::Url::parse(url).ok().filter(|_| !self.own_base_url),
        });
        own.map_or(Cow::Borrowed(&self.base_url), Cow::Owned)
    }

    /// The needed scopes that the client does not request.
    pub(crate) fn missing_scopes(&self, needed: &[&str]) -> Vec<String> {
        let Some(asked) = &self.scopes else { return Vec::new() };
        needed
            .iter()
            .filter(|scope| !asked.iter().any(|known| known == *scope))
            .map(|scope| (*scope).to_owned())
            .collect()
    }

    pub(crate) fn asked_scopes(&self) -> &[String] {
        self.scopes.as_deref().unwrap_or(&self.default_scopes)
    }
}
