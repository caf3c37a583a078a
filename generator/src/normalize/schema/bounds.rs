//! Bounds: exclusive ones as numbers (3.1), and those beyond what the model can hold.

use serde_json::{Number, Value, json};

use super::members::Members;
use super::types::Types;
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::walk::{Walk, type_name};
use crate::place::Trail;

/// `exclusiveMinimum: 3` is `minimum: 3, exclusiveMinimum: true`.
pub(super) fn exclusive(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    for (exclusive, inclusive, tighter) in [
        ("exclusiveMinimum", "minimum", (|bound, other| bound >= other) as fn(f64, f64) -> bool),
        ("exclusiveMaximum", "maximum", |bound, other| bound <= other),
    ] {
        let bound = match members.get(exclusive) {
            None => continue,
            Some(Value::Number(bound)) => bound.clone(),
            Some(Value::Bool(_)) => {
                if walk.version >= Version::V31 {
                    let message = format_args!("`{exclusive}` is a number from 3.1; it is taken as 3.0 meant it");
                    walk.report(Rule::Forbidden, &trail.key(exclusive), message);
                }
                continue;
            }
            Some(other) => {
                let message = format_args!("a number belongs here, and this is {}", type_name(other));
                walk.report(Rule::IgnoredValue, &trail.key(exclusive), message);
                members.shift_remove(exclusive);
                continue;
            }
        };
        if walk.version == Version::V30 {
            walk.newer(Version::V31, &trail.key(exclusive), &format!("`{exclusive}` as a number came with 3.1"));
        }
        let other = members.get(inclusive).and_then(Value::as_f64);
        let counts = match (bound.as_f64(), other) {
            (Some(bound), Some(other)) => tighter(bound, other),
            _ => true,
        };
        if counts {
            members.insert(exclusive.to_owned(), json!(true));
            members.insert(inclusive.to_owned(), Value::Number(bound));
        } else {
            members.shift_remove(exclusive);
        }
    }
}

/// Moves bounds that the model's integers and floats cannot hold to extensions, and writes whole floats as integers where it requires these.
pub(super) fn move_unrepresentable(
    walk: &mut Walk<'_>,
    members: &mut Members,
    types: Option<&Types>,
    trail: &Trail<'_>,
) {
    let integer = types.is_some_and(|types| types.names == ["integer"]);
    // Most schemas have no number anywhere.
    if members.values().any(Value::is_number) {
        bounds(walk, members, integer, trail);
    }
    floats(walk, members, types, trail);
    if integer && let Some(Value::Array(values)) = members.get_mut("enum") {
        for value in values {
            if let Value::Number(number) = value
                && let Some(whole) = whole(number)
            {
                *value = Value::Number(whole.into());
            }
        }
    }
}

fn bounds(walk: &mut Walk<'_>, members: &mut Members, integer: bool, trail: &Trail<'_>) {
    for key in ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"] {
        if members.get(key).and_then(Value::as_f64).is_some_and(|bound| bound < 0.0) {
            walk.report(Rule::IgnoredValue, &trail.key(key), format_args!("`{key}` is a count, and not below zero"));
            members.shift_remove(key);
        }
        hold(members, key, |number| whole(number).filter(|value| *value >= 0).map(Number::from));
    }
    if members.get("multipleOf").and_then(Value::as_f64).is_some_and(|number| number <= 0.0) {
        walk.report(Rule::IgnoredValue, &trail.key("multipleOf"), "`multipleOf` is above zero");
        members.shift_remove("multipleOf");
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        hold(members, key, |number| {
            if integer {
                whole(number).map(Number::from)
            } else {
                number.as_f64().filter(|value| value.is_finite()).map(|_| number.clone())
            }
        });
    }
}

/// The model holds the values of an enumeration of numbers as 64-bit floats.
fn floats(walk: &mut Walk<'_>, members: &mut Members, types: Option<&Types>, trail: &Trail<'_>) {
    if types.is_none_or(|types| types.names != ["number"]) {
        return;
    }
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    let mut index = 0;
    values.retain(|value| {
        let held = !value.is_number() || value.as_f64().is_some_and(f64::is_finite);
        if !held {
            let here = trail.key("enum");
            walk.report(Rule::IgnoredField, &here.index(index), format_args!("`{value}` is beyond a 64-bit float"));
        }
        index += 1;
        held
    });
}

fn hold(members: &mut Members, key: &str, held: impl Fn(&Number) -> Option<Number>) {
    let Some(Value::Number(number)) = members.get_mut(key) else { return };
    match held(number) {
        Some(other) if other == *number => {}
        Some(other) => *number = other,
        None => {
            if let Some(value) = members.shift_remove(key) {
                members.insert(format!("{}{key}", carried::OAS31), value);
            }
        }
    }
}

/// The value of a whole number within 64 bits, however it is written.
fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let value = number.as_f64().filter(|value| value.fract() == 0.0 && value.abs() < 9e15)?;
        // Exact: below 2^53.
        Some(value as i64)
    })
}
