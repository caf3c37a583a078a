//! The relation of an output folder to an enclosing Cargo workspace.

use std::path::Path;

/// Returns whether the crate in `out` needs a `[workspace]` table of its own.
///
/// Cargo looks for a workspace upward from every crate, and stops with an error when it finds one that doesn't know the
/// crate. A crate that is a member, that is excluded, or that stands outside any workspace needs nothing.
pub(crate) fn needs_own_table(out: &Path) -> bool {
    let Ok(out) = std::path::absolute(out) else { return false };
    for root in out.ancestors().skip(1) {
        let Ok(text) = std::fs::read_to_string(root.join("Cargo.toml")) else { continue };
        let Ok(manifest) = text.parse::<toml::Table>() else { continue };
        let Some(workspace) = manifest.get("workspace").and_then(toml::Value::as_table) else { continue };
        let Ok(inside) = out.strip_prefix(root) else { continue };
        let inside: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let lists = |key: &str| patterns(workspace, key).any(|pattern| matches(pattern, &inside));
        let excluded = patterns(workspace, "exclude").any(|folder| is_below(folder, &inside));
        return !(excluded || lists("members") || is_path_dependency(&manifest, &inside));
    }
    false
}

fn patterns<'a>(workspace: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a str> {
    workspace.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
}

/// Cargo makes every path dependency of a root package that lies below it a member.
fn is_path_dependency(manifest: &toml::Table, inside: &[String]) -> bool {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    tables
        .iter()
        .filter_map(|name| manifest.get(*name)?.as_table())
        .flat_map(|dependencies| dependencies.values())
        .filter_map(|dependency| dependency.get("path")?.as_str())
        .any(|path| matches(path, inside))
}

/// Returns whether an entry of `members` matches the folder. `*` matches any part of one folder's name, as in Cargo's globs.
fn matches(pattern: &str, inside: &[String]) -> bool {
    let parts: Vec<&str> = plain_parts(pattern).collect();
    parts.len() == inside.len() && parts.iter().zip(inside).all(|(part, name)| part_matches(part, name))
}

fn is_below(folder: &str, inside: &[String]) -> bool {
    let parts: Vec<&str> = plain_parts(folder).collect();
    parts.len() <= inside.len() && parts.iter().zip(inside).all(|(part, name)| part == name)
}

fn plain_parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".")
}

fn part_matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| part_matches(after, &rest[at..]))
        }),
    }
}
