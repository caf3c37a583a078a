//! Security schemes and requirements (OAS 3.0.4 §4.7.27 to §4.7.30).

/// A Security Scheme Object.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in `components/securitySchemes`.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
    /// The kind of scheme.
    pub kind: SchemeKind,
}

/// The types of security schemes.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// A secret in a header, a query parameter or a cookie.
    ApiKey {
        /// The place of the key.
        place: KeyPlace,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// HTTP authentication (RFC 9110 §11) by the name of its scheme, in lower case.
    Http {
        /// `basic`, `bearer`, `digest`, …
        scheme: String,
    },
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// The flows that the server offers.
        flows: Vec<Flow>,
    },
    /// OpenID Connect Discovery.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// A client certificate (OAS 3.1).
    MutualTls,
}

/// The place of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// An OAuth Flow Object.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The grant.
    pub kind: FlowKind,
    /// The token URL.
    pub token_url: Option<String>,
    /// The authorization URL.
    pub authorization_url: Option<String>,
    /// The refresh URL, if it differs from the token URL.
    pub refresh_url: Option<String>,
    /// The scopes that it can give.
    pub scopes: Vec<Scope>,
    /// The client authentication at the token endpoint: `client_secret_basic` or `client_secret_post`, from
    /// `x-token-endpoint-auth-method`, with the values of OpenID Connect Core §9.
    pub client_authentication: Option<String>,
}

/// The grants of RFC 6749, and RFC 8628's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowKind {
    /// §4.4.
    ClientCredentials,
    /// §4.1.
    AuthorizationCode,
    /// §4.2, superseded.
    Implicit,
    /// §4.3, superseded.
    Password,
    /// RFC 8628 (OAS 3.2).
    DeviceAuthorization,
}

/// A permission of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The value on the wire.
    pub name: String,
    /// The description.
    pub description: String,
}

/// A Security Requirement Object: all of its needs must be met. Empty if no credentials are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requirement {
    /// The required schemes.
    pub needs: Vec<Need>,
}

/// A scheme and the scopes that an operation needs of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The name of the security scheme.
    pub scheme: String,
    /// The scopes; may be empty.
    pub scopes: Vec<String>,
}
