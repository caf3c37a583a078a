//! `oneOf` and `anyOf` with null among the alternatives, which is `nullable` in 3.0, or with alternatives that permit nothing.

use serde_json::{Value, json};

use super::members::{Members, also, is_null, make_null};
use crate::carried;
use crate::diagnostics::Rule;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Removes null from the alternatives.
pub(super) fn without_null(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.get_mut(key) else { continue };
        let before = choices.len();
        let here = trail.key(key);
        let means_null: Vec<bool> = choices.iter().map(|choice| is_null(choice) || is_flag(choice, choices)).collect();
        let kept: Vec<usize> = (0..before).filter(|index| !means_null[*index]).collect();
        let is_all_flags = kept.is_empty() && !choices.iter().any(is_null);
        if kept.len() == before || is_all_flags {
            continue;
        }
        // `{nullable: true}` can mean nothing else.
        let is_odd =
            |(index, choice): &(usize, &Value)| means_null[*index] && !is_null(choice) && choice.get("type").is_some();
        for (index, choice) in choices.iter().enumerate().filter(is_odd) {
            let message = format_args!("`{choice}` permits other values as well; null alone is meant");
            walk.report(Rule::Forbidden, &here.index(index), message);
        }
        retain(walk, choices, &here, &kept);
        let left = kept.len();
        if left == 0 {
            members.shift_remove(key);
            make_null(members);
            continue;
        }
        members.insert("nullable".to_owned(), json!(true));
        if left == 1 && !members.contains_key("discriminator") {
            merge_only_choice(members, key);
        }
    }
}

/// Removes alternatives that permit no value: zod writes `{not: {}}` for what may be undefined.
pub(super) fn without_never(walk: &mut Walk<'_>, members: &mut Members, trail: &Trail<'_>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.get_mut(key) else { continue };
        let kept: Vec<usize> = (0..choices.len()).filter(|index| !is_never(&choices[*index])).collect();
        if kept.len() == choices.len() || kept.is_empty() {
            continue;
        }
        retain(walk, choices, &trail.key(key), &kept);
        if kept.len() == 1 && !members.contains_key("discriminator") {
            merge_only_choice(members, key);
        }
    }
}

fn is_never(choice: &Value) -> bool {
    choice.as_object().is_some_and(|members| members.len() == 1 && members.get("not") == Some(&json!({})))
}

/// Keeps some alternatives, and moves their places.
fn retain(walk: &mut Walk<'_>, choices: &mut Vec<Value>, here: &Trail<'_>, kept: &[usize]) {
    let before = choices.len();
    *choices = kept.iter().map(|index| choices[*index].take()).collect();
    if kept.iter().enumerate().any(|(to, from)| to != *from) {
        // The findings so far have the places before the move.
        walk.diagnostics.resolve(walk.origins);
        walk.origins.retain_items(&here.pointer(), before, kept);
    }
}

/// Returns whether an alternative is how documents of 3.0 permit null beside others: `{nullable: true}`, or, where all others are
/// references, `{type: object, nullable: true}`.
fn is_flag(choice: &Value, choices: &[Value]) -> bool {
    const ANNOTATIONS: &[&str] = &["title", "description", "default", "example", "deprecated", "externalDocs"];
    let Some(members) = choice.as_object().filter(|members| members.get("nullable") == Some(&json!(true))) else {
        return false;
    };
    let is_annotation = |key: &str| ANNOTATIONS.contains(&key) || key.starts_with("x-") && !carried::is_carried(key);
    let mut rest = members.iter().filter(|(key, _)| *key != "nullable" && !is_annotation(key));
    let is_reference = |choice: &Value| choice.get("$ref").or_else(|| choice.pointer("/allOf/0/$ref")).is_some();
    let mut others = choices.iter().filter(|other| !std::ptr::eq(*other, choice)).peekable();
    match (rest.next(), rest.next()) {
        (None, _) => others.peek().is_some(),
        (Some((key, value)), None) => {
            key == "type" && value == "object" && others.peek().is_some() && others.all(is_reference)
        }
        _ => false,
    }
}

/// Merges a single alternative into the schema, or adds it to `allOf`.
fn merge_only_choice(members: &mut Members, key: &str) {
    let Some(Value::Array(mut choices)) = members.shift_remove(key) else { return };
    let Some(choice) = choices.pop() else { return };
    match choice {
        Value::Object(inner)
            if !inner.contains_key("$ref")
                && inner.keys().all(|key| key == "nullable" || !members.contains_key(key)) =>
        {
            for (key, value) in inner {
                if key != "nullable" {
                    members.insert(key, value);
                }
            }
        }
        choice => also(members, choice),
    }
}
