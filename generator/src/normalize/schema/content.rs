//! Bytes: `contentEncoding` and `contentMediaType` of 3.1 are `format: byte` and `format: binary` in 3.0.

use serde_json::{Value, json};

use super::members::Members;
use super::types::Types;

/// Gives a text schema the equivalent format.
pub(super) fn formats(members: &mut Members, types: Option<&Types>) {
    if members.contains_key("format") || types.is_some_and(|types| types.names != ["string"]) {
        return;
    }
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64"), _) => "byte",
        // OAS 3.1, section 4.8.14.5: an octet stream that is not encoded is the bytes themselves.
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    members.insert("format".to_owned(), json!(format));
}
