//! The files beside the spec, for `$ref`s into them.

use std::fmt;

/// The reason why a file beside the spec was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// There is none.
    Missing,
    /// It lies, perhaps through a link, outside the folder that may be read.
    Outside,
    /// The message of the system.
    Other(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::Missing => f.write_str("there is no such file"),
            FileError::Outside => f.write_str("it lies outside the folder of the spec"),
            FileError::Other(words) => f.write_str(words),
        }
    }
}

/// Reads files beside the spec.
///
/// The library opens no files itself. An implementation returns only files below the folder that may be read: that of the spec, or
/// one above it that the user named.
pub trait Files {
    /// The content of the file at `path`: relative to the folder that may be read, forward slashes, no `.` or `..` in it.
    ///
    /// # Errors
    /// Where there is no such file, or it may not be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The path of the spec below the folder that may be read, where that is not the spec's own folder: `api/openapi.yaml`.
    fn path_of_spec(&self) -> Option<String> {
        None
    }
}

/// No files beside the spec.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Result<Vec<u8>, FileError> {
        Err(FileError::Missing)
    }
}
