//! Deliveries: requests that an API sends to a server of yours, and the proof that they are the API's.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;

use super::decode_error::DecodeError;
use super::plain::Plain;
use super::secret::Secret;

/// The way in which deliveries are signed: an HMAC (RFC 2104) in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The header that has the signature, or several, with spaces between them.
    pub header: &'static str,
    /// The hash function.
    pub algorithm: Algorithm,
    /// The encoding of a signature.
    pub encoding: Encoding,
    /// The text before a signature. Signatures without it are of another kind, and are passed over.
    pub prefix: &'static str,
    /// The signed text: `{body}` stands for the body as it came, `{id}` and `{timestamp}` for the headers.
    pub signed: &'static str,
    /// The header that identifies the delivery, if one does.
    pub id: Option<&'static str>,
    /// The header that has the time of the delivery in seconds since 1970, if one does.
    pub timestamp: Option<&'static str>,
    /// The time in seconds by which a delivery may be older, or newer, than the clock says.
    pub tolerance: u64,
    /// The form of the secret.
    pub secret: SecretForm,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// SHA-1
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-512
    Sha512,
}

/// The encoding of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Hexadecimal digits in either case.
    Hex,
    /// Base64 with padding (RFC 4648, 4).
    Base64,
}

/// The form of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretForm {
    /// The bytes of the text are the key.
    Text,
    /// Base64 of the key, after `whsec_` or without it.
    Whsec,
}

/// Reads the body of an event by its name; `None` if no such event is described.
type Decode<T> = fn(&str, &[u8]) -> Option<Result<T, DecodeError>>;

impl Signing {
    /// Standard Webhooks 1.0, symmetric signatures: <https://www.standardwebhooks.com>.
    pub const STANDARD_WEBHOOKS: Self = Self {
        header: "webhook-signature",
        algorithm: Algorithm::Sha256,
        encoding: Encoding::Base64,
        prefix: "v1,",
        signed: "{id}.{timestamp}.{body}",
        id: Some("webhook-id"),
        timestamp: Some("webhook-timestamp"),
        tolerance: 300,
        secret: SecretForm::Whsec,
    };
}

/// The reason why a delivery is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryError {
    /// A header is absent, or is no text.
    Header(&'static str),
    /// The time is no number of seconds.
    Timestamp,
    /// The delivery is older than is tolerated: it may be a copy of one.
    TooOld,
    /// The delivery is of a later time than is tolerated.
    TooNew,
    /// No signature is that of a secret.
    Signature,
    /// The API description has no such event.
    UnknownEvent,
    /// The delivery is the API's, and its body does not have the described type.
    Decode(DecodeError),
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the delivery has no header `{}`", Plain(name)),
            Self::Timestamp => f.write_str("the time of the delivery is not a number of seconds"),
            Self::TooOld => f.write_str("the delivery is too old"),
            Self::TooNew => f.write_str("the delivery is of a later time than now"),
            Self::Signature => f.write_str("the delivery is not signed with a known secret"),
            Self::UnknownEvent => f.write_str("the API description has no such event"),
            Self::Decode(cause) => cause.fmt(f),
        }
    }
}

impl StdError for DeliveryError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Decode(cause) => Some(cause),
            _ => None,
        }
    }
}

/// A secret that cannot be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSecret;

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the secret is empty, or is not Base64 as its scheme requires")
    }
}

impl StdError for InvalidSecret {}

/// A verifier of deliveries: a way of signing, and the secrets that count.
#[derive(Clone)]
pub struct Deliveries {
    signing: Signing,
    /// At least one.
    keys: Vec<Vec<u8>>,
}

impl Deliveries {
    /// A verifier of deliveries that are signed in this way.
    ///
    /// # Errors
    /// If the secret is not of the form that the way of signing requires.
    pub fn new(signing: Signing, secret: impl Into<Secret>) -> Result<Self, InvalidSecret> {
        Self { signing, keys: Vec::new() }.and_secret(secret)
    }

