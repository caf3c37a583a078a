//! Unions whose members nothing tells apart: each is tried, and the one that keeps most of a value has it.
//!
//! Trying takes reading a value several times, and a value may hold other unions, to a depth that is for others to choose. So a union
//! within a union is decided once: what it holds is read again only for the member that is chosen in the end.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Map, Number, Value};

use super::digits;
use super::kept::{Comparison, Kept, in_value};
use super::table::Table;
use super::tag::Tag;
use super::union::{has_no_visits, limit_visits, read_value, visit};
use super::wire::{MapSink, ReadMembers, Slot, View, Wire};

/// The number of visits that each value within a union may have, on average. Every member that is tried reads the whole value.
const VISITS: usize = 64;

/// The decision of a union for one value.
#[derive(Clone, Copy)]
struct Decision {
    /// The member that was chosen; `None` where no member fits.
    member: Option<usize>,
    /// The part of the value that the union keeps.
    kept: Kept,
}

/// The work that the unions in one value share.
#[derive(Default)]
struct Shared {
    decisions: Vec<Decision>,
    /// The numbers of the decisions, by the address of the value and the name of the union.
    numbers: HashMap<(usize, &'static str), usize>,
    /// The number of unions that hold the number of their decision instead of the value.
    stand_ins: usize,
    /// Set once all is decided, and the value is read.
    is_decided: bool,
}

thread_local! {
    /// Of the outermost union that is being read on this thread.
    static SHARED: RefCell<Option<Shared>> = const { RefCell::new(None) };
}

fn shared<T>(act: impl FnOnce(&mut Shared) -> T) -> Option<T> {
    SHARED.with_borrow_mut(|shared| shared.as_mut().map(act))
}

fn stand_ins() -> usize {
    shared(|shared| shared.stand_ins).unwrap_or_default()
}

fn decision(number: &Number) -> Option<Decision> {
    let index = usize::try_from(number.as_u64()?).ok()?;
    shared(|shared| shared.decisions.get(index).copied())?
}

/// The work that was shared before a value that is a copy, and so shares none.
struct Around {
    shared: Option<Shared>,
    visits: Option<usize>,
}

/// A round of offers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    /// The members that look at the value in this way are tried.
    Try(Look),
    /// The member that was chosen is read.
    Read,
}

/// The members of a union, as they are tried one after the other.
pub(crate) struct Candidates<'v> {
    value: Cow<'v, Value>,
    union: &'static str,
    /// The number of members that have been offered in this round.
    offered: usize,
    /// Nothing before the first round.
    round: Option<Round>,
    /// The number of the decision that was made before for the same value.
    decided: Option<usize>,
    /// The best so far.
    best: Option<usize>,
    /// The part of the value that the best so far keeps.
    kept: Kept,
    /// Set if the best so far has been read whole, with all unions in it.
    is_read: bool,
    /// Set for the outermost union.
    around: Option<Around>,
}

impl Drop for Candidates<'_> {
    fn drop(&mut self) {
        if let Some(Around { shared, visits }) = self.around.take() {
            SHARED.set(shared);
            limit_visits(visits);
        }
    }
}

impl<'v> Candidates<'v> {
    /// Begins with a value. `union` is the name of the union's type.
    pub(crate) fn of(value: Cow<'v, Value>, union: &'static str) -> Self {
        let number =
            |value| shared(|shared| (shared.numbers.get(&(address(value), union)).copied(), shared.is_decided));
        let found = match &value {
            Cow::Borrowed(value) => number(value),
            Cow::Owned(_) => None,
        };
        let (decided, around) = match found {
            Some((None, true)) | None => (None, Some(Self::share(&value))),
            Some((decided, _)) => (decided, None),
        };
        let decision = decided.and_then(|number| shared(|shared| shared.decisions.get(number).copied())?);
        Self {
            value,
            union,
            offered: 0,
            round: None,
            decided,
            best: decision.and_then(|decision| decision.member),
            kept: decision.map_or(Kept::NOTHING, |decision| decision.kept),
            is_read: false,
            around,
        }
    }

    /// Begins to share work within a value.
    fn share(value: &Value) -> Around {
        Around {
            shared: SHARED.replace(Some(Shared::default())),
            visits: limit_visits(Some(size(value).saturating_mul(VISITS))),
        }
    }

    /// Begins a round of offers: of the members that know all of the value's own, if none of them can read it, of the others, and of
    /// the one that was chosen, unless it has been read.
    pub(crate) fn begin_round(&mut self) -> bool {
        self.offered = 0;
        self.round = match self.round {
            None if self.decided.is_none() => Some(Round::Try(Look::Whole)),
            None => self.reading(),
            Some(Round::Try(Look::Whole)) if self.best.is_none() && self.value.is_object() => {
                Some(Round::Try(Look::Partial))
            }
            Some(Round::Try(_)) => {
                if !self.kept.all && has_no_visits() {
                    // The best might not be what was meant.
                    self.best = None;
                }
                self.reading()
            }
            Some(Round::Read) => None,
        };
        self.round.is_some()
    }

