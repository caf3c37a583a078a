//! The relation of an output folder to an enclosing Cargo workspace.
//!
//! Cargo looks for a workspace upward from every crate, and refuses to build a crate if the workspace does not know it. `cargo new`
//! therefore makes a new crate a member, and so does `codegen`.

mod globs;

use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Value};

use crate::output::{Aside, Change};
use globs::{is_below, matches, matching};

/// The standing of an output folder.
pub(crate) enum Standing {
    /// Cargo builds the crate: it is a member, is excluded, or is outside of any workspace.
    Settled,
    /// An enclosing workspace does not know it.
    Unknown {
        /// The manifest of the workspace.
        manifest: PathBuf,
        /// The folder relative to the manifest, with `/`.
        entry: String,
    },
}

impl Standing {
    /// The standing of the folder `out`, which need not exist.
    pub(crate) fn of(out: &Path) -> Self {
        let Ok(out) = std::path::absolute(out) else { return Standing::Settled };
        for root in out.ancestors().skip(1) {
            let Some(manifest) = read(root) else { continue };
            let Some(workspace) = manifest.get("workspace").and_then(toml::Value::as_table) else { continue };
            let Ok(inside) = out.strip_prefix(root) else { continue };
            let inside: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let lists = |key: &str| patterns(workspace, key).any(|pattern| matches(pattern, &inside));
            let excluded = patterns(workspace, "exclude").any(|folder| is_below(folder, &inside));
            if excluded || lists("members") || is_path_dependency(root, &manifest, &out) {
                return Standing::Settled;
            }
            return Standing::Unknown { manifest: root.join("Cargo.toml"), entry: inside.join("/") };
        }
        Standing::Settled
    }

    /// Returns whether Cargo builds the crate without a change.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self, Standing::Settled)
    }

    /// The change of the workspace's manifest that makes the crate a member; `None` where none is needed, or where the manifest is a link
    /// or has another form than Cargo's documentation shows.
    pub(crate) fn join(&self) -> Option<Aside> {
        let Standing::Unknown { manifest, entry } = self else { return None };
        let is_file = std::fs::symlink_metadata(manifest).is_ok_and(|meta| meta.is_file());
        let text = is_file.then(|| std::fs::read_to_string(manifest).ok())??;
        let after = with_member(&text, entry)?;
        let change = Change { path: shown(manifest), before: Some(text.into_bytes()), after: Some(after) };
        Some(Aside { path: manifest.clone(), change })
    }
}

/// A manifest relative to the current folder, if it is below.
fn shown(manifest: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    manifest.strip_prefix(here).unwrap_or(manifest).display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

fn with_member(text: &str, entry: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let workspace = document.get_mut("workspace")?.as_table_like_mut()?;
    let members = workspace.entry("members").or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let members = members.as_array_mut()?;
    let mut value = Value::from(entry);
    // A list with one entry per line continues so, and a list on a single line stays on it.
    if let Some(last) = members.iter().last() {
        let prefix = last.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        // A comment there belongs to the entry before.
        let prefix = if prefix.contains('#') { &prefix[prefix.rfind('\n').unwrap_or_default()..] } else { prefix };
        value.decor_mut().set_prefix(if prefix.is_empty() { " " } else { prefix });
        members.push_formatted(value);
    } else {
        members.push(value);
    }
    Some(document.to_string())
}

fn read(folder: &Path) -> Option<toml::Table> {
    crate::bounded::text(&folder.join("Cargo.toml")).ok()?.parse().ok()
}

fn patterns<'a>(workspace: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a str> {
    workspace.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
}

/// Cargo makes every path dependency of a member a member, if it is below the workspace's folder.
fn is_path_dependency(root: &Path, manifest: &toml::Table, out: &Path) -> bool {
    let workspace = manifest.get("workspace").and_then(toml::Value::as_table);
    let members = workspace.into_iter().flat_map(|workspace| patterns(workspace, "members"));
    let members = members.flat_map(|pattern| matching(root, pattern));
    let mut manifests = vec![(root.to_owned(), manifest.clone())];
    manifests.extend(members.filter_map(|folder| Some((folder.clone(), read(&folder)?))));
    let shared = workspace.and_then(|workspace| workspace.get("dependencies")?.as_table());
    let shared = shared.into_iter().flat_map(|table| paths(table, root));
    let own = manifests.iter().flat_map(|(folder, manifest)| {
        let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
        let tables = tables.into_iter().filter_map(|name| manifest.get(name)?.as_table());
        tables.flat_map(|table| paths(table, folder)).collect::<Vec<_>>()
    });
    shared.chain(own).any(|path| path == out)
}

/// The folders of the path dependencies in a table, without `..` in them.
fn paths(table: &toml::Table, folder: &Path) -> Vec<PathBuf> {
    let paths = table.values().filter_map(|dependency| dependency.get("path")?.as_str());
    paths.map(|path| globs::plain(&folder.join(path))).collect()
}

#[cfg(test)]
mod tests {
    use super::with_member;

    #[test]
    fn a_member_is_added_in_the_form_of_the_others() {
        let cases = [
            ("[workspace]\nmembers = [\"a\"]\n", "[workspace]\nmembers = [\"a\", \"z/b\"]\n"),
            ("[workspace]\nmembers = []\n", "[workspace]\nmembers = [\"z/b\"]\n"),
            (
                "# kept\n[workspace]\nmembers = [\n    \"a\", # one\n    \"c\",\n]\nresolver = \"3\"\n",
                "# kept\n[workspace]\nmembers = [\n    \"a\", # one\n    \"c\",\n    \"z/b\",\n]\nresolver = \"3\"\n",
            ),
            (
                "[workspace]\nresolver = \"3\"\n\n[workspace.package]\n",
                "[workspace]\nresolver = \"3\"\nmembers = [\"z/b\"]\n\n[workspace.package]\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(with_member(before, "z/b").as_deref(), Some(after));
        }
        assert_eq!(with_member("[workspace]\nmembers = 1\n", "b"), None);
    }
}
