//! Discriminators and the alternatives of unions that they name, as the description writes it (OAS 3.0.4 §4.7.25).

use std::collections::{BTreeSet, HashMap};

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

/// The keys of a discriminator's mapping, by the component that they lead to. It is made once for all alternatives of a schema.
#[derive(Default)]
pub(super) struct Mapping(HashMap<String, BTreeSet<String>>);

impl Mapping {
    /// The mapping of a schema's discriminator; empty if it has none.
    pub(super) fn of(source: &Source) -> Self {
        let mut keys: HashMap<String, BTreeSet<String>> = HashMap::new();
        let discriminator = source.schema_data.discriminator.as_ref();
        for (key, value) in discriminator.into_iter().flat_map(|found| &found.mapping) {
            keys.entry(target(value)).or_default().insert(key.clone());
        }
        Mapping(keys)
    }

    /// The keys that lead to a component.
    pub(super) fn keys(&self, component: &str) -> BTreeSet<String> {
        self.0.get(component).cloned().unwrap_or_default()
    }

    /// An alternative with its tags from the discriminator.
    pub(super) fn member(&self, alternative: &ReferenceOr<Source>, value: Use) -> Member {
        let ReferenceOr::Reference { reference } = alternative else { return Member::new(value) };
        let Some(name) = component_name(reference, "schemas") else { return Member::new(value) };
        Member::new(value).named(&name, self.keys(&name))
    }
}

/// The component that a value of a mapping means: by reference or by its bare name.
pub(super) fn target(value: &str) -> String {
    component_name(value, "schemas").unwrap_or_else(|| value.to_owned())
}
