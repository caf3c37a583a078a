//! A sample value for each schema that has, or could have, a name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Direction, Fill, Sampler};
use crate::ir::{Api, SchemaId, Shape, Use};

/// A value for each schema that has parts or its own values, and for each component.
#[must_use]
pub fn examples(api: &Api) -> BTreeMap<SchemaId, Value> {
    let sampler = Sampler::new(&api.schemas, Direction::Either, Fill::Everything);
    let of_interest = api.schemas.iter().filter(|(_, schema)| {
        let has_parts = matches!(schema.shape, Shape::Object(_) | Shape::Union(_) | Shape::Enumeration(_));
        has_parts || schema.component.is_some()
    });
    let example = |(id, schema): (SchemaId, &crate::ir::Schema)| {
        let usage = Use::of(id);
        Some((id, sampler.value(&usage, schema.component.as_deref().unwrap_or("value"))?))
    };
    of_interest.filter_map(example).collect()
}
