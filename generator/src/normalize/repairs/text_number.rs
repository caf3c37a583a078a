//! A number or boolean in place of a text: `version: 1.10`, a port, an enum of server variables. YAML reads these without quotes so.

use serde_json::Value;

use crate::diagnostics::Rule;
use crate::normalize::walk::{FieldAction, Walk, type_name};
use crate::place::Trail;

/// A text, or a scalar that YAML read from a text.
pub(in crate::normalize) fn text(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    match value {
        Value::String(_) => {}
        Value::Number(_) | Value::Bool(_) => {
            // Numbers keep the text that they were written with.
            let said = value.to_string();
            walk.report(Rule::NotText, here, format_args!("`{said}` is {}", type_name(value)));
            *value = Value::String(said);
        }
        other => {
            walk.report(Rule::WrongType, here, format_args!("text belongs here, and this is {}", type_name(other)))
        }
    }
    FieldAction::Keep
}

/// An object whose members are text, such as the scopes of a flow.
pub(in crate::normalize) fn text_map(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let there = here.key(key);
                if member.is_null() {
                    walk.report(Rule::NullField, &there, format_args!("`{key}` is null"));
                    *member = Value::String(String::new());
                }
                text(walk, member, &there);
            }
        }
        other => walk.report(
            Rule::WrongType,
            here,
            format_args!("an object of texts belongs here, and this is {}", type_name(other)),
        ),
    }
    FieldAction::Keep
}
