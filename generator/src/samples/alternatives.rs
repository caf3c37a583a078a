//! Samples of the alternatives of unions.

use std::cell::Cell;

use serde_json::Value;

use super::build;
use super::check_example::Check;
use super::sampler::{Fill, Sampler};
use super::sorted::sorted;
use crate::ir::{Alternative, Api, Direction, Distinction, Shape, Union};

/// A value of each alternative that no other alternative admits as a whole, where one can be made.
pub(super) fn alternatives(api: &Api) -> Vec<Alternative> {
    let mut found = Vec::new();
    let left = Cell::new(MOST_IN_ALL);
    for (id, schema) in api.schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        for member in 0..union.members.len() {
            let value = [Fill::RequiredOnly, Fill::Everything]
                .into_iter()
                .find_map(|fill| sample(api, (schema.direction, fill), union, member, &left));
            found.extend(value.map(|value| Alternative { union: id, member, value }));
        }
    }
    found
}

/// The maximum number of alternatives by trial that are compared with each other.
const MOST: usize = 64;

/// The maximum number of times that the parts of a value are held against the schemas of the other alternatives.
const MOST_CHECKS: usize = 2048;

/// The same for all alternatives of a description together: unions of unions would take hours, and their tests would say little.
const MOST_IN_ALL: usize = 1 << 21;

fn sample(
    api: &Api,
    (direction, fill): (Direction, Fill),
    union: &Union,
    index: usize,
    left: &Cell<usize>,
) -> Option<Value> {
    let sampler = Sampler::new(&api.schemas, direction, fill);
    let member = &union.members[index];
    let value = sorted(&build::tagged(union, member, sampler.value(&member.value, "value")?));
    if value.is_null() {
        return None;
    }
    let is_told = match union.distinction {
        // The tag decides, whatever the other members are.
        Distinction::Tag { .. } => true,
        Distinction::Trial if union.members.len() > MOST => false,
        Distinction::Trial => {
            let most = left.get().min(MOST_CHECKS);
            let check = Check::new(sampler, most);
            let admits = |member| check.alternative(member, &value).is_some_and(|fitted| fitted == value);
            let others = union.members.iter().enumerate().filter(|(at, _)| *at != index);
            let is_told = admits(member) && !others.into_iter().any(|(_, other)| admits(other)) && check.left() > 0;
            left.set(left.get() - (most - check.left()));
            is_told
        }
    };
    is_told.then_some(value)
}
