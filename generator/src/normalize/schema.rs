//! Conversion of schemas of any version to the 3.0 model; a file for each construct that differs.

mod bounds;
mod choices;
mod constants;
mod content;
mod dependencies;
mod keywords;
mod lists;
mod members;
mod reference;
mod types;

use members::Members;
use serde_json::{Value, json};

pub(super) use keywords::restore_xml;

use super::grammar::{Kind, Version};
use super::walk::{FieldAction, Walk, type_name};
use crate::diagnostics::Rule;
use crate::place::Trail;

/// Begins the conversion of a schema: takes its reference out, so that its other fields can be checked. `None` if it is complete.
pub(super) fn open(walk: &mut Walk<'_>, value: &mut Value, trail: &Trail<'_>) -> Option<Option<Value>> {
    match value {
        Value::Bool(valid) => {
            if walk.version == Version::V30 {
                walk.newer(Version::V31, trail, &format!("`{valid}` as a schema came with 3.1"));
            }
            // `true` permits anything, like an empty schema; `false` nothing.
            *value = if *valid { json!({}) } else { json!({ "not": {} }) };
            None
        }
        Value::Object(members) => {
            let reference = reference::take(walk, members, trail);
            if members.is_empty()
                && let Some(target) = reference
            {
                members.insert("$ref".to_owned(), target);
                return None;
            }
            lists::flag(walk, members, trail);
            dependencies::divide(walk, members, trail);
            Some(reference)
        }
        // `name:` with nothing behind it, as YAML has it.
        Value::Null => {
            walk.report(Rule::NullField, trail, "null is no schema; any value is taken");
            *value = json!({});
            None
        }
        other => {
            let message = format_args!("a schema is an object, and this is {}", type_name(other));
            let found = Rule::BadSchema.at(trail).message(message);
            walk.diagnostics.push(match other.as_str().and_then(types::called) {
                Some(name) => found.help(format_args!("write {{type: {name}}}")),
                None => found,
            });
            None
        }
    }
}

/// Converts a schema, whose fields have been checked, to normal form, and puts its reference back.
pub(super) fn close(walk: &mut Walk<'_>, members: &mut Members, reference: Option<Value>, trail: &Trail<'_>) {
    let mut types = types::take(walk, members, trail);
    lists::check(walk, members, trail);
    constants::examples(walk, members, trail);
    constants::constant(walk, members, trail);
    constants::of_items(walk, members, types.as_ref(), trail);
    constants::respelled(walk, members, types.as_ref(), trail);
    constants::impossible(walk, members, types.as_ref(), trail);
    constants::null_value(members, &mut types);
    content::formats(members, types.as_ref());
    bounds::exclusive(walk, members, trail);
    bounds::move_unrepresentable(walk, members, types.as_ref(), trail);
    keywords::carry(walk, members, trail);
    keywords::limits(walk, members, trail);
    choices::without_null(walk, members, trail);
    if let Some(types) = types {
        types::put(members, types);
    }
    if let Some(target) = reference {
        reference::put(members, target);
    }
}

/// Reports an unknown keyword.
pub(super) fn unknown(walk: &mut Walk<'_>, key: &str, here: &Trail<'_>) -> FieldAction {
    if walk.version == Version::V30 {
        let found = Rule::UnknownField.at(here).message(format!("a schema has no field `{key}`"));
        walk.diagnostics.push(found.suggest(super::repairs::near_field(Kind::Schema, key)));
    } else {
        let found = Rule::IgnoredKeyword.at(here).message(format_args!("the keyword `{key}`"));
        walk.diagnostics.push(found.suggest(super::repairs::near_field(Kind::Schema, key)));
    }
    FieldAction::Drop
}
