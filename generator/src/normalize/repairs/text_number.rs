//! A number or boolean in place of a text: `version: 1.10`, a port, an enum of server variables. YAML reads these without quotes so.

use serde_json::{Map, Value};

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

/// An object whose members are text; other members are left out.
pub(in crate::normalize) fn text_map(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    let Value::Object(members) = value else {
        let message = format_args!("an object of texts belongs here, and this is {}", type_name(value));
        walk.report(Rule::IgnoredValue, here, message);
        return FieldAction::Drop;
    };
    members.retain(|key, member| member_text(walk, key, member, here));
    FieldAction::Keep
}

/// The scopes of a flow: an object of texts, or a list of the scopes.
pub(in crate::normalize) fn scopes(walk: &mut Walk<'_>, value: &mut Value, here: &Trail<'_>) -> FieldAction {
    let mut named = Map::new();
    match *value {
        Value::Object(ref mut members) => {
            for (key, member) in members.iter_mut().filter(|(key, _)| !key.starts_with("x-")) {
                if !member_text(walk, key, member, here) {
                    *member = Value::String(String::new());
                }
            }
            return FieldAction::Keep;
        }
        Value::Array(ref items) if items.iter().all(Value::is_string) => {
            let message = "an object from scopes to their descriptions belongs here; the items are taken as scopes";
            walk.report(Rule::Forbidden, here, message);
            let names = items.iter().filter_map(Value::as_str);
            named.extend(names.map(|name| (name.to_owned(), Value::String(String::new()))));
        }
        ref other => {
            let found = type_name(other);
            let message = format_args!("an object from scopes to their descriptions belongs here, and this is {found}");
            walk.report(Rule::IgnoredValue, here, message);
        }
    }
    *value = Value::Object(named);
    FieldAction::Keep
}

/// Returns whether a member of an object of texts is a text, once null and other scalars were read as one.
fn member_text(walk: &mut Walk<'_>, key: &str, member: &mut Value, here: &Trail<'_>) -> bool {
    let there = here.key(key);
    match member {
        Value::Null => {
            walk.report(Rule::NullField, &there, format_args!("`{key}` is null"));
            *member = Value::String(String::new());
        }
        Value::Object(_) | Value::Array(_) => {
            let message = format_args!("text belongs here, and this is {}", type_name(member));
            walk.report(Rule::IgnoredValue, &there, message);
            return false;
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            text(walk, member, &there);
        }
    }
    true
}