    /// Returns the round in which the member that was chosen is read, if it is wanted and has not been read.
    fn reading(&self) -> Option<Round> {
        if self.best.is_none() || self.is_read || self.stands_in() {
            return None;
        }
        if self.around.is_some() {
            shared(|shared| shared.is_decided = true);
            limit_visits(None);
        }
        Some(Round::Read)
    }

    /// Returns whether the union holds the number of its decision instead of the value: a union around it is not decided yet.
    fn stands_in(&self) -> bool {
        has_parts(&self.value) && self.around.is_none() && shared(|shared| !shared.is_decided) == Some(true)
    }

    /// Tries a member, and puts it in its place where it keeps more than those before. The conditions come first.
    pub(crate) fn offer<U, T: Wire>(&mut self, place: &mut U, variant: fn(T) -> U, conditions: &[&Tag]) {
        if self.is_wanted() && conditions.iter().all(|tag| tag.admits(&self.value)) {
            let before = stand_ins();
            let member = self.read();
            let is_whole = stand_ins() == before;
            let better = member.and_then(|mut member| self.is_better(&mut member, is_whole).then_some(member));
            if let Some(member) = better {
                *place = variant(member);
            }
        }
        self.offered += 1;
    }

    fn is_wanted(&self) -> bool {
        match self.round {
            Some(Round::Read) => self.best == Some(self.offered),
            _ => !(self.best.is_some() && self.kept.all),
        }
    }

    fn read<T: Wire>(&self) -> Option<T> {
        let Some(mut member) = T::place() else {
            // Its members are not known before it is read.
            let is_tried = self.round != Some(Round::Try(Look::Partial));
            return is_tried.then(|| T::of_value(&self.value, visit).ok())?;
        };
        let has_turn = match self.round {
            Some(Round::Try(look)) => Look::of(&mut member, &self.value) == look,
            _ => true,
        };
        (has_turn && read_value(&mut member, &self.value).is_ok()).then_some(member)
    }

    /// Returns whether a member that has been read keeps more of the value than those before.
    fn is_better(&mut self, member: &mut dyn Wire, is_whole: bool) -> bool {
        if self.round == Some(Round::Read) {
            self.is_read = true;
            return true;
        }
        if is_catch_all(member, &self.value) {
            return false;
        }
        let comparison = Comparison(&|number| decision(number).map(|decision| decision.kept));
        let Some(kept) = comparison.of(&self.value, member) else { return false };
        let is_better = self.best.is_none() || kept.is_more_than(self.kept);
        if is_better {
            (self.best, self.kept, self.is_read) = (Some(self.offered), kept, is_whole);
        }
        is_better
    }

    /// Ends with the decision, where a union around this one waits for it, or with the value as it is, where no member has read it.
    pub(crate) fn otherwise<U>(mut self, place: &mut U, variant: fn(Value) -> U) {
        if self.around.is_none() && self.decided.is_none() {
            self.decide();
        }
        if let Some(number) = self.decided.filter(|_| self.stands_in()) {
            shared(|shared| shared.stand_ins += 1);
            *place = variant(number.into());
        } else if self.best.is_none() || !self.is_read {
            *place = variant(digits::owned(std::mem::take(&mut self.value)));
        }
    }

    /// Keeps the decision for the unions around this one.
    fn decide(&mut self) {
        let kept = if self.best.is_some() { self.kept } else { in_value(&self.value, &self.value) };
        let decision = Decision { member: self.best, kept };
        let place = (address(&self.value), self.union);
        self.decided = shared(|shared| {
            let number = shared.decisions.len();
            shared.decisions.push(decision);
            shared.numbers.insert(place, number);
            number
        });
    }
}

/// Returns whether a union that is a member of a union has kept a value that fits none of its own members: another member may be meant.
fn is_catch_all(member: &mut dyn Wire, value: &Value) -> bool {
    match member.slot() {
        Slot::Of(inner) => return is_catch_all(inner, value),
        Slot::Union(_) => {}
        _ => return false,
    }
    match member.view() {
        View::Value(Value::Number(number)) if has_parts(value) => {
            decision(number).is_none_or(|decision| decision.member.is_none())
        }
        view => matches!(view, View::Value(_)),
    }
}

/// Returns whether a value is an object or a list: a scalar is read as fast as its decision is looked up.
fn has_parts(value: &Value) -> bool {
    value.is_object() || value.is_array()
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

/// The number of values in a value, itself included.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
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
                let mut candidates = $crate::runtime::untagged::Candidates::of(offer.value, ::core::any::type_name::<Self>());
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

pub(crate) use untagged_union;
