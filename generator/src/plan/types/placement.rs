//! The placement of types: in the only group that needs a type, or in the crate.

use std::collections::BTreeMap;

use crate::rust::{Group, Item, Placement, Type, types_of};

/// Leaves out the types that are not reached from `roots`: those that only parts of other types were made of.
pub(crate) fn retain_reached(types: &mut Vec<Item>, roots: &[Type]) {
    let graph = Graph::of(types);
    let mut placements = vec![None; types.len()];
    mark_reachable(
        roots.iter().flat_map(|ty| graph.named(ty)).collect(),
        Placement::Crate,
        &graph.holds,
        &mut placements,
    );
    let mut reached = placements.into_iter().map(|placement| placement.is_some());
    types.retain(|_| reached.next().unwrap_or(true));
}

/// The types, and those that each holds.
struct Graph {
    index: BTreeMap<String, usize>,
    holds: Vec<Vec<usize>>,
}

impl Graph {
    fn of(types: &[Item]) -> Self {
        let names = types.iter().enumerate().map(|(at, item)| (item.name().as_str().to_owned(), at));
        let mut graph = Self { index: names.collect(), holds: Vec::new() };
        let held = |item: &Item| {
            let mut found = Vec::new();
            item.each_type(&mut |ty| found.extend(graph.named(ty)));
            found
        };
        graph.holds = types.iter().map(held).collect();
        graph
    }

    fn named(&self, ty: &Type) -> Vec<usize> {
        let mut found = Vec::new();
        ty.walk(&mut |part| {
            if let Type::Named(name) = part {
                found.extend(self.index.get(name.as_str()));
            }
        });
        found
    }
}

/// The placement of each type, in the order of the types. `always` are types that are needed with any groups.
///
/// A type is placed with a group if it is reached only from that group's operations, also through other types. So each
/// type refers only to types with its own placement or that of the crate.
pub(crate) fn assign(types: &[Item], groups: &[Group], always: &[Type]) -> Vec<Placement> {
    let graph = Graph::of(types);
    let mut placements: Vec<Option<Placement>> = vec![None; types.len()];
    for (at, group) in groups.iter().enumerate() {
        let mut roots = Vec::new();
        group.operations.iter().for_each(|operation| types_of(operation, &mut |ty| roots.extend(graph.named(ty))));
        mark_reachable(roots, Placement::Group(at), &graph.holds, &mut placements);
    }
    let always = always.iter().flat_map(|ty| graph.named(ty)).collect();
    mark_reachable(always, Placement::Crate, &graph.holds, &mut placements);
    // Types that no operation needs are placed in the crate.
    let unneeded = (0..types.len()).filter(|at| placements[*at].is_none()).collect();
    mark_reachable(unneeded, Placement::Crate, &graph.holds, &mut placements);
    placements.into_iter().map(|home| home.unwrap_or(Placement::Crate)).collect()
}

/// Places all types that are reached. A type that has another placement already is placed in the crate, with all that it reaches.
fn mark_reachable(roots: Vec<usize>, home: Placement, holds: &[Vec<usize>], placements: &mut [Option<Placement>]) {
    let mut open: Vec<(usize, Placement)> = roots.into_iter().map(|at| (at, home)).collect();
    while let Some((at, home)) = open.pop() {
        let settled = match placements[at] {
            None => home,
            Some(known) if known == home => continue,
            Some(Placement::Crate) => continue,
            Some(Placement::Group(_)) => Placement::Crate,
        };
        placements[at] = Some(settled);
        open.extend(holds[at].iter().map(|held| (*held, settled)));
    }
}
