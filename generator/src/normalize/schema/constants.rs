//! `const`, `enum` with null, and `examples`.

use serde_json::{Number, Value, json};

use super::members::{Members, make_null};
use super::types::Types;
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::grammar::Version;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// `const: v` is `enum: [v]`, and is marked as having been one.
pub(super) fn constant(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    if !members.contains_key("const") {
        return;
    }
    walk.origins.relocate(&trail.key("const").pointer(), &trail.key("enum").key("0").pointer());
    let value = members.get_mut("const").map(Value::take).unwrap_or_default();
    let list = json!([value]);
    if members.contains_key("enum") {
        members.shift_remove("const");
        members.insert("enum".to_owned(), list);
    } else {
        rename(members, "const", "enum", list);
    }
    members.insert(carried::CONST.to_owned(), json!(true));
}

/// The value of these types that a value of another type spells.
fn meant(types: &Types, value: &Value) -> Option<Value> {
    let are = |kinds: &[&str]| types.names.iter().all(|name| kinds.contains(name));
    match value {
        Value::Number(_) | Value::Bool(_) if are(&["string"]) => Some(Value::String(value.to_string())),
        Value::String(text) if are(&["integer", "number"]) => {
            text.parse::<Number>().ok().map(Value::Number).filter(|number| types.admit(number))
        }
        _ => None,
    }
}

/// Values of another type than the schema's that are those of the type in another spelling: `{type: integer, enum: ['1', '2']}`, and
/// `{type: string, enum: [1, 2]}`. The type says which is meant.
pub(super) fn respelled(walk: &mut Walk<'_>, members: &mut Members, types: Option<&Types>, trail: &Trail<'_>) {
    let Some(types) = types.filter(|types| !types.names.is_empty()) else { return };
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    let is_text = types.names.iter().all(|name| *name == "string");
    let (mut strangers, mut first) = (Vec::new(), None);
    for (index, value) in values.iter_mut().enumerate() {
        if let Some(meant) = meant(types, value) {
            first.get_or_insert(index);
            strangers.push(format!("`{value}`"));
            *value = meant;
        }
    }
    let Some(first) = first else { return };
    let is_alone = strangers.len() == 1;
    let (rule, said, meant) = match (is_text, is_alone) {
        (true, true) => (Rule::NotText, "is not text", "the text is meant"),
        (true, false) => (Rule::NotText, "are not texts", "the texts are meant"),
        (false, true) => (Rule::TextForScalar, "is text", "the number is meant"),
        (false, false) => (Rule::TextForScalar, "are texts", "the numbers are meant"),
    };
    let message = format_args!("{} {said}, and {meant}", strangers.join(", "));
    walk.report(rule, &trail.key("enum").index(first), message);
}

/// The values of the items, listed at the list: `{type: array, items: {type: string}, enum: [a, b]}`. No list is one of them.
pub(super) fn of_items(walk: &mut Walk<'_>, members: &mut Members, types: Option<&Types>, trail: &Trail<'_>) {
    let is_list = types.is_some_and(|types| types.names.as_slice() == ["array"]);
    let is_of_items =
        |values: &Value| values.as_array().is_some_and(|them| !them.is_empty() && !them.iter().any(Value::is_array));
    if !is_list || !members.get("enum").is_some_and(is_of_items) {
        return;
    }
    let lists_none = |items: &Value| {
        items.as_object().is_some_and(|items| {
            let plain =
                |key: &String| matches!(key.as_str(), "type" | "description" | "nullable" | "example" | "title");
            items.keys().all(plain) && items.get("type").is_none_or(|name| name.is_string() && name != "array")
        })
    };
    if !members.get("items").is_none_or(lists_none) {
        return;
    }
    let Some(values) = members.shift_remove("enum") else { return };
    let here = trail.key("enum");
    walk.report(Rule::ImpossibleValue, &here, "these values are no lists; they are taken as those of the items");
    walk.origins.relocate(&here.pointer(), &trail.key("items").key("enum").pointer());
    if let Value::Object(items) = members.entry("items").or_insert_with(|| json!({})) {
        items.insert("enum".to_owned(), values);
    }
}

