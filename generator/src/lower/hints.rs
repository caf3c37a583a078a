//! Names for types and values from the document or its overlay: `x-clientwright-name`, and the extensions of other
//! generators that name values.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3::SchemaData;
use serde_json::Value;

use crate::diagnostics::{Diagnostics, Rule};
use crate::ir::Label;
use crate::place::Trail;

const TYPE: &str = "x-clientwright-name";

/// Names of the values of an `enum`, in the same order.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-speakeasy-enums"];

/// The values of a text that may come to have more, as Zalando's guidelines write them. Every enumeration is one of these.
const OPEN: &str = "x-extensible-enum";

/// Descriptions of the values of an `enum`.
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

/// The name that a schema states for its type.
pub(super) fn of_type(diagnostics: &mut Diagnostics, data: &SchemaData, trail: &Trail<'_>) -> Option<String> {
    let value = data.extensions.get(TYPE)?;
    let name = value.as_str().filter(|name| name.contains(|letter: char| letter.is_alphanumeric()));
    if name.is_none() {
        diagnostics.push(Rule::NameHintUnclear.at(trail.key(TYPE)).message("this is not a name"));
    }
    name.map(str::to_owned)
}

/// The values that an extension lists, of a text without `enum`.
pub(super) fn open_values(data: &SchemaData) -> Option<Vec<Value>> {
    let values = data.extensions.get(OPEN)?.as_array()?;
    let are_texts = !values.is_empty() && values.iter().all(Value::is_string);
    are_texts.then(|| values.clone())
}

/// The labels of values: names and descriptions, as far as the document has them.
pub(super) fn of_values(
    diagnostics: &mut Diagnostics,
    data: &SchemaData,
    values: &[Value],
    trail: &Trail<'_>,
) -> Vec<Label> {
    let mut labels = vec![Label::default(); values.len()];
    if let Some(names) = texts(diagnostics, data, values, NAMES, trail) {
        // A name that a second value has as well says nothing of that one.
        let mut given = HashSet::new();
        let names = names.into_iter().map(|name| name.filter(|name| given.insert(name.clone())));
        labels.iter_mut().zip(names).for_each(|(label, name)| label.name = name);
    }
    if let Some(descriptions) = texts(diagnostics, data, values, DESCRIPTIONS, trail) {
        labels.iter_mut().zip(descriptions).for_each(|(label, text)| label.description = text);
    }
    for (label, value) in labels.iter_mut().zip(values) {
        let said = |key: &str| described(data, value)?.get(key)?.as_str().map(str::to_owned);
        label.name = label.name.take().or_else(|| said("name"));
        label.description = label.description.take().or_else(|| said("description"));
    }
    labels
}

/// The entry of a value in an extension that has an object for each: Azure's `x-ms-enum` lists them, and `x-fern-enum` has them by the
/// values as text.
fn described<'a>(data: &'a SchemaData, value: &Value) -> Option<&'a Value> {
    let listed = || {
        let entries = data.extensions.get("x-ms-enum")?.get("values")?.as_array()?;
        entries.iter().find(|entry| entry.get("value") == Some(value))
    };
    let keyed = || data.extensions.get("x-fern-enum")?.get(&*text(value));
    listed().or_else(keyed)
}

/// A value as the key of an object.
fn text(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed)
}

/// The texts of an extension, one for each value: a list in the order of the values, or an object by the values as text.
fn texts(
    diagnostics: &mut Diagnostics,
    data: &SchemaData,
    values: &[Value],
    keys: &[&'static str],
    trail: &Trail<'_>,
) -> Option<Vec<Option<String>>> {
    let (key, found) = keys.iter().find_map(|key| Some((*key, data.extensions.get(*key)?)))?;
    let listed = found.as_array().filter(|list| list.len() == values.len()).and_then(|list| {
        list.iter().map(|text| text.as_str().map(|text| Some(text.to_owned()))).collect::<Option<Vec<_>>>()
    });
    let keyed = || {
        let map = found.as_object()?;
        Some(values.iter().map(|value| map.get(&*text(value))?.as_str().map(str::to_owned)).collect())
    };
    let texts = listed.or_else(keyed);
    if texts.is_none() {
        let why = format!("there is not one text here for each of the {} values, null apart", values.len());
        diagnostics.push(Rule::NameHintUnclear.at(trail.key(key)).message(why));
    }
    texts
}
