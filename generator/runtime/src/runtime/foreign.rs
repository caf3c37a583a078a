//! Types of other crates, chosen for a format or a place, as values that go over the wire.
//!
//! They read and write themselves, by serde, and need nothing else. Most also have a value to read into: the type's default
//! or, where it has none, what it reads in a text that is an example of some format. A value of another type, and of a type of the crate
//! that holds one, is read as a whole.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Error, Map, Value};

use super::digits;
use super::table::{Shape, Table};
use super::wire::{MapSink, ReadValue, View, Wire};

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
    #[expect(clippy::unnecessary_wraps, reason = "the other way may lead nowhere")]
    pub(crate) fn made(&self, _: &OnceLock<Option<&'static str>>) -> Option<T> {
        Some(T::default())
    }
}

/// The way to a value of a type without a default.
pub(crate) trait ByExample<T> {
    fn made(&self, example: &OnceLock<Option<&'static str>>) -> Option<T>;
}

impl<T: DeserializeOwned> ByExample<T> for &Made<T> {
    fn made(&self, example: &OnceLock<Option<&'static str>>) -> Option<T> {
        let fits = |json: &&&str| serde_json::from_str::<T>(json).is_ok();
        let json = example.get_or_init(|| EXAMPLES.iter().find(fits).copied());
        json.and_then(|json| serde_json::from_str(json).ok())
    }
}

/// Reads a value of a type of another crate.
pub(crate) fn read<T: DeserializeOwned>(value: Cow<'_, Value>) -> Result<T, Error> {
    serde_json::from_value(digits::owned(value))
}

/// Writes one.
pub(crate) fn view<T: Serialize>(value: &T) -> View<'static> {
    match serde_json::to_value(value) {
        Ok(value) => View::Made(value),
        Err(reason) => View::Unwritable(reason),
    }
}

/// The value of a type that is asked for one without knowing that it may have none.
///
/// # Panics
///
/// If it has none. Tables of a crate that has types of others ask by [`Wire::place`] instead, but for the default of an object of which
/// every member may be absent; and an absent member is of no type of another crate.
pub(crate) fn empty<T: Wire>() -> T {
    let found = T::place();
    found.unwrap_or_else(|| {
        unreachable!("{} has nothing to read into, and is read as a whole", std::any::type_name::<T>())
    })
}

/// The members of an object that is read as a whole, one after the other.
pub(crate) struct Members<'v> {
    shape: &'static Shape,
    values: &'v Map<String, Value>,
    read: ReadValue,
    next: usize,
}

impl<'v> Members<'v> {
    pub(crate) fn of(table: &'static Table, value: &'v Value, read: ReadValue) -> Result<Self, Error> {
        let shape = table.shape();
        let values = value.as_object();
        let values = values.ok_or_else(|| Error::custom(format_args!("not an object, as {} is one", shape.name)))?;
        Ok(Self { shape, values, read, next: 0 })
    }

    /// The next member that is read.
    pub(crate) fn member<T: Wire>(&mut self) -> Result<T, Error> {
        let (name, is_required) = self.take_name();
        match self.values.get(name) {
            Some(value) => T::of_value(value, self.read),
            None if is_required => Err(Error::missing_field(name)),
            None => T::place().ok_or_else(|| Error::missing_field(name)),
        }
    }

    /// The next member, which has one value.
    pub(crate) fn constant(&mut self, constant: &mut dyn Wire) -> Result<(), Error> {
        let (name, _) = self.take_name();
        let value = self.values.get(name).ok_or_else(|| Error::missing_field(name))?;
        (self.read)(constant, value)
    }

    fn take_name(&mut self) -> (&'static str, bool) {
        let index = self.next;
        self.next += 1;
        (self.shape.members.get(index).copied().unwrap_or_default(), index < self.shape.required)
    }

    /// All members without a field.
    pub(crate) fn rest<T: MapSink + Default>(&self) -> Result<T, Error> {
        let mut rest = T::default();
        for (name, value) in self.values.iter().filter(|(name, _)| self.shape.find(name).is_none()) {
            rest.add(name.clone(), value, self.read)?;
        }
        Ok(rest)
    }
}

