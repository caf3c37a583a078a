//! Access tokens of any source.

use std::sync::Arc;
use std::time::Duration;

use super::builder::{BuildError, ClientBuilder};
use super::cause::{AuthError, BoxError};
use super::credentials::{Grant, Tokens};
use super::platform::{BoxFuture, Shareable};
use super::secret::Secret;
use super::security::{Credential, Kind, SchemeKind};
use super::token::{Cache, Issuer};
use super::transport::Http;

/// A source of access tokens, for grants that are not built in.
pub trait TokenSource: Shareable {
    /// Returns a new token with these scopes.
    fn token(&self, scopes: &[String]) -> BoxFuture<'_, Result<AccessToken, BoxError>>;
}

/// A token, as its source returns it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AccessToken {
    /// The token.
    pub token: Secret,
    /// The time for which it is valid, if the source states it.
    pub expires_in: Option<Duration>,
    /// The refresh token, if there is one.
    pub refresh_token: Option<Secret>,
}

impl AccessToken {
    /// A token that is valid for this time.
    pub fn new(token: impl Into<Secret>, expires_in: Option<Duration>) -> Self {
        Self { token: token.into(), expires_in, refresh_token: None }
    }
}

impl Credential {
    /// Tokens from anywhere else: another flow, a secret store, a metadata server. They are cached, refreshed
    /// before they expire, and requested once however many calls wait.
    pub fn source(source: impl TokenSource + 'static) -> Self {
        Self(Kind::Grant(Arc::new(Source(Arc::new(source)))))
    }
}

#[derive(Clone)]
struct Source(Arc<dyn TokenSource>);

impl Grant for Source {
    fn tokens(
        &self,
        builder: &ClientBuilder,
        _: &SchemeKind,
        _: &Http,
        _: &dyn Fn(&str) -> BuildError,
    ) -> Result<Box<dyn Tokens>, BuildError> {
        Ok(Box::new(Cache::new(self.clone(), builder.token_timeout())))
    }
}

impl Issuer for Source {
    fn issue<'a>(&'a self, scopes: &'a [String]) -> BoxFuture<'a, Result<AccessToken, AuthError>> {
        Box::pin(async move { self.0.token(scopes).await.map_err(AuthError::Source) })
    }
}
