//! The members of a schema object.

use serde_json::{Map, Value, json};

use crate::carried;

/// The members of a schema object.
pub(super) type Members = Map<String, Value>;

/// Adds a part that a value has to satisfy too.
pub(super) fn also(members: &mut Members, part: Value) {
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, part),
        _ => {
            members.insert("allOf".to_owned(), json!([part]));
        }
    }
}

/// Returns whether a schema permits only `null`, in the form that this module writes.
pub(super) fn is_null(schema: &Value) -> bool {
    schema.get(carried::TYPE).and_then(Value::as_str) == Some("null")
}

/// Makes a schema say `null` and nothing else. 3.0 has no such type.
pub(super) fn make_null(members: &mut Members) {
    members.shift_remove("type");
    members.insert("nullable".to_owned(), json!(true));
    members.insert("enum".to_owned(), json!([null]));
    members.insert(carried::TYPE.to_owned(), json!("null"));
}
