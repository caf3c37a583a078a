//! The reasons why a folder cannot be compared or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The reason why a folder cannot be compared or written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder contains files, and there is no list of those that clientwright wrote.
    NotOurs(PathBuf),
    /// A file is in the way that clientwright did not write.
    InTheWay(PathBuf),
    /// A path leads through a symbolic link.
    Link(PathBuf),
    /// A path of an emitted file is not a plain path below the folder.
    BadPath(PathBuf),
    /// A line of the list is not a plain path below the folder.
    BadList(PathBuf, usize),
    /// The user interrupted the run before anything was in its place.
    Interrupted(PathBuf),
    /// Reading or writing failed.
    Io(PathBuf, io::Error),
}

impl OutputError {
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            OutputError::NotOurs(path)
            | OutputError::InTheWay(path)
            | OutputError::Link(path)
            | OutputError::BadPath(path)
            | OutputError::BadList(path, _)
            | OutputError::Interrupted(path)
            | OutputError::Io(path, _) => path,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            OutputError::NotOurs(_) => write!(
                f,
                "{path} holds files that clientwright did not write; name an empty folder, or add --force to write among them"
            ),
            OutputError::InTheWay(_) => {
                write!(
                    f,
                    "{path} is in the way, and clientwright did not write it; move it, or add --force to overwrite it"
                )
            }
            OutputError::Link(_) => write!(f, "{path} is a symbolic link, through which clientwright does not write"),
            OutputError::BadPath(_) => write!(f, "{path} is not a plain path below the output folder"),
            OutputError::BadList(_, line) => {
                write!(
                    f,
                    "{path}: line {line} is not a path that clientwright writes below the folder; restore the file, or remove it"
                )
            }
            OutputError::Interrupted(_) => f.write_str("interrupted; nothing was written"),
            OutputError::Io(_, error) => write!(f, "{path}: {error}"),
        }
    }
}

impl std::error::Error for OutputError {}
