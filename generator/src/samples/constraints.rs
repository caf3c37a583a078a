//! The facts about a value from its place to its schema, including aliases.

use std::sync::Arc;

use serde_json::Value;

use crate::ir::{BoundKeyword, Constraint, Docs, Pattern, Schema, SchemaId, Schemas, Shape, Use};

/// A schema with all keywords on the way to it.
pub(super) struct EffectiveConstraints<'a> {
    schemas: &'a Schemas,
    pub(super) id: SchemaId,
    pub(super) schema: &'a Schema,
    /// The place first.
    docs: Vec<&'a Docs>,
}

impl<'a> EffectiveConstraints<'a> {
    pub(super) fn of(schemas: &'a Schemas, usage: &'a Use) -> Self {
        let mut docs = vec![&usage.docs];
        let mut id = usage.schema;
        // A chain longer than the arena would be a cycle, which `lower` has refused.
        for _ in 0..=schemas.len() {
            let schema = schemas.get(id);
            docs.push(&schema.docs);
            let Shape::Alias(target) = &schema.shape else { break };
            docs.push(&target.docs);
            id = schemas.next(id).unwrap_or(target.schema);
        }
        EffectiveConstraints { schemas, id, schema: schemas.get(id), docs }
    }

    /// The sample values of the nearest that has any.
    pub(super) fn examples(&self) -> impl Iterator<Item = &'a [Value]> {
        self.docs.iter().map(|docs| docs.examples.as_slice()).filter(|examples| !examples.is_empty())
    }

    /// Returns the default, which the server uses if the value is absent.
    pub(super) fn default(&self) -> Option<&'a Value> {
        self.docs.iter().find_map(|docs| docs.default.as_deref())
    }

    /// The values of a keyword, each of which holds.
    pub(super) fn all(&self, keyword: BoundKeyword) -> impl Iterator<Item = &'a str> {
        let constraints = self.docs.iter().flat_map(|docs| &docs.constraints);
        constraints.filter(move |Constraint { keyword: found, .. }| *found == keyword).map(|found| found.value.as_str())
    }

    /// The patterns, each of which a text matches; `None` for those that are too large or not supported.
    pub(super) fn patterns(&self) -> impl Iterator<Item = Option<Arc<Pattern>>> {
        self.all(BoundKeyword::Pattern).map(|pattern| self.schemas.pattern(pattern))
    }

    /// The schemas of which a text matches one.
    pub(super) fn choices(&self) -> impl Iterator<Item = SchemaId> {
        self.docs.iter().flat_map(|docs| docs.choices.iter().copied())
    }

    /// A bound that is a count.
    pub(super) fn count(&self, keyword: BoundKeyword) -> Option<usize> {
        self.all(keyword).find_map(|value| value.parse().ok())
    }

    /// Returns whether a count is within two bounds.
    pub(super) fn counts(&self, count: usize, least: BoundKeyword, most: BoundKeyword) -> bool {
        self.count(least).is_none_or(|least| count >= least) && self.count(most).is_none_or(|most| count <= most)
    }
}
