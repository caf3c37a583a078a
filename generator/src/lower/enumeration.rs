//! Enumerations: the values of an `enum`, and alternatives that are nothing but values.

use std::collections::HashSet;

use openapiv3::SchemaData;
use serde_json::Value;

use crate::carried;
use crate::ir::{Enumeration, Label, Member, ScalarType, SchemaId, Schemas, Shape};

/// The enumeration of a schema's values, each of which has a label.
pub(super) fn of_values(values: &[Value], labels: Vec<Label>, typ: Option<&str>, data: &SchemaData) -> Enumeration {
    let mut found = Enumeration { of: typ.and_then(ScalarType::named), ..Enumeration::default() };
    let mut seen = HashSet::new();
    for (value, label) in values.iter().zip(labels) {
        if seen.insert(value.to_string()) {
            found.values.push(value.clone());
            found.labels.push(label);
        }
    }
    found.constant = data.extensions.contains_key(carried::CONST) || found.values.len() == 1;
    found
}

/// Alternatives that come to one enumeration.
struct Joined {
    /// The enumeration; of a component that says all of it, that component.
    shape: Shape,
    /// True if one of the alternatives admits `null`.
    nullable: bool,
}

/// The maximum depth of unions in unions that are looked through.
const MOST_ROUNDS: usize = 8;

/// Makes enumerations of the unions whose alternatives are nothing but values.
pub(super) fn join_all(schemas: &mut Schemas) {
    for _ in 0..MOST_ROUNDS {
        let mut found: Vec<(SchemaId, Joined)> = Vec::new();
        for (id, schema) in schemas.iter() {
            if let Shape::Union(union) = &schema.shape
                && union.discriminator.is_none()
                && let Some(joined) = join(schemas, &union.members)
            {
                found.push((id, joined));
            }
        }
        if found.is_empty() {
            break;
        }
        for (id, joined) in found {
            let schema = schemas.get_mut(id);
            schema.nullable |= joined.nullable;
            schema.shape = joined.shape;
        }
    }
}

/// The enumeration that alternatives come to, all of which are lowered; `None` if some are more than values.
pub(super) fn listed(schemas: &Schemas, members: &[Member]) -> Option<Enumeration> {
    match join(schemas, members)?.shape {
        Shape::Enumeration(found) => Some(found),
        Shape::Alias(target) => match &schemas.get(schemas.resolve(target.schema)).shape {
            Shape::Enumeration(found) => Some(found.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The enumeration of alternatives that are nothing but values: constants, enumerations, `null`, and texts of any kind, since an
/// enumeration of texts keeps those that it doesn't list.
fn join(schemas: &Schemas, members: &[Member]) -> Option<Joined> {
    let mut nullable = false;
    let mut parts: Vec<(&Member, SchemaId)> = Vec::new();
    let (mut values, mut any_text) = (0, false);
    for member in members {
        let id = schemas.resolve(member.value.schema);
        nullable |= schemas.is_nullable(&member.value);
        match &schemas.get(id).shape {
            Shape::Enumeration(found)
                if found.of != Some(ScalarType::Boolean) && !found.values.iter().any(Value::is_boolean) =>
            {
                values += found.values.len();
                if !found.values.is_empty() {
                    parts.push((member, id));
                }
            }
            Shape::String { format: None } => any_text = true,
            _ => return None,
        }
    }
    let mut joined = Enumeration::default();
    let (mut seen, mut titles) = (HashSet::new(), Vec::new());
    for (member, id) in &parts {
        let schema = schemas.get(*id);
        let Shape::Enumeration(found) = &schema.shape else { continue };
        joined.of = joined.of.or(found.of);
        for (value, label) in found.values.iter().zip(&found.labels) {
            if seen.insert(value.to_string()) {
                joined.values.push(value.clone());
                // The schema of a single value speaks of that value.
                let said = [&member.value.docs, &schema.docs].into_iter().filter(|_| found.values.len() == 1);
                let title = said.clone().find_map(|docs| docs.title.clone());
                let description =
                    label.description.clone().or_else(|| said.clone().find_map(|it| it.description.clone()));
                titles.extend(title.clone().filter(|_| label.name.is_none()));
                joined.labels.push(Label { name: label.name.clone().or(title), description });
            }
        }
    }
    // Titles that tools made from the place are the same for all.
    let distinct: HashSet<&String> = titles.iter().collect();
    if distinct.len() < titles.len() {
        joined.labels.iter_mut().for_each(|label| label.name = label.name.take().filter(|name| !titles.contains(name)));
    }
    let texts = joined.values.iter().all(Value::is_string);
    if values == 0 || any_text && !texts {
        return None;
    }
    if !joined.values.iter().all(|value| value.is_string() || value.is_number()) {
        return None;
    }
    if (joined.of == Some(ScalarType::String)) != texts {
        joined.of = None;
    }
    joined.constant = joined.values.len() == 1;
    let component = |id: SchemaId| schemas.get(id).component.is_some();
    let shape = match parts.as_slice() {
        [(only, id)] if component(*id) => {
            let mut target = only.value.clone();
            target.nullable |= nullable;
            Shape::Alias(Box::new(target))
        }
        _ => Shape::Enumeration(joined),
    };
    Some(Joined { shape, nullable })
}
