//! All schemas of an API, and where their aliases lead.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::pattern::{Pattern, Patterns};
use super::schema::{Member, Property, Schema, Shape, Use};
use super::schema_id::SchemaId;
use super::xml::Xml;

/// All schemas of an API, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    all: Vec<Schema>,
    /// The XML facts of the few schemas that have any.
    xml: HashMap<SchemaId, Xml>,
    /// The end of each chain of aliases, by the position of its first schema; empty while schemas change.
    ends: Vec<End>,
    patterns: Patterns,
}

/// The end of a chain of aliases.
#[derive(Clone, Copy, Debug)]
struct End {
    /// The schema that is not an alias.
    schema: SchemaId,
    /// True if a value of the chain may be `null`.
    nullable: bool,
    /// The next schema of the chain that says something about values; the last one if none does.
    next: SchemaId,
}

impl Schemas {
    /// Returns a pattern, compiled once for all places; `None` if it is too large or not supported.
    #[must_use]
    pub fn pattern(&self, pattern: &str) -> Option<Arc<Pattern>> {
        self.patterns.get(pattern)
    }

    /// Adds a schema and returns its handle.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(
            u32::try_from(self.all.len()).expect("limits keep documents far below four thousand million schemas"),
        );
        self.all.push(schema);
        self.ends.clear();
        id
    }

    /// The schema behind a handle.
    pub fn get(&self, id: SchemaId) -> &Schema {
        &self.all[id.index()]
    }

    /// The schema behind a handle, to be filled in.
    pub fn get_mut(&mut self, id: SchemaId) -> &mut Schema {
        self.ends.clear();
        &mut self.all[id.index()]
    }

    /// Returns the XML facts of a schema.
    pub fn xml(&self, id: SchemaId) -> Option<&Xml> {
        self.xml.get(&id)
    }

    /// Sets the XML facts of a schema.
    pub fn set_xml(&mut self, id: SchemaId, xml: Xml) {
        self.xml.insert(id, xml);
    }

    /// Returns the number of schemas.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns whether there are no schemas.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Every schema with its handle.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.all.iter().enumerate().map(|(index, schema)| (SchemaId(index as u32), schema))
    }

    /// Computes the targets of aliases, so that [`resolve`](Self::resolve) and [`is_nullable`](Self::is_nullable) need not follow chains
    /// of any length each time. The next change of a schema discards the result.
    pub fn settle(&mut self) {
        if self.ends.is_empty() {
            self.ends = self.ends_of_chains();
        }
    }

    fn ends_of_chains(&self) -> Vec<End> {
        let nullable = self.nullable();
        let mut ends: Vec<Option<SchemaId>> = vec![None; self.all.len()];
        let mut chain = Vec::new();
        for (id, _) in self.iter() {
            let mut at = id;
            let end = loop {
                match (&ends[at.index()], &self.get(at).shape) {
                    (Some(end), _) => break *end,
                    // A chain longer than the arena would be a cycle, which `lower` has rejected.
                    (None, Shape::Alias(target)) if chain.len() <= self.all.len() => {
                        chain.push(at);
                        at = target.schema;
                    }
                    _ => break at,
                }
            };
            ends[at.index()] = Some(end);
            chain.drain(..).for_each(|id| ends[id.index()] = Some(end));
        }
        let ends = ends.into_iter().zip(self.nexts());
        let end = |((end, next), (id, _)): ((Option<SchemaId>, SchemaId), (SchemaId, &Schema))| End {
            schema: end.unwrap_or(id),
            nullable: nullable[id.index()],
            next,
        };
        ends.zip(self.iter()).map(end).collect()
    }

    /// The next schema of each chain of aliases, by position, without those that say nothing.
    fn nexts(&self) -> Vec<SchemaId> {
        let mut found: Vec<Option<SchemaId>> = vec![None; self.all.len()];
        let mut chain = Vec::new();
        for (id, _) in self.iter() {
            let mut at = id;
            while let (None, Shape::Alias(target), true) =
                (found[at.index()], &self.get(at).shape, chain.len() <= self.all.len())
            {
                chain.push((at, target.schema));
                at = target.schema;
            }
            for (id, target) in chain.drain(..).rev() {
                let says_nothing = match &self.get(target).shape {
                    Shape::Alias(next) => !self.get(target).docs.limits_values() && !next.docs.limits_values(),
                    _ => false,
                };
                found[id.index()] = found[target.index()].filter(|_| says_nothing).or(Some(target));
            }
        }
        found.into_iter().zip(self.iter()).map(|(next, (id, _))| next.unwrap_or(id)).collect()
    }

    /// Returns the schema to which an alias leads, without those on the way that say nothing about values; `None` if it is no alias.
    pub fn next(&self, id: SchemaId) -> Option<SchemaId> {
        let Shape::Alias(target) = &self.get(id).shape else { return None };
        Some(self.ends.get(id.index()).map_or(target.schema, |end| end.next))
    }

    /// Returns, by position, whether each schema permits `null`: by itself, by the target of an alias, or by an alternative.
    fn nullable(&self) -> Vec<bool> {
        let mut found = vec![false; self.all.len()];
        let mut holders: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
        let mut waiting = Vec::new();
        for (id, schema) in self.iter() {
            let mut is_nullable = schema.nullable;
            let mut visit = |usage: &Use| {
                is_nullable |= usage.nullable;
                holders.entry(usage.schema).or_default().push(id);
            };
            match &schema.shape {
                Shape::Alias(target) => visit(target),
                Shape::Union(union) => union.members.iter().for_each(|member| visit(&member.value)),
                _ => {}
            }
            waiting.extend(is_nullable.then_some(id));
        }
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut found[id.index()], true) {
                waiting.extend(holders.get(&id).into_iter().flatten());
            }
        }
        found
    }

    /// Follows aliases to the schema that is not one.
    pub fn resolve(&self, id: SchemaId) -> SchemaId {
        if let Some(end) = self.ends.get(id.index()) {
            return end.schema;
        }
        let mut at = id;
        // A chain longer than the arena would be a cycle, which `lower` has rejected.
        for _ in 0..=self.all.len() {
            match &self.get(at).shape {
                Shape::Alias(target) => at = target.schema,
                _ => break,
            }
        }
        at
    }

    /// Returns whether a property can have no value but its tag, so that callers need not provide it.
    pub fn is_constant(&self, property: &Property) -> bool {
        let Some(tag) = &property.tag else { return false };
        let shape = &self.get(self.resolve(property.value.schema)).shape;
        let is_only =
            matches!(shape, Shape::Enumeration(found) if found.values.as_slice() == std::slice::from_ref(tag));
        property.required && is_only && !self.is_nullable(&property.value)
    }

    /// Returns whether a value at this use may be `null`, by the use or by its schema.
    pub fn is_nullable(&self, usage: &Use) -> bool {
        if let Some(end) = self.ends.get(usage.schema.index()) {
            return usage.nullable || end.nullable;
        }
        let (mut waiting, mut seen) = (vec![usage], HashSet::new());
        while let Some(usage) = waiting.pop() {
            let schema = self.get(usage.schema);
            if usage.nullable || schema.nullable {
                return true;
            }
            let target = match &schema.shape {
                Shape::Alias(target) => Some(&**target),
                _ => None,
            };
            let members: &[Member] = match &schema.shape {
                Shape::Union(union) => &union.members,
                _ => &[],
            };
            // Unions may share members, and lead back to themselves: each is looked at once.
            if (target.is_some() || !members.is_empty()) && seen.insert(usage.schema) {
                waiting.extend(target.into_iter().chain(members.iter().map(|member| &member.value)));
            }
        }
        false
    }
}
