//! The folder that a measured run writes to.

use std::fs;
use std::io;
use std::path::Path;

use clientwright_cli::output;

/// Removes an earlier crate, if it is one that clientwright wrote.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    if folder.join(output::LIST).is_file() { fs::remove_dir_all(folder) } else { Ok(()) }
}
