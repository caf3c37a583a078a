//! Unions that stay open: what fits no known member is kept, and sent back unchanged.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use serde::de::Error;
use serde_json::{Map, Value};

use super::DECIMALS;
use super::digits;
use super::table::{Shape, Table};
use super::tag::{Tag, keeps, kept};
use super::wire::{MapSink, Offer, OnMisfit, ReadMembers, Slot, View, Wire};
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

/// The number of visits that each value within a union may have, on average.
///
/// Every member that is tried reads the whole value, and so does every union around it. That takes time by the number of members and
/// the depth of the value, which is for others to choose.
const VISITS: usize = 64;

/// The work that the unions in one value share: each is decided once, however many members of the unions around it are tried.
#[derive(Default)]
struct Shared {
    /// The visits that are left.
    left: usize,
    /// The member that was chosen, by the address of the value and the name of the union; `None` where no member fits.
    chosen: HashMap<(usize, &'static str), Option<usize>>,
}

thread_local! {
    /// Of the outermost union that is being read on this thread.
    static SHARED: RefCell<Option<Shared>> = const { RefCell::new(None) };
}

fn shared<T>(act: impl FnOnce(&mut Shared) -> T) -> Option<T> {
    SHARED.with_borrow_mut(|shared| shared.as_mut().map(act))
}

/// The members of a union, as they are tried one after the other.
pub(crate) struct Candidates<'v> {
    value: Cow<'v, Value>,
    union: &'static str,
    /// The number of members that have been offered in this round.
    offered: usize,
    /// The members that have their turn; nothing before the first round.
    round: Option<Look>,
    /// The choice that was made before for the same value.
    known: Option<Option<usize>>,
    /// The best so far.
    best: Option<usize>,
    /// The amount of the value that the best so far keeps.
    kept: usize,
    /// Set once one keeps all.
    settled: bool,
    /// The work of the union around a value that is a copy, and so shares none.
    around: Option<Option<Shared>>,
}

impl Drop for Candidates<'_> {
    fn drop(&mut self) {
        if let Some(around) = self.around.take() {
            SHARED.set(around);
        }
    }
}

impl<'v> Candidates<'v> {
    /// Begins with a value. `union` is the name of the union's type.
    pub(crate) fn of(value: Cow<'v, Value>, union: &'static str) -> Self {
        let known = match &value {
            Cow::Borrowed(value) => shared(|shared| shared.chosen.get(&(address(value), union)).copied()),
            Cow::Owned(_) => None,
        };
        let around = known.is_none().then(|| {
            let left = size(&value).saturating_mul(VISITS);
            SHARED.replace(Some(Shared { left, chosen: HashMap::new() }))
        });
        let known = known.flatten();
        Self { value, union, offered: 0, round: None, known, best: None, kept: 0, settled: false, around }
    }

    /// Begins a round of offers: of the members that know all of the value's own, and if none of them can read it, of the others.
    pub(crate) fn begin_round(&mut self) -> bool {
        self.offered = 0;
        self.round = match self.round {
            None => Some(Look::Whole),
            Some(Look::Whole) if self.best.is_none() => Some(Look::Partial),
            Some(_) => return false,
        };
        true
    }

    fn has_turn(&self, member: &mut dyn Wire) -> bool {
        self.known.is_some() || Some(Look::of(member, &self.value)) == self.round
    }

    /// Tries a member, and puts it in its place where it keeps more than those before. The conditions come first.
    pub(crate) fn offer<U, T: Wire>(&mut self, place: &mut U, variant: fn(T) -> U, conditions: &[&Tag]) {
        if self.is_wanted() && conditions.iter().all(|tag| tag.admits(&self.value)) {
            let member = match T::place() {
                Some(mut member) => {
                    let fits = self.has_turn(&mut member) && read_value(&mut member, &self.value).is_ok();
                    fits.then_some(member)
                }
                // Its members are not known before it is read.
                None if self.known.is_some() || self.round == Some(Look::Whole) => T::of_value(&self.value, visit).ok(),
                None => None,
            };
            let better = member.and_then(|mut member| self.is_better(&mut member).then_some(member));
            if let Some(member) = better {
                *place = variant(member);
            }
        }
        self.offered += 1;
    }

    fn is_wanted(&self) -> bool {
        !self.settled && self.known.is_none_or(|known| known == Some(self.offered))
    }

    /// Returns whether a member that has been read keeps more of the value than those before.
    fn is_better(&mut self, member: &mut dyn Wire) -> bool {
        if is_catch_all(member) {
            return false;
        }
        if self.known.is_some() {
            (self.best, self.settled) = (Some(self.offered), true);
            return true;
        }
        let Ok(written) = digits::to_value(&*member) else { return false };
        self.settled = keeps(&self.value, &written);
        let kept = if self.settled { usize::MAX } else { kept(&self.value, &written) };
        let better = self.best.is_none() || self.kept < kept;
        if better {
            (self.best, self.kept) = (Some(self.offered), kept);
        }
        better
    }

