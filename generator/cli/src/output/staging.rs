//! Files that are all written before the first of them is moved to its place.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::below::is_absent;
use super::error::OutputError;
use super::folders::Made;
use crate::interrupt::Critical;

/// The folder in an output folder for files that are not in their places yet. It exists during a run only, or after one that was
/// killed, until the next.
pub(super) const FOLDER: &str = ".clientwright.tmp";

/// Files that wait for their places. Those still waiting when this is dropped are removed.
pub(super) struct Staging<'a> {
    folder: PathBuf,
    beside: Vec<PathBuf>,
    written: usize,
    critical: &'a Critical,
    // Dropped after this drops, when the folders are empty.
    made: Made,
}

impl<'a> Staging<'a> {
    /// Begins to write for an output folder, which is created if it is missing.
    pub(super) fn within(out: &Path, critical: &'a Critical) -> Result<Self, OutputError> {
        sweep(out)?;
        let folder = out.join(FOLDER);
        let failed = |error| OutputError::Io(folder.clone(), error);
        let made = Made::folders(out).map_err(failed)?;
        fs::create_dir(&folder).map_err(failed)?;
        Ok(Staging { folder, beside: Vec::new(), written: 0, critical, made })
    }

    /// Writes a file of the output folder, unless the user has interrupted the run.
    pub(super) fn write(&mut self, contents: &[u8]) -> Result<PathBuf, OutputError> {
        if self.critical.is_interrupted() {
            return Err(OutputError::Interrupted(self.folder.clone()));
        }
        self.write_anyway(contents)
    }

    /// Writes a file of the output folder.
    pub(super) fn write_anyway(&mut self, contents: &[u8]) -> Result<PathBuf, OutputError> {
        let place = self.folder.join(self.written.to_string());
        self.written += 1;
        write_new(&place, contents)?;
        Ok(place)
    }

    /// Writes a file that is elsewhere, beside its place: a file takes its place in one step only on the file system that it is on.
    pub(super) fn write_beside(&mut self, target: &Path, contents: &[u8]) -> Result<PathBuf, OutputError> {
        let place = beside(target);
        sweep_beside(target)?;
        let folder = target.parent().unwrap_or(Path::new(""));
        self.made.add(folder).map_err(|error| OutputError::Io(target.to_owned(), error))?;
        self.beside.push(place.clone());
        write_new(&place, contents)?;
        Ok(place)
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        for place in &self.beside {
            let _ = fs::remove_file(place);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes from an output folder the files of a run that was killed before they took their places.
///
/// # Errors
///
/// If they cannot be removed.
pub fn sweep(out: &Path) -> Result<(), OutputError> {
    let folder = out.join(FOLDER);
    // A link is removed itself, not the folder that it leads to.
    match fs::remove_dir_all(&folder) {
        Err(error) if !is_absent(&error) => Err(OutputError::Io(folder, error)),
        _ => Ok(()),
    }
}

/// As [`sweep`], for a single file.
///
/// # Errors
///
/// If there is a file of a killed run that cannot be removed.
pub fn sweep_beside(target: &Path) -> Result<(), OutputError> {
    let place = beside(target);
    match fs::remove_file(&place) {
        Err(error) if !is_absent(&error) => Err(OutputError::Io(place, error)),
        _ => Ok(()),
    }
}

/// The place beside a file where its next contents are written. The name is the same in every run, so that the next run finds what a
/// killed one left.
pub(super) fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(FOLDER);
    target.with_file_name(name)
}

/// Writes a file that is not there, so that it is written through no link.
pub(super) fn write_new(place: &Path, contents: &[u8]) -> Result<(), OutputError> {
    let written: io::Result<()> = File::create_new(place).and_then(|mut file| file.write_all(contents));
    written.map_err(|error| OutputError::Io(place.to_owned(), error))
}
