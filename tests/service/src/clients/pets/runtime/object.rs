//! The macros that implement reading and writing of objects.

use std::fmt;

use super::table::Table;
use super::wire::{MapView, Wire, WriteMembers};

/// Shows an object's fields, as a derived `Debug` would.
pub(crate) fn debug(object: &dyn Wire, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = Shown { f, result: Ok(()) };
    object.write(&mut shown);
    shown.result
}

struct Shown<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    result: fmt::Result,
}

impl WriteMembers for Shown<'_, '_> {
    fn members(&mut self, table: &'static Table, fields: &[&dyn Wire], rest: Option<&dyn MapView>) {
        let shape = table.shape();
        let mut shown = self.f.debug_struct(shape.name);
        let mut names = shape.fields.iter();
        for (field, name) in fields.iter().zip(names.by_ref()) {
            shown.field(name, field);
        }
        if let (Some(name), Some(rest)) = (names.next(), rest) {
            shown.field(name, &rest);
        }
        self.result = shown.finish();
    }
}

/// Implements reading and writing of an object: the fields that must be there, those that may be absent, and the field
/// that keeps members without one. A field whose member has another name says so.
///
/// The type becomes `Debug`, which shows the fields without code for each type; and `Eq` and `Default` where the table says so,
/// for which derives would compile a function that does nothing, and one that does what reading begins with.
///
/// A member that has one value, by which the type is known among others, is no field: `tag { "kind" = "cat" }`, or of a value that is
/// no text, `tag { "ok" = (json "true") }`.
///
/// All of it is compiled where it is used (`#[inline]`), as generic functions are: of a crate with thousands of types, a program pays for
/// those that it has in hand.
///
/// ```ignore
/// pub struct Webhook { pub active: bool, pub target_url: String, pub sensor: Presence<String> }
/// object! { Webhook: Eq { active, target_url = "targetUrl" } optional { sensor } }
/// ```
macro_rules! object {
    (
        $name:ident $(: $eq:ident)? $(, $default:ident)? { $($field:ident $(= $wire:literal)?),* $(,)? }
        $(optional { $($optional:ident $(= $optional_wire:literal)?),* $(,)? })?
        $(tag { $($tag:literal = $value:tt),* $(,)? })?
        $(rest $rest:ident)?
    ) => {
        $(impl ::core::cmp::$eq for $name {})?

        $(
            impl ::core::default::$default for $name {
                #[inline]
                fn default() -> Self {
                    $crate::clients::pets::runtime::wire::Wire::empty()
                }
            }
        )?

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::clients::pets::runtime::object::debug(self, f)
            }
        }

        const _: () = {
            static TABLE: $crate::clients::pets::runtime::table::Table = $crate::clients::pets::runtime::table::Table::new(
                stringify!($name),
                stringify!($($field $(= $wire)?)* $($(tag = $tag)*)? ; $($($optional $(= $optional_wire)?)*)? ; $($rest)?),
                &[$($($wire,)?)* $($($tag,)*)? $($($($optional_wire,)?)*)?],
            );

            impl $crate::clients::pets::runtime::wire::Wire for $name {
                #[inline]
                fn empty() -> Self {
                    Self {
                        $($field: $crate::clients::pets::runtime::wire::Wire::empty(),)*
                        $($($optional: $crate::clients::pets::runtime::wire::Wire::empty(),)*)?
                        $($rest: $crate::clients::pets::runtime::wire::Wire::empty(),)?
                    }
                }

                #[inline]
                fn read(&mut self, reader: &mut dyn $crate::clients::pets::runtime::wire::ReadMembers) {
                    reader.members(
                        &TABLE,
                        &mut [
                            $(&mut self.$field,)*
                            $($(&mut $crate::clients::pets::runtime::constant::constant!($value),)*)?
                            $($(&mut self.$optional,)*)?
                        ],
                        $crate::clients::pets::runtime::object::rest!($(&mut self.$rest)?),
                    );
                }

                #[inline]
                fn write(&self, writer: &mut dyn $crate::clients::pets::runtime::wire::WriteMembers) {
                    writer.members(
                        &TABLE,
                        &[
                            $(&self.$field,)*
                            $($(&$crate::clients::pets::runtime::constant::constant!($value),)*)?
                            $($(&self.$optional,)*)?
                        ],
                        $crate::clients::pets::runtime::object::rest!($(&self.$rest)?),
                    );
                }
            }
        };

        $crate::clients::pets::runtime::object::implement_serde! { $name }
    };
}

macro_rules! rest {
    () => {
        ::core::option::Option::None
    };
    ($rest:expr) => {
        ::core::option::Option::Some($rest)
    };
}

/// Implements reading and writing of a struct around one value, which is written as that value.
macro_rules! wrapper {
    ($name:ident) => {
        impl $crate::clients::pets::runtime::wire::Wire for $name {
            #[inline]
            fn empty() -> Self {
                Self($crate::clients::pets::runtime::wire::Wire::empty())
            }

            #[inline]
            fn slot(&mut self) -> $crate::clients::pets::runtime::wire::Slot<'_> {
                $crate::clients::pets::runtime::wire::Slot::Of(&mut self.0)
            }

            #[inline]
            fn view(&self) -> $crate::clients::pets::runtime::wire::View<'_> {
                $crate::clients::pets::runtime::wire::View::Of(&self.0)
            }
        }

        $crate::clients::pets::runtime::object::implement_serde! { $name }
    };
}

/// Makes a type that implements `Wire` one of serde's.
macro_rules! implement_serde {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::clients::pets::runtime::wire_write::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::clients::pets::runtime::wire_read::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {implement_serde, object, rest, wrapper};
