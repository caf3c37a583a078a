//! The set-up of a client, and the checks made when it is built.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::client::{After, Before, Client, Inner, Mend, Prepared, SchemeCredential};
use super::endpoint;
use super::platform::Shareable;
use super::retry::{Budget, RetryPolicy};
use super::security::{ClientAuthentication, Credential, Kind, Scheme, SchemeKind};
use super::spec::Api;
use super::transport::{Attempt, Http, Limits, Middleware, Next, Transport};

/// Sets up a [`Client`].
///
/// | | default |
/// |---|---|
/// | redirects | not followed, so that no credential or body reaches another host |
/// | connecting | 10 s, if the builder creates the `reqwest::Client` |
/// | headers of a response | the limits of hyper: 100 headers, 400 KiB; 16 KiB over HTTP/2; your own `reqwest::Client` may have others |
/// | a whole call | 60 s, retries included; for streams, until the response begins |
/// | silence while reading | 30 s |
/// | a response | at most 64 MiB after decompression; of an error response, 64 KiB; JSON at most 128 levels deep |
/// | retries | [`RetryPolicy::standard`] |
/// | credentials | over HTTPS only, except to this machine |
/// | proxies | those of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` |
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    /// Set if the base URL is not joined with the path of a server that the description gives as a path.
    alone: bool,
    pub(crate) token_url: Option<String>,
    pub(crate) authentication: Option<ClientAuthentication>,
    credentials: Vec<(&'static Scheme, Credential)>,
    anonymous: bool,
    scopes: Option<Vec<String>>,
    /// The names of members and parameters that are passwords.
    hidden: &'static [&'static str],
    http: Option<Http>,
    headers: Vec<(String, String)>,
    user_agent: String,
    connect_timeout: Duration,
    timeout: Option<Duration>,
    pub(crate) limits: Limits,
    pub(crate) mend: Option<Arc<dyn Mend>>,
    any_content_type: bool,
    pub(crate) allow_http: bool,
    no_proxy: bool,
    retry: RetryPolicy,
    before: Vec<Arc<dyn Before>>,
    after: Vec<Arc<dyn After>>,
    middleware: Vec<Arc<dyn Middleware>>,
}

impl ClientBuilder {
    /// The default [time limit of a call](Self::timeout).
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
    /// The default [time limit for connecting](Self::connect_timeout).
    pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
    /// The default of the [longest silence](Self::idle_timeout) while a response is read.
    pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(30);
    /// The default [maximum size of a response](Self::body_limit) in bytes.
    pub const DEFAULT_BODY_LIMIT: usize = 64 << 20;
    /// The default [number of bytes of an error response](Self::error_limit) that are read.
    pub const DEFAULT_ERROR_LIMIT: usize = 64 << 10;

