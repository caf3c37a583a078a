//! Changes of a document: values that are removed, moved, renamed, wrapped, or replaced by hostile ones.

use serde_json::{Map, Value, json};

use super::dice::Dice;

/// Texts with a meaning in the output formats.
const TEXTS: &[&str] = &[
    "",
    " ",
    "type",
    "self",
    "Self",
    "_",
    "é",
    "\u{202e}",
    "a\nb",
    "\"#",
    "*/",
    "```",
    "{id}",
    "{",
    "..",
    "/",
    "a/b",
    "${x}",
    "::error::x",
    "##[error]x",
    "\u{1b}[31m",
    "date-time",
    "password",
    "application/json",
    "2XX",
    "200",
    "default",
    "x-a",
    "$ref",
    "r#type",
    "0",
    "^(a|b)*$",
    "((((a{256}){256}){256}){256})",
    "(((((((((((",
    "#/components/schemas/A",
    "other.yaml#/a",
    "999999999999999999999",
];

/// Makes one change at a random place.
pub(super) fn change(document: &mut Value, dice: &mut Dice) {
    let other = picked(document, dice).clone();
    let pointer = pointer(document, dice);
    let Some(place) = document.pointer_mut(&pointer) else { return };
    let kind = dice.below(9);
    match kind {
        0 => drop(std::mem::take(place)),
        1 => *place = other,
        2 => *place = hostile(dice),
        3 => *place = json!({ *dice.of(&["allOf", "oneOf", "anyOf"]): [place.take(), other] }),
        4 => *place = json!({ "type": "array", "items": place.take() }),
        5 => *place = Value::Array(vec![place.clone(), place.take()]),
        _ => within(place, &other, kind, dice),
    }
}

/// Changes the members of an object, or the items of a list.
fn within(place: &mut Value, other: &Value, kind: usize, dice: &mut Dice) {
    match place {
        Value::Object(members) if !members.is_empty() => {
            let key = dice.of(&members.keys().cloned().collect::<Vec<_>>()).clone();
            let value = members.shift_remove(&key).unwrap_or_default();
            match kind {
                6 => {}
                7 => drop(members.insert(text(dice), value)),
                _ => {
                    members.insert(key.clone(), value);
                    members.insert(format!("{key}{}", text(dice)), other.clone());
                }
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = dice.below(items.len());
            match kind {
                6 => drop(items.remove(index)),
                7 => items.insert(index, other.clone()),
                _ => items.reverse(),
            }
        }
        Value::String(before) => *before += &text(dice),
        place => *place = Value::String(text(dice)),
    }
}

fn text(dice: &mut Dice) -> String {
    (*dice.of(TEXTS)).to_owned()
}

fn hostile(dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(1e300),
        4 => json!(true),
        5 => Value::Object(Map::new()),
        6 => (0..100).fold(json!(1), |inner, _| json!([inner])),
        7 => json!({ "$ref": format!("#/components/schemas/{}", text(dice)) }),
        _ => Value::String(text(dice)),
    }
}

/// The number of values in a value, itself included.
fn size(value: &Value) -> usize {
    let inner: usize = match value {
        Value::Object(members) => members.values().map(size).sum(),
        Value::Array(items) => items.iter().map(size).sum(),
        _ => 0,
    };
    1 + inner
}

fn picked<'a>(document: &'a Value, dice: &mut Dice) -> &'a Value {
    let mut place = document;
    for _ in 0..dice.below(12) {
        let inner: Vec<&Value> = match place {
            Value::Object(members) => members.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => break,
        };
        if inner.is_empty() {
            break;
        }
        place = *dice.of(&inner);
    }
    // A value that is copied into itself repeatedly would grow without end.
    if size(place) > 2_000 { &Value::Null } else { place }
}

/// The JSON Pointer (RFC 6901) of a place.
fn pointer(document: &Value, dice: &mut Dice) -> String {
    let (mut place, mut pointer) = (document, String::new());
    for _ in 0..=dice.below(12) {
        let inner: Vec<(String, &Value)> = match place {
            Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
            _ => break,
        };
        if inner.is_empty() {
            break;
        }
        let (step, value) = dice.of(&inner);
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        place = value;
    }
    pointer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::change;
    use crate::soak::dice::Dice;

    #[test]
    fn the_same_seed_makes_the_same_changes() {
        let document = json!({ "a": { "b": [1, 2, { "c": "d" }] }, "e": null });
        let changed = |seed: u64| {
            let (mut document, mut dice) = (document.clone(), Dice::new(seed));
            (0..9).for_each(|_| change(&mut document, &mut dice));
            document
        };
        assert_eq!(changed(1), changed(1));
        assert!((0..50).any(|seed| changed(seed) != changed(seed + 1)));
    }
}
