//! Components that permit `null` alone: as alternatives, they say that `null` is permitted, and are no type.

use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema as Source};

use super::source::referred;
use crate::carried;

/// The components that permit `null` alone.
#[derive(Default)]
pub(super) struct Nulls<'a>(HashSet<&'a str>);

impl<'a> Nulls<'a> {
    pub(super) fn of_components(sources: &HashMap<&'a str, Box<ReferenceOr<Source>>>) -> Self {
        let is_null = |source: &ReferenceOr<Source>| match source {
            ReferenceOr::Item(schema) => {
                schema.schema_data.extensions.get(carried::TYPE).is_some_and(|only| only == "null")
            }
            ReferenceOr::Reference { .. } => false,
        };
        Nulls(sources.iter().filter(|(_, source)| is_null(source)).map(|(name, _)| *name).collect())
    }

    /// The alternatives that are types, each with its index: those without `null`, unless it is all that they say.
    pub(super) fn without<'s>(&self, alternatives: &'s [ReferenceOr<Source>]) -> Vec<(usize, &'s ReferenceOr<Source>)> {
        let all = !self.are_among(alternatives);
        alternatives.iter().enumerate().filter(|(_, source)| all || !self.is_null(source)).collect()
    }

    /// Returns whether some alternatives, but not all, are such components.
    pub(super) fn are_among(&self, alternatives: &[ReferenceOr<Source>]) -> bool {
        let count = alternatives.iter().filter(|source| self.is_null(source)).count();
        (1..alternatives.len()).contains(&count)
    }

    fn is_null(&self, source: &ReferenceOr<Source>) -> bool {
        !self.0.is_empty() && referred(source).is_some_and(|name| self.0.contains(name.as_str()))
    }
}
