//! The dependencies of the enclosing crate of embedded code.

use std::path::Path;

use clientwright::{Origin, Requirement};
use toml::{Table, Value};

/// Returns those requirements that a manifest does not meet; `None` if it cannot be read.
pub fn missing<'r>(manifest: &Path, requirements: &'r [Requirement]) -> Option<Vec<&'r Requirement>> {
    let table = parse(manifest)?;
    let workspace = workspace(manifest, &table);
    let is_met = |it: &&Requirement| entries(&table, it).any(|entry| meets(entry, it, workspace.as_ref()));
    Some(requirements.iter().filter(|it| !is_met(it) && it.target.is_none()).collect())
}

fn parse(manifest: &Path) -> Option<Table> {
    std::fs::read_to_string(manifest).ok()?.parse().ok()
}

/// The dependencies of the workspace that a package is a member of, itself included.
fn workspace(manifest: &Path, table: &Table) -> Option<Table> {
    let of = |table: &Table| table.get("workspace")?.get("dependencies")?.as_table().cloned();
    let folder = std::path::absolute(manifest).ok()?;
    of(table).or_else(|| folder.ancestors().skip(2).find_map(|above| of(&parse(&above.join("Cargo.toml"))?)))
}

/// The entries of a dependency, of any target.
fn entries<'t>(table: &'t Table, requirement: &'t Requirement) -> impl Iterator<Item = &'t Value> {
    let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = std::iter::once(table).chain(targets.filter_map(Value::as_table));
    places.flat_map(move |place| {
        let kinds: &[&str] = if requirement.is_dev { &["dev-dependencies", "dependencies"] } else { &["dependencies"] };
        kinds.iter().filter_map(|kind| place.get(*kind)?.get(&requirement.dependency.name))
    })
}

/// Returns whether an entry has the features. Those of a dependency whose defaults are not needed may be among the defaults.
fn meets(entry: &Value, requirement: &Requirement, workspace: Option<&Table>) -> bool {
    let needed = &requirement.dependency;
    if needed.origin != Origin::Registry {
        return true;
    }
    let inherited = entry.get("workspace").and_then(|_| workspace?.get(&needed.name));
    let listed: Vec<&str> = [Some(entry), inherited]
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("features")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let has_defaults = [Some(entry), inherited]
        .into_iter()
        .flatten()
        .all(|it| it.get("default-features") != Some(&Value::Boolean(false)));
    let has = |feature: &String| listed.contains(&feature.as_str()) || listed.contains(&"full");
    (has_defaults || !needed.default_features)
        && ((has_defaults && !needed.default_features) || needed.features.iter().all(has))
}
