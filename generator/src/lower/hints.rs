//! Names for types and values from the document or its overlay: `x-clientwright-name`, and the extensions of other
//! generators that name values.

use openapiv3::SchemaData;
use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::place::Trail;

const TYPE: &str = "x-clientwright-name";

/// Names of the values of an `enum`, in the same order.
const VALUES: &[&str] = &["x-enum-varnames", "x-enumNames"];

/// The name that a schema asks for.
pub(super) fn of_type(diagnostics: &mut Diagnostics, data: &SchemaData, trail: &Trail<'_>) -> Option<String> {
    let value = data.extensions.get(TYPE)?;
    let name = value.as_str().filter(|name| name.contains(|letter: char| letter.is_alphanumeric()));
    if name.is_none() {
        diagnostics.push(Rule::NameHintUnclear.at(trail.key(TYPE)).message("this is not a name"));
    }
    name.map(str::to_owned)
}

/// The names that the values ask for; empty where they ask for none.
pub(super) fn of_values(
    diagnostics: &mut Diagnostics,
    data: &SchemaData,
    values: &[Value],
    trail: &Trail<'_>,
) -> Vec<String> {
    let Some((key, value)) = VALUES.iter().find_map(|key| Some((*key, data.extensions.get(*key)?))) else {
        return Vec::new();
    };
    let names: Option<Vec<String>> =
        value.as_array().and_then(|names| names.iter().map(|name| name.as_str().map(str::to_owned)).collect());
    match names {
        Some(names) if names.len() == values.len() => names,
        _ => {
            let why = format!("there is not one text here for each of the {} values, null apart", values.len());
            diagnostics.push(Rule::NameHintUnclear.at(trail.key(key)).message(why));
            Vec::new()
        }
    }
}
