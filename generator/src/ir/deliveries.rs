//! Deliveries of webhooks and callbacks: how a server that receives one can tell whose it is.

/// The way in which an API signs its deliveries: an HMAC (RFC 2104) in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deliveries {
    /// Standard Webhooks 1.0.
    Standard,
    /// A scheme of the API's own.
    Signed(Signing),
}

/// A scheme of an API's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The header that has the signature.
    pub header: String,
    /// The hash function.
    pub algorithm: Algorithm,
    /// The encoding of a signature.
    pub encoding: Encoding,
    /// The text before a signature.
    pub prefix: String,
    /// The signed text, with `{id}`, `{timestamp}` and `{body}`.
    pub signed: String,
    /// The header that identifies the delivery.
    pub id: Option<String>,
    /// The header that has the time in seconds since 1970.
    pub timestamp: Option<String>,
    /// The tolerated difference of the clocks, in seconds.
    pub tolerance: u64,
    /// True if the secret is Base64 of the key.
    pub is_base64: bool,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}

/// The encoding of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Hexadecimal digits.
    Hex,
    /// Base64 (RFC 4648, 4).
    Base64,
}
