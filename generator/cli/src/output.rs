//! Comparison and update of an output folder.
//!
//! A folder holds a list of the files that clientwright wrote, `.clientwright`. Only those are ever overwritten or
//! removed; any other file is not changed, and is an error if it would have to be overwritten.

mod below;
mod diff;
mod error;
mod folders;
mod list;
mod lock;
mod staging;
mod undo;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

pub(crate) use below::refuse_links;
use below::{below, is_absent};
pub use diff::unified;
pub use error::OutputError;
pub use folders::Made;
pub use list::FILE_NAME as LIST;
pub use lock::{Lock, parent};
pub use staging::{sweep, sweep_beside};
pub use write::{Aside, apply, create, replace, replace_under};

use crate::bounded;

/// A file as it should be: its path below the folder, with `/`, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path.
    pub path: String,
    /// The text.
    pub contents: String,
}

/// One difference between a folder and what it should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path below the folder, with `/`.
    pub path: String,
    /// The current contents; `None` for a missing file.
    pub before: Option<Vec<u8>>,
    /// The new contents; `None` for a file to remove.
    pub after: Option<String>,
}

impl Change {
    /// `missing`, `superfluous` or `changed`.
    pub fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "missing",
            (_, None) => "superfluous",
            (Some(_), Some(_)) => "changed",
        }
    }
}

/// Returns the changes after which `out` contains exactly `files`, sorted by path. Writes nothing.
///
/// With `force`, files that clientwright did not write may be overwritten. They are never removed.
///
/// # Errors
///
/// If the folder does not belong to clientwright, a symbolic link is in the way, or something cannot be read.
pub fn compare(out: &Path, files: Vec<File>, force: bool) -> Result<Vec<Change>, OutputError> {
    let list = list::read(out)?;
    if list.is_none() && !force && has_foreign_entries(out)? {
        return Err(OutputError::NotOurs(out.to_owned()));
    }
    let listed = list.unwrap_or_default();
    let wanted: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let form = list::Form::of(&wanted);
    let mut changes = Vec::new();
    for file in files {
        if !form.has(&file.path) {
            return Err(OutputError::BadPath(out.join(file.path)));
        }
        let ours = force || listed.contains(&file.path);
        changes.extend(compare_file(out, file, ours)?);
    }
    for path in listed.iter().filter(|path| !wanted.contains(*path)) {
        if let Some(before) = existing(out, path)? {
            changes.push(Change { path: path.clone(), before: Some(before), after: None });
        }
    }
    let list = File { path: LIST.to_owned(), contents: list::text(wanted.iter().map(String::as_str)) };
    changes.extend(compare_file(out, list, true)?);
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(changes)
}

/// The list of files, as a file.
pub(crate) fn list_of(files: &[File]) -> File {
    File { path: LIST.to_owned(), contents: list::text(files.iter().map(|file| file.path.as_str())) }
}

fn compare_file(out: &Path, file: File, ours: bool) -> Result<Option<Change>, OutputError> {
    let before = existing(out, &file.path)?;
    if before.as_deref() == Some(file.contents.as_bytes()) {
        return Ok(None);
    }
    if before.is_some() && !ours {
        return Err(OutputError::InTheWay(out.join(&file.path)));
    }
    Ok(Some(Change { path: file.path, before, after: Some(file.contents) }))
}

/// The bytes of a file below `out`, if it is there.
pub(crate) fn existing(out: &Path, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
    let file = below(out, path)?;
    match fs::metadata(&file) {
        Ok(meta) if !meta.is_file() => Err(OutputError::InTheWay(file)),
        Ok(_) => bounded::bytes(&file).map(Some).map_err(|error| OutputError::Io(file, error)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(OutputError::Io(file, error)),
    }
}

/// Returns whether the folder contains anything but files of version control and Cargo, and those of a run that was killed.
fn has_foreign_entries(out: &Path) -> Result<bool, OutputError> {
    const HARMLESS: &[&str] = &[".git", ".gitignore", "Cargo.lock", "target", staging::FOLDER];
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(OutputError::Io(out.to_owned(), error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| OutputError::Io(out.to_owned(), error))?.file_name();
        if !HARMLESS.iter().any(|harmless| name == *harmless) {
            return Ok(true);
        }
    }
    Ok(false)
}
