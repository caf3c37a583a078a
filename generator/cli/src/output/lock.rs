//! A lock by which runs on one output folder wait for each other.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The lock of a folder. The system releases it when the process ends, and no lock file is written.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    // Closing the file releases the lock.
    _file: Option<File>,
}

impl Lock {
    /// Locks a folder. If another run has it, this calls `waiting` and waits for the other run to end. On a file system without
    /// locks, nothing is locked.
    pub fn of(folder: &Path, waiting: impl FnOnce()) -> Self {
        let file = lockable(folder).ok().filter(|file| match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::Error(_)) => false,
            Err(TryLockError::WouldBlock) => {
                waiting();
                wait(file).is_ok()
            }
        });
        Lock { folder: folder.to_owned(), _file: file }
    }

    /// Locks the nearest existing folder above an output folder, which need not exist yet.
    pub fn above(out: &Path, waiting: impl Fn()) -> Self {
        let nearest = || {
            let parent = parent(out);
            parent.ancestors().find(|folder| folder.is_dir()).unwrap_or(&parent).to_owned()
        };
        loop {
            let lock = Lock::of(&nearest(), &waiting);
            // The other run may have created a nearer one.
            if nearest() == lock.folder {
                return lock;
            }
        }
    }

    /// The lock of the folder that contains an output folder, once that exists. Another run may have locked it first.
    pub fn narrowed(self, out: &Path, waiting: impl FnOnce()) -> Self {
        let parent = parent(out);
        if parent == self.folder { self } else { Lock::of(&parent, waiting) }
    }
}

/// The folder that contains an output folder. It is the same for every path to the output folder.
pub fn parent(out: &Path) -> PathBuf {
    let out = out.canonicalize().or_else(|_| std::path::absolute(out)).unwrap_or_else(|_| out.to_owned());
    out.parent().map(Path::to_owned).unwrap_or(out)
}

fn wait(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Folders can be locked themselves, so that no lock file stays behind.
#[cfg(unix)]
fn lockable(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Folders cannot be locked on this platform, so a file in the temporary folder is locked for each.
#[cfg(not(unix))]
fn lockable(folder: &Path) -> io::Result<File> {
    let folder = folder.canonicalize()?;
    let name = format!("clientwright-{:016x}.lock", crate::hash::hash(folder.as_os_str().as_encoded_bytes()));
    File::options().create(true).truncate(false).write(true).open(std::env::temp_dir().join(name))
}
