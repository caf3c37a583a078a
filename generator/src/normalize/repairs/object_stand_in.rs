//! A value in place of an object whose meaning is clear: a text that is the object's main field, `null`, and `[]`, which some languages
//! write for an empty object.

use serde_json::{Value, json};

use crate::diagnostics::Rule;
use crate::normalize::grammar::Kind;
use crate::normalize::walk::type_name;

/// The object that a value stands for, with the finding.
pub(in crate::normalize) fn object_for(kind: Kind, value: &Value) -> Option<(Value, Rule, String)> {
    match value {
        Value::String(text) => {
            let field = main_field(kind)?;
            let object = if kind == Kind::SecurityRequirement { json!({ text: [] }) } else { json!({ field: text }) };
            Some((
                object,
                Rule::Forbidden,
                format!("{} is an object, and this is text; it is taken as its {field}", kind.with_article()),
            ))
        }
        Value::Array(items) if items.is_empty() && is_map(kind) => {
            let message =
                format!("{} is an object, and this is an empty list; it is taken as empty", kind.with_article());
            Some((json!({}), Rule::Forbidden, message))
        }
        Value::Null => {
            let object = empty(kind)?;
            let message = format!("{} is an object, and this is null; it is taken as {object}", kind.with_article());
            // Without a path item, nothing is lost.
            let rule = if kind == Kind::PathItem { Rule::NullField } else { Rule::Forbidden };
            Some((object, rule, message))
        }
        _ => None,
    }
}

/// The field of which a text is written in place of the object.
fn main_field(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Discriminator => "propertyName",
        Kind::Server | Kind::ExternalDocs => "url",
        Kind::Tag | Kind::License | Kind::Contact => "name",
        Kind::Response => "description",
        Kind::SecurityRequirement => "scheme",
        _ => return None,
    })
}

/// Returns whether the objects of a kind may be empty.
fn is_map(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Paths
            | Kind::PathItem
            | Kind::Components
            | Kind::Responses
            | Kind::Callback
            | Kind::MediaType
            | Kind::Encoding
            | Kind::SecurityRequirement
    )
}

/// The object of a kind that says nothing, where an absent one could not be told from it.
fn empty(kind: Kind) -> Option<Value> {
    Some(match kind {
        Kind::Response => json!({ "description": "" }),
        Kind::RequestBody => json!({ "content": {} }),
        Kind::ServerVariable => json!({ "default": "" }),
        Kind::PathItem | Kind::MediaType | Kind::Encoding => json!({}),
        _ => return None,
    })
}

/// The map that an empty list stands for.
pub(in crate::normalize) fn map_for(kind: Kind, value: &Value) -> Option<String> {
    let is_empty = value.as_array().is_some_and(Vec::is_empty);
    is_empty.then(|| {
        let name = kind.name();
        format!("an object of {name}s by name belongs here, and this is {}; it is taken as empty", type_name(value))
    })
}
