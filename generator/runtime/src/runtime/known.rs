//! Types of crates that the runtime knows, as values that go over the wire.

use serde::{Serialize, Serializer};

use super::wire::{View, Wire};
use super::wire_write;

/// A value that is written as it goes over the wire, whatever its own crate would write.
pub(crate) struct Written<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Wire> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        wire_write::serialize(self.0, to)
    }
}

impl<T: Wire> Serialize for Written<'_, [T]> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(Written))
    }
}

/// A text to write; `None` where the value has none in the format.
pub(crate) fn view(text: Option<String>, expected: &str) -> View<'static> {
    match text {
        Some(text) => View::Made(text.into()),
        None => View::Unwritable(serde::ser::Error::custom(format_args!("the value is not {expected}"))),
    }
}

/// Makes a type one that is read from a text and written as one: a value to read into, two functions that may fail, and the expected text.
macro_rules! text_value {
    ($type:ty: $empty:expr, $parse:expr, $print:expr, $expected:literal) => {
        impl $crate::runtime::wire::Wire for $type {
            fn empty() -> Self {
                $empty
            }

            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Text(self)
            }

            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::known::view($print(self), $expected)
            }
        }

        impl $crate::runtime::wire::Text for $type {
            fn set(&mut self, text: &str) -> bool {
                $parse(text).map(|value| *self = value).is_some()
            }

            fn expected(&self) -> &'static str {
                $expected
            }
        }
    };
}

pub(crate) use text_value;
