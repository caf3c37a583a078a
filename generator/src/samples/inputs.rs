//! The inputs of an operation.

use serde_json::Value;

use super::{Direction, Fill, Sampler};
use crate::ir::{Api, Body, Location, Media, Operation, Parameter};

/// Valid arguments of an operation.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// The parameters with their values, before any style is applied; required ones always, optional ones by the [`Fill`].
    pub parameters: Vec<(&'a Parameter, Value)>,
    /// For each media type that the body may be sent as, in the document's order, a value. Empty where no body is described
    /// or, with [`Fill::RequiredOnly`], required; media types for which no value can be made are left out.
    pub bodies: Vec<(&'a Media, Value)>,
}

/// Valid arguments of an operation; `None` if something required permits no value.
#[must_use]
pub fn inputs<'a>(api: &'a Api, operation: &'a Operation, fill: Fill) -> Option<Inputs<'a>> {
    let sampler = Sampler::new(&api.schemas, Direction::Sent, fill);
    let mut parameters = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required || fill != Fill::RequiredOnly) {
        match (self::parameter(sampler, parameter), parameter.required) {
            (Some(value), _) => parameters.push((parameter, value)),
            (None, true) => return None,
            (None, false) => {}
        }
    }
    let wanted = operation.body.as_ref().filter(|body| body.required || fill != Fill::RequiredOnly);
    let media = wanted.iter().flat_map(|body| &body.content);
    let bodies: Vec<_> = media.filter_map(|media| Some((media, sampler.media(media)?))).collect();
    if bodies.is_empty() && wanted.is_some_and(|body: &Body| body.required && !body.content.is_empty()) {
        return None;
    }
    Some(Inputs { parameters, bodies })
}

/// The value of a parameter: never `null`, which no style writes; in a path neither empty nor a step up.
fn parameter(sampler: Sampler<'_>, parameter: &Parameter) -> Option<Value> {
    let fill = if sampler.fill == Fill::Nulls { Fill::Everything } else { sampler.fill };
    let sampler = Sampler { fill, ..sampler };
    let is_sendable = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) if parameter.location == Location::Path => !matches!(text.as_str(), "" | "." | ".."),
        Value::Array(items) => parameter.location != Location::Path || !items.is_empty(),
        Value::Object(members) => parameter.location != Location::Path || !members.is_empty(),
        // A header's value is a line of printable characters.
        Value::String(text) if parameter.location == Location::Header => {
            text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && text.trim() == text
        }
        _ => true,
    };
    let found = sampler.value(&parameter.value, &parameter.name).filter(is_sendable);
    let fuller = || Sampler { fill: Fill::Everything, ..sampler }.value(&parameter.value, &parameter.name);
    found.or_else(|| fuller().filter(is_sendable))
}
