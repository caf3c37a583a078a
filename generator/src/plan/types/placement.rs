//! The placement of types: in the only group that needs a type, or in the crate.

use std::collections::BTreeMap;

use crate::rust::{Group, Item, Placement, Type, types_of};

/// The placement of each type, in the order of the types. `always` are types that are needed with any groups.
///
/// A type is placed with a group if it is reached only from that group's operations, also through other types. So each
/// type refers only to types with its own placement or that of the crate.
pub(crate) fn assign(types: &[Item], groups: &[Group], always: &[Type]) -> Vec<Placement> {
    let index: BTreeMap<&str, usize> = types.iter().enumerate().map(|(at, item)| (item.name().as_str(), at)).collect();
    let named = |ty: &Type| {
        let mut found = Vec::new();
        ty.walk(&mut |part| {
            if let Type::Named(name) = part {
                found.extend(index.get(name.as_str()));
            }
        });
        found
    };
    let holds: Vec<Vec<usize>> = types
        .iter()
        .map(|item| {
            let mut found = Vec::new();
            item.each_type(&mut |ty| found.extend(named(ty)));
            found
        })
        .collect();
    let mut placements: Vec<Option<Placement>> = vec![None; types.len()];
    for (at, group) in groups.iter().enumerate() {
        let mut roots = Vec::new();
        group.operations.iter().for_each(|operation| types_of(operation, &mut |ty| roots.extend(named(ty))));
        mark_reachable(roots, Placement::Group(at), &holds, &mut placements);
    }
    mark_reachable(always.iter().flat_map(named).collect(), Placement::Crate, &holds, &mut placements);
    // Types that no operation needs are placed in the crate.
    let unneeded = (0..types.len()).filter(|at| placements[*at].is_none()).collect();
    mark_reachable(unneeded, Placement::Crate, &holds, &mut placements);
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
