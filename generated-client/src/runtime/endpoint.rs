//! The URLs that requests are sent to, and the headers by which they are authorized.

use http::HeaderValue;

use super::base64::base64;
use super::secret::Secret;

/// `Authorization: Bearer …`, unless the token has characters that no header allows.
pub(crate) fn bearer(token: &Secret) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// `Authorization: Basic …` (RFC 7617).
pub(crate) fn basic(user: &str, password: &Secret) -> HeaderValue {
    let text = format!("Basic {}", base64(format!("{user}:{}", password.expose()).as_bytes()));
    let mut value = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// A URL that requests can be sent to.
pub(crate) fn http_url(text: &str) -> Result<url::Url, &'static str> {
    let url = url::Url::parse(text).map_err(|_| "is not a URL")?;
    match url.scheme() {
        "https" | "http" if !url.username().is_empty() || url.password().is_some() => {
            Err("has a user name or password in it")
        }
        "https" | "http" if url.fragment().is_some() => Err("has a query or fragment"),
        "https" | "http" => Ok(url),
        _ => Err("is neither https nor http"),
    }
}

/// A URL that paths can be appended to.
pub(crate) fn base_url(text: &str) -> Result<url::Url, &'static str> {
    http_url(text).and_then(|url| if url.query().is_some() { Err("has a query or fragment") } else { Ok(url) })
}

/// Returns whether credentials may be sent there: encrypted, or not leaving this machine.
pub(crate) fn is_safe(url: &url::Url) -> bool {
    match url.host() {
        _ if url.scheme() == "https" => true,
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Scheme, host and port: all of a URL that may be shown.
pub(crate) fn origin(url: &url::Url) -> String {
    url.origin().ascii_serialization()
}
