//! The reasons behind errors.

use std::error::Error as StdError;
use std::{fmt, io};

pub use super::decode_error::DecodeError;
use super::plain::Plain;

/// An error of a lower layer, of any type.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The reason why a call cannot be sent, found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    place: &'static str,
    name: String,
    reason: String,
}

impl InvalidRequest {
    pub(crate) fn new(place: &'static str, name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place, name: name.into(), reason: reason.into() }
    }

    /// The parameter, header or other part that is wrong.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}` {}", self.place, self.name, self.reason)
    }
}

impl StdError for InvalidRequest {}

/// The reason why a call may not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// The client has no credential for any of the ways in which the operation can be called.
    NoCredential {
        /// The schemes that would do.
        schemes: Vec<&'static str>,
    },
    /// The scopes that the client was told to request do not cover the operation.
    MissingScopes {
        /// The missing scopes.
        scopes: Vec<String>,
    },
    /// The credential would travel unencrypted. Only loopback addresses may be called so, or those explicitly allowed.
    Insecure {
        /// Scheme, host and port of the server.
        origin: String,
    },
    /// The token endpoint refused (RFC 6749, 5.2).
    Refused {
        /// The status.
        status: u16,
        /// The `error` code, such as `invalid_client` or `invalid_scope`.
        code: Option<String>,
        /// The `error_description`.
        description: Option<String>,
    },
    /// The token endpoint's response is not a token.
    Response(String),
    /// The token endpoint could not be reached.
    Transport(BoxError),
    /// The token endpoint did not respond in time.
    Timeout,
    /// The custom source of tokens failed.
    Source(BoxError),
}

impl AuthError {
    /// Returns whether the same call may succeed later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
            Self::Transport(cause) => !is_lasting(&**cause),
            Self::Timeout | Self::Source(_) => true,
            _ => false,
        }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCredential { schemes } => write!(f, "the client has no credential for {}", schemes.join(" or ")),
            Self::MissingScopes { scopes } => {
                write!(f, "the client does not ask for the scopes that this needs: {}", scopes.join(" "))
            }
            Self::Insecure { origin } => write!(f, "would send a credential unencrypted to {origin}"),
            Self::Refused { status, code, description } => {
                write!(f, "the token endpoint answered {status}")?;
                code.iter().chain(description).try_for_each(|text| write!(f, ": {}", Plain(text)))
            }
            Self::Response(reason) => write!(f, "the token endpoint gave no token: {}", Plain(reason)),
            Self::Transport(_) => f.write_str("the token endpoint could not be reached"),
            Self::Timeout => f.write_str("the token endpoint did not answer in time"),
            Self::Source(_) => f.write_str("the source of tokens failed"),
        }
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(cause) | Self::Source(cause) => Some(&**cause),
            _ => None,
        }
    }
}

/// Returns whether a connection would fail in the same way again: the certificate is not trusted, or the two sides speak no version
/// of TLS in common.
pub(crate) fn is_lasting(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(not(target_family = "wasm"))]
    let connecting = error.downcast_ref().is_some_and(reqwest::Error::is_connect);
    #[cfg(target_family = "wasm")]
    let connecting = false;
    let mut next = Some(error);
    while let Some(cause) = next {
        if speaks_of_tls(cause, connecting) {
            return true;
        }
        next = cause.source();
    }
    false
}

/// Each TLS library has errors of its own, and none is a dependency: rustls wraps its own as invalid data, and what the others
/// say has these words in it.
fn speaks_of_tls(cause: &(dyn StdError + 'static), connecting: bool) -> bool {
    const WORDS: [&str; 4] = ["certificate", "unsupported protocol", "protocol version", "wrong version number"];
    let outer = cause.downcast_ref::<io::Error>();
    let inner = outer.and_then(io::Error::get_ref).and_then(|inner| inner.downcast_ref::<io::Error>());
    let is_invalid = inner.or(outer).is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
    let text = cause.to_string().to_ascii_lowercase();
    (connecting && is_invalid) || WORDS.iter().any(|word| text.contains(word))
}
