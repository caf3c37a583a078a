//! Objects: named members, and further members beside them.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::context::Lowering;
use super::keywords::Keywords;
use super::source::{CONDITIONAL, admits_anything};
use crate::carried;
use crate::ir::{Object, Property, Reason, Rest, Shape, Use};
use crate::place::Trail;

/// The maximum depth of choices in choices in which members are searched.
const DEEPEST_CHOICE: usize = 4;

/// The object that the keywords describe, compositions apart.
pub(super) fn object(
    lowering: &mut Lowering<'_>,
    source: &Source,
    keywords: &Keywords<'_>,
    trail: &Trail<'_>,
) -> Object {
    let mut properties = properties(lowering, keywords, trail);
    require_unlisted(lowering, &mut properties, keywords.required, trail);
    add_conditional(lowering, source, &mut properties, trail);
    Object {
        properties,
        rest: rest(lowering, source, keywords, trail),
        patterns: patterns(lowering, source, trail),
        stated: keywords.typ.is_some(),
    }
}

/// Adds the members that only parts under a condition describe. None of them is required, since the condition may not hold.
fn add_conditional(lowering: &mut Lowering<'_>, source: &Source, properties: &mut Vec<Property>, trail: &Trail<'_>) {
    for key in CONDITIONAL {
        let Some(value) = source.schema_data.extensions.get(*key) else { continue };
        let at = trail.key(key);
        let mut add = |part: &Value, at: &Trail<'_>| {
            if let Ok(part) = ReferenceOr::deserialize(part) {
                add_members(lowering, &part, properties, at);
            }
        };
        match value.as_object() {
            Some(parts) if *key == carried::DEPENDENT_SCHEMAS => {
                let mut parts: Vec<(&String, &Value)> = parts.iter().collect();
                parts.sort_unstable_by_key(|(name, _)| *name);
                parts.into_iter().for_each(|(name, part)| add(part, &at.key(name)));
            }
            _ => add(value, &at),
        }
    }
    properties.sort_by(|one, other| one.name.cmp(&other.name));
}

/// Adds the members of a schema that aren't there yet, each as one that may be absent.
fn add_members(
    lowering: &mut Lowering<'_>,
    part: &ReferenceOr<Source>,
    properties: &mut Vec<Property>,
    trail: &Trail<'_>,
) {
    let part = lowering.lower_part(part, trail);
    let id = lowering.schemas.resolve(part.schema);
    if !lowering.ensure_lowered(id) {
        return;
    }
    // Any alternative of a choice may apply.
    let mut waiting = vec![(id, 0)];
    while let Some((id, depth)) = waiting.pop() {
        if !lowering.ensure_lowered(id) {
            continue;
        }
        match &lowering.schemas.get(lowering.schemas.resolve(id)).shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    if properties.iter().all(|known| known.name != property.name) {
                        properties.push(Property { required: false, ..property.clone() });
                    }
                }
            }
            Shape::Union(union) if depth < DEEPEST_CHOICE => {
                waiting.extend(union.members.iter().rev().map(|member| (member.value.schema, depth + 1)));
            }
            _ => {}
        }
    }
}

fn names(properties: &[Property]) -> HashSet<String> {
    properties.iter().map(|property| property.name.clone()).collect()
}

fn properties(lowering: &mut Lowering<'_>, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Vec<Property> {
    let at = trail.key("properties");
    let mut properties = Vec::with_capacity(keywords.properties.map_or(0, IndexMap::len));
    let required: HashSet<&String> = keywords.required.iter().collect();
    for (name, source) in keywords.properties.into_iter().flatten() {
        let value = lowering.lower_use(source, &at.key(name));
        properties.push(Property { name: name.clone(), value, required: required.contains(name), tag: None });
    }
    // The members of a JSON object have no order (RFC 8259 §4), so the result must not depend on it.
    properties.sort_by(|a, b| a.name.cmp(&b.name));
    properties
}

/// Adds a required member that no keyword describes. It can have any value, but must be present in a sent object.
pub(super) fn require_unlisted(
    lowering: &mut Lowering<'_>,
    properties: &mut Vec<Property>,
    required: &[String],
    trail: &Trail<'_>,
) {
    let mut known = names(properties);
    for (index, name) in required.iter().enumerate() {
        if !known.insert(name.clone()) {
            continue;
        }
        let at = trail.key("required");
        let value = lowering.anything(&at.index(index), Reason::Unconstrained);
        // Optional, since real servers forget members that their own description only mentions.
        properties.push(Property { name: name.clone(), value, required: false, tag: None });
    }
    properties.sort_by(|a, b| a.name.cmp(&b.name));
}

fn rest(lowering: &mut Lowering<'_>, source: &Source, keywords: &Keywords<'_>, trail: &Trail<'_>) -> Rest {
    match keywords.additional {
        None => unevaluated(lowering, source, trail),
        Some(AdditionalProperties::Any(false)) => Rest::Closed,
        Some(additional) if admits_anything(additional) => Rest::Any,
        Some(AdditionalProperties::Any(_)) => Rest::Any,
        Some(AdditionalProperties::Schema(schema)) => {
            Rest::Typed(Box::new(lowering.lower_use(schema.as_ref(), &trail.key("additionalProperties"))))
        }
    }
}

/// The members that `unevaluatedProperties` describes: those of `additionalProperties`, without the members of compositions.
fn unevaluated(lowering: &mut Lowering<'_>, source: &Source, trail: &Trail<'_>) -> Rest {
    const KEY: &str = carried::UNEVALUATED_PROPERTIES;
    match source.schema_data.extensions.get(KEY).cloned().map(serde_json::from_value) {
        Some(Ok(AdditionalProperties::Schema(schema)))
            if !admits_anything(&AdditionalProperties::Schema(schema.clone())) =>
        {
            Rest::Typed(Box::new(lowering.lower_use(schema.as_ref(), &trail.key(KEY))))
        }
        Some(Ok(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true))) => Rest::Any,
        Some(Ok(AdditionalProperties::Any(false)) | Err(_)) | None => Rest::Open,
    }
}

fn patterns(lowering: &mut Lowering<'_>, source: &Source, trail: &Trail<'_>) -> Vec<(String, Use)> {
    let Some(value) = source.schema_data.extensions.get(carried::PATTERN_PROPERTIES) else { return Vec::new() };
    let at = trail.key(carried::PATTERN_PROPERTIES);
    let mut patterns = Vec::with_capacity(value.as_object().map_or(0, Map::len));
    for (pattern, value) in value.as_object().into_iter().flatten() {
        // A schema takes a kilobyte, so each is dropped before the next one is read.
        let Ok(source) = ReferenceOr::<Source>::deserialize(value) else { return Vec::new() };
        patterns.push((pattern.clone(), lowering.lower_use(&source, &at.key(pattern))));
    }
    patterns.sort_by(|(one, _), (other, _)| one.cmp(other));
    patterns
}
