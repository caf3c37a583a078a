//! Bytes that are written as base64.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ::base64::{DecodeError, Engine};

use super::known::text_value;

/// With padding when written, and with or without it when read (RFC 4648, section 4).
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that go over the wire as base64 (`format: byte`, `contentEncoding: base64`).
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

text_value! {
    Base64: Self::default(), |text: &str| text.parse().ok(), |value: &Self| Some(value.to_string()), "base64"
}

super::object::implement_serde! { Base64 }

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64> for Vec<u8> {
    fn from(bytes: Base64) -> Self {
        bytes.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Base64 {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Base64 {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl FromStr for Base64 {
    type Err = DecodeError;

    /// Reads base64. Line breaks, as mail has them (RFC 2045, section 6.8), are none of it.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        BASE64.decode(text).map(Self)
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.0))
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
