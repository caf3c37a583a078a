//! Parameters of paths, queries and headers: the type fields of 2.0 become a schema in 3.0.

use serde_json::{Value, json};

use super::schemas::{self, reference};
use super::state::{Members, State};
use crate::diagnostics::Rule;
use crate::place::{Pointer, Trail};

/// The fields of a parameter, a header or an item that describe its values.
const OF_VALUES: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "x-ms-enum",
    "x-enum-varnames",
    "x-enumNames",
    "x-clientwright-name",
];

/// Moves the shared parameters among the components. Those that are bodies or parts of forms are written where they are used.
pub(super) fn shared(document: &mut Members, components: &mut Members, state: &mut State<'_>) {
    let Some(parameters) = document.shift_remove("parameters") else { return };
    let (from, to) = (Pointer::root().child("parameters"), Pointer::root().child("components").child("parameters"));
    state.relocate(from.clone(), to.clone());
    let Value::Object(parameters) = parameters else {
        components.insert("parameters".to_owned(), parameters);
        return;
    };
    let mut kept = Members::new();
    for (name, mut parameter) in parameters {
        if !is_body(&parameter) {
            convert(&mut parameter, &from.child(&name), &to.child(&name), state);
            kept.insert(name, parameter);
        }
    }
    if !kept.is_empty() {
        components.insert("parameters".to_owned(), Value::Object(kept));
    }
}

/// Returns whether a parameter is a body or a part of one.
pub(super) fn is_body(parameter: &Value) -> bool {
    matches!(place_of(parameter), "body" | "formData")
}

/// The `in` of a parameter.
pub(super) fn place_of(parameter: &Value) -> &str {
    parameter.get("in").and_then(Value::as_str).unwrap_or_default()
}

/// Rewrites a parameter, or the header of a response.
pub(super) fn convert(parameter: &mut Value, old: &Pointer, new: &Pointer, state: &mut State<'_>) {
    let location = match place_of(parameter) {
        "" => "header".to_owned(),
        place => place.to_owned(),
    };
    let Value::Object(members) = parameter else { return };
    if let Some(Value::String(text)) = members.get_mut("$ref") {
        *text = reference(text);
        return;
    }
    if members.contains_key("schema") || members.contains_key("content") {
        // Written as 3.0 has it already.
        return;
    }
    let separator = separator(members, &location, old, state);
    let schema = schema(members, separator.as_ref().is_some_and(Separator::is_unknown), old, new, state);
    members.insert("schema".to_owned(), schema);
    if let Some(Separator::Style(style, explode)) = separator {
        members.insert("style".to_owned(), json!(style));
        members.insert("explode".to_owned(), json!(explode));
    }
    if let Some(Value::Bool(true)) = members.shift_remove("x-ms-skip-url-encoding")
        && location == "query"
    {
        members.insert("allowReserved".to_owned(), json!(true));
    }
}

/// The separator of the items of a list.
pub(super) enum Separator {
    /// A style of 3.0, and whether it explodes.
    Style(&'static str, bool),
    /// None that 3.0 has.
    Unknown,
}

impl Separator {
    fn is_unknown(&self) -> bool {
        matches!(self, Separator::Unknown)
    }
}

/// Takes `collectionFormat` out; `None` where the value is no list, or its default is that of 3.0.
pub(super) fn separator(
    members: &mut Members,
    location: &str,
    old: &Pointer,
    state: &mut State<'_>,
) -> Option<Separator> {
    let format = members.shift_remove("collectionFormat");
    if members.get("type").is_none_or(|kind| kind != "array") {
        return None;
    }
    let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv").to_ascii_lowercase();
    if members.get("items").and_then(|items| items.get("type")).is_some_and(|kind| kind == "array") {
        let message = format_args!("a list of lists in {location}, each with its own separator; it is taken as text");
        state.report(Rule::SeparatorAsText, &old.child("items"), message);
        return Some(Separator::Unknown);
    }
    let separator = match (location, format.as_str()) {
        ("query" | "formData", "csv") => Separator::Style("form", false),
        ("query" | "formData", "multi") => Separator::Style("form", true),
        ("query" | "formData", "ssv") => Separator::Style("spaceDelimited", false),
        ("query" | "formData", "pipes") => Separator::Style("pipeDelimited", false),
        ("path" | "header", "csv") => return None,
        _ => Separator::Unknown,
    };
    if separator.is_unknown() {
        let message = format_args!("a list in {location} with `{format}` between its items; it is taken as text");
        state.report(Rule::SeparatorAsText, &old.child("collectionFormat"), message);
    }
    Some(separator)
}

/// Takes the fields that describe the values of a parameter, as a schema.
pub(super) fn schema(
    members: &mut Members,
    as_text: bool,
    old: &Pointer,
    new: &Pointer,
    state: &mut State<'_>,
) -> Value {
    let there = new.child("schema");
    let mut schema = Members::new();
    for field in OF_VALUES {
        if let Some(value) = members.shift_remove(*field) {
            state.relocate(old.child(field), there.child(field));
            schema.insert((*field).to_owned(), value);
        }
    }
    if as_text {
        return json!({ "type": "string" });
    }
    let mut schema = Value::Object(schema);
    without_separators(&mut schema);
    schemas::convert(&mut schema, &Trail::At(old), &Trail::At(&there), state);
    schema
}

/// Removes the separators of lists in lists, which 3.0 cannot express.
fn without_separators(schema: &mut Value) {
    if let Value::Object(members) = schema {
        members.shift_remove("collectionFormat");
        members.get_mut("items").into_iter().for_each(without_separators);
    }
}
