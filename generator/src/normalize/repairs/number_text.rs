//! The text of a number in place of a number: `maxLength: '10'`.

use serde_json::{Number, Value};

use crate::diagnostics::Rule;
use crate::normalize::walk::{FieldAction, Walk, type_name};
use crate::place::Trail;

/// A number, or its text.
pub(in crate::normalize) fn number(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    match &*value {
        Value::Number(_) => return FieldAction::Keep,
        Value::String(text) => {
            if let Ok(number) = text.trim().parse::<Number>() {
                walk.report(Rule::TextForScalar, here, format_args!("`{text}` is text, and the number is meant"));
                *value = Value::Number(number);
                return FieldAction::Keep;
            }
        }
        _ => {}
    }
    walk.report(Rule::IgnoredValue, here, format_args!("a number belongs here, and this is {}", type_name(value)));
    FieldAction::Drop
}
