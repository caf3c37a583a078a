//! Parameters that have one value only.

use serde_json::Value;

use crate::ir::{Api, Location, Parameter, ParameterForm, Shape};

/// Returns the text of the only value that a required parameter may have, which is then not an argument.
pub(crate) fn constant(api: &Api, parameter: &Parameter) -> Option<String> {
    let styled = matches!(parameter.form, ParameterForm::Styled { .. });
    if !parameter.required || !styled || parameter.location == Location::QueryString {
        return None;
    }
    match &api.schemas.get(api.schemas.resolve(parameter.value.schema)).shape {
        Shape::Enumeration(found) if found.constant => match found.values.as_slice() {
            [Value::String(text)] => Some(text.clone()),
            [only @ (Value::Number(_) | Value::Bool(_))] => Some(only.to_string()),
            _ => None,
        },
        _ => None,
    }
}
