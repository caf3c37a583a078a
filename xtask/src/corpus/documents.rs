//! The documents of a folder: its files, and of each folder in it the documents that its files belong to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::facts;
use super::name::name;

/// A document to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The folder that its references may lead to, where it is one of several files.
    pub(super) root: Option<PathBuf>,
    bytes: u64,
}

/// Returns the documents of a folder, the smallest first.
pub(super) fn documents(folder: &Path) -> io::Result<Vec<Document>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(of_several_files(&path)?);
        } else if is_document_file(&path) {
            found.push(Document { name: name(&path), bytes: fs::metadata(&path)?.len(), path, root: None });
        }
    }
    found.sort_by(|one, other| (one.bytes, &one.path).cmp(&(other.bytes, &other.path)));
    Ok(found)
}

/// The documents in a folder of several files.
fn of_several_files(folder: &Path) -> io::Result<Vec<Document>> {
    let mut found = Vec::new();
    outermost(folder, &mut found)?;
    found.sort();
    let alone = found.len() == 1;
    found.into_iter().map(|path| of_folder(folder, path, alone)).collect()
}

/// Adds the files of a folder that are documents, or else those of each folder in it: the files below a document are those to which it
/// refers.
fn outermost(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let (before, mut below) = (found.len(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below.push(path);
        } else if is_document_file(&path) && facts::is_document(&path) {
            found.push(path);
        }
    }
    match found.len() == before {
        true => below.iter().try_for_each(|folder| outermost(folder, found)),
        false => Ok(()),
    }
}

/// A document of a folder: it has the folder's name, and where there are others, that of its path in it.
fn of_folder(folder: &Path, path: PathBuf, alone: bool) -> io::Result<Document> {
    let mut name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let within = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
    if !alone {
        within.iter().for_each(|part| name.push_str(&format!("-{}", part.to_string_lossy())));
    }
    Ok(Document { name, bytes: fs::metadata(&path)?.len(), path, root: Some(folder.to_owned()) })
}

fn is_document_file(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json")
}
