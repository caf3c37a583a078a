//! Unions that stay open: what fits no known member is kept, and sent back unchanged.

use std::cell::Cell;

use serde_json::Value;

use super::wire::Wire;

/// Returns whether `written` is all of `read`: equal, numbers by value, and nothing lost on the way.
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

/// The number of members and items of `read` that are in `written`.
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

/// Reads a member of a union.
pub(crate) fn member<T: Wire>(value: Value) -> Result<T, serde_json::Error> {
    super::wire_read::deserialize(value)
}

/// The number of members that may be tried for each value within a union, on average.
///
/// Each member that is tried tries the members of the unions inside it. Where nothing tells members apart that takes time
/// by the power of a value's depth, and the depth is for others to choose.
const TRIES: usize = 256;

thread_local! {
    /// The tries that are left to the outermost union that is being read on this thread.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The members of a union, as they are tried one after the other.
pub(crate) struct Candidates {
    value: Value,
    /// The amount of the value that the best so far keeps; `None` where none could read it.
    kept: Option<usize>,
    /// Set once one keeps all.
    settled: bool,
    /// Set if this is not inside another.
    outermost: bool,
}

impl Drop for Candidates {
    fn drop(&mut self) {
        if self.outermost {
            LEFT.set(None);
        }
    }
}

impl Candidates {
    pub(crate) fn of(value: Value) -> Self {
        let outermost = LEFT.get().is_none();
        if outermost {
            LEFT.set(Some(size(&value).saturating_mul(TRIES)));
        }
        Self { value, kept: None, settled: false, outermost }
    }

    /// Tries a member, and puts it in its place where it keeps more than those before.
    pub(crate) fn offer<U, T: Wire>(&mut self, place: &mut U, variant: fn(T) -> U) {
        let mut member = T::empty();
        if !self.settled && self.is_better(&mut member) {
            *place = variant(member);
        }
    }

    fn is_better(&mut self, member: &mut dyn Wire) -> bool {
        match LEFT.get() {
            // Nothing is lost: what no member reads is kept as it came.
            Some(0) => return false,
            left => LEFT.set(left.map(|left| left - 1)),
        }
        if super::wire_read::read(member, &self.value).is_err() {
            return false;
        }
        let written = serde_json::to_value(&*member).unwrap_or_default();
        self.settled = keeps(&self.value, &written);
        let kept = if self.settled { usize::MAX } else { kept(&self.value, &written) };
        let better = self.kept.is_none_or(|most| most < kept);
        self.kept = self.kept.max(Some(kept));
        better
    }

    /// Keeps the value as it is, where no member could read it.
    pub(crate) fn otherwise<U>(mut self, place: &mut U, variant: fn(Value) -> U) {
        if self.kept.is_none() {
            *place = variant(std::mem::take(&mut self.value));
        }
    }
}

/// The number of values in a value, itself included.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// Implements reading and writing of a union whose members are told apart by the value of a property.
///
/// ```ignore
/// pub enum Pet { Cat(Cat), Dog(Dog), Other(serde_json::Value) }
/// tagged_union! { Pet by "petType" { Cat = "cat" | "kitty", Dog = "dog" } else Other }
/// ```
macro_rules! tagged_union {
    ($name:ident by $property:literal { $($variant:ident = $first:literal $(| $more:literal)*),* $(,)? } else $other:ident) => {
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
                    $(Self::$variant(member) => $crate::runtime::wire::View::Tagged($property, $first, member),)*
                    Self::$other(value) => $crate::runtime::wire::View::Value(value),
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                *self = match value.get($property).and_then(::serde_json::Value::as_str) {
                    $(::core::option::Option::Some($first $(| $more)*) => {
                        Self::$variant($crate::runtime::union::member(value)?)
                    })*
                    _ => Self::$other(value),
                };
                ::core::result::Result::Ok(())
            }
        }

        $crate::runtime::object::implement_serde! { $name }
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
                    $(Self::$variant(member) => $crate::runtime::wire::View::Of(member),)*
                    Self::$other(value) => $crate::runtime::wire::View::Value(value),
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                let mut candidates = $crate::runtime::union::Candidates::of(value);
                $(candidates.offer(self, Self::$variant);)*
                candidates.otherwise(self, Self::$other);
                ::core::result::Result::Ok(())
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

        impl ::core::convert::From<::serde_json::Value> for $name {
            #[inline]
            fn from(value: ::serde_json::Value) -> Self {
                $(
                    if $crate::runtime::union::keeps(&value, &Self::$variant.value()) {
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
                $crate::runtime::wire::View::Made(self.value())
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                *self = Self::from(value);
                ::core::result::Result::Ok(())
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

pub(crate) use {json_enum, tagged_union, untagged_union};
