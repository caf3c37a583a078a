//! Unions that stay open: what fits no known member is kept, and sent back unchanged.

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::Error;
use serde_json::{Map, Value};

use super::DECIMALS;
use super::digits;
use super::table::{Shape, Table};
use super::wire::{MapSink, Offer, OnMisfit, ReadMembers, Slot, Wire};
use super::wire_read;

/// Reads a member of a union.
pub(crate) fn member<T: Wire>(offer: Offer<'_>) -> Result<T, serde_json::Error> {
    match offer.value {
        Cow::Owned(value) if !DECIMALS => wire_read::deserialize(value),
        value => match T::place() {
            Some(mut member) => read_member(&mut member, &value, offer.on_misfit).map(|()| member),
            None => T::of_value(&value, visit),
        },
    }
}

fn read_member(member: &mut dyn Wire, value: &Value, on_misfit: Option<OnMisfit<'_>>) -> Result<(), serde_json::Error> {
    let read = read_value(member, value);
    if let (Err(_), Some(on_misfit)) = (&read, on_misfit) {
        on_misfit(member, value);
    }
    read
}

thread_local! {
    /// The number of values that may still be read within the outermost untagged union, while it is decided.
    static VISITS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Sets the number of values that may be read within another one, or `None` for any number. Returns what was set before.
pub(crate) fn limit_visits(left: Option<usize>) -> Option<usize> {
    VISITS_LEFT.replace(left)
}

/// Returns whether the last value was read that may be.
pub(crate) fn has_no_visits() -> bool {
    VISITS_LEFT.get() == Some(0)
}

/// Reads a value within another one, for which there may be no visits left.
pub(crate) fn visit(into: &mut dyn Wire, value: &Value) -> Result<(), serde_json::Error> {
    match VISITS_LEFT.get() {
        Some(0) => return Err(Error::custom("is too much work to tell apart")),
        left => VISITS_LEFT.set(left.map(|left| left - 1)),
    }
    read_value(into, value)
}

fn visit_entry(entries: &mut dyn MapSink, key: &str, value: &Value) -> Result<(), serde_json::Error> {
    match entries.open(key.to_owned()) {
        Ok(place) => visit(place, value),
        Err(key) => entries.add(key, value, visit),
    }
}

/// Reads a value that is at hand into its place, whatever type that has: a union reads the same value several times.
pub(crate) fn read_value(into: &mut dyn Wire, value: &Value) -> Result<(), serde_json::Error> {
    let mut is_object = true;
    match (into.slot(), value) {
        (Slot::Of(other), _) => return read_value(other, value),
        (Slot::Option(_), Value::Null) => return Ok(()),
        (Slot::Option(some), _) => {
            return match some.open() {
                Some(place) => read_value(place, value),
                None => some.add(value, visit),
            };
        }
        (Slot::List(items), Value::Array(values)) => {
            return values.iter().try_for_each(|value| match items.open() {
                Some(place) => visit(place, value),
                None => items.add(value, visit),
            });
        }
        (Slot::Tuple(items), Value::Array(values)) if items.len() == values.len() => {
            return items.into_iter().zip(values).try_for_each(|(item, value)| visit(item, value));
        }
        (Slot::Map(entries), Value::Object(values)) => {
            return values.iter().try_for_each(|(key, value)| visit_entry(entries, key, value));
        }
        (Slot::Object, Value::Object(_)) => {}
        (Slot::Union(union), _) => return union.choose(value.into()),
        (Slot::Digits(number), Value::String(text)) if digits::of(text).is_some() => {
            return match number.set(digits::plain(text)) {
                true => Ok(()),
                false => Err(Error::custom("not a number")),
            };
        }
        // Scalars, and what does not fit: as everything else reads them.
        _ => is_object = false,
    }
    if !is_object {
        return match DECIMALS && may_have_marks(into, value) {
            true => wire_read::read(into, digits::unmarked(value.clone())),
            false => wire_read::read(into, value),
        };
    }
    let Value::Object(values) = value else { return Ok(()) };
    let mut reading = Members { values, result: Ok(()) };
    into.read(&mut reading);
    reading.result
}

/// Returns whether a value that is no object of the API may have marks: a text, or what is kept as it is.
fn may_have_marks(into: &mut dyn Wire, value: &Value) -> bool {
    match value {
        Value::String(text) => digits::of(text).is_some(),
        Value::Array(_) | Value::Object(_) => matches!(into.slot(), Slot::Value(_) | Slot::JsonObject(_)),
        _ => false,
    }
}

struct Members<'v> {
    values: &'v Map<String, Value>,
    result: Result<(), serde_json::Error>,
}

