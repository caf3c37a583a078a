//! Files at a git revision.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bounded::MOST_BYTES;
use crate::compile::{FileError, Files, Source};
use crate::report::Failure;

/// A revision of the repository around a folder.
pub(super) struct Repository {
    folder: PathBuf,
    revision: String,
}

impl Repository {
    /// Fails unless git knows the revision.
    pub(super) fn at(folder: &Path, revision: &str) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let commit = format!("{revision}^{{commit}}");
        let output = Command::new("git")
            .current_dir(folder)
            .args(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
            .output()
            .map_err(|error| Failure::Other(format!("cannot run git: {error}")))?;
        if !output.status.success() {
            return Err(Failure::Usage(format!("git knows no revision `{revision}` in {}", folder.display())));
        }
        let revision = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Repository { folder: folder.to_owned(), revision })
    }

    /// A file below the folder at the revision; `None` if it did not exist.
    pub(super) fn read(&self, path: &Path) -> Option<Vec<u8>> {
        show(&self.folder, &self.revision, path)
    }

    pub(super) fn source(&self, path: &Path, bytes: Vec<u8>) -> Source {
        Source { name: path.display().to_string(), bytes }
    }

    /// The files in the folder of a document, and below.
    pub(super) fn beside(&self, spec: &Path) -> Past {
        let below = spec.parent().map(Path::to_owned).unwrap_or_default();
        Past { folder: self.folder.clone(), revision: self.revision.clone(), below }
    }
}

fn show(folder: &Path, revision: &str, path: &Path) -> Option<Vec<u8>> {
    let path = path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
    // `./` makes git read the path from this folder rather than from the top of the repository.
    let object = format!("{revision}:./{}", path.trim_start_matches("./"));
    let mut command = Command::new("git");
    command.current_dir(folder).args(["cat-file", "blob", &object]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (mut bytes, limit) = (Vec::new(), MOST_BYTES as u64 + 1);
    let read = child.stdout.take()?.take(limit).read_to_end(&mut bytes);
    // With the pipe closed, git ends, even if it had more output; a file that is too long is refused when it is read.
    let is_whole = child.wait().ok()?.success() || bytes.len() > MOST_BYTES;
    (read.is_ok() && is_whole).then_some(bytes)
}

/// The files at a past revision that a document's references can reach.
pub(super) struct Past {
    folder: PathBuf,
    revision: String,
    below: PathBuf,
}

impl Files for Past {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let mut depth = 0usize;
        for part in path.split('/') {
            match part {
                ".." => depth = depth.checked_sub(1).ok_or(FileError::Outside)?,
                "" | "." => {}
                _ => depth += 1,
            }
        }
        show(&self.folder, &self.revision, &self.below.join(path)).ok_or(FileError::Missing)
    }
}
