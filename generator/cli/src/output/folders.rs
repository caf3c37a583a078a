//! Folders that are created on the way to a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that a run made, outermost first. Those that are empty in the end are removed again.
#[derive(Debug, Default)]
pub struct Made(Vec<PathBuf>);

impl Made {
    /// Makes the folder `path` and those that it is in, where they are missing.
    ///
    /// # Errors
    ///
    /// If one of them cannot be created. Those created before are removed again.
    pub fn folders(path: &Path) -> io::Result<Self> {
        let mut made = Made::default();
        made.add(path)?;
        Ok(made)
    }

    /// As [`Made::folders`], beside what was made already.
    pub(super) fn add(&mut self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that holds something is not removed.
            let _ = fs::remove_dir(folder);
        }
    }
}
