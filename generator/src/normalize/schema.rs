//! Conversion of schemas of any version to the 3.0 model; a file for each construct that differs.

mod bounds;
mod choices;
mod constants;
mod content;
mod dependencies;
mod discriminators;
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
        other => stand_in(walk, other, trail),
    }
}

/// The name of a type in place of a schema, and an empty list, which some languages write for an empty object.
fn stand_in(walk: &mut Walk<'_>, value: &mut Value, trail: &Trail<'_>) -> Option<Option<Value>> {
    let message = format!("a schema is an object, and this is {}", type_name(value));
    let said = value.as_str().map(str::to_ascii_lowercase);
    if let Some(name) = said.as_deref().and_then(types::called) {
        let found = Rule::Forbidden.at(trail).message(format_args!("{message}; the type {name} is meant"));
        walk.diagnostics.push(found.help(format_args!("write {{type: {name}}}")));
        *value = json!({ "type": name });
        types::add_format(value, said.as_deref().unwrap_or_default());
        return Some(None);
    }
    let flag = match said.as_deref() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    };
    if let Some(flag) = flag {
        walk.report(Rule::TextForScalar, trail, format_args!("`{flag}` is text, and the boolean is meant"));
        *value = if flag { json!({}) } else { json!({ "not": {} }) };
    } else if value.as_array().is_some_and(Vec::is_empty) {
        walk.report(Rule::Forbidden, trail, format_args!("{message} without items; any value is taken"));
        *value = json!({});
    } else {
        walk.report(Rule::BadSchema, trail, message);
    }
    None
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
    constants::default(walk, members, types.as_ref(), trail);
    constants::null_value(members, &mut types);
    content::formats(members, types.as_ref());
    bounds::exclusive(walk, members, trail);
    bounds::move_unrepresentable(walk, members, types.as_ref(), trail);
    keywords::carry(walk, members, trail);
    keywords::limits(walk, members, trail);
    choices::without_never(walk, members, trail);
    choices::without_null(walk, members, trail);
    discriminators::raise(walk, members, trail);
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
