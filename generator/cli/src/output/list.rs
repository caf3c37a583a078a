//! `.clientwright`: the list of the files in a folder that clientwright wrote.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::below::{below, is_plain};
use super::error::OutputError;
use crate::bounded;

/// The name of the list in the folder.
pub const FILE_NAME: &str = ".clientwright";

const HEADER: &str = "# Written by clientwright. It overwrites these files, removes them when they are no longer needed, and\n\
                      # touches no others in this folder.\n";

/// The list for these files, which are sorted, one a line.
pub(super) fn text<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that the folder's list names; `None` where there is no list.
///
/// The list may have been edited or badly merged, and the files that it names may be removed: a line that could name a file
/// elsewhere is an error.
pub(super) fn read(out: &Path) -> Result<Option<BTreeSet<String>>, OutputError> {
    let file = below(out, FILE_NAME)?;
    let text = match bounded::text(&file) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => return Ok(None),
        Err(error) => return Err(OutputError::Io(file, error)),
    };
    let (mut paths, mut lines) = (BTreeSet::new(), Vec::new());
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if !is_plain(line) {
            return Err(OutputError::BadList(file, number + 1));
        }
        paths.insert(line.to_owned());
        lines.push((number + 1, line));
    }
    let form = Form::of(&paths);
    if let Some((number, _)) = lines.into_iter().find(|(_, line)| !form.has(line)) {
        return Err(OutputError::BadList(file, number));
    }
    Ok(Some(paths))
}

/// The files that a run writes into the folder itself.
const OUTERMOST: &[&str] = &["Cargo.toml", "README.md", "rustfmt.toml"];

/// The folders below which a run writes Rust.
const FOLDERS: &[&str] = &["src", "tests", "examples"];

/// The root of a client that is a module of the user's crate.
const MODULE_ROOT: &str = "mod.rs";

/// The form of a client, which determines the files that a run can write: none of version control, of Cargo or of the user.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// A package: Rust below Cargo's folders, and the manifest with what stands beside it.
    Package,
    /// A module: Rust anywhere below the folder.
    Module,
}

impl Form {
    /// The form of the client that consists of these files.
    pub(super) fn of(paths: &BTreeSet<String>) -> Self {
        if paths.contains(MODULE_ROOT) { Self::Module } else { Self::Package }
    }

    /// Returns true if a client of this form can have a file at this path.
    pub(super) fn has(self, path: &str) -> bool {
        let is_rust = path.ends_with(".rs") && !path.split('/').any(|part| part.starts_with('.'));
        match (self, path.split_once('/')) {
            (Self::Module, _) => is_rust,
            (Self::Package, None) => OUTERMOST.contains(&path),
            (Self::Package, Some((folder, _))) => is_rust && FOLDERS.contains(&folder),
        }
    }
}
