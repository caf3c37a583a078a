//! The document of a measured run, its folder, and the longest time that it may take.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clientwright_cli::output;

use crate::synthetic;

/// A time that only a run that hangs exceeds.
pub(super) const LIMIT: Duration = Duration::from_secs(600);

/// Removes an earlier crate, if it is one that clientwright wrote.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    if folder.join(output::LIST).is_file() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// Writes a document with so many operations.
pub(super) fn synthetic_document(operations: usize, work: &Path) -> io::Result<PathBuf> {
    let file = work.join(format!("synthetic-{operations}.json"));
    fs::write(&file, synthetic::document(operations))?;
    Ok(file)
}
