//! A single value in place of a list: `tags: pets`, `allOf: {$ref: …}`, parameters by name.

use serde_json::{Map, Value};

use super::text_number::text;
use crate::diagnostics::Rule;
use crate::normalize::grammar::{Kind, field};
use crate::normalize::walk::{FieldAction, Walk, type_name};
use crate::place::Trail;

/// A list of texts, or one.
pub(in crate::normalize) fn texts(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                text(walk, item, &here.index(index));
            }
            FieldAction::Keep
        }
        Value::String(single) => {
            walk.report(Rule::ScalarForList, here, format_args!("`{single}` is one value where a list belongs"));
            *value = Value::Array(vec![Value::String(std::mem::take(single))]);
            FieldAction::Keep
        }
        other => {
            walk.report(
                Rule::IgnoredValue,
                here,
                format_args!("a list of texts belongs here, and this is {}", type_name(other)),
            );
            FieldAction::Drop
        }
    }
}

/// A list of any values, or one that is neither a list nor an object.
pub(in crate::normalize) fn anys(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    match value {
        Value::Array(_) => FieldAction::Keep,
        Value::Object(_) | Value::Null => {
            let message = format_args!("a list belongs here, and this is {}", type_name(value));
            walk.report(Rule::IgnoredValue, here, message);
            FieldAction::Drop
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            walk.report(Rule::ScalarForList, here, format_args!("{value} is one value where a list belongs"));
            *value = Value::Array(vec![value.take()]);
            FieldAction::Keep
        }
    }
}

/// An object that stands where a list of objects belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalize) enum Listed {
    /// The only item of the list.
    One,
    /// An object whose members are the items.
    ByName,
}

/// The meaning of an object in place of a list of objects of a kind.
pub(in crate::normalize) fn listed(kind: Kind, members: &Map<String, Value>) -> Listed {
    let named = matches!(kind, Kind::Parameter | Kind::Server | Kind::Tag);
    let is_item = |(key, member): (&String, &Value)| member.is_object() && key != "$ref" && field(kind, key).is_none();
    if named && members.iter().all(is_item) { Listed::ByName } else { Listed::One }
}

/// Returns the list that an object stands for, and the keys of its items if it has them by name.
pub(in crate::normalize) fn list(kind: Kind, members: Map<String, Value>) -> (Vec<Value>, Option<Vec<String>>) {
    match listed(kind, &members) {
        Listed::One => (vec![Value::Object(members)], None),
        Listed::ByName => {
            let mut entries: Vec<(String, Value)> = members.into_iter().collect();
            // The order of an object says nothing.
            entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            let is_named = |item: &Value| ["name", "$ref"].iter().any(|key| item.get(*key).is_some());
            for (key, item) in &mut entries {
                if kind != Kind::Server && !is_named(item) {
                    item["name"] = Value::String(key.clone());
                }
            }
            let (keys, items) = entries.into_iter().unzip();
            (items, Some(keys))
        }
    }
}

/// The finding for an object in place of a list.
pub(in crate::normalize) fn single(kind: Kind, keys: Option<&[String]>) -> (Rule, String) {
    let message = match keys {
        None => format!("a list of {}s belongs here, and this is one; it is taken as the only item", kind.name()),
        Some(_) => {
            format!("a list of {0}s belongs here, and these are {0}s by name; they are taken as a list", kind.name())
        }
    };
    (if keys.is_some() { Rule::Forbidden } else { Rule::ScalarForList }, message)
}