    /// Keeps the value as it is, where no member could read it, or the best might not be what was meant.
    pub(crate) fn otherwise<U>(mut self, place: &mut U, variant: fn(Value) -> U) {
        if !self.settled && shared(|shared| shared.left) == Some(0) {
            self.best = None;
        }
        if let Cow::Borrowed(value) = self.value {
            shared(|shared| shared.chosen.insert((address(value), self.union), self.best));
        }
        if self.best.is_none() {
            *place = variant(digits::owned(std::mem::take(&mut self.value)));
        }
    }
}

/// Returns whether a union within a union has kept a value that fits none of its members: another member may be meant.
fn is_catch_all(member: &mut dyn Wire) -> bool {
    match member.slot() {
        Slot::Of(inner) => return is_catch_all(inner),
        Slot::Union(_) => {}
        _ => return false,
    }
    matches!(member.view(), View::Value(_))
}

/// The result of a first look at a value for a type, which reads no members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// It may be read, with all of its members.
    Whole,
    /// It may be read, but has members that the type has no place for.
    Partial,
    /// It can't be read.
    Misfit,
}

impl Look {
    fn of(member: &mut dyn Wire, value: &Value) -> Self {
        match (member.slot(), value) {
            (Slot::Of(other), _) => return Self::of(other, value),
            (Slot::Object, Value::Object(_)) | (Slot::List(_) | Slot::Tuple(_), Value::Array(_)) => {}
            (Slot::Object | Slot::List(_) | Slot::Tuple(_), _) => return Self::Misfit,
            _ => return Self::Whole,
        }
        let Value::Object(values) = value else { return Self::Whole };
        let mut looking = Looking { values, look: Self::Misfit };
        member.read(&mut looking);
        looking.look
    }
}

struct Looking<'v> {
    values: &'v Map<String, Value>,
    look: Look,
}

impl ReadMembers for Looking<'_> {
    fn members(&mut self, table: &'static Table, _: &mut [&mut dyn Wire], rest: Option<&mut dyn MapSink>) {
        let shape = table.shape();
        let has_required = shape.members[..shape.required].iter().all(|name| self.values.contains_key(*name));
        let knows_all = || rest.is_some() || self.values.keys().all(|name| shape.find(name).is_some());
        self.look = match has_required {
            false => Look::Misfit,
            true if knows_all() => Look::Whole,
            true => Look::Partial,
        };
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

/// Reads a value within another one, for which there may be no visits left.
fn visit(into: &mut dyn Wire, value: &Value) -> Result<(), serde_json::Error> {
    let left = shared(|shared| match shared.left.checked_sub(1) {
        Some(left) => {
            shared.left = left;
            true
        }
        None => false,
    });
    match left {
        Some(false) => Err(Error::custom("is too much work to tell apart")),
        Some(true) | None => read_value(into, value),
    }
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
        return match DECIMALS {
            true => wire_read::read(into, digits::unmarked(value.clone())),
            false => wire_read::read(into, value),
        };
    }
    let Value::Object(values) = value else { return Ok(()) };
    let mut reading = Members { values, result: Ok(()) };
    into.read(&mut reading);
    reading.result
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

/// The number of values in a value, itself included.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
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

/// Implements reading and writing of a union whose members nothing tells apart: the first that keeps all of a value has
/// it; failing that, the one that keeps most of it, of those that know all of its own members before the others. A member with
/// conditions is tried only where each of its properties is absent or has one of the values; texts of a length and of ranges of
/// characters are a condition as well (`Code if (text 3 3) = "AZ"`).
///
/// ```ignore
/// pub enum Id { Mail(Mail), Text(String), Number(i64), Other(serde_json::Value) }
/// untagged_union! { Id { Mail if "type" = "mail" | "email", Text, Number } else Other }
/// ```
macro_rules! untagged_union {
    (
        $name:ident { $($variant:ident $(if $property:tt = $first:literal $(| $more:literal)*)*),* $(,)? }
        else $other:ident
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
                    $(Self::$variant(member) => $crate::runtime::wire::View::Of(member),)*
                    Self::$other(value) => $crate::runtime::wire::View::Value(value),
                }
            }
        }

        impl $crate::runtime::wire::Union for $name {
            #[inline]
            fn choose(&mut self, offer: $crate::runtime::wire::Offer<'_>) -> ::core::result::Result<(), ::serde_json::Error> {
                let mut candidates = $crate::runtime::union::Candidates::of(offer.value, ::core::any::type_name::<Self>());
                while candidates.begin_round() {
                    $(candidates.offer(
                        self,
                        Self::$variant,
                        &[$($crate::runtime::tag::tag!($property = $first $(| $more)*)),*],
                    );)*
                }
                candidates.otherwise(self, Self::$other);
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

pub(crate) use {from_member, from_members, tagged_union, untagged_union};
