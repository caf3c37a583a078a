//! Unions that lead back to themselves with no value between, as in `A: oneOf [B, text]`, `B: oneOf [A, number]`.
//!
//! Reading such a value by trying one member after the other would never end. All unions of a cycle permit the
//! same values, those of the members other than the unions: one of them gets these members, and the others become its aliases.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::ir::{Member, Reason, SchemaId, Schemas, Shape, Use};

/// Removes the cycles.
pub(super) fn collapse_alias_cycles(schemas: &mut Schemas) {
    schemas.settle();
    for circle in circles(schemas) {
        // The first by name, since the order of components has no meaning.
        let by_name = |id: &&SchemaId| {
            let schema = schemas.get(**id);
            (schema.component.is_none(), &schema.pointer)
        };
        let Some(first) = circle.iter().min_by_key(by_name).copied() else { continue };
        let same = Use::of(first);
        let (nullable, members) = (schemas.is_nullable(&same), outside(schemas, first, &circle));
        for id in circle {
            let schema = schemas.get_mut(id);
            schema.nullable |= nullable;
            match &mut schema.shape {
                shape if id != first => *shape = Shape::Alias(Box::new(same.clone())),
                // A cycle without other members does not restrict values.
                shape if members.is_empty() => *shape = Shape::Any(Reason::Unconstrained),
                Shape::Union(union) => union.members.clone_from(&members),
                _ => {}
            }
        }
    }
}

fn members(schemas: &Schemas, id: SchemaId) -> &[Member] {
    match &schemas.get(id).shape {
        Shape::Union(union) => &union.members,
        _ => &[],
    }
}

/// The unions of each circle. That of a single union is one that is its own member.
fn circles(schemas: &Schemas) -> Vec<HashSet<SchemaId>> {
    let mut graph = DiGraph::<SchemaId, ()>::new();
    let is_union = |id: &SchemaId| matches!(schemas.get(*id).shape, Shape::Union(_));
    let unions = schemas.iter().map(|(id, _)| id).filter(is_union);
    let nodes: HashMap<SchemaId, _> = unions.map(|id| (id, graph.add_node(id))).collect();
    for (id, node) in &nodes {
        let targets = members(schemas, *id).iter().map(|member| schemas.resolve(member.value.schema));
        for target in targets.filter_map(|target| nodes.get(&target)) {
            graph.add_edge(*node, *target, ());
        }
    }
    let mut circles = kosaraju_scc(&graph);
    circles.retain(|circle| circle.len() > 1 || circle.iter().any(|node| graph.contains_edge(*node, *node)));
    circles.into_iter().map(|circle| circle.into_iter().map(|node| graph[node]).collect()).collect()
}

/// Returns the alternatives of the unions in a cycle, other than the unions themselves.
fn outside(schemas: &Schemas, first: SchemaId, circle: &HashSet<SchemaId>) -> Vec<Member> {
    let (mut found, mut known, mut walked) = (Vec::new(), HashSet::new(), HashSet::from([first]));
    let mut waiting: Vec<&Member> = members(schemas, first).iter().rev().collect();
    while let Some(member) = waiting.pop() {
        let target = schemas.resolve(member.value.schema);
        if circle.contains(&target) {
            if walked.insert(target) {
                waiting.extend(members(schemas, target).iter().rev());
            }
        } else if known.insert(target) {
            found.push(member.clone());
        }
    }
    found
}
