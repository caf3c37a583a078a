//! The text of a boolean where a boolean belongs: `required: "true"`.

use serde_json::Value;

use crate::diagnostics::Rule;
use crate::document::Trail;
use crate::normalize::shape::{Fate, Walk, type_name};

/// A boolean, or its text.
pub(in crate::normalize) fn flag(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> Fate {
    let meant = match &*value {
        Value::Bool(_) => return Fate::Keep,
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
                Rule::NotNumber,
                here,
                format_args!("`{}` is text, and {flag} is meant", value.as_str().unwrap_or_default()),
            );
            *value = Value::Bool(flag);
            Fate::Keep
        }
        None => {
            walk.report(
                Rule::IgnoredValue,
                here,
                format_args!("true or false belongs here, and this is {}", type_name(value)),
            );
            Fate::Drop
        }
    }
}
