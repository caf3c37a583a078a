//! Arguments: the parameter or member at each position, and its name.

use super::names::Renames;
use super::part::{Argument, Call};

/// The way in which the arguments of a method changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ArgumentsChange {
    /// Some have another name and stand for the same, by their names before and after. Callers don't write these names.
    Respelled(Vec<(String, String)>),
    /// At some positions is another parameter of the same type, by the names before and after.
    Renamed(Vec<(String, String)>),
    /// They are the same in another order. True if the types are too, so that callers still compile.
    Reordered(bool),
    /// There are others. True if the types are the same, so that callers still compile.
    Other(bool),
}

/// Compares the arguments of a method before and after.
pub(super) fn compare(old: &Call, new: &Call, renames: &Renames) -> Option<ArgumentsChange> {
    let (before, after) = (&old.arguments, &new.arguments);
    let fits =
        before.len() == after.len() && before.iter().zip(after).all(|(one, other)| one.ty.renamed(renames) == other.ty);
    if before.len() == after.len() && before.iter().zip(after).all(|(one, other)| is_same(one, other)) {
        if !fits {
            return Some(ArgumentsChange::Other(false));
        }
        let named = names(before, after, |one, other| one.name != other.name);
        return (!named.is_empty()).then_some(ArgumentsChange::Respelled(named));
    }
    let is_in = |argument: &Argument, list: &[Argument]| list.iter().any(|other| is_same(argument, other));
    let all_stay = before.iter().all(|one| is_in(one, after));
    if before.len() == after.len() && all_stay {
        return Some(ArgumentsChange::Reordered(fits));
    }
    let in_place =
        |(one, other): (&Argument, &Argument)| is_same(one, other) || (!is_in(one, after) && !is_in(other, before));
    if fits && before.iter().zip(after).all(in_place) {
        return Some(ArgumentsChange::Renamed(names(before, after, |one, other| !is_same(one, other))));
    }
    Some(ArgumentsChange::Other(fits))
}

/// Returns whether two arguments represent the same: a parameter that moved from the query to a header is the same to callers.
fn is_same(one: &Argument, other: &Argument) -> bool {
    one.key == other.key || (one.wire == other.wire && one.name == other.name)
}

fn names(
    before: &[Argument],
    after: &[Argument],
    differ: impl Fn(&Argument, &Argument) -> bool,
) -> Vec<(String, String)> {
    let pairs = before.iter().zip(after).filter(|(one, other)| differ(one, other));
    pairs.map(|(one, other)| (shown(one), shown(other))).collect()
}

fn shown(argument: &Argument) -> String {
    argument.name.clone()
}

/// A signature as Rust, with the names of the arguments.
pub(super) fn signature(call: &Call) -> String {
    let receiver = call.receiver.map(str::to_owned).into_iter();
    let arguments = call.arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.ty));
    let all: Vec<String> = receiver.chain(arguments).collect();
    format!("fn({}) -> {}", all.join(", "), call.returns)
}
