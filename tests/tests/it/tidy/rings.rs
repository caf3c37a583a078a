//! Rings of files: files that import one another, on whatever way round.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rings among files, each as the set of its files.
pub(crate) fn rings<'a>(imports: &BTreeMap<&'a Path, BTreeMap<&'a Path, String>>) -> Vec<BTreeSet<&'a Path>> {
    let reached: BTreeMap<&Path, BTreeSet<&Path>> =
        imports.keys().map(|file| (*file, reachable(file, imports))).collect();
    let mut rings: Vec<BTreeSet<&Path>> = Vec::new();
    for (file, after) in &reached {
        if after.contains(file) && !rings.iter().any(|ring| ring.contains(file)) {
            rings.push(after.iter().copied().filter(|other| reached[other].contains(file)).collect());
        }
    }
    rings
}

fn reachable<'a>(from: &Path, imports: &BTreeMap<&'a Path, BTreeMap<&'a Path, String>>) -> BTreeSet<&'a Path> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for next in imports.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*next) {
                open.push(next);
            }
        }
    }
    reached
}

#[test]
fn rings_are_found_whole() {
    fn edges(to: &[&'static str]) -> BTreeMap<&'static Path, String> {
        to.iter().map(|to| (Path::new(*to), String::new())).collect()
    }
    let imports = BTreeMap::from([
        (Path::new("a"), edges(&["b"])),
        (Path::new("b"), edges(&["c", "d"])),
        (Path::new("c"), edges(&["a"])),
        (Path::new("d"), edges(&["e"])),
        (Path::new("e"), edges(&[])),
    ]);
    assert_eq!(rings(&imports), [BTreeSet::from([Path::new("a"), Path::new("b"), Path::new("c")])]);
}
