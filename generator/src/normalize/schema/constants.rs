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

/// Texts of numbers under a type that has no text: `{type: integer, enum: ['1', '2']}`. The type says which is meant.
pub(super) fn unquoted(walk: &mut Walk<'_>, members: &mut Members, types: Option<&Types>, trail: &Trail<'_>) {
    let Some(types) = types.filter(|types| types.names.iter().all(|name| matches!(*name, "integer" | "number"))) else {
        return;
    };
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    let here = trail.key("enum");
    let (mut texts, mut first) = (Vec::new(), None);
    for (index, value) in values.iter_mut().enumerate() {
        let Some(number) = value.as_str().and_then(|text| text.parse::<Number>().ok()).map(Value::Number) else {
            continue;
        };
        if types.admit(&number) {
            first.get_or_insert(index);
            texts.push(format!("`{value}`"));
            *value = number;
        }
    }
    if let Some(first) = first {
        let (said, meant) = match texts.as_slice() {
            [only] => (format!("{only} is text"), "the number is meant"),
            several => (format!("{} are texts", several.join(", ")), "the numbers are meant"),
        };
        walk.report(Rule::TextForScalar, &here.index(first), format_args!("{said}, and {meant}"));
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
        let message = format!("no {} is {}{more}", types.names.join(" or "), strangers.join(" or "));
        walk.report(Rule::ImpossibleValue, &here.index(first), message);
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
    if nothing_else && types.as_ref().is_none_or(|types| types.null || types.names.is_empty()) {
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
