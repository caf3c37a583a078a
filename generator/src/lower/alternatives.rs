//! Discriminators and the alternatives of unions that they name, as the description writes it (OAS 3.0.4 §4.7.25).

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema as Source};

use super::source::component_name;
use crate::carried;
use crate::ir::{Discriminator, Member, Use};

/// The Discriminator Object of a schema.
pub(super) fn discriminator(source: &Source) -> Option<Discriminator> {
    let found = source.schema_data.discriminator.as_ref()?;
    let default = found.extensions.get(carried::DEFAULT_MAPPING).and_then(|value| value.as_str());
    Some(Discriminator { property: found.property_name.clone(), default: default.map(target) })
}

/// An alternative with what the discriminator says of it.
pub(super) fn member(source: &Source, alternative: &ReferenceOr<Source>, value: Use) -> Member {
    let ReferenceOr::Reference { reference } = alternative else { return Member::new(value) };
    let Some(name) = component_name(reference, "schemas") else { return Member::new(value) };
    let mapped = source.schema_data.discriminator.as_ref().map(|found| mapped(found, &name));
    Member::new(value).named(&name, mapped.unwrap_or_default())
}

/// The keys of a mapping that lead to a component.
pub(super) fn mapped(discriminator: &openapiv3::Discriminator, component: &str) -> BTreeSet<String> {
    let leads_here = discriminator.mapping.iter().filter(|(_, value)| target(value) == component);
    leads_here.map(|(key, _)| key.clone()).collect()
}

/// The component that a value of a mapping means: by reference or by its bare name.
pub(super) fn target(value: &str) -> String {
    component_name(value, "schemas").unwrap_or_else(|| value.to_owned())
}
