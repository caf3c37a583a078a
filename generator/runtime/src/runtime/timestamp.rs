//! Points in time and dates, as RFC 3339 writes them.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use super::wire::{Slot, Text, View, Wire};

/// The form in which a value was written.
#[derive(Clone)]
enum Written {
    /// As it would be.
    Plainly,
    /// With so many digits behind the point, zeros included: `.500`.
    Digits(usize),
    /// In another way.
    Otherwise(Box<str>),
}

impl Written {
    /// Tells by the text of a point in time alone: to print the value and compare would take as long as reading it.
    ///
    /// The text has been read, so whatever stands between the signs is digits.
    fn of_point(text: &str) -> Self {
        match text.as_bytes() {
            // A leap second is read as the one before.
            [.., b'Z'] if text.get(17..19) == Some("60") => Self::Otherwise(text.into()),
            [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _, _, b':', _, _, b':', _, _, rest @ ..] => match rest {
                [b'Z'] => Self::Plainly,
                [b'.', digits @ .., b'Z'] if digits.iter().all(u8::is_ascii_digit) => Self::Digits(digits.len()),
                _ => Self::Otherwise(text.into()),
            },
            _ => Self::Otherwise(text.into()),
        }
    }

    /// The same for a date.
    fn of_date(text: &str) -> Self {
        match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => Self::Plainly,
            _ => Self::Otherwise(text.into()),
        }
    }
}

macro_rules! time_text {
    ($(#[$docs:meta])* $name:ident: $inner:ty, $parse:path, $written:ident, $expected:literal) => {
        $(#[$docs])*
        ///
        /// Keeps the text that it was read from, so that it is sent back as it came; compares by meaning.
        #[derive(Clone)]
        pub struct $name {
            value: $inner,
            written: Written,
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
                Self { value, written: Written::Plainly }
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
                Ok(Self { value, written: Written::$written(text) })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.written {
                    Written::Plainly => fmt::Display::fmt(&self.value, f),
                    Written::Digits(digits) => write!(f, "{:.*}", *digits, self.value),
                    Written::Otherwise(text) => f.write_str(text),
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
            fn empty() -> Self {
                Self { value: <$inner>::default(), written: Written::Plainly }
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Text(self)
            }

            fn view(&self) -> View<'_> {
                match &self.written {
                    Written::Otherwise(text) => View::Text(text),
                    Written::Plainly | Written::Digits(_) => View::Display(self),
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
    Timestamp: jiff::Timestamp, point, of_point, "a point in time as RFC 3339 writes it"
}

time_text! {
    /// A calendar date (`format: date`).
    Date: jiff::civil::Date, str::parse, of_date, "a date as RFC 3339 writes it"
}

fn point(text: &str) -> Result<jiff::Timestamp, jiff::Error> {
    text.parse().or_else(|error| format!("{text}Z").parse().map_err(|_| error))
}
