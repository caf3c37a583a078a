//! A look at the alternatives of a union, aliases and unions in unions seen through.

use serde_json::Value;

use crate::ir::{Enumeration, Member, Object, SchemaId, Schemas, Shape};

/// A constant of more values than this tells nobody what an alternative is.
pub(super) const MOST_VALUES: usize = 64;

/// Unions in unions, deeper than which no one looks for a tag.
const DEEPEST: usize = 8;

/// A look at the alternatives, aliases and unions in unions seen through.
pub(super) struct Look<'a> {
    pub(super) schemas: &'a Schemas,
}

impl<'a> Look<'a> {
    /// Returns whether each object that a value may be requires a property.
    pub(super) fn requires(&self, id: SchemaId, property: &str) -> bool {
        let is_required = |object: &&Object| object.properties.iter().any(|it| it.required && it.name == property);
        self.objects(id, 0).is_some_and(|objects| objects.iter().all(is_required))
    }

    /// True if each alternative has tags, and no tag belongs to two that differ.
    pub(super) fn are_distinct(&self, members: &[Member], tags: &[Vec<Value>]) -> bool {
        let schema = |member: &Member| self.schemas.resolve(member.value.schema);
        let is_free = |(index, tags): (usize, &Vec<Value>), all: &[Vec<Value>]| {
            let others = all.iter().enumerate().take(index);
            others
                .filter(|(at, _)| schema(&members[*at]) != schema(&members[index]))
                .all(|(_, known)| !tags.iter().any(|tag| known.contains(tag)))
        };
        tags.iter().enumerate().all(|(index, own)| !own.is_empty() && is_free((index, own), tags))
    }

    /// The values that a property may have in a schema; `None` where it may have any, or isn't there.
    pub(super) fn admitted(&self, id: SchemaId, property: &str, depth: usize) -> Option<Vec<Value>> {
        let objects = self.objects(id, depth)?;
        let mut found: Vec<Value> = Vec::new();
        for object in objects {
            let property = object.properties.iter().find(|candidate| candidate.name == property)?;
            let values = &self.enumeration(property.value.schema)?.values;
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
    pub(super) fn objects(&self, id: SchemaId, depth: usize) -> Option<Vec<&'a Object>> {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Object(object) => Some(vec![object]),
            Shape::Union(union) if depth < DEEPEST => {
                let each = union.members.iter().map(|member| self.objects(member.value.schema, depth + 1));
                Some(each.collect::<Option<Vec<_>>>()?.concat())
            }
            _ => None,
        }
    }

    pub(super) fn is_object(&self, id: SchemaId, depth: usize) -> bool {
        match &self.schemas.get(self.schemas.resolve(id)).shape {
            Shape::Object(_) => true,
            Shape::Union(union) if depth < DEEPEST => {
                union.members.iter().all(|member| self.is_object(member.value.schema, depth + 1))
            }
            _ => false,
        }
    }
}

fn is_tag(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_)) || value.is_i64()
}
