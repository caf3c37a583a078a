//! Parameters that have one value only.

use serde_json::Value;

use crate::ir::{Api, Header, Location, Parameter, ParameterForm, Shape, Use};

/// Returns the text of the only value that a required parameter may have, which is then not an argument.
pub(crate) fn constant(api: &Api, parameter: &Parameter) -> Option<String> {
    let styled = matches!(parameter.form, ParameterForm::Styled { .. });
    if !parameter.required || !styled || parameter.location == Location::QueryString {
        return None;
    }
    only(api, &parameter.value)
}

/// The same, for a header that a part always has.
pub(crate) fn of_header(api: &Api, header: &Header) -> Option<String> {
    header.value.as_ref().filter(|_| header.required).and_then(|value| only(api, value))
}

fn only(api: &Api, value: &Use) -> Option<String> {
    match &api.schemas.get(api.schemas.resolve(value.schema)).shape {
        Shape::Enumeration(found) if found.constant => match found.values.as_slice() {
            [Value::String(text)] => Some(text.clone()),
            [only @ (Value::Number(_) | Value::Bool(_))] => Some(only.to_string()),
            _ => None,
        },
        _ => None,
    }
}
