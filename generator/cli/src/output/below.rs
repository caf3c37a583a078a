//! Paths below an output folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;

/// The path of a file below `out`, if no step on the way to it is a link.
///
/// `out` itself may be a link, since the user named it.
pub(super) fn below(out: &Path, path: &str) -> Result<PathBuf, OutputError> {
    if !is_plain(path) {
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

/// Refuses a path that leads through a symbolic link below `root`. The document's repository may have brought the link, so that it says
/// nothing about the user's wishes.
///
/// # Errors
///
/// If there is such a link.
pub(crate) fn refuse_links(root: &Path, path: &Path) -> Result<(), OutputError> {
    let mut place = root.to_owned();
    for part in path.components() {
        place.push(part);
        if fs::symlink_metadata(&place).is_ok_and(|meta| meta.file_type().is_symlink()) {
            return Err(OutputError::Link(place));
        }
    }
    Ok(())
}

/// A file where a folder is expected means that nothing is there either.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns whether a path, joined to a folder, is a file below that folder on every platform.
pub(super) fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && part.trim() == part)
}
