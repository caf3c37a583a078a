//! Signing a person in: through a browser, on a device without one, or by password.

use std::fmt;
use std::pin::pin;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::cause::AuthError;
use super::grant::AccessToken;
use super::object::object;
use super::path;
use super::platform::{Instant, sleep, within};
use super::secret::Secret;
use super::security::{ClientAuthentication, Credential, Flows, Scheme, SchemeKind};
use super::token_endpoint::{Endpoint, Form, Url, read};
use super::transport::Http;

/// The start of a sign-in: the client, and the scopes that it requests.
///
/// ```ignore
/// let begun = SignIn::new(&security::OAUTH2, client_id).redirect_uri("http://127.0.0.1:8080/back").browser()?;
/// open_browser(begun.url());
/// let signed_in = begun.finish(&url_that_was_called_back).await?;
/// let client = Client::builder().credential(&security::OAUTH2, signed_in.credential()).build()?;
/// ```
#[must_use = "a sign-in does nothing until it is begun"]
pub struct SignIn {
    scheme: &'static Scheme,
    client: (String, Option<Secret>),
    scopes: Vec<String>,
    redirect_uri: Option<String>,
    authorization_url: Option<String>,
    token_url: Option<String>,
    authentication: Option<ClientAuthentication>,
    http: Option<reqwest::Client>,
    allow_http: bool,
}

impl SignIn {
    /// A sign-in for the client with this id.
    pub fn new(scheme: &'static Scheme, client_id: impl Into<String>) -> Self {
        Self {
            scheme,
            client: (client_id.into(), None),
            scopes: Vec::new(),
            redirect_uri: None,
            authorization_url: None,
            token_url: None,
            authentication: None,
            http: None,
            allow_http: false,
        }
    }