/// Implements `Wire` for a type of another crate.
macro_rules! foreign {
    ($type:ty) => {
        const _: () = {
            use ::core::result::Result;
            use ::serde_json::{Error, Value};
            use $crate::runtime::foreign::{self, ByExample as _, Made};
            use $crate::runtime::wire::{Offer, ReadValue, Slot, Union, View, Wire};

            impl Wire for $type {
                #[inline]
                fn empty() -> Self {
                    foreign::empty()
                }

                #[inline]
                fn place() -> ::core::option::Option<Self> {
                    static EXAMPLE: ::std::sync::OnceLock<::core::option::Option<&'static str>> =
                        ::std::sync::OnceLock::new();
                    (&Made::<$type>(::core::marker::PhantomData)).made(&EXAMPLE)
                }

                #[inline]
                fn of_value(value: &Value, _: ReadValue) -> Result<Self, Error> {
                    foreign::read(::std::borrow::Cow::Borrowed(value))
                }

                #[inline]
                fn slot(&mut self) -> Slot<'_> {
                    Slot::Union(self)
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    foreign::view(self)
                }
            }

            impl Union for $type {
                #[inline]
                fn choose(&mut self, offer: Offer<'_>) -> Result<(), Error> {
                    *self = foreign::read(offer.value)?;
                    Result::Ok(())
                }
            }
        };
    };
}

/// Implements reading and writing of an object, as `object!` does, where a field may be of a type of another crate: such an object is read
/// as a whole if there is nothing to read into.
///
/// ```ignore
/// pub struct Order { pub id: Id, pub note: Option<String> }
/// object_of_parts! { Order { id } optional { note } }
/// ```
macro_rules! object_of_parts {
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
                    $crate::runtime::foreign::empty()
                }
            }
        )?

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::object::debug(self, f)
            }
        }

        const _: () = {
            static TABLE: $crate::runtime::table::Table = $crate::runtime::table::Table::new(
                stringify!($name),
                stringify!($($field $(= $wire)?)* $($(tag = $tag)*)? ; $($($optional $(= $optional_wire)?)*)? ; $($rest)?),
                &[$($($wire,)?)* $($($tag,)*)? $($($($optional_wire,)?)*)?],
            );

            impl $crate::runtime::wire::Wire for $name {
                #[inline]
                fn empty() -> Self {
                    $crate::runtime::foreign::empty()
                }

                fn place() -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self {
                        $($field: $crate::runtime::wire::Wire::place()?,)*
                        $($($optional: $crate::runtime::wire::Wire::place()?,)*)?
                        $($rest: $crate::runtime::wire::Wire::place()?,)?
                    })
                }

                fn of_value(
                    value: &::serde_json::Value,
                    read: $crate::runtime::wire::ReadValue,
                ) -> ::core::result::Result<Self, ::serde_json::Error> {
                    if let ::core::option::Option::Some(mut place) = Self::place() {
                        read(&mut place, value)?;
                        return ::core::result::Result::Ok(place);
                    }
                    #[allow(unused_mut, reason = "an object without members takes none")]
                    let mut members = $crate::runtime::foreign::Members::of(&TABLE, value, read)?;
                    $(let $field = members.member()?;)*
                    $($(members.constant(&mut $crate::runtime::constant::constant!($value))?;)*)?
                    $($(let $optional = members.member()?;)*)?
                    $(let $rest = members.rest()?;)?
                    ::core::result::Result::Ok(Self { $($field,)* $($($optional,)*)? $($rest,)? })
                }

                #[inline]
                fn read(&mut self, reader: &mut dyn $crate::runtime::wire::ReadMembers) {
                    reader.members(
                        &TABLE,
                        &mut [
                            $(&mut self.$field,)*
                            $($(&mut $crate::runtime::constant::constant!($value),)*)?
                            $($(&mut self.$optional,)*)?
                        ],
                        $crate::runtime::object::rest!($(&mut self.$rest)?),
                    );
                }

                #[inline]
                fn write(&self, writer: &mut dyn $crate::runtime::wire::WriteMembers) {
                    writer.members(
                        &TABLE,
                        &[
                            $(&self.$field,)*
                            $($(&$crate::runtime::constant::constant!($value),)*)?
                            $($(&self.$optional,)*)?
                        ],
                        $crate::runtime::object::rest!($(&self.$rest)?),
                    );
                }
            }
        };

        $crate::runtime::object::implement_serde! { $name }
    };
}

/// Implements reading and writing of a struct around one value, as `wrapper!` does, where that may be of a type of another crate.
macro_rules! wrapper_of_parts {
    ($name:ident) => {
        impl $crate::runtime::wire::Wire for $name {
            #[inline]
            fn empty() -> Self {
                $crate::runtime::foreign::empty()
            }

            fn place() -> ::core::option::Option<Self> {
                $crate::runtime::wire::Wire::place().map(Self)
            }

            fn of_value(
                value: &::serde_json::Value,
                read: $crate::runtime::wire::ReadValue,
            ) -> ::core::result::Result<Self, ::serde_json::Error> {
                $crate::runtime::wire::Wire::of_value(value, read).map(Self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Of(&mut self.0)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::Of(&self.0)
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

pub(crate) use {foreign, object_of_parts, wrapper_of_parts};
