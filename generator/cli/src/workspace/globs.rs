//! Entries of a workspace's lists, in which `*` matches any part of one folder's name, as in Cargo's globs.

use std::path::{Component, Path, PathBuf};

/// Returns whether an entry of `members` matches the folder.
pub(super) fn matches(pattern: &str, inside: &[String]) -> bool {
    let parts: Vec<&str> = plain_parts(pattern).collect();
    parts.len() == inside.len() && parts.iter().zip(inside).all(|(part, name)| part_matches(part, name))
}

/// Returns whether the folder is an entry of `exclude`, or below it.
pub(super) fn is_below(folder: &str, inside: &[String]) -> bool {
    let parts: Vec<&str> = plain_parts(folder).collect();
    parts.len() <= inside.len() && parts.iter().zip(inside).all(|(part, name)| part == name)
}

/// The folders that an entry of `members` stands for.
pub(super) fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    for part in plain_parts(pattern) {
        found = found.iter().flat_map(|folder| step(folder, part)).collect();
    }
    found
}

fn step(folder: &Path, part: &str) -> Vec<PathBuf> {
    if !part.contains('*') {
        return vec![folder.join(part)];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let fits = entries.filter(|entry| part_matches(part, &entry.file_name().to_string_lossy()));
    fits.map(|entry| entry.path()).collect()
}

/// A path without `.` and `..`, as text alone tells.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
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
