//! The distinction of absent, null and present.

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

    /// The same presence of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Presence<U> {
        match self {
            Self::Present(value) => Presence::Present(change(value)),
            Self::Null => Presence::Null,
            Self::Absent => Presence::Absent,
        }
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
