//! A number with all of its digits.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::digits::{self, Digits};
use super::number_text::is_number;
use super::wire::{Slot, View, Wire};

/// A number as JSON writes it, with all of its digits: a decimal, or an integer of any length.
///
/// It is kept as text. Two are equal if their texts are, so `1.0` differs from `1.00`; a crate for decimals or for long integers
/// calculates with what [`as_str`](Self::as_str) gives.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The number as it is written.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest `f64`, which may be infinite.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // What JSON takes for a number, Rust does.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The integer, if the number is written as one of 128 bits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        self.0.parse().ok()
    }
}

/// A text is not a number as JSON writes it (RFC 8259, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDecimal;

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number as JSON writes it")
    }
}

impl std::error::Error for InvalidDecimal {}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        if is_number(text) { Ok(Self(text.into())) } else { Err(InvalidDecimal) }
    }
}

impl TryFrom<f64> for Decimal {
    type Error = InvalidDecimal;

    /// The shortest number that reads as the same `f64`; infinities and NaN are none.
    fn try_from(number: f64) -> Result<Self, InvalidDecimal> {
        number.to_string().parse()
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.to_string().into())
            }
        }
    )*};
}

from_integers! { i8, i16, i32, i64, i128, u8, u16, u32, u64, u128 }

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self("0".into())
    }
}

impl Digits for Decimal {
    fn set(&mut self, digits: &str) -> bool {
        digits.parse().map(|number| *self = number).is_ok()
    }
}

impl Wire for Decimal {
    fn empty() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Digits(self)
    }

    fn view(&self) -> View<'_> {
        View::Digits(Cow::Borrowed(&self.0))
    }
}

super::object::implement_serde! { Decimal }
