//! Readers of the description that need no context: references to components, and keywords in extensions.

use std::collections::HashMap;

use indexmap::IndexSet;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source, SchemaData};
use serde_json::Value;

use super::keywords::Keywords;
use crate::carried;
use crate::ir::Facts;
use crate::place::unescape;

/// The name that `#/components/<kind>/<name>` leads to.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let token = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    Some(unescape(token).into_owned())
}

/// The component that a schema refers to, if it is a reference.
pub(super) fn referred(source: &ReferenceOr<Source>) -> Option<String> {
    match source {
        ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
        ReferenceOr::Item(_) => None,
    }
}

/// The component that a reference leads to over any number of steps; `find` gives the component of a name.
pub(super) fn resolve_component<'a, T>(
    kind: &str,
    source: &'a ReferenceOr<T>,
    find: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Option<&'a T> {
    // A cycle, which `normalize` has reported, comes back to a mark that moves on after twice as many steps each time.
    let (mut at, mut mark, mut steps, mut most) = (source, source, 0usize, 1usize);
    loop {
        match at {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => at = find(&component_name(reference, kind)?)?,
        }
        if std::ptr::eq(at, mark) {
            return None;
        }
        steps += 1;
        if steps == most {
            (mark, steps, most) = (at, 0, most * 2);
        }
    }
}

/// The components that only refer to another, each with the one at the end of the references; `next` gives the one that a component
/// refers to.
pub(super) fn ends<'a>(
    names: impl Iterator<Item = &'a str>,
    next: impl Fn(&'a str) -> Option<&'a str>,
) -> HashMap<&'a str, &'a str> {
    let mut found: HashMap<&'a str, &'a str> = HashMap::new();
    for name in names {
        let (mut chain, mut at) = (IndexSet::new(), name);
        while let Some(target) = next(at) {
            if !chain.insert(at) {
                // A cycle has no end.
                break;
            }
            at = found.get(target).copied().unwrap_or(target);
        }
        found.extend(chain.into_iter().map(|name| (name, at)));
    }
    found
}

/// Returns whether a schema permits every value.
pub(super) fn is_anything(source: &ReferenceOr<Source>) -> bool {
    match source {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => {
            let keywords = Keywords::of(schema);
            !keywords.is_structural()
                && keywords.all_of.is_empty()
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && keywords.not.is_none()
                && schema.schema_data.extensions.is_empty()
        }
    }
}

/// The prose of a schema, and the facts beside it that go into documentation.
pub(super) fn facts(data: &SchemaData) -> Facts {
    let mut examples: Vec<Value> = data.example.iter().cloned().collect();
    if let Some(Value::Array(more)) = data.extensions.get(carried::EXAMPLES) {
        let more: Vec<_> = more.iter().filter(|value| !examples.contains(value)).cloned().collect();
        examples.extend(more);
    }
    Facts {
        title: data.title.clone(),
        name: None,
        description: data.description.clone(),
        examples,
        default: data.default.clone().map(Box::new),
        deprecated: data.deprecated,
        constraints: Vec::new(),
        parts: Vec::new(),
        choices: Vec::new(),
    }
}

/// Returns whether `additionalProperties` permits any value.
pub(super) fn admits_anything(additional: &AdditionalProperties) -> bool {
    match additional {
        AdditionalProperties::Any(any) => *any,
        AdditionalProperties::Schema(schema) => is_anything(schema),
    }
}

/// The keywords whose schemas apply under a condition. `if` is none of them: it only says when the others do.
pub(super) const CONDITIONAL: &[&str] = &[carried::THEN, carried::ELSE, carried::DEPENDENT_SCHEMAS];

/// Returns whether the schema has `patternProperties`.
pub(super) fn has_patterns(source: &Source) -> bool {
    source.schema_data.extensions.contains_key(carried::PATTERN_PROPERTIES)
}

/// True if the schema has parts that apply under a condition.
pub(super) fn has_conditions(source: &Source) -> bool {
    CONDITIONAL.iter().any(|key| source.schema_data.extensions.contains_key(*key))
}

/// True if the schema speaks of members by other keywords than those of 3.0.
pub(super) fn describes_members(source: &Source) -> bool {
    let unevaluated = source.schema_data.extensions.get(carried::UNEVALUATED_PROPERTIES);
    has_patterns(source) || has_conditions(source) || unevaluated.is_some_and(|members| *members != Value::Bool(false))
}
