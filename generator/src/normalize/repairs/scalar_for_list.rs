//! A single text in place of a list of texts: `tags: pets`.

use serde_json::Value;

use super::text_number::text;
use crate::diagnostics::Rule;
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
