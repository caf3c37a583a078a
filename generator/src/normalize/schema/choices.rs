//! `oneOf` and `anyOf` with null among the alternatives, which is `nullable` in 3.0.

use serde_json::{Value, json};

use super::members::{Members, also, is_null, make_null};

/// Removes null from the alternatives.
pub(super) fn without_null(members: &mut Members) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.get_mut(key) else { continue };
        let before = choices.len();
        choices.retain(|choice| !is_null(choice));
        if choices.len() == before {
            continue;
        }
        let left = choices.len();
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
