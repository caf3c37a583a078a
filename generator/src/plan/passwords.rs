//! The names of members and parameters that the description declares as passwords.

use std::collections::BTreeSet;

use crate::ir::{Api, SchemaId, Shape};

/// Returns the names, sorted. Errors of the client do not show the values of members with these names.
pub(crate) fn names(api: &Api) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (_, schema) in api.schemas.iter() {
        let Shape::Object(object) = &schema.shape else { continue };
        let secret = object.properties.iter().filter(|property| is_password(api, property.value.schema));
        found.extend(secret.map(|property| property.name.clone()));
    }
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        if is_password(api, parameter.value.schema) {
            found.insert(parameter.name.clone());
        }
    }
    found.retain(|name| !name.trim().is_empty());
    found.into_iter().collect()
}

fn is_password(api: &Api, schema: SchemaId) -> bool {
    let shape = &api.schemas.get(api.schemas.resolve(schema)).shape;
    matches!(shape, Shape::String { format: Some(format) } if format == "password")
}