    /// Takes deliveries that are signed with another secret as well, as while a secret is replaced.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn and_secret(mut self, secret: impl Into<Secret>) -> Result<Self, InvalidSecret> {
        let secret: Secret = secret.into();
        let key = match self.signing.secret {
            SecretForm::Text => secret.expose().as_bytes().to_vec(),
            SecretForm::Whsec => {
                let text = secret.expose();
                STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text)).map_err(|_| InvalidSecret)?
            }
        };
        if key.is_empty() {
            return Err(InvalidSecret);
        }
        self.keys.push(key);
        Ok(self)
    }

    /// Verifies a delivery: its headers, and its body as it came.
    ///
    /// # Errors
    /// If it is not signed with a secret, or not of now. A copy of a delivery within the tolerated time is the same delivery: look at
    /// its id.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), DeliveryError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// Verifies a delivery, and reads its body.
    pub(crate) fn receive<T>(
        &self,
        headers: &HeaderMap,
        event: &str,
        body: &[u8],
        decode: Decode<T>,
    ) -> Result<T, DeliveryError> {
        self.verify(headers, body)?;
        decode(event, body).ok_or(DeliveryError::UnknownEvent)?.map_err(DeliveryError::Decode)
    }

    /// Verifies a delivery that came at another time.
    ///
    /// # Errors
    /// As for [`verify`](Self::verify).
    pub fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), DeliveryError> {
        let header = |name: &'static str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or(DeliveryError::Header(name))
        };
        let of_scheme = |name: Option<&'static str>| name.map_or(Ok(""), header);
        let signatures = header(self.signing.header)?;
        let (id, timestamp) = (of_scheme(self.signing.id)?, of_scheme(self.signing.timestamp)?);
        if self.signing.timestamp.is_some() {
            self.check_time(timestamp, now)?;
        }
        let parts = parts(self.signing.signed, id, timestamp, body);
        let mut found = signatures.split_ascii_whitespace().filter_map(|one| self.signature(one));
        match found.any(|signature| self.keys.iter().any(|key| self.is_signed(key, &parts, &signature))) {
            true => Ok(()),
            false => Err(DeliveryError::Signature),
        }
    }

    fn check_time(&self, timestamp: &str, now: SystemTime) -> Result<(), DeliveryError> {
        let seconds: u64 = timestamp.parse().map_err(|_| DeliveryError::Timestamp)?;
        let then = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).ok_or(DeliveryError::Timestamp)?;
        let tolerance = Duration::from_secs(self.signing.tolerance);
        if now.duration_since(then).is_ok_and(|age| age > tolerance) {
            return Err(DeliveryError::TooOld);
        }
        if then.duration_since(now).is_ok_and(|ahead| ahead > tolerance) {
            return Err(DeliveryError::TooNew);
        }
        Ok(())
    }

    /// The bytes of a signature; `None` for one of another kind.
    fn signature(&self, text: &str) -> Option<Vec<u8>> {
        let text = text.strip_prefix(self.signing.prefix)?;
        match self.signing.encoding {
            Encoding::Base64 => STANDARD.decode(text).ok(),
            Encoding::Hex => hex(text),
        }
    }

    /// Compares in constant time, as `verify_slice` does.
    fn is_signed(&self, key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
        match self.signing.algorithm {
            Algorithm::Sha1 => is_mac::<Hmac<sha1::Sha1>>(key, parts, signature),
            Algorithm::Sha256 => is_mac::<Hmac<sha2::Sha256>>(key, parts, signature),
            Algorithm::Sha512 => is_mac::<Hmac<sha2::Sha512>>(key, parts, signature),
        }
    }
}

impl fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries").field("signing", &self.signing).finish_non_exhaustive()
    }
}

fn is_mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return false };
    parts.iter().for_each(|part| mac.update(part));
    mac.verify_slice(signature).is_ok()
}

/// The parts of the signed text, in their order. What is in braces and no part is a text like others.
fn parts<'a>(mut template: &'a str, id: &'a str, timestamp: &'a str, body: &'a [u8]) -> Vec<&'a [u8]> {
    let known = [("{id}", id.as_bytes()), ("{timestamp}", timestamp.as_bytes()), ("{body}", body)];
    let mut found = Vec::new();
    while !template.is_empty() {
        let next =
            known.iter().filter_map(|(name, part)| Some((template.find(name)?, *name, *part))).min_by_key(|it| it.0);
        let Some((at, name, part)) = next else { break };
        found.extend([&template.as_bytes()[..at], part]);
        template = &template[at + name.len()..];
    }
    found.push(template.as_bytes());
    found
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pair = |pair: &[u8]| u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok();
    if text.len().is_multiple_of(2) { text.as_bytes().chunks_exact(2).map(pair).collect() } else { None }
}
