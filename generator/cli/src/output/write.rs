//! Making a folder current.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

use super::below::below;
use super::{Change, LIST, OutputError, list};

/// Writes and removes what `changes`, as [`super::compare`] found them, says.
///
/// Every file is first written whole beside its place, and only when all of them are there does the first one take its
/// place, each in one step. A full disk or a lost permission therefore leaves the folder as it was.
///
/// # Errors
///
/// When something can't be written, or when a link has come into the way since the comparison.
pub fn apply(out: &Path, changes: &[Change]) -> Result<(), OutputError> {
    let mut staged = Vec::new();
    for change in changes {
        if let Some(contents) = &change.after {
            staged.push((change, stage(out, &change.path, contents)?));
        }
    }
    // The list goes last: until then it names too much rather than too little, so that an interrupted run leaves no
    // file that nobody will ever remove.
    widen_list(out, changes)?;
    let (lists, files): (Vec<_>, Vec<_>) = staged.into_iter().partition(|(change, _)| change.path == LIST);
    for (change, file) in files {
        place(out, &change.path, file)?;
    }
    for change in changes.iter().filter(|change| change.after.is_none()) {
        remove(out, &change.path)?;
    }
    for (change, file) in lists {
        place(out, &change.path, file)?;
    }
    Ok(())
}

/// Writes one file in one step, and the folders that it is in.
///
/// # Errors
///
/// When it can't be written, or is a link.
pub fn replace(file: &Path, contents: &str) -> Result<(), OutputError> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let staged = stage(folder, &name, contents)?;
    place(folder, &name, staged)
}

fn stage(out: &Path, path: &str, contents: &str) -> Result<TempPath, OutputError> {
    let target = below(out, path)?;
    let folder = target.parent().unwrap_or(out);
    let failed = |error| OutputError::Io(target.clone(), error);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = new_file_beside(folder).map_err(failed)?;
    file.write_all(contents.as_bytes()).map_err(failed)?;
    Ok(file.into_temp_path())
}

/// A file that nobody else knows, with the permissions of any other file that the user makes.
fn new_file_beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clientwright-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn place(out: &Path, path: &str, file: TempPath) -> Result<(), OutputError> {
    let target = below(out, path)?;
    file.persist(&target).map_err(|error| OutputError::Io(target, error.error))
}

/// Adds what is about to be written to the list that is there.
fn widen_list(out: &Path, changes: &[Change]) -> Result<(), OutputError> {
    let listed = list::read(out)?.unwrap_or_default();
    let written = changes.iter().filter(|change| change.after.is_some() && change.path != LIST);
    let wanted: BTreeSet<&str> =
        listed.iter().map(String::as_str).chain(written.map(|change| change.path.as_str())).collect();
    if wanted.len() == listed.len() {
        return Ok(());
    }
    let file = stage(out, LIST, &list::text(wanted))?;
    place(out, LIST, file)
}

/// Removes a file, and the folders that only it kept.
fn remove(out: &Path, path: &str) -> Result<(), OutputError> {
    let file = below(out, path)?;
    fs::remove_file(&file).map_err(|error| OutputError::Io(file.clone(), error))?;
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != out) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
