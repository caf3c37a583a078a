//! Enumerations that stay open: a value from a newer server is kept, and sent back unchanged.

/// Implements reading, writing and comparing of an enumeration of texts.
///
/// Values are equal where their texts are. What derives would compile for each variant is done once, over the texts.
///
/// ```ignore
/// #[derive(Clone, Debug)]
/// pub enum FilterType { String, Number, Other(String) }
/// text_enum! { FilterType { String = "string", Number = "number" } }
/// ```
///
/// If `Other` is one of the values, the catch-all has another name: `text_enum! { T { … } else Unlisted }`.
macro_rules! text_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::runtime::text_enum! { $name { $($variant = $text),* } else Other }
    };
    ($name:ident { $($variant:ident = $text:literal),* $(,)? } else $other:ident) => {
        impl $name {
            /// The values that this version knows.
            #[allow(dead_code, reason = "the API decides which enumerations there are")]
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is sent.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$other(text) => text,
                }
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$other(text.into()),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // `Self::Err` would be ambiguous where `Err` is one of the variants.
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::runtime::wire::FromText for $name {
            $crate::runtime::text_enum::only! { $($text)* }
        }

        impl $crate::runtime::wire::Wire for $name {
            #[inline]
            fn empty() -> Self {
                Self::$other(::std::string::String::new())
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Text(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::Text(self.as_str())
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

/// The only value of an enumeration that has one.
macro_rules! only {
    ($text:literal) => {
        const ONLY: ::core::option::Option<&'static str> = ::core::option::Option::Some($text);
    };
    ($($text:literal)*) => {};
}

/// The same for an enumeration of integers: `number_enum! { Priority: i64 { Low = 1, High = 2 } }`.
macro_rules! number_enum {
    ($name:ident : $number:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $crate::runtime::number_enum! { $name: $number { $($variant = $value),* } else Other }
    };
    ($name:ident : $number:ident { $($variant:ident = $value:literal),* $(,)? } else $other:ident) => {
        impl $name {
            /// The values that this version knows.
            #[allow(dead_code, reason = "the API decides which enumerations there are")]
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is sent.
            #[must_use]
            #[inline]
            pub const fn value(&self) -> $number {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(value) => *value,
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::core::convert::From<$number> for $name {
            #[inline]
            fn from(value: $number) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$other(value),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                text.parse::<$number>().map(Self::from)
            }
        }

        impl $crate::runtime::wire::Integer for $name {
            #[inline]
            fn set(&mut self, number: i64) -> bool {
                *self = Self::from(number);
                true
            }

            #[inline]
            fn expected(&self) -> &'static str {
                "a whole number"
            }

            #[inline]
            fn only(&self) -> ::core::option::Option<i64> {
                match Self::VALUES {
                    [only] => ::core::option::Option::Some(only.value()),
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            #[inline]
            fn empty() -> Self {
                Self::$other(0)
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Integer(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                $crate::runtime::wire::View::I64(self.value())
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

/// Implements reading and writing of an enumeration of JSON values of several types, each given as JSON text.
///
/// ```ignore
/// pub enum Level { One, OneText, Other(serde_json::Value) }
/// json_enum! { Level { One = "1", OneText = "\"1\"" } }
/// ```
macro_rules! json_enum {
    ($name:ident { $($variant:ident = $json:literal),* $(,)? }) => {
        $crate::runtime::json_enum! { $name { $($variant = $json),* } else Other }
    };
    ($name:ident { $($variant:ident = $json:literal),* $(,)? } else $other:ident) => {
        impl $name {
            /// The values that this version knows.
            #[allow(dead_code, reason = "the API decides which enumerations there are")]
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is sent.
            #[must_use]
            #[inline]
            pub fn value(&self) -> ::serde_json::Value {
                let json = match self {
                    $(Self::$variant => $json,)*
                    Self::$other(value) => return value.clone(),
                };
                ::serde_json::from_str(json).unwrap_or_default()
            }
        }

        impl ::core::fmt::Display for $name {
            /// Writes a text as it is, and other values as JSON.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self.value() {
                    ::serde_json::Value::String(text) => f.write_str(&text),
                    value => ::core::fmt::Display::fmt(&value, f),
                }
            }
        }

        impl ::core::convert::From<::serde_json::Value> for $name {
            #[inline]
            fn from(value: ::serde_json::Value) -> Self {
                $(
                    if $crate::runtime::tag::keeps(&value, &Self::$variant.value()) {
                        return Self::$variant;
                    }
                )*
                Self::$other(value)
            }
        }

        impl $crate::runtime::wire::Wire for $name {
            #[inline]
            fn empty() -> Self {
                Self::$other(::serde_json::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::runtime::wire::Slot<'_> {
                $crate::runtime::wire::Slot::Union(self)
            }

            #[inline]
            fn view(&self) -> $crate::runtime::wire::View<'_> {
                match self {
                    Self::$other(value) => $crate::runtime::wire::View::Value(value),
                    known => $crate::runtime::wire::View::Made(known.value()),
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, offer: $crate::runtime::wire::Offer<'_>) -> ::core::result::Result<(), ::serde_json::Error> {
                *self = Self::from($crate::runtime::digits::owned(offer.value));
                ::core::result::Result::Ok(())
            }

            #[inline]
            fn only(&self) -> ::core::option::Option<::serde_json::Value> {
                match Self::VALUES {
                    [only] => ::core::option::Option::Some(only.value()),
                    _ => ::core::option::Option::None,
                }
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

pub(crate) use {json_enum, number_enum, only, text_enum};
