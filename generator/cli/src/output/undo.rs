//! The way back from a change of a folder that failed half way.

use std::fs;
use std::path::PathBuf;

use super::folders::Made;
use super::staging::Staging;

/// The files that were changed so far, each with its contents before the change; `None` for one that was not there.
#[derive(Default)]
pub(super) struct Undo(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Undo {
    /// Notes a file that was changed.
    pub(super) fn note(&mut self, target: PathBuf, before: Option<Vec<u8>>) {
        self.0.push((target, before));
    }

    /// Restores the files, the last one changed first. A file that can't be restored stays as it is, and the next run puts it right.
    pub(super) fn restore(self, staging: &mut Staging<'_>) {
        for (target, before) in self.0.into_iter().rev() {
            let Some(before) = before else {
                let _ = fs::remove_file(target);
                continue;
            };
            // The folder may have gone with its last file.
            let made = target.parent().map(Made::folders);
            if let Ok(place) = staging.write_anyway(&before) {
                let _ = fs::rename(place, &target);
            }
            drop(made);
        }
    }
}