    pub(crate) fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            alone: false,
            token_url: None,
            authentication: None,
            credentials: Vec::new(),
            anonymous: false,
            scopes: None,
            hidden: &[],
            http: None,
            headers: Vec::new(),
            user_agent: format!("{}/{}", api.name, api.version),
            connect_timeout: Self::DEFAULT_CONNECT_TIMEOUT,
            timeout: Some(Self::DEFAULT_TIMEOUT),
            limits: Limits {
                idle: Some(Self::DEFAULT_IDLE_TIMEOUT),
                body: Self::DEFAULT_BODY_LIMIT,
                error: Self::DEFAULT_ERROR_LIMIT,
                lenient: false,
            },
            mend: None,
            any_content_type: false,
            allow_http: false,
            no_proxy: false,
            retry: RetryPolicy::standard(),
            before: Vec::new(),
            after: Vec::new(),
            middleware: Vec::new(),
        }
    }

    /// The names of members and parameters whose values errors never show, besides names that indicate a secret.
    pub(crate) fn hiding(mut self, names: &'static [&'static str]) -> Self {
        self.hidden = names;
        self
    }

    /// A credential for one of the description's security schemes.
    pub fn credential(mut self, scheme: &'static Scheme, credential: Credential) -> Self {
        self.credentials.retain(|(known, _)| known.name != scheme.name);
        self.credentials.push((scheme, credential));
        self
    }

    /// The base URL of requests, instead of the servers that the description names.
    ///
    /// If the description gives its server as a path alone (`/api/v1`), that is joined to a URL that has no path of its own.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The base URL of requests as it is, whatever the description says.
    pub(crate) fn base_url_alone(mut self, url: impl Into<String>) -> Self {
        self.alone = true;
        self.base_url(url)
    }

    /// The scopes to request, instead of those that the API's operations need.
    ///
    /// An operation that needs another one then fails before anything is sent.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect());
        self
    }

    /// Permits calls without credentials if none are set, for example because a proxy adds them.
    pub fn allow_anonymous(mut self, allow: bool) -> Self {
        self.anonymous = allow;
        self
    }

    /// Permits credentials over plain HTTP, where others can read them.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// The HTTP client to use. Its own redirect policy, connect timeout and proxies apply: one that follows redirects
    /// carries `x-api-key` headers and bodies to other hosts.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(Http::Reqwest(client));
        self
    }

    /// The transport of requests, instead of a `reqwest::Client`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.http = Some(Http::Other(Arc::new(transport)));
        self
    }

    /// A header for every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The `User-Agent` header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The time limit for connecting.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The time limit of a call, retries included. `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// The longest silence while a response is read. `None` for no limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.idle = timeout.into();
        self
    }

    /// The maximum size of a response, in bytes after decompression.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// The number of bytes that are read of an error response.
    pub fn error_limit(mut self, bytes: usize) -> Self {
        self.limits.error = bytes;
        self
    }

    /// Reads bodies whatever the media type of the response.
    pub fn accept_any_content_type(mut self, accept: bool) -> Self {
        self.any_content_type = accept;
        self
    }

    /// Ignores the proxies that the environment names.
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// The policy of retries.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds a hook that sees, and may change, each request just before it is sent, for example to sign it.
    /// The request contains the credentials.
    pub fn on_request(mut self, hook: impl Fn(&mut reqwest::Request) + Shareable + 'static) -> Self {
        self.before.push(Arc::new(hook));
        self
    }

    /// Adds a hook that sees each response before its body is read.
    pub fn on_response(mut self, hook: impl Fn(&reqwest::Response) + Shareable + 'static) -> Self {
        self.after.push(Arc::new(hook));
        self
    }

    /// Adds a step around each attempt of each call, inside of those added before. It may wait and may fail: for signatures whose
    /// keys are fetched (AWS Signature Version 4), circuit breakers, metrics. The request contains the credentials.
    ///
    /// `|request, next| Box::pin(async move { next.run(sign(request).await?).await })`
    ///
    /// An error before the request is sent ends the call with [`Error::Middleware`](super::error::Error::Middleware).
    pub fn middleware(
        mut self,
        step: impl for<'a> Fn(reqwest::Request, Next<'a>) -> Attempt<'a> + Shareable + 'static,
    ) -> Self {
        self.middleware.push(Arc::new(step));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// If a URL is missing or invalid, a header cannot be sent, or a credential does not fit its scheme or would travel
    /// unencrypted.
    pub fn build(self) -> Result<Client, BuildError> {
        let own_base_url = self.base_url.is_some();
        let base = self.base()?;
        let has_path = |url: &String| check_url("base URL", url).is_ok_and(|url| url.path() != "/");
        let joins_paths = !self.alone && !self.base_url.as_ref().is_some_and(has_path);
        if !self.credentials.is_empty() && !self.allow_http && !endpoint::is_safe(&base) {
            let origin = endpoint::origin(&base);
            return Err(BuildError(format!("credentials would go to {origin} unencrypted: use HTTPS, or allow_http")));
        }
        let http = match &self.http {
            Some(http) => http.clone(),
            None => Http::Reqwest(http_client(&self.user_agent, self.connect_timeout, self.no_proxy)?),
        };
        let credentials = self.credentials.iter().map(|(scheme, credential)| self.prepare(scheme, credential, &http));
        Ok(Client(Arc::new(Inner {
            credentials: credentials.collect::<Result<_, _>>()?,
            headers: self.default_headers()?,
            api: self.api,
            base_url: base,
            own_base_url,
            joins_paths,
            http,
            anonymous: self.anonymous,
            scopes: self.scopes,
            hidden: self.hidden,
            default_scopes: self.api.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            timeout: self.timeout,
            limits: self.limits,
            mend: self.mend,
            any_content_type: self.any_content_type,
            allow_http: self.allow_http,
            retry: self.retry,
            budget: Budget::new(),
            before: self.before,
            after: self.after,
            middleware: self.middleware,
        })))
    }

    /// The caller's base URL, else the description's server.
    fn base(&self) -> Result<url::Url, BuildError> {
        let path = self.api.base_url.filter(|url| url.starts_with('/'));
        match (&self.base_url, path) {
            (Some(url), Some(path)) if !self.alone => {
                let url = check_url("base URL", url)?;
                if url.path() != "/" {
                    return Ok(url);
                }
                url.join(path).map_err(|_| BuildError::new("the base URL can't be joined with the description's path"))
            }
            (Some(url), _) => check_url("base URL", url),
            (None, Some(path)) => {
                let said = "the description names no host: give a base URL";
                Err(BuildError(format!("{said}, such as https://host, to which its path {path} is joined")))
            }
            (None, None) => {
                let url =
                    self.api.base_url.ok_or(BuildError::new("the description names no server: give a base URL"))?;
                check_url("base URL", url)
            }
        }
    }

    fn default_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        // A client that the builder creates sets the user agent itself.
        let user_agent = self.http.is_some().then(|| ("user-agent".to_owned(), self.user_agent.clone()));
        for (name, value) in user_agent.iter().chain(&self.headers) {
            let wrong = || BuildError(format!("`{}` is not a header that can be sent", name.escape_debug()));
            let name = HeaderName::try_from(name).map_err(|_| wrong())?;
            let mut value = HeaderValue::from_str(value).map_err(|_| wrong())?;
            value.set_sensitive(super::redact::is_sensitive(name.as_str()));
            headers.insert(name, value);
        }
        Ok(headers)
    }

    fn prepare(
        &self,
        scheme: &'static Scheme,
        credential: &Credential,
        http: &Http,
    ) -> Result<SchemeCredential, BuildError> {
        let misfit = |what: &str| BuildError(format!("the credential for `{}` {what}", scheme.name));
        let prepared = match (&credential.0, &scheme.kind) {
            (Kind::Elsewhere, _) | (_, SchemeKind::MutualTls) => Prepared::Elsewhere,
            (Kind::Fixed(secret), SchemeKind::ApiKey { .. }) => {
                HeaderValue::from_str(secret.expose()).map_err(|_| misfit("has characters that cannot be sent"))?;
                Prepared::Key(secret.clone())
            }
            (Kind::Fixed(secret), SchemeKind::Http(name)) => {
                let value = HeaderValue::from_str(&format!("{name} {}", secret.expose()));
                let mut value = value.map_err(|_| misfit("has characters that cannot be sent"))?;
                value.set_sensitive(true);
                Prepared::Header(value, secret.clone())
            }
            (Kind::Fixed(secret), _) => {
                let value = endpoint::bearer(secret).ok_or_else(|| misfit("has characters that cannot be sent"))?;
                Prepared::Header(value, secret.clone())
            }
            (Kind::Basic { user, .. }, _) if user.contains(':') => return Err(misfit("has a colon in its user name")),
            (Kind::Basic { user, password }, _) => Prepared::Header(endpoint::basic(user, password), password.clone()),
            (Kind::Grant(grant), kind) => Prepared::Tokens(grant.tokens(self, kind, http, &misfit)?),
        };
        Ok(SchemeCredential { scheme, prepared })
    }

    /// The time limit for a token.
    pub(crate) fn token_timeout(&self) -> Duration {
        self.timeout.unwrap_or(Self::DEFAULT_TIMEOUT).min(Self::DEFAULT_TIMEOUT)
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("api", &self.api.name).finish_non_exhaustive()
    }
}

