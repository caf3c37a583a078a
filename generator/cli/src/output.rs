//! An output folder: what in it is stale, and making it current.
//!
//! A folder holds a list of the files that clientwright wrote, `.clientwright`. Only those are ever overwritten or
//! removed; a file that someone else put there is left alone, and is an error where it is in the way.

mod diff;
mod list;
mod write;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use diff::unified;
pub use list::FILE_NAME as LIST;
pub use write::{apply, replace};

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

/// The reason why a folder cannot be compared or written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder holds files, and no list says that clientwright wrote them.
    NotOurs(PathBuf),
    /// A file is in the way that clientwright did not write.
    InTheWay(PathBuf),
    /// A path leads through a symbolic link.
    Link(PathBuf),
    /// A path of an emitted file is not a plain path below the folder.
    BadPath(PathBuf),
    /// A line of the list is not a plain path below the folder.
    BadList(PathBuf, usize),
    /// Reading or writing failed.
    Io(PathBuf, io::Error),
}

impl OutputError {
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            OutputError::NotOurs(path)
            | OutputError::InTheWay(path)
            | OutputError::Link(path)
            | OutputError::BadPath(path)
            | OutputError::BadList(path, _)
            | OutputError::Io(path, _) => path,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            OutputError::NotOurs(_) => write!(
                f,
                "{path} holds files that clientwright did not write; name an empty folder, or add --force to write among them"
            ),
            OutputError::InTheWay(_) => {
                write!(
                    f,
                    "{path} is in the way, and clientwright did not write it; move it, or add --force to overwrite it"
                )
            }
            OutputError::Link(_) => write!(f, "{path} is a symbolic link, through which clientwright does not write"),
            OutputError::BadPath(_) => write!(f, "{path} is not a plain path below the output folder"),
            OutputError::BadList(_, line) => {
                write!(
                    f,
                    "{path}: line {line} is not a path that clientwright writes below the folder; restore the file, or remove it"
                )
            }
            OutputError::Io(_, error) => write!(f, "{path}: {error}"),
        }
    }
}

impl std::error::Error for OutputError {}

/// Returns the changes after which `out` contains exactly `files`, sorted by path. Writes nothing.
///
/// With `force`, files that clientwright did not write may be overwritten. They are never removed.
///
/// # Errors
///
/// When the folder is not clientwright's to write, a link is in the way, or something can't be read.
pub fn compare(out: &Path, files: Vec<File>, force: bool) -> Result<Vec<Change>, OutputError> {
    let list = list::read(out)?;
    if list.is_none() && !force && has_foreign_entries(out)? {
        return Err(OutputError::NotOurs(out.to_owned()));
    }
    let listed = list.unwrap_or_default();
    let wanted: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut changes = Vec::new();
    for file in files {
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
        Ok(_) => fs::read(&file).map(Some).map_err(|error| OutputError::Io(file, error)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(OutputError::Io(file, error)),
    }
}

/// The place of a file below `out`, once no step on the way to it is a link.
///
/// `out` itself may be one: that is what the user named.
fn below(out: &Path, path: &str) -> Result<PathBuf, OutputError> {
    if !list::is_plain(path) {
        return Err(OutputError::BadPath(out.join(path)));
    }
    let mut place = out.to_owned();
    for part in path.split('/') {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.file_type().is_symlink() => return Err(OutputError::Link(place)),
            Ok(_) => {}
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(OutputError::Io(place, error)),
        }
    }
    Ok(place)
}

/// A file where a folder is expected means that nothing is there either.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns whether the folder contains anything but files of version control and Cargo.
fn has_foreign_entries(out: &Path) -> Result<bool, OutputError> {
    const HARMLESS: &[&str] = &[".git", ".gitignore", "Cargo.lock", "target"];
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