/// Reports values that an enumeration can never have.
pub(super) fn impossible(walk: &mut Walk<'_>, members: &Members, types: Option<&Types>, trail: &Trail<'_>) {
    let Some(Value::Array(values)) = members.get("enum") else { return };
    let here = trail.key("enum");
    if values.is_empty() {
        let message = "an empty enum allows no value; it is taken as if it were not there";
        return walk.report(Rule::ImpossibleValue, &here, message);
    }
    let Some(types) = types.filter(|types| !types.names.is_empty()) else { return };
    let (mut strangers, mut first) = (Vec::new(), None);
    for (index, value) in values.iter().enumerate().filter(|(_, value)| !value.is_null() && !types.admit(value)) {
        first.get_or_insert(index);
        strangers.push(format!("`{value}`"));
    }
    if let Some(first) = first {
        let more = if strangers.len() > 5 { format!(" and {} more", strangers.len() - 5) } else { String::new() };
        strangers.truncate(5);
        // What is read as a boolean can be nothing else.
        let counts = if types.names == ["boolean"] { "the type counts" } else { "the values count" };
        let names = types.names.join(" or ");
        let message = format!("no {names} is {}{more}; {counts}", strangers.join(" or "));
        walk.report(Rule::ImpossibleValue, &here.index(first), message);
    }
}

/// Reads a default that is a value of the type in another spelling, and reports one that the schema does not permit.
pub(super) fn default(walk: &mut Walk<'_>, members: &mut Members, types: Option<&Types>, trail: &Trail<'_>) {
    let Some(types) = types.filter(|types| !types.names.is_empty()) else { return };
    let Some(default) = members.get_mut("default").filter(|value| !value.is_null() && !types.admit(value)) else {
        return;
    };
    let here = trail.key("default");
    let meant = match default.as_str().map(str::to_ascii_lowercase).as_deref() {
        // The texts of an enumeration of booleans say less than its type; a default says one of its two values.
        Some(text @ ("true" | "false")) if types.names == ["boolean"] => Some((json!(text == "true"), "the boolean")),
        Some(_) => meant(types, default).map(|value| (value, "the number")),
        None => meant(types, default).map(|value| (value, "the text")),
    };
    match meant {
        Some((value, name)) => {
            let (rule, said) =
                if value.is_string() { (Rule::NotText, "is not text") } else { (Rule::TextForScalar, "is text") };
            walk.report(rule, &here, format_args!("`{default}` {said}, and {name} is meant"));
            *default = value;
        }
        None => {
            let message = format_args!("no {} is `{default}`; the default has no effect", types.names.join(" or "));
            walk.report(Rule::ImpossibleValue, &here, message);
        }
    }
}

/// Removes null from the values and makes the schema nullable.
pub(super) fn null_value(members: &mut Members, types: &mut Option<Types>) {
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    if values.is_empty() {
        members.shift_remove("enum");
        return;
    }
    if !values.iter().any(Value::is_null) {
        return;
    }
    values.retain(|value| !value.is_null());
    let nothing_else = values.is_empty();
    // With a type without null, the null in the list is never valid; authors of 3.0 documents mean it all the same.
    let permits_null = types.as_ref().is_none_or(|types| types.null || types.names.is_empty());
    if nothing_else && (permits_null || members.get("nullable") == Some(&json!(true))) {
        make_null(members);
        *types = Some(Types { names: Vec::new(), null: true });
        return;
    }
    if nothing_else {
        members.shift_remove("enum");
    }
    members.insert("nullable".to_owned(), json!(true));
}

/// `examples` is a list from 3.1; 3.0 has one `example`.
pub(super) fn examples(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    if walk.version >= Version::V31 && members.contains_key("nullable") {
        walk.report(
            Rule::Forbidden,
            &trail.key("nullable"),
            "`nullable` is 3.0's; from 3.1, null is a type. It is taken as meant",
        );
    }
    let Some(first) = members.get("examples").map(|list| list.get(0).cloned()) else { return };
    walk.origins.relocate(&trail.key("examples").pointer(), &trail.key(carried::EXAMPLES).pointer());
    let list = members.get_mut("examples").map(Value::take).unwrap_or_default();
    rename(members, "examples", carried::EXAMPLES, list);
    if let Some(first) = first
        && !members.contains_key("example")
    {
        members.insert("example".to_owned(), first);
    }
}

/// Replaces a member by another at the same position.
fn rename(members: &mut Members, from: &str, to: &str, value: Value) {
    let Some(index) = members.keys().position(|key| key == from) else { return };
    members.shift_remove(from);
    members.shift_insert(index, to.to_owned(), value);
}
