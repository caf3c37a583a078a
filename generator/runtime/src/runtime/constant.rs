//! Members that have one value.

use serde::de::{Error, Unexpected};
use serde_json::Value;

use super::tag::{keeps, parsed};
use super::wire::{Offer, Slot, Text, Union, View, Wire};

/// The value of a member that has no other: it is required when read, and always written.
#[derive(Debug)]
pub(crate) struct Constant(pub(crate) &'static str);

impl Wire for Constant {
    fn empty() -> Self {
        Self("")
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::Text(self.0)
    }
}

impl Text for Constant {
    fn set(&mut self, text: &str) -> bool {
        text == self.0
    }

    fn expected(&self) -> &'static str {
        self.0
    }

    fn absent(&self) -> Option<&'static str> {
        Some(self.0)
    }
}

/// The same for a value that is no text, as JSON.
#[derive(Debug)]
pub(crate) struct JsonConstant(pub(crate) &'static str);

impl Wire for JsonConstant {
    fn empty() -> Self {
        Self("null")
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Union(self)
    }

    fn view(&self) -> View<'_> {
        View::Made(parsed(self.0))
    }
}

impl Union for JsonConstant {
    fn choose(&mut self, offer: Offer<'_>) -> Result<(), serde_json::Error> {
        if keeps(&offer, &parsed(self.0)) {
            return Ok(());
        }
        Err(serde_json::Error::invalid_value(Unexpected::Other(&offer.to_string()), &self.0))
    }

    fn only(&self) -> Option<Value> {
        Some(parsed(self.0))
    }
}

/// The constant of a table: `constant!("cat")`, or of a value that is no text, `constant!((json "true"))`.
macro_rules! constant {
    ($value:literal) => {
        $crate::runtime::constant::Constant($value)
    };
    ((json $value:literal)) => {
        $crate::runtime::constant::JsonConstant($value)
    };
}

pub(crate) use constant;
