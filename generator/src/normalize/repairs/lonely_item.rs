//! One text where a list of them belongs: `tags: pets`.

use serde_json::Value;

use super::text;
use crate::diagnostics::Rule;
use crate::document::Trail;
use crate::normalize::shape::{Fate, Walk, type_name};

/// A list of texts, or one.
pub(in crate::normalize) fn texts(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> Fate {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                text(walk, item, &here.index(index));
            }
            Fate::Keep
        }
        Value::String(lonely) => {
            walk.report(Rule::LonelyItem, here, format_args!("`{lonely}` stands alone"));
            *value = Value::Array(vec![Value::String(std::mem::take(lonely))]);
            Fate::Keep
        }
        other => {
            walk.report(
                Rule::IgnoredValue,
                here,
                format_args!("a list of texts belongs here, and this is {}", type_name(other)),
            );
            Fate::Drop
        }
    }
}
