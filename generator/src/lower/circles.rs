//! Unions that lead back to themselves with no value between, as in `A: oneOf [B, text]`, `B: oneOf [A, number]`.
//!
//! Whoever reads such a value by trying one member after the other never comes to an end. All unions of a circle admit the
//! same, what any of them has besides the others: so each gets those members, and none of the unions.

use std::collections::HashSet;

use crate::ir::{Member, Reason, SchemaId, Schemas, Shape};

/// Takes the circles out.
pub(super) fn straighten(schemas: &mut Schemas) {
    let circular: Vec<SchemaId> =
        schemas.iter().map(|(id, _)| id).filter(|id| reachable(schemas, *id).contains(id)).collect();
    let straight: Vec<(SchemaId, bool, Vec<Member>)> = circular
        .iter()
        .map(|id| {
            let nullable = members(schemas, *id).iter().any(|member| schemas.is_nullable(&member.value));
            (*id, nullable, outside(schemas, *id))
        })
        .collect();
    for (id, nullable, members) in straight {
        let schema = schemas.get_mut(id);
        schema.nullable |= nullable;
        match &mut schema.shape {
            // A circle of nothing but itself says nothing about any value.
            shape if members.is_empty() => *shape = Shape::Any(Reason::Unconstrained),
            Shape::Union(union) => union.members = members,
            _ => {}
        }
    }
}

fn members(schemas: &Schemas, id: SchemaId) -> &[Member] {
    match &schemas.get(id).shape {
        Shape::Union(union) => &union.members,
        _ => &[],
    }
}

/// The unions among the members of a union.
fn unions(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    let targets = members(schemas, id).iter().map(|member| schemas.resolve(member.value.schema));
    targets.filter(|target| matches!(schemas.get(*target).shape, Shape::Union(_)))
}

/// The unions that a value may be read as after this one, before anything of it is read.
fn reachable(schemas: &Schemas, id: SchemaId) -> HashSet<SchemaId> {
    let (mut waiting, mut seen): (Vec<SchemaId>, HashSet<SchemaId>) = (unions(schemas, id).collect(), HashSet::new());
    while let Some(at) = waiting.pop() {
        if seen.insert(at) {
            waiting.extend(unions(schemas, at));
        }
    }
    seen
}

/// What the unions of a circle have for members besides one another; the circle is walked from the union itself.
fn outside(schemas: &Schemas, id: SchemaId) -> Vec<Member> {
    let (mut found, mut known, mut walked) = (Vec::new(), HashSet::new(), HashSet::from([id]));
    let mut waiting: Vec<&Member> = members(schemas, id).iter().rev().collect();
    while let Some(member) = waiting.pop() {
        let target = schemas.resolve(member.value.schema);
        if target == id || reachable(schemas, target).contains(&id) {
            if walked.insert(target) {
                waiting.extend(members(schemas, target).iter().rev());
            }
        } else if known.insert(target) {
            found.push(member.clone());
        }
    }
    found
}