impl Members<'_> {
    fn read(
        &self,
        shape: &Shape,
        fields: &mut [&mut dyn Wire],
        mut rest: Option<&mut dyn MapSink>,
    ) -> Result<(), serde_json::Error> {
        for name in &shape.members[..shape.required] {
            if !self.values.contains_key(*name) {
                return Err(Error::missing_field(name));
            }
        }
        for (name, value) in self.values {
            match (shape.find(name), &mut rest) {
                (Some(index), _) => visit(fields[index], value)?,
                (None, Some(rest)) => visit_entry(*rest, name, value)?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}

impl ReadMembers for Members<'_> {
    fn members(&mut self, table: &'static Table, fields: &mut [&mut dyn Wire], rest: Option<&mut dyn MapSink>) {
        self.result = self.read(table.shape(), fields, rest);
    }
}

/// Implements reading and writing of a union whose members are told apart by the value of a property. The tag that is written is the
/// variant's, whatever the member says. Values that are no texts are given as JSON (`by (json "version")`).
///
/// ```ignore
/// pub enum Pet { Cat(Cat), Dog(Dog), Other(serde_json::Value) }
/// tagged_union! { Pet by "petType" { Cat = "cat" | "kitty", Dog = "dog" } else Other }
/// ```
///
/// A member that is meant where the tag is absent or unknown stands behind the others, and writes the tag that it holds:
/// `tagged_union! { Pet by "petType" { Dog = "dog" } or AnyPet = "any" else Other }`.
macro_rules! tagged_union {
    (
        $name:ident by $property:tt { $($variant:ident = $first:literal $(| $more:literal)*),* $(,)? }
        $(or $default:ident $(= $known:literal $(| $further:literal)*)?)? else $other:ident
    ) => {
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
                    $(Self::$variant(member) => $crate::runtime::wire::View::Tagged(
                        $crate::runtime::tag::tag!($property = $first $(| $more)*),
                        member,
                    ),)*
                    $(Self::$default(member) => $crate::runtime::wire::View::Of(member),)?
                    Self::$other(value) => $crate::runtime::wire::View::Value(value),
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, offer: $crate::runtime::wire::Offer<'_>) -> ::core::result::Result<(), ::serde_json::Error> {
                $(
                    if $crate::runtime::tag::tag!($property = $first $(| $more)*).is_in(&offer) {
                        *self = Self::$variant($crate::runtime::union::member(offer)?);
                        return ::core::result::Result::Ok(());
                    }
                )*
                $(
                    if offer.is_object() {
                        *self = Self::$default($crate::runtime::union::member(offer)?);
                        return ::core::result::Result::Ok(());
                    }
                )?
                *self = Self::$other($crate::runtime::digits::owned(offer.value));
                ::core::result::Result::Ok(())
            }
        }

        $crate::runtime::object::implement_serde! { $name }
    };
}

/// Makes a union of its members: `from_members! { Pet { Cat(Cat), Dog(Dog) } }`. A variant that holds a box is made of what is in it.
macro_rules! from_members {
    ($name:ident { $($variant:ident($($member:tt)+)),* $(,)? }) => {
        $($crate::runtime::union::from_member! { $name $variant $($member)+ })*
    };
}

/// Makes a union of a member.
macro_rules! from_member {
    ($name:ident $variant:ident box $member:ty) => {
        impl ::core::convert::From<$member> for $name {
            #[inline]
            fn from(member: $member) -> Self {
                Self::$variant(::std::boxed::Box::new(member))
            }
        }
    };
    ($name:ident $variant:ident $member:ty) => {
        impl ::core::convert::From<$member> for $name {
            #[inline]
            fn from(member: $member) -> Self {
                Self::$variant(member)
            }
        }
    };
}

pub(crate) use {from_member, from_members, tagged_union};
