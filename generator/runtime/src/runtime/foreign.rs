//! Types of other crates, chosen for a format or a place, as values that go over the wire.
//!
//! They are read and written by serde. Reading also needs an initial value: the type's
//! default or, if it has none, the value that it reads from an example of a common format.

use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

/// Examples of common formats, as JSON.
const EXAMPLES: &[&str] = &[
    "\"\"",
    "0",
    "\"0\"",
    "\"2000-01-01T00:00:00Z\"",
    "\"2000-01-01T00:00:00\"",
    "\"2000-01-01\"",
    "\"00:00:00Z\"",
    "\"00:00:00\"",
    "\"PT0S\"",
    "\"00000000-0000-0000-0000-000000000000\"",
    "\"https://example.com/\"",
    "\"example.com\"",
    "\"a@example.com\"",
    "\"0.0.0.0\"",
    "\"::\"",
    "\"0.0.0.0/0\"",
    "\"0.0.0\"",
    "\"a\"",
    "\"en\"",
    "\"EUR\"",
    "\"a/b\"",
    "\"#000000\"",
    "0.5",
    "1",
    "true",
    "null",
    "[]",
    "{}",
    "[0,0]",
    "[0,0,0]",
];

/// The way to a value of a type: by its default where it has one, since a method of a type is found before one of a reference.
pub(crate) struct Made<T>(pub(crate) PhantomData<T>);

impl<T: Default> Made<T> {
    pub(crate) fn made(&self, _: &OnceLock<&'static str>) -> T {
        T::default()
    }
}

/// The way to a value of a type without a default.
pub(crate) trait ByExample<T> {
    fn made(&self, example: &OnceLock<&'static str>) -> T;
}

impl<T: DeserializeOwned> ByExample<T> for &Made<T> {
    fn made(&self, example: &OnceLock<&'static str>) -> T {
        let fits = |json: &&&str| serde_json::from_str::<T>(json).is_ok();
        let json = example.get_or_init(|| EXAMPLES.iter().find(fits).copied().unwrap_or_default());
        serde_json::from_str(json).unwrap_or_else(|_| {
            panic!(
                "{} has no default and reads no example of a format: a type that wraps it can have one",
                std::any::type_name::<T>()
            )
        })
    }
}

/// Implements `Wire` for a type of another crate.
macro_rules! foreign {
    ($type:ty) => {
        const _: () = {
            use $crate::runtime::foreign::{ByExample as _, Made};
            use $crate::runtime::wire::{Slot, Union, View, Wire};

            impl Wire for $type {
                #[inline]
                fn empty() -> Self {
                    static EXAMPLE: ::std::sync::OnceLock<&'static str> = ::std::sync::OnceLock::new();
                    (&Made::<$type>(::core::marker::PhantomData)).made(&EXAMPLE)
                }

                #[inline]
                fn slot(&mut self) -> Slot<'_> {
                    Slot::Union(self)
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    View::Made(::serde_json::to_value(self).unwrap_or_default())
                }
            }

            impl Union for $type {
                #[inline]
                fn choose(
                    &mut self,
                    value: ::std::borrow::Cow<'_, ::serde_json::Value>,
                ) -> ::core::result::Result<(), ::serde_json::Error> {
                    *self = ::serde_json::from_value($crate::runtime::digits::owned(value))?;
                    ::core::result::Result::Ok(())
                }
            }
        };
    };
}

pub(crate) use foreign;
