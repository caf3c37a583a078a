//! The numbers of `rust_decimal`: as JSON numbers with all of their digits, and as texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use rust_decimal::Decimal;

use super::digits::{self, Digits};
use super::known::text_value;
use super::number_text::is_number;
use super::wire::{Slot, View, Wire};

impl Digits for Decimal {
    fn set(&mut self, digits: &str) -> bool {
        parse(digits).map(|number| *self = number).is_some()
    }
}

impl Wire for Decimal {
    fn empty() -> Self {
        Self::ZERO
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Digits(self)
    }

    fn view(&self) -> View<'_> {
        View::Digits(Cow::Owned(self.to_string()))
    }
}

/// The number that a text writes, if the type holds all of its digits.
fn parse(text: &str) -> Option<Decimal> {
    if !is_number(text) {
        return None;
    }
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Decimal::from_str_exact(text).ok() };
    let mut number = Decimal::from_str_exact(mantissa).ok()?;
    let scale = i64::from(number.scale()).checked_sub(exponent.parse().ok()?)?;
    if number.is_zero() {
        return Some(number);
    }
    if let Ok(scale) = u32::try_from(scale) {
        number.set_scale(scale).ok()?;
        return Some(number);
    }
    number.set_scale(0).ok()?;
    // There are 28 digits in all.
    (scale..0).take(30).try_fold(number, |number, _| number.checked_mul(Decimal::TEN))
}

/// A decimal number that is written as a text (`type: string` and `format: decimal`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecimalText(pub Decimal);

text_value! {
    DecimalText: Self(Decimal::ZERO), |text| parse(text).map(Self), |value: &Self| Some(value.0.to_string()), "a decimal number"
}

super::object::implement_serde! { DecimalText }

impl From<Decimal> for DecimalText {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl From<DecimalText> for Decimal {
    fn from(text: DecimalText) -> Self {
        text.0
    }
}

impl Deref for DecimalText {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl DerefMut for DecimalText {
    fn deref_mut(&mut self) -> &mut Decimal {
        &mut self.0
    }
}

impl FromStr for DecimalText {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Self)
    }
}

impl fmt::Display for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