    /// The client's secret, if it can keep one.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client.1 = Some(secret.into());
        self
    }

    /// The scopes to request.
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        self
    }

    /// The URL that the browser is sent back to.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// The URL where the person or device starts, instead of the one in the description.
    pub fn authorization_url(mut self, url: impl Into<String>) -> Self {
        self.authorization_url = Some(url.into());
        self
    }

    /// The URL of the token endpoint, instead of the one in the description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// The way in which the client authenticates (RFC 6749, 2.3.1).
    pub fn client_authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = Some(authentication);
        self
    }

    /// The HTTP client to use. It must not follow redirects.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Permits plain HTTP to the authorization server.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Begins the authorization code flow (RFC 6749, 4.1) with proof of possession (RFC 7636).
    ///
    /// # Errors
    /// If a URL is missing, or there is no randomness.
    pub fn browser(self) -> Result<BrowserSignIn, AuthError> {
        let flow = self.flows().and_then(|flows| flows.authorization_code);
        let described = flow.map(|flow| flow.authorization_url.to_owned());
        let start = self.authorization_url.clone().or(described).ok_or_else(|| missing("an authorization URL"))?;
        let mut url = url::Url::parse(&start).map_err(|_| missing("a valid authorization URL"))?;
        let (state, verifier) = (random()?, random()?);
        let challenge = base64url(&Sha256::digest(verifier.expose()));
        let mut query = url.query().map(|query| format!("{query}&")).unwrap_or_default();
        query.push_str("response_type=code&code_challenge_method=S256&code_challenge=");
        query.push_str(&challenge);
        let scopes = self.scopes.join(" ");
        let pairs = [
            ("client_id", Some(self.client.0.as_str())),
            ("redirect_uri", self.redirect_uri.as_deref()),
            ("scope", Some(scopes.as_str()).filter(|scopes| !scopes.is_empty())),
            ("state", Some(state.expose())),
        ];
        for (name, value) in pairs.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            query.push_str(&format!("&{name}="));
            path::encode(value, &mut query);
        }
        url.set_query(Some(&query));
        let endpoint = self.endpoint(flow.map(|flow| flow.token))?;
        Ok(BrowserSignIn { url: url.into(), state, verifier, endpoint, sign_in: self })
    }

    /// Begins the device flow (RFC 8628).
    ///
    /// # Errors
    /// If a URL is missing, or the authorization server refuses.
    pub async fn device(self) -> Result<DeviceSignIn, AuthError> {
        let flow = self.flows().and_then(|flows| flows.device);
        let described = flow.map(|flow| flow.authorization_url.to_owned());
        let start = self.authorization_url.clone().or(described).ok_or_else(|| missing("an authorization URL"))?;
        let endpoint = self.endpoint(flow.map(|flow| flow.token))?;
        let form = Form::empty().pair_unless_empty("scope", &self.scopes.join(" "));
        let answer = endpoint.post(&start, form, self.client(), read::<Begun>).await?;
        Ok(DeviceSignIn {
            user_code: answer.user_code,
            verification_uri: answer.verification_uri,
            verification_uri_complete: answer.verification_uri_complete,
            device_code: answer.device_code,
            lifetime: Duration::from_secs(answer.expires_in.unwrap_or(600).min(86_400)),
            // RFC 8628, 3.2; a server that says 0 is not asked without a pause.
            interval: Duration::from_secs(answer.interval.unwrap_or(5).clamp(1, 600)),
            endpoint,
            sign_in: self,
        })
    }

    /// Signs in with a person's own password (RFC 6749, 4.3).
    ///
    /// # Errors
    /// If a URL is missing, or the authorization server refuses.
    #[deprecated = "RFC 9700, 2.4: the client learns the password, so this grant must not be used"]
    pub async fn password(self, user: &str, password: impl Into<Secret>) -> Result<SignedIn, AuthError> {
        let endpoint = self.endpoint(self.flows().and_then(|flows| flows.password))?;
        let form = Form::new("password").pair("username", user).pair("password", password.into().expose());
        let form = form.pair_unless_empty("scope", &self.scopes.join(" "));
        let access = endpoint.token(form, self.client()).await?;
        Ok(SignedIn { access, client: self.client })
    }

    fn flows(&self) -> Option<&'static Flows> {
        match &self.scheme.kind {
            SchemeKind::OAuth2(flows) => Some(flows),
            _ => None,
        }
    }

    fn client(&self) -> (&str, Option<&Secret>) {
        (&self.client.0, self.client.1.as_ref())
    }

    fn endpoint(&self, described: Option<super::security::TokenEndpoint>) -> Result<Endpoint, AuthError> {
        let url = self.token_url.clone().or(described.map(|described| described.url.to_owned()));
        let place = match (url, &self.scheme.kind) {
            (Some(url), _) => Url::Known(url),
            (None, SchemeKind::OpenIdConnect { url }) => Url::discovered(url),
            (None, _) => return Err(missing("a token URL")),
        };
        let http = match &self.http {
            Some(client) => client.clone(),
            None => super::builder::http_client("sign-in", Duration::from_secs(10), false)
                .map_err(|error| AuthError::Transport(Box::new(error)))?,
        };
        Ok(Endpoint {
            http: Http::Reqwest(http),
            place,
            authentication: self
                .authentication
                .or(described.map(|described| described.authentication))
                .unwrap_or(ClientAuthentication::Basic),
            allow_http: self.allow_http,
        })
    }
}

/// The response of a device authorization endpoint (RFC 8628, 3.2).
struct Begun {
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: Option<u64>,
    interval: Option<u64>,
}

object! { Begun {
    device_code, user_code, verification_uri,
} optional {
    verification_uri_complete, expires_in, interval,
} }

/// A sign-in that waits for a browser to come back.
pub struct BrowserSignIn {
    url: String,
    state: Secret,
    verifier: Secret,
    endpoint: Endpoint,
    sign_in: SignIn,
}

