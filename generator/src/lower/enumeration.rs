//! Enumerations: the values of an `enum`, and alternatives that only list values.

use std::collections::HashSet;

use openapiv3::SchemaData;
use serde_json::Value;

use crate::carried;
use crate::ir::{Direction, Docs, Enumeration, Label, Member, ScalarType, Schema, SchemaId, Schemas, Shape, Use};

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

/// Alternatives that together are one enumeration.
struct Joined {
    /// The enumeration, or the component that already is this enumeration.
    shape: Shape,
    /// True if one of the alternatives admits `null`.
    nullable: bool,
}

/// The maximum depth of unions in unions that are looked through.
const MOST_ROUNDS: usize = 8;

/// Converts unions whose alternatives only list values to enumerations.
pub(super) fn join_all(schemas: &mut Schemas) {
    for _ in 0..MOST_ROUNDS {
        schemas.settle();
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
    group_all(schemas);
}

/// Makes one alternative of those that are lists of texts, or of numbers, beside alternatives of other types.
fn group_all(schemas: &mut Schemas) {
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let Shape::Union(union) = &schemas.get(id).shape else { continue };
        if union.discriminator.is_some() {
            continue;
        }
        let (members, pointer) = (union.members.clone(), schemas.get(id).pointer.clone());
        let mut grouped = members.clone();
        for is_of_kind in [Value::is_string, Value::is_number] {
            let is_listed = |member: &Member| match &schemas.get(schemas.resolve(member.value.schema)).shape {
                Shape::Enumeration(found) => !found.values.is_empty() && found.values.iter().all(is_of_kind),
                _ => false,
            };
            let (lists, rest): (Vec<Member>, Vec<Member>) = grouped.iter().cloned().partition(is_listed);
            let first = grouped.iter().position(is_listed);
            let (Some(first), true) = (first, lists.len() > 1) else { continue };
            let Some(Joined { shape: shape @ Shape::Enumeration(_), nullable }) = join(schemas, &lists) else {
                continue;
            };
            let schema = schemas.add(Schema {
                pointer: pointer.clone(),
                component: None,
                direction: Direction::Either,
                is_sent: false,
                docs: Docs::default(),
                nullable,
                shape,
            });
            grouped = rest;
            grouped.insert(first.min(grouped.len()), Member::new(Use::of(schema)));
        }
        if grouped.len() < members.len()
            && let Shape::Union(union) = &mut schemas.get_mut(id).shape
        {
            union.members = grouped;
        }
    }
}

/// The enumeration of lowered alternatives; `None` if some are more than values.
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

/// The alternatives `true` and `false`, which are a boolean; alone, each is a constant.
fn booleans(schemas: &Schemas, members: &[Member]) -> Option<Joined> {
    let (mut values, mut nullable) = (HashSet::new(), false);
    for member in members {
        nullable |= schemas.is_nullable(&member.value);
        match &schemas.get(schemas.resolve(member.value.schema)).shape {
            Shape::Boolean => values.extend([true, false]),
            Shape::Enumeration(found) => {
                let truths: Option<Vec<bool>> = found.values.iter().map(Value::as_bool).collect();
                values.extend(truths?);
            }
            _ => return None,
        }
    }
    (values.len() == 2).then_some(Joined { shape: Shape::Boolean, nullable })
}

/// The enumeration of alternatives that only list values: constants, enumerations, `null`, and texts of any kind, since an
/// enumeration of texts keeps those that it doesn't list.
fn join(schemas: &Schemas, members: &[Member]) -> Option<Joined> {
    if let Some(joined) = booleans(schemas, members) {
        return Some(joined);
    }
    let mut nullable = false;
    let mut parts: Vec<(&Member, SchemaId)> = Vec::new();
    let (mut values, mut any_text) = (0, false);
    for member in members {
        let id = schemas.resolve(member.value.schema);
        nullable |= schemas.is_nullable(&member.value);
        match &schemas.get(id).shape {
            Shape::Enumeration(found) => {
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
                // The docs of a schema of a single value describe that value.
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
    let truths = joined.values.iter().filter(|value| value.is_boolean()).count();
    if truths == joined.values.len() || joined.values.iter().any(|value| value.is_object() || value.is_array()) {
        return None;
    }
    if truths > 0 {
        joined.of = None;
    }
    if (joined.of == Some(ScalarType::String)) != texts {
        joined.of = None;
    }
    joined.constant = joined.values.len() == 1;
    let component = |id: SchemaId| schemas.get(id).component.is_some();
    let shape = match parts.as_slice() {
        // Whether it may be `null` is a fact of the union that becomes the alias.
        [(only, id)] if component(*id) => Shape::Alias(Box::new(Use { nullable: false, ..only.value.clone() })),
        _ => Shape::Enumeration(joined),
    };
    Some(Joined { shape, nullable })
}
