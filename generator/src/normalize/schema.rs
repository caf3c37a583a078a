//! Schemas of any version as schemas of the 3.0 model; a file for each thing that 3.0 says in another way.

mod bounds;
mod carried;
mod choices;
mod constants;
mod content;
mod lists;
mod reference;
mod types;

use serde_json::{Map, Value, json};

pub(super) use carried::give_xml_back;

use super::grammar::{Kind, Version};
use super::shape::{Fate, Walk, type_name};
use crate::diagnostics::Rule;
use crate::document::Trail;

/// The members of a schema object.
type Members = Map<String, Value>;

/// Brings a schema to normal form, and all below it.
pub(super) fn normalize(walk: &mut Walk<'_>, value: &mut Value, trail: &Trail<'_>) {
    match value {
        Value::Bool(valid) => {
            if walk.version == Version::V30 {
                walk.report(Rule::NewerField, trail, format_args!("`{valid}` as a schema came with 3.1"));
            }
            // `true` accepts anything, as does a schema that says nothing; `false` nothing.
            *value = if *valid { json!({}) } else { json!({ "not": {} }) };
        }
        Value::Object(members) => object(walk, members, trail),
        // `name:` with nothing behind it, as YAML has it.
        Value::Null => {
            walk.report(Rule::NullField, trail, "null is no schema; any value is taken");
            *value = json!({});
        }
        other => {
            let message = format_args!("a schema is an object, and this is {}", type_name(other));
            let found = Rule::BadSchema.at(trail).because(message);
            walk.diagnostics.push(match other.as_str().and_then(types::called) {
                Some(name) => found.help(format_args!("write {{type: {name}}}")),
                None => found,
            });
        }
    }
}

fn object(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    let reference = reference::take(walk, members, trail);
    if members.is_empty()
        && let Some(target) = reference
    {
        members.insert("$ref".to_owned(), target);
        return;
    }
    lists::flag(walk, members, trail);
    walk.fields(members, Kind::Schema, trail);
    let mut types = types::take(walk, members, trail);
    lists::check(walk, members, trail);
    constants::examples(walk, members, trail);
    constants::constant(walk, members, trail);
    constants::impossible(walk, members, types.as_ref(), trail);
    constants::null_value(members, &mut types);
    content::formats(members, types.as_ref());
    bounds::exclusive(walk, members, trail);
    bounds::within_reach(walk, members, types.as_ref(), trail);
    carried::carry(walk, members, trail);
    carried::limits(walk, members, trail);
    choices::without_null(members);
    if let Some(types) = types {
        types::put(members, types);
    }
    if let Some(target) = reference {
        reference::put(members, target);
    }
}

/// A keyword that the specification does not know.
pub(super) fn unknown(walk: &mut Walk<'_>, key: &str, here: &Trail<'_>) -> Fate {
    if walk.version == Version::V30 {
        let found = Rule::UnknownField.at(here).because(format!("a schema has no field `{key}`"));
        walk.diagnostics.push(found.perhaps(super::repairs::near_field(Kind::Schema, key)));
    } else {
        let found = Rule::IgnoredKeyword.at(here).because(format_args!("the keyword `{key}`"));
        walk.diagnostics.push(found.perhaps(super::repairs::near_field(Kind::Schema, key)));
    }
    Fate::Drop
}

/// Adds a part that a value has to satisfy too.
fn also(members: &mut Members, part: Value) {
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, part),
        _ => {
            members.insert("allOf".to_owned(), json!([part]));
        }
    }
}

/// Whether a schema is nothing but `null`: the form that this module gives it.
fn is_null(schema: &Value) -> bool {
    schema.get("x-oas31-type").and_then(Value::as_str) == Some("null")
}

/// Makes a schema say `null` and nothing else. 3.0 has no such type.
fn make_null(members: &mut Members) {
    members.shift_remove("type");
    members.insert("nullable".to_owned(), json!(true));
    members.insert("enum".to_owned(), json!([null]));
    members.insert("x-oas31-type".to_owned(), json!("null"));
}
