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
    /// In the form that `Display` has.
    Plainly,
    /// With this number of digits after the point, zeros included: `.500`.
    Digits(usize),
    /// In another form.
    Otherwise(Box<str>),
}

impl Written {
    /// The form of a point in time, by its text alone: printing the value and comparing would take as long as reading it.
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

    /// The part of the meaning that the value can't hold; nothing for nearly all.
    fn beyond(&self) -> Beyond<'_> {
        match self {
            Self::Otherwise(text) => beyond(text).map(rest).unwrap_or_default(),
            Self::Plainly | Self::Digits(_) => Beyond::default(),
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

/// A point in time that RFC 3339 can write and `jiff` can't hold: in the last hours of the year 9999, or with more than nine digits
/// behind the second. It has the seconds since 1970, and the digits behind the second without zeros at their end.
type Beyond<'a> = (i64, &'a str);

fn beyond(text: &str) -> Option<Beyond<'_>> {
    let (date, time) = (text.get(..10)?, text.get(11..19)?);
    let separator = *text.as_bytes().get(10)?;
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let rest = &text[19..];
    let (digits, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?),
        None => ("", rest),
    };
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (two_digits(&zone[1..3])?, two_digits(&zone[4..6])?);
            let seconds = hours * 3600 + minutes * 60;
            if hours > 23 || minutes > 59 {
                return None;
            }
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let time = time.replacen(":60", ":59", usize::from(time.ends_with(":60")));
    let local: jiff::civil::DateTime = format!("{date}T{time}").parse().ok()?;
    let days = local.date().since(jiff::civil::date(1970, 1, 1)).ok()?.get_days();
    let seconds = i64::from(local.hour()) * 3600 + i64::from(local.minute()) * 60 + i64::from(local.second());
    Some((i64::from(days) * 86_400 + seconds - offset, digits.trim_end_matches('0')))
}

/// The remainder that a `jiff::Timestamp` doesn't hold.
fn rest((seconds, digits): Beyond<'_>) -> Beyond<'_> {
    let last = jiff::Timestamp::MAX.as_second();
    if seconds > last { (seconds - last, digits) } else { (0, digits.get(9..).unwrap_or_default()) }
}

fn two_digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A type that can stand for a point in time that it can't hold.
trait Nearest: Sized {
    fn nearest(beyond: Beyond<'_>) -> Option<Self>;
}

impl Nearest for jiff::Timestamp {
    /// The last one before it.
    fn nearest((seconds, digits): Beyond<'_>) -> Option<Self> {
        if seconds > Self::MAX.as_second() {
            return Some(Self::MAX);
        }
        let nanoseconds = format!("{:0<9}", digits.get(..9).unwrap_or(digits)).parse().ok()?;
        Self::new(seconds, nanoseconds).ok()
    }
}

impl Nearest for jiff::civil::Date {
    fn nearest(_: Beyond<'_>) -> Option<Self> {
        None
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
                let value: $inner = match $parse(text) {
                    Ok(value) => value,
                    Err(error) => {
                        let nearest = beyond(text).and_then(<$inner>::nearest).ok_or(error)?;
                        return Ok(Self { value: nearest, written: Written::Otherwise(text.into()) });
                    }
                };
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
                self.cmp(other) == Ordering::Equal
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
                self.value.cmp(&other.value).then_with(|| self.written.beyond().cmp(&other.written.beyond()))
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.value.hash(state);
                self.written.beyond().hash(state);
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
    /// A text without an offset, as some servers send against RFC 3339, is taken for UTC. All that RFC 3339 can write is kept as it
    /// came, and compared as what it means; where `jiff::Timestamp` ends before (the last hours of the year 9999, a billionth of a
    /// second), [`get`](Self::get) gives the last one before it.
    Timestamp: jiff::Timestamp, point, of_point, "a point in time as RFC 3339 writes it"
}

time_text! {
    /// A calendar date (`format: date`).
    Date: jiff::civil::Date, str::parse, of_date, "a date as RFC 3339 writes it"
}

fn point(text: &str) -> Result<jiff::Timestamp, jiff::Error> {
    text.parse().or_else(|error| format!("{text}Z").parse().map_err(|_| error))
}
