//! A view of the alternatives of a union that resolves aliases and unions in unions.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::ir::{Enumeration, Member, Object, SchemaId, Schemas, Shape};

/// The maximum number of values of a tag.
pub(super) const MOST_VALUES: usize = 64;

/// The maximum depth of unions in unions in which a tag is searched.
const DEEPEST: usize = 8;

/// The maximum number of objects within one alternative in which a tag is searched.
const MOST_OBJECTS: usize = 256;

/// A view of the alternatives, with aliases and unions in unions resolved.
pub(super) struct Look<'a> {
    pub(super) schemas: &'a Schemas,
}

impl<'a> Look<'a> {
    /// Returns whether each object that a value may be requires a property.
    pub(super) fn requires(&self, id: SchemaId, property: &str) -> bool {
        let is_required = |object: &&Object| object.property(property).is_some_and(|it| it.required);
        self.objects(id, 0).is_some_and(|objects| objects.iter().all(is_required))
    }

    /// Returns whether each alternative has tags, and no tag belongs to two that differ.
    pub(super) fn are_distinct(&self, members: &[Member], tags: &[Vec<Value>]) -> bool {
        let mut owners: HashMap<String, SchemaId> = HashMap::new();
        members.iter().zip(tags).all(|(member, tags)| {
            let schema = self.schemas.resolve(member.value.schema);
            !tags.is_empty() && tags.iter().all(|tag| *owners.entry(tag.to_string()).or_insert(schema) == schema)
        })
    }

    /// The values that a property may have in a schema; `None` where it may have any, or isn't there.
    pub(super) fn admitted(&self, id: SchemaId, property: &str, depth: usize) -> Option<Vec<Value>> {
        let objects = self.objects(id, depth)?;
        let mut found: Vec<Value> = Vec::new();
        for object in objects {
            let values = &self.enumeration(object.property(property)?.value.schema)?.values;
            if values.len() > MOST_VALUES || found.len() > MOST_VALUES {
                return None;
            }
            found.extend(values.iter().filter(|value| !found.contains(value)).cloned().collect::<Vec<_>>());
        }
        (!found.is_empty() && found.len() <= MOST_VALUES).then_some(found)
    }

    /// The values of an enumeration of texts, numbers or truth values.
    pub(super) fn enumeration(&self, id: SchemaId) -> Option<&'a Enumeration> {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Enumeration(found) if found.values.iter().all(is_tag) && !found.values.is_empty() => Some(found),
            _ => None,
        }
    }

    /// The objects that a value may be: one, or those of the unions in a union.
    ///
    /// Unions that share members are walked once each, since the number of ways through them can be exponential.
    pub(super) fn objects(&self, id: SchemaId, depth: usize) -> Option<Vec<&'a Object>> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut waiting = vec![(self.schemas.resolve(id), depth)];
        while let Some((id, depth)) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            match &self.schemas.get(id).shape {
                Shape::Object(object) => found.push(object),
                Shape::Union(union) if depth < DEEPEST && seen.len() + union.members.len() <= MOST_OBJECTS => {
                    let inner = union.members.iter().rev().map(|member| self.schemas.resolve(member.value.schema));
                    waiting.extend(inner.map(|id| (id, depth + 1)));
                }
                _ => return None,
            }
        }
        Some(found)
    }

    pub(super) fn is_object(&self, id: SchemaId, depth: usize) -> bool {
        self.objects(id, depth).is_some()
    }
}

fn is_tag(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_)) || value.is_i64()
}
