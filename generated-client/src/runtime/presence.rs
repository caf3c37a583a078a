//! The distinction of absent, null and present.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::wire::{Container, ReadValue, Slot, View, Wire};

/// A property that may be left out, and may be `null`.
///
/// An update that leaves a property out keeps what is there; one that sends `null` clears it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence<T> {
    /// Not there at all.
    #[default]
    Absent,
    /// There, and `null`.
    Null,
    /// There, with a value.
    Present(T),
}

impl<T> Presence<T> {
    /// Returns whether the property is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns whether there is a value.
    pub const fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }

    /// The value; `None` if it is absent or null.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// A reference to the value; `None` if it is absent or null.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Present with a reference to the value.
    pub const fn as_ref(&self) -> Presence<&T> {
        match self {
            Self::Present(value) => Presence::Present(value),
            Self::Null => Presence::Null,
            Self::Absent => Presence::Absent,
        }
    }

    /// Present with a mutable reference to the value.
    pub const fn as_mut(&mut self) -> Presence<&mut T> {
        match self {
            Self::Present(value) => Presence::Present(value),
            Self::Null => Presence::Null,
            Self::Absent => Presence::Absent,
        }
    }

    /// A reference to what the value points to, for those to whom absent and null are the same: `as_deref()` of a
    /// `Presence<String>` is an `Option<&str>`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_option().map(Deref::deref)
    }

    /// The value of an option, or absent where [`From`] would say null.
    pub fn or_absent(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Present)
    }

    /// The value, or another one where there is none.
    pub fn unwrap_or(self, other: T) -> T {
        self.into_option().unwrap_or(other)
    }

    /// The value, or another one that is made where there is none.
    pub fn unwrap_or_else(self, other: impl FnOnce() -> T) -> T {
        self.into_option().unwrap_or_else(other)
    }

    /// The value, or the default of its type where there is none.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// The value, or an error where there is none.
    ///
    /// # Errors
    ///
    /// The error that is given, where the property is absent or null.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_option().ok_or(error)
    }

    /// Returns whether there is a value, and it satisfies a condition.
    #[allow(clippy::wrong_self_convention, reason = "as `Option::is_some_and`")]
    pub fn is_present_and(self, condition: impl FnOnce(T) -> bool) -> bool {
        self.into_option().is_some_and(condition)
    }

    /// Takes the presence out, and leaves the property absent.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// The value, if there is one.
    pub fn iter(&self) -> std::option::IntoIter<&T> {
        self.as_option().into_iter()
    }

    /// A result computed from the value, or another one where there is none.
    pub fn map_or<U>(self, other: U, change: impl FnOnce(T) -> U) -> U {
        self.into_option().map_or(other, change)
    }

    /// The result of a function of the value; the same presence if there is none.
    pub fn and_then<U>(self, change: impl FnOnce(T) -> Presence<U>) -> Presence<U> {
        match self {
            Self::Present(value) => change(value),
            Self::Null => Presence::Null,
            Self::Absent => Presence::Absent,
        }
    }

    /// The same presence of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Presence<U> {
        match self {
            Self::Present(value) => Presence::Present(change(value)),
            Self::Null => Presence::Null,
            Self::Absent => Presence::Absent,
        }
    }
}

impl<T: Clone> Presence<&T> {
    /// The same presence of a copy of the value.
    pub fn cloned(self) -> Presence<T> {
        self.map(T::clone)
    }
}

impl<T> From<Presence<T>> for Option<T> {
    fn from(presence: Presence<T>) -> Self {
        presence.into_option()
    }
}

impl<T> From<T> for Presence<T> {
    fn from(value: T) -> Self {
        Self::Present(value)
    }
}

impl<T> From<Option<T>> for Presence<T> {
    /// `None` becomes null; [`Presence::Absent`] leaves the property out.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Present)
    }
}

impl<T: Serialize> Serialize for Presence<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Presence<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Wire> Wire for Presence<T> {
    fn empty() -> Self {
        Self::Absent
    }

    fn slot(&mut self) -> Slot<'_> {
        // The place is requested only for a member that was found.
        *self = Self::Null;
        Slot::Option(self)
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Present(value) => View::Some(value),
        }
    }
}

impl<T: Wire> Container for Presence<T> {
    fn open(&mut self) -> Option<&mut dyn Wire> {
        *self = Self::Present(T::place()?);
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    fn add(&mut self, value: &Value, read: ReadValue) -> Result<(), serde_json::Error> {
        *self = Self::Present(T::of_value(value, read)?);
        Ok(())
    }
}