/// Changes the HTTP client that a builder creates with the settings made so far.
pub(crate) fn with_http(
    builder: ClientBuilder,
    change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<ClientBuilder, BuildError> {
    let http = change(http_builder(&builder.user_agent, builder.connect_timeout, builder.no_proxy));
    let client = http.build().map_err(|error| BuildError(format!("no HTTP client: {error}")))?;
    Ok(builder.http_client(client))
}

/// An HTTP client that follows no redirect.
pub(crate) fn http_client(
    user_agent: &str,
    connect_timeout: Duration,
    no_proxy: bool,
) -> Result<reqwest::Client, BuildError> {
    let client = http_builder(user_agent, connect_timeout, no_proxy).build();
    client.map_err(|error| BuildError(format!("no HTTP client: {error}")))
}

#[cfg(not(target_family = "wasm"))]
fn http_builder(user_agent: &str, connect_timeout: Duration, no_proxy: bool) -> reqwest::ClientBuilder {
    let client = reqwest::Client::builder().user_agent(user_agent).connect_timeout(connect_timeout).referer(false);
    let client = client.redirect(reqwest::redirect::Policy::none());
    if no_proxy { client.no_proxy() } else { client }
}

/// In a browser, connecting, redirects and proxies are the browser's.
#[cfg(target_family = "wasm")]
fn http_builder(user_agent: &str, _: Duration, _: bool) -> reqwest::ClientBuilder {
    reqwest::Client::builder().user_agent(user_agent)
}

/// A URL of a client, by its name in errors.
pub(crate) fn check_url(what: &str, text: &str) -> Result<url::Url, BuildError> {
    let url = if what == "base URL" { endpoint::base_url(text) } else { endpoint::http_url(text) };
    url.map_err(|why| BuildError(format!("the {what} {why}")))
}

/// The reason why a client cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(pub(crate) String);

impl BuildError {
    fn new(why: &str) -> Self {
        Self(why.to_owned())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for BuildError {}