impl BrowserSignIn {
    /// The URL to send the person's browser to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the sign-in with the URL, or the query, that the browser came back with.
    ///
    /// # Errors
    /// If the URL belongs to another sign-in, the person refused, or the token endpoint refuses.
    pub async fn finish(self, returned: &str) -> Result<SignedIn, AuthError> {
        let query = returned.split_once('?').map_or(returned, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let find = |wanted: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        // RFC 6749, 10.12: the response to another person's sign-in must not be accepted.
        if find("state").map(Secret::from).as_ref() != Some(&self.state) {
            return Err(AuthError::Response("the state is not that of this sign-in".into()));
        }
        if let Some(code) = find("error") {
            return Err(AuthError::Refused { status: 0, code: Some(code), description: find("error_description") });
        }
        let code = Secret::from(find("code").ok_or_else(|| AuthError::Response("there is no code".into()))?);
        let mut form = Form::new("authorization_code").pair("code", code.expose());
        if let Some(uri) = &self.sign_in.redirect_uri {
            form = form.pair("redirect_uri", uri);
        }
        let form = form.pair("code_verifier", self.verifier.expose());
        let access = self.endpoint.token(form, self.sign_in.client()).await?;
        Ok(SignedIn { access, client: self.sign_in.client })
    }
}

impl fmt::Debug for BrowserSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSignIn")
    }
}

/// A sign-in that waits for a person to enter a code elsewhere.
pub struct DeviceSignIn {
    /// The code that the person enters.
    pub user_code: String,
    /// The page where the person enters it.
    pub verification_uri: String,
    /// The same page with the code in its URL, as for a QR code.
    pub verification_uri_complete: Option<String>,
    device_code: Secret,
    lifetime: Duration,
    interval: Duration,
    endpoint: Endpoint,
    sign_in: SignIn,
}

impl DeviceSignIn {
    /// Waits until the person is done.
    ///
    /// # Errors
    /// If the person refuses, or takes too long.
    pub async fn finish(self) -> Result<SignedIn, AuthError> {
        let end = Instant::now() + self.lifetime;
        let mut interval = self.interval;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left < interval {
                return Err(AuthError::Timeout);
            }
            sleep(interval).await;
            let form = Form::new("urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code");
            let form = form.pair("device_code", self.device_code.expose());
            let asked = within(Some(left), pin!(self.endpoint.token(form, self.sign_in.client()))).await;
            match asked.map_err(|_| AuthError::Timeout)? {
                Ok(access) => return Ok(SignedIn { access, client: self.sign_in.client }),
                Err(AuthError::Refused { code: Some(code), .. }) if code == "authorization_pending" => {}
                Err(AuthError::Refused { code: Some(code), .. }) if code == "slow_down" => {
                    interval += Duration::from_secs(5);
                }
                // RFC 8628, 3.5: a connection that fails is tried again, less often.
                Err(AuthError::Transport(_) | AuthError::Timeout) => interval = (interval * 2).min(self.lifetime),
                Err(error) => return Err(error),
            }
        }
    }
}

impl fmt::Debug for DeviceSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSignIn")
    }
}

/// The result of a sign-in.
#[derive(Clone)]
pub struct SignedIn {
    access: AccessToken,
    client: (String, Option<Secret>),
}

impl SignedIn {
    /// The credential for a client: tokens that are refreshed if the server allows it, or else the one token.
    #[must_use]
    pub fn credential(&self) -> Credential {
        match &self.access.refresh_token {
            Some(token) => Credential::refresh(self.client.0.clone(), self.client.1.clone(), token.clone()),
            None => Credential::bearer(self.access.token.clone()),
        }
    }

    /// The token, to be stored until the next start.
    #[must_use]
    pub const fn access_token(&self) -> &AccessToken {
        &self.access
    }
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn")
    }
}

fn missing(what: &str) -> AuthError {
    AuthError::Response(format!("the sign-in needs {what}"))
}

/// 256 random bits as text.
fn random() -> Result<Secret, AuthError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| AuthError::Source(error.to_string().into()))?;
    Ok(base64url(&bytes).into())
}

/// Base64 for URLs, without padding (RFC 4648, 5).
fn base64url(bytes: &[u8]) -> String {
    super::base64::base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}
