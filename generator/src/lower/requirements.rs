//! Schemas that only say which members go together: `{required: […]}` beside an object is not another type.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema as Source};

use super::keywords::Keywords;
use super::source::{component_name, describes_members};

/// The components that only require members, with what they require.
#[derive(Default)]
pub(super) struct Requirements<'a>(HashMap<&'a str, Vec<String>>);

impl<'a> Requirements<'a> {
    pub(super) fn of_components(sources: &HashMap<&'a str, Box<ReferenceOr<Source>>>) -> Self {
        let mut found = Requirements::default();
        for (name, source) in sources {
            let ReferenceOr::Item(schema) = &**source else { continue };
            let keywords = Keywords::of(schema);
            let composes = !(keywords.one_of.is_empty() && keywords.any_of.is_empty());
            if (composes || !keywords.required.is_empty()) && Requirements::default().only_requires(schema) {
                found.0.insert(name, keywords.required.to_vec());
            }
        }
        found
    }

    /// The members that a component requires, if that is all it says.
    pub(super) fn of(&self, reference: &str) -> Option<&[String]> {
        self.0.get(component_name(reference, "schemas")?.as_str()).map(Vec::as_slice)
    }

    /// Returns whether an alternative beside an object describes more than the members that go together.
    pub(super) fn says_more(&self, member: &ReferenceOr<Source>) -> bool {
        match member {
            ReferenceOr::Reference { reference } => self.of(reference).is_none(),
            ReferenceOr::Item(schema) => !self.only_requires(schema),
        }
    }

    /// True if a schema only says which members go together, itself or by its own parts and alternatives.
    pub(super) fn only_requires(&self, schema: &Source) -> bool {
        let keywords = Keywords::of(schema);
        keywords.properties.is_none_or(indexmap::IndexMap::is_empty)
            && keywords.additional.is_none()
            && keywords.enumeration.is_none()
            && keywords.items.is_none()
            && matches!(keywords.typ, None | Some("object"))
            && !describes_members(schema)
            && !keywords.all_of.iter().chain(keywords.one_of).chain(keywords.any_of).any(|part| self.says_more(part))
    }
}
