//! Structural equality of inline schemas.

use std::collections::HashMap;
use std::fmt::Write;

use super::fingerprint::fingerprint;
use crate::ir::{Api, Direction, Rest, ScalarType, SchemaId, Shape, Use};

/// The structure of a schema as a number. Schemas with equal numbers have equal structure; prose does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Structure(u32);

/// The structures of an API's schemas.
pub(crate) struct Structures<'a> {
    api: &'a Api,
    known: HashMap<String, Structure>,
    of: HashMap<SchemaId, Structure>,
    fingerprints: HashMap<SchemaId, u64>,
    /// True while a fingerprint is computed, in which inline schemas count by their own fingerprints.
    fingerprinting: bool,
}

impl<'a> Structures<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Structures {
            api,
            known: HashMap::new(),
            of: HashMap::new(),
            fingerprints: HashMap::new(),
            fingerprinting: false,
        }
    }

    /// The structure of a schema. Components inside it count by name, so inline schemas cannot form cycles.
    pub(crate) fn of(&mut self, id: SchemaId) -> Structure {
        if let Some(structure) = self.of.get(&id) {
            return *structure;
        }
        let text = self.describe(id);
        let next = Structure(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        let structure = *self.known.entry(text).or_insert(next);
        self.of.insert(id, structure);
        structure
    }

    /// Returns a number that is the same in every run while the structure is the same. Two structures may share it.
    pub(crate) fn fingerprint(&mut self, id: SchemaId) -> u64 {
        if let Some(known) = self.fingerprints.get(&id) {
            return *known;
        }
        let outer = std::mem::replace(&mut self.fingerprinting, true);
        let text = self.describe(id);
        self.fingerprinting = outer;
        let fingerprint = fingerprint(&text);
        self.fingerprints.insert(id, fingerprint);
        fingerprint
    }

    fn usage(&mut self, text: &mut String, usage: &Use) {
        let schema = self.api.schemas.get(usage.schema);
        match &schema.component {
            Some(name) => {
                let _ = write!(
                    text,
                    "#{}:{name}{}",
                    name.len(),
                    if schema.direction == Direction::Sent { "!" } else { "" }
                );
            }
            None if self.fingerprinting => {
                let _ = write!(text, "={:016x}", self.fingerprint(usage.schema));
            }
            None => {
                let structure = self.of(usage.schema);
                let _ = write!(text, "={}", structure.0);
            }
        }
        let marks = [(usage.nullable, '0'), (usage.read_only, 'r'), (usage.write_only, 'w')];
        text.extend(marks.iter().filter(|(set, _)| *set).map(|(_, mark)| *mark));
        text.push(',');
    }

    fn describe(&mut self, id: SchemaId) -> String {
        let api = self.api;
        let mut text = String::new();
        match &api.schemas.get(id).shape {
            Shape::Any(_) => text.push('*'),
            Shape::Never => text.push('!'),
            Shape::Boolean => text.push('b'),
            Shape::Integer { format } => scalar(&mut text, 'i', format.as_deref()),
            Shape::Number { format } => scalar(&mut text, 'n', format.as_deref()),
            Shape::String { format } => scalar(&mut text, 's', format.as_deref()),
            Shape::Enumeration(found) => {
                let _ = write!(text, "e{:?}{}", found.of.map(ScalarType::as_str), found.values.len());
                for value in &found.values {
                    let _ = write!(text, "|{value}");
                }
                found.labels.iter().flat_map(|label| &label.name).for_each(|name| text.extend(["~", name]));
            }
            Shape::Object(object) => {
                text.push('{');
                for property in &object.properties {
                    let _ = write!(
                        text,
                        "{}:{}{}",
                        property.name.len(),
                        property.name,
                        if property.required { '!' } else { '?' }
                    );
                    self.usage(&mut text, &property.value);
                }
                match &object.rest {
                    Rest::Open => {}
                    Rest::Any => text.push('+'),
                    Rest::Closed => text.push('-'),
                    Rest::Typed(usage) => {
                        text.push_str("...");
                        self.usage(&mut text, usage);
                    }
                }
                for (pattern, usage) in &object.patterns {
                    let _ = write!(text, "/{}:{pattern}", pattern.len());
                    self.usage(&mut text, usage);
                }
                text.push('}');
            }
            Shape::Array { items, unique, .. } => {
                text.push(if *unique { 'u' } else { '[' });
                self.usage(&mut text, items);
            }
            Shape::Tuple { items, rest, least, .. } => {
                let _ = write!(text, "({least}");
                items.iter().for_each(|item| self.usage(&mut text, item));
                rest.iter().for_each(|item| {
                    text.push_str("...");
                    self.usage(&mut text, item);
                });
            }
            Shape::Union(union) => {
                let _ = write!(text, "|{:?}", union.distinction);
                for member in &union.members {
                    let _ = write!(text, "{:?}", (&member.tags, &member.form));
                    self.usage(&mut text, &member.value);
                }
            }
            Shape::Alias(target) => {
                text.push('a');
                self.usage(&mut text, target);
            }
        }
        text
    }
}

fn scalar(text: &mut String, kind: char, format: Option<&str>) {
    text.push(kind);
    text.push_str(format.unwrap_or_default());
}
