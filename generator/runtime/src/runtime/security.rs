//! Security schemes as the description declares them, and the credentials that a client holds for them.

use std::fmt;
use std::sync::Arc;

use super::credentials::Grant;
use super::secret::Secret;

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the description.
    pub name: &'static str,
    /// The kind of credential that it requires.
    pub kind: SchemeKind,
}

/// The kind of credential that a scheme requires, and its place.
#[derive(Debug)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The header, query parameter or cookie.
        name: &'static str,
        /// The place of the key.
        place: Place,
    },
    /// HTTP Basic (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// Another HTTP authentication scheme, such as `digest`: the credential is sent as it is given.
    Http(&'static str),
    /// OAuth 2.0 (RFC 6749).
    OAuth2(Flows),
    /// OpenID Connect: the endpoints are found at this URL.
    OpenIdConnect {
        /// The discovery document.
        url: &'static str,
    },
    /// A client certificate, which the HTTP client given to the builder presents.
    MutualTls,
}

/// The place of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A header.
    Header,
    /// The query string.
    Query,
    /// The `Cookie` header.
    Cookie,
}

/// The OAuth 2.0 flows that a scheme offers.
#[derive(Clone, Copy, Debug)]
pub struct Flows {
    /// For a service acting for itself (RFC 6749, 4.4).
    pub client_credentials: Option<TokenEndpoint>,
    /// For a user, through a browser (RFC 6749, 4.1, with RFC 7636).
    pub authorization_code: Option<Interactive>,
    /// For a user, on a device without a browser (RFC 8628).
    pub device: Option<Interactive>,
    /// For a user's own password (RFC 6749, 4.3). RFC 9700 says: must not be used.
    pub password: Option<TokenEndpoint>,
    /// The URL where tokens are refreshed, if not the token endpoint.
    pub refresh_url: Option<&'static str>,
}

impl Flows {
    /// No flow at all: the start of every literal.
    pub const NONE: Self =
        Self { client_credentials: None, authorization_code: None, device: None, password: None, refresh_url: None };
}

/// A flow in which a person takes part.
#[derive(Clone, Copy, Debug)]
pub struct Interactive {
    /// The URL where the person, or the device, starts.
    pub authorization_url: &'static str,
    /// The endpoint where the result becomes a token.
    pub token: TokenEndpoint,
}

/// A token endpoint (RFC 6749, 3.2).
#[derive(Clone, Copy, Debug)]
pub struct TokenEndpoint {
    /// Its URL.
    pub url: &'static str,
    /// The way in which the client authenticates there.
    pub authentication: ClientAuthentication,
}

/// The way in which a client authenticates to a token endpoint (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// HTTP Basic with form-encoded id and secret, which every server must support.
    Basic,
    /// `client_id` and `client_secret` in the form.
    Body,
}

/// An alternative of the security requirements: every need in it must be met. Empty if no credentials are needed.
#[derive(Clone, Copy, Debug)]
pub struct Requirement(pub &'static [Need]);

/// One scheme of a requirement, and the scopes that its token must have.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// The scopes or roles.
    pub scopes: &'static [&'static str],
}

/// The credential that a client has for a scheme. Never shows its content.
#[derive(Clone)]
pub struct Credential(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    /// A key, bearer token or finished `Authorization` parameter, used as it is.
    Fixed(Secret),
    Basic {
        user: String,
        password: Secret,
    },
    /// Tokens fetched when needed.
    Grant(Arc<dyn Grant>),
    /// The HTTP client itself has it, as with client certificates.
    Elsewhere,
}

impl Credential {
    /// A token that the caller keeps valid.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Kind::Fixed(token.into()))
    }

    /// An API key, or the parameters of another HTTP scheme.
    pub fn key(key: impl Into<Secret>) -> Self {
        Self(Kind::Fixed(key.into()))
    }

    /// A user name and password for HTTP Basic.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// A client certificate, in the `reqwest::Client` that the builder is given.
    #[must_use]
    pub fn mutual_tls() -> Self {
        Self(Kind::Elsewhere)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Fixed(_) => "Credential(fixed)",
            Kind::Basic { .. } => "Credential(basic)",
            Kind::Grant(_) => "Credential(grant)",
            Kind::Elsewhere => "Credential(elsewhere)",
        })
    }
}
