//! The grants of OAuth 2.0 that need no person: client credentials, and a refresh token.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::builder::{BuildError, ClientBuilder, check_url};
use super::cause::AuthError;
use super::credentials::{Grant, Tokens};
use super::endpoint;
use super::grant::AccessToken;
use super::platform::BoxFuture;
use super::secret::Secret;
use super::security::{ClientAuthentication, Credential, Flows, Kind, SchemeKind, TokenEndpoint};
use super::token::{Cache, Issuer};
use super::token_endpoint::{Endpoint, Form, Url};
use super::transport::Http;

impl Credential {
    /// A client id and secret, exchanged for tokens as they are needed.
    pub fn client(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self(Kind::Grant(Arc::new(OAuth2 { id: id.into(), secret: Some(secret.into()), refresh_token: None })))
    }

    /// A refresh token (RFC 6749, 6) of a client, which has no secret if it is public.
    pub fn refresh(id: impl Into<String>, secret: Option<Secret>, token: impl Into<Secret>) -> Self {
        Self(Kind::Grant(Arc::new(OAuth2 { id: id.into(), secret, refresh_token: Some(token.into()) })))
    }
}

impl ClientBuilder {
    /// The URL of the token endpoint, instead of the one in the description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// The way in which the client authenticates to the token endpoint (RFC 6749, 2.3.1).
    pub fn client_authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = Some(authentication);
        self
    }
}

impl Flows {
    /// The endpoint that refreshes tokens, whichever flow gave them.
    fn refresh(&self) -> Option<TokenEndpoint> {
        let interactive = self.authorization_code.or(self.device).map(|flow| flow.token);
        let endpoint = interactive.or(self.password).or(self.client_credentials)?;
        Some(TokenEndpoint { url: self.refresh_url.unwrap_or(endpoint.url), ..endpoint })
    }
}

/// A client, and its refresh token unless it acts for itself.
#[derive(Clone)]
struct OAuth2 {
    id: String,
    secret: Option<Secret>,
    refresh_token: Option<Secret>,
}

impl Grant for OAuth2 {
    fn tokens(
        &self,
        builder: &ClientBuilder,
        scheme: &SchemeKind,
        http: &Http,
        misfit: &dyn Fn(&str) -> BuildError,
    ) -> Result<Box<dyn Tokens>, BuildError> {
        let described = match scheme {
            SchemeKind::OAuth2(flows) if self.refresh_token.is_some() => flows.refresh(),
            SchemeKind::OAuth2(flows) => flows.client_credentials,
            _ => None,
        };
        let (url, place) = match (&builder.token_url, described, scheme) {
            (Some(url), ..) => (url.as_str(), Url::Known(url.clone())),
            (None, Some(described), _) => (described.url, Url::Known(described.url.to_owned())),
            (None, None, SchemeKind::OpenIdConnect { url }) => (*url, Url::discovered(url)),
            _ => return Err(misfit("needs a token URL, which the description does not name")),
        };
        let url = check_url("token URL", url)?;
        if !builder.allow_http && !endpoint::is_safe(&url) {
            return Err(BuildError(format!("credentials would go to {} unencrypted", endpoint::origin(&url))));
        }
        let authentication = builder.authentication.or(described.map(|described| described.authentication));
        let endpoint = Endpoint {
            http: http.clone(),
            place,
            authentication: authentication.unwrap_or(ClientAuthentication::Basic),
            allow_http: builder.allow_http,
        };
        let exchange = Exchange { grant: self.clone(), endpoint, rotated: Mutex::default() };
        Ok(Box::new(Cache::new(exchange, builder.token_timeout())))
    }
}

/// Exchanges a grant for tokens.
struct Exchange {
    grant: OAuth2,
    endpoint: Endpoint,
    /// The refresh token that replaced the first.
    rotated: Mutex<Option<Secret>>,
}

impl Exchange {
    fn rotated(&self) -> MutexGuard<'_, Option<Secret>> {
        self.rotated.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Issuer for Exchange {
    fn issue<'a>(&'a self, scopes: &'a [String]) -> BoxFuture<'a, Result<AccessToken, AuthError>> {
        let OAuth2 { id, secret, refresh_token } = &self.grant;
        let form = match refresh_token {
            None => Form::new("client_credentials"),
            Some(first) => {
                let rotated = self.rotated().clone();
                Form::new("refresh_token").pair("refresh_token", rotated.as_ref().unwrap_or(first).expose())
            }
        };
        let form = form.pair_unless_empty("scope", &scopes.join(" "));
        Box::pin(async move {
            let issued = self.endpoint.token(form, (id, secret.as_ref())).await?;
            if let (Some(_), Some(next)) = (refresh_token, &issued.refresh_token) {
                *self.rotated() = Some(next.clone());
            }
            Ok(issued)
        })
    }

    fn for_each_secret(&self, show: &mut dyn FnMut(&Secret)) {
        let OAuth2 { secret, refresh_token, .. } = &self.grant;
        secret.iter().chain(refresh_token).chain(&*self.rotated()).for_each(show);
    }
}
