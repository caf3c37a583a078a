//! Points in time and dates, as RFC 3339 writes them.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use super::wire::{Slot, Text, View, Wire};

/// What is left of a text once what is written to it was found at its start.
struct Rest<'a>(&'a str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(part).ok_or(fmt::Error)?;
        Ok(())
    }
}

macro_rules! time_text {
    ($(#[$docs:meta])* $name:ident: $inner:ty, $parse:path, $expected:literal) => {
        $(#[$docs])*
        ///
        /// Keeps the text that it was read from, so that it is sent back as it came; compares by meaning.
        #[derive(Clone)]
        pub struct $name {
            value: $inner,
            /// How it was written, where that differs from how it would be.
            text: Option<Box<str>>,
        }

        impl $name {
            /// The value.
            #[must_use]
            pub const fn get(&self) -> $inner {
                self.value
            }
        }

        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.value
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self { value, text: None }
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.value
            }
        }

        impl FromStr for $name {
            type Err = jiff::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let value: $inner = $parse(text)?;
                let mut rest = Rest(text);
                let same = write!(rest, "{value}").is_ok() && rest.0.is_empty();
                Ok(Self { value, text: (!same).then(|| text.into()) })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.text {
                    Some(text) => f.write_str(text),
                    None => fmt::Display::fmt(&self.value, f),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value == other.value
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.value.cmp(&other.value)
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.value.hash(state);
            }
        }

        impl Wire for $name {
            fn vacant() -> Self {
                Self { value: <$inner>::default(), text: None }
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Text(self)
            }

            fn view(&self) -> View<'_> {
                match &self.text {
                    Some(text) => View::Text(text),
                    None => View::Display(&self.value),
                }
            }
        }

        impl Text for $name {
            fn set(&mut self, text: &str) -> bool {
                text.parse().map(|value| *self = value).is_ok()
            }

            fn expected(&self) -> &'static str {
                $expected
            }
        }

        super::object::implement_serde! { $name }
    };
}

time_text! {
    /// A point in time (`format: date-time`).
    ///
    /// A text without an offset, as some servers send against RFC 3339, is taken for UTC.
    Timestamp: jiff::Timestamp, point, "a point in time as RFC 3339 writes it"
}

time_text! {
    /// A calendar date (`format: date`).
    Date: jiff::civil::Date, str::parse, "a date as RFC 3339 writes it"
}

fn point(text: &str) -> Result<jiff::Timestamp, jiff::Error> {
    text.parse().or_else(|error| format!("{text}Z").parse().map_err(|_| error))
}
