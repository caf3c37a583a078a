//! Unions that stay open: what fits no known member is kept, and sent back unchanged.

use serde_json::Value;

/// Whether `written` is all of `read`: equal, numbers by value, and nothing lost on the way.
///
/// A member of an untagged union that would drop a property of what it read is not the member that was meant.
pub(crate) fn keeps(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            read.len() == written.len()
                && read.iter().all(|(key, value)| written.get(key).is_some_and(|other| keeps(value, other)))
        }
        (Value::Array(read), Value::Array(written)) => {
            read.len() == written.len() && read.iter().zip(written).all(|(read, written)| keeps(read, written))
        }
        (Value::Number(read), Value::Number(written)) => read == written || read.as_f64() == written.as_f64(),
        (read, written) => read == written,
    }
}

/// How many members and items of `read` are in `written`.
pub(crate) fn kept(read: &Value, written: &Value) -> usize {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            read.iter().filter_map(|(key, value)| Some(1 + kept(value, written.get(key)?))).sum()
        }
        (Value::Array(read), Value::Array(written)) => {
            read.iter().zip(written).map(|(read, written)| 1 + kept(read, written)).sum()
        }
        _ => 0,
    }
}

/// Gives a tagged member its tag, where its type doesn't write one.
pub(crate) fn tag(mut value: Value, property: &str, tag: &str) -> Value {
    if let Value::Object(members) = &mut value
        && !members.contains_key(property)
    {
        members.insert(property.to_owned(), Value::String(tag.to_owned()));
    }
    value
}

/// Implements reading and writing of a union whose members are told apart by the value of a property.
///
/// ```ignore
/// pub enum Pet { Cat(Cat), Dog(Dog), Other(serde_json::Value) }
/// tagged_union! { Pet by "petType" { Cat = "cat" | "kitty", Dog = "dog" } else Other }
/// ```
macro_rules! tagged_union {
    ($name:ident by $property:literal { $($variant:ident = $first:literal $(| $more:literal)*),* $(,)? } else $other:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                let value = match self {
                    $(Self::$variant(member) => ::serde_json::to_value(member)
                        .map(|value| $crate::runtime::union::tag(value, $property, $first)),)*
                    Self::$other(value) => return ::serde::Serialize::serialize(value, serializer),
                };
                let value = value.map_err(<S::Error as ::serde::ser::Error>::custom)?;
                ::serde::Serialize::serialize(&value, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let tag = value.get($property).and_then(::serde_json::Value::as_str);
                match tag {
                    $(::core::option::Option::Some($first $(| $more)*) => ::serde::Deserialize::deserialize(value)
                        .map(Self::$variant)
                        .map_err(<D::Error as ::serde::de::Error>::custom),)*
                    _ => ::core::result::Result::Ok(Self::$other(value)),
                }
            }
        }
    };
}

/// Implements reading and writing of a union whose members nothing tells apart: the first that keeps all of a value has
/// it; failing that, the one that keeps most of it.
///
/// ```ignore
/// pub enum Id { Text(String), Number(i64), Other(serde_json::Value) }
/// untagged_union! { Id { Text, Number } else Other }
/// ```
macro_rules! untagged_union {
    ($name:ident { $($variant:ident),* $(,)? } else $other:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(member) => ::serde::Serialize::serialize(member, serializer),)*
                    Self::$other(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let mut readable = ::core::option::Option::None;
                $(
                    if let ::core::result::Result::Ok(member) = ::serde::Deserialize::deserialize(&value) {
                        let found = Self::$variant(member);
                        match ::serde_json::to_value(&found) {
                            ::core::result::Result::Ok(written) if $crate::runtime::union::keeps(&value, &written) => {
                                return ::core::result::Result::Ok(found);
                            }
                            written => {
                                let kept = written.map_or(0, |written| $crate::runtime::union::kept(&value, &written));
                                if !matches!(&readable, ::core::option::Option::Some((most, _)) if *most >= kept) {
                                    readable = ::core::option::Option::Some((kept, found));
                                }
                            }
                        }
                    }
                )*
                ::core::result::Result::Ok(readable.map_or(Self::$other(value), |(_, found)| found))
            }
        }
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
            /// The value as it is sent.
            #[must_use]
            pub fn value(&self) -> ::serde_json::Value {
                let json = match self {
                    $(Self::$variant => $json,)*
                    Self::$other(value) => return value.clone(),
                };
                ::serde_json::from_str(json).unwrap_or_default()
            }
        }

        impl ::core::convert::From<::serde_json::Value> for $name {
            fn from(value: ::serde_json::Value) -> Self {
                $(
                    if $crate::runtime::union::keeps(&value, &Self::$variant.value()) {
                        return Self::$variant;
                    }
                )*
                Self::$other(value)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.value(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub(crate) use {json_enum, tagged_union, untagged_union};
