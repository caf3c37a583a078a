//! The client certificate of a command line.

use super::builder::{ClientBuilder, with_http};

/// Has connections present the certificate in a file, which holds the certificate, those of its issuers, and its private key, as PEM.
///
/// # Errors
/// If the file cannot be read, or does not hold a certificate and its key.
pub(crate) fn present(builder: ClientBuilder, path: &str) -> Result<ClientBuilder, String> {
    let pem = std::fs::read(path).map_err(|error| format!("cannot read the client certificate {path}: {error}"))?;
    with_identity(builder, &pem)
        .map_err(|error| format!("{path} is no client certificate with its private key: {error}"))
}

#[cfg(feature = "rustls")]
fn with_identity(builder: ClientBuilder, pem: &[u8]) -> Result<ClientBuilder, String> {
    let identity = reqwest::Identity::from_pem(pem).map_err(|error| in_words(&error))?;
    with_http(builder, |http| http.tls_backend_rustls().identity(identity)).map_err(|error| error.to_string())
}

/// Only a key in the form of PKCS #8 is read (`BEGIN PRIVATE KEY`).
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn with_identity(builder: ClientBuilder, pem: &[u8]) -> Result<ClientBuilder, String> {
    let identity = reqwest::Identity::from_pkcs8_pem(pem, pem).map_err(|error| in_words(&error))?;
    with_http(builder, |http| http.tls_backend_native().identity(identity)).map_err(|error| error.to_string())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_identity(_: ClientBuilder, _: &[u8]) -> Result<ClientBuilder, String> {
    Err("this program was compiled without TLS".to_owned())
}

/// An error with its causes.
fn in_words(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
