//! The text of a boolean in place of a boolean: `required: "true"`.

use serde_json::Value;

use crate::diagnostics::Rule;
use crate::normalize::walk::{FieldAction, Walk, type_name};
use crate::place::Trail;

/// A boolean, or its text.
pub(in crate::normalize) fn flag(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    let meant = match &*value {
        Value::Bool(_) => return FieldAction::Keep,
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    };
    match meant {
        Some(flag) => {
            walk.report(
                Rule::TextForScalar,
                here,
                format_args!("`{}` is text, and {flag} is meant", value.as_str().unwrap_or_default()),
            );
            *value = Value::Bool(flag);
            FieldAction::Keep
        }
        None => {
            walk.report(
                Rule::IgnoredValue,
                here,
                format_args!("true or false belongs here, and this is {}", type_name(value)),
            );
            FieldAction::Drop
        }
    }
}
