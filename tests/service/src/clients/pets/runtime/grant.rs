//! The ways to obtain access tokens.

use std::sync::Arc;
use std::time::Duration;

use super::cause::BoxError;
use super::platform::{BoxFuture, Shareable};
use super::secret::Secret;

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

/// A way to obtain tokens.
#[derive(Clone)]
pub(crate) enum Grant {
    Client { id: String, secret: Secret },
    Refresh { id: String, secret: Option<Secret>, token: Secret },
    Source(Arc<dyn TokenSource>),
}
