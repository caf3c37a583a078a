//! Reading documents and the files that they refer to.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clientwright::{FileError, Files};

/// The folder that the `$ref`s of a document may reach.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The path of the document below the folder; `None` if the document is directly in it.
    spec: Option<String>,
    /// The maximum number of bytes of a file.
    limit: usize,
    /// The files requested so far, each with the hash of its contents.
    seen: Mutex<BTreeMap<PathBuf, Option<u64>>>,
}

impl Folder {
    /// The folder `root`, or else the one that `spec` is in. No file of more than `limit` bytes is read.
    ///
    /// # Errors
    /// A named folder that the document is not in.
    pub fn of(spec: &Path, root: Option<&Path>, limit: usize) -> Result<Self, FolderError> {
        let own = spec.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(root) = root else {
            return Ok(Folder { root: own.to_owned(), spec: None, limit, seen: Mutex::default() });
        };
        let real = |path: &Path| path.canonicalize().map_err(|error| FolderError::Unreadable(path.to_owned(), error));
        let (real_root, real_own) = (real(root)?, real(own)?);
        let Ok(between) = real_own.strip_prefix(&real_root) else {
            return Err(FolderError::Outside(spec.to_owned(), root.to_owned()));
        };
        let name = spec.file_name().unwrap_or_default();
        let below = between.join(name).iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        Ok(Folder { root: root.to_owned(), spec: Some(below), limit, seen: Mutex::default() })
    }

    /// Returns the files that were asked for, each with the hash of what it held; `None` for one that can't be read.
    pub fn seen(self) -> BTreeMap<PathBuf, Option<u64>> {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves a path in the folder. A document is not trusted: the file must be below the folder after symbolic links are resolved.
    fn locate(&self, path: &str) -> Result<PathBuf, FileError> {
        let mut depth = 0usize;
        for part in Path::new(path).components() {
            match part {
                Component::Normal(_) => depth += 1,
                Component::CurDir => {}
                Component::ParentDir => depth = depth.checked_sub(1).ok_or(FileError::Outside)?,
                Component::RootDir | Component::Prefix(_) => return Err(FileError::Outside),
            }
        }
        let root = self.root.canonicalize().map_err(file_error)?;
        let file = root.join(path).canonicalize().map_err(file_error)?;
        if file.starts_with(&root) { Ok(file) } else { Err(FileError::Outside) }
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let read = self.locate(path).and_then(|file| read_plain(&file, self.limit).map_err(file_error));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(self.root.join(path), read.as_ref().ok().map(|bytes| hash(bytes)));
        read
    }

    fn path_of_spec(&self) -> Option<String> {
        self.spec.clone()
    }
}

fn file_error(error: io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::Missing,
        _ => FileError::Other(error.to_string()),
    }
}

/// The reason why the folder of a document cannot be used.
#[derive(Debug)]
pub enum FolderError {
    /// A folder that is not there.
    Unreadable(PathBuf, io::Error),
    /// A document that is not below the folder that was named.
    Outside(PathBuf, PathBuf),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::Outside(spec, root) => {
                write!(f, "{} is not below {}, the folder that it may refer to", spec.display(), root.display())
            }
        }
    }
}

impl std::error::Error for FolderError {}

/// Returns the hash of bytes. It may differ between versions of the program, and fingerprints with it.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Reads a file that is not too long, but not a device or a pipe, which might never end.
///
/// # Errors
/// If it cannot be read, or has more bytes than `limit`.
pub fn read_plain(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let refused = |message: String| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    // Opening a pipe would wait for a writer.
    let looked_at = std::fs::metadata(path)?;
    if !looked_at.is_file() {
        return refused("it is not a regular file".to_owned());
    }
    let too_long = |length: u64| format!("it has {length} bytes, and the limit is {limit}; --max-bytes raises it");
    if looked_at.len() > limit as u64 {
        return refused(too_long(looked_at.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(looked_at.len()).unwrap_or_default());
    // The file may have grown since.
    std::fs::File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return refused(too_long(bytes.len() as u64));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::Folder;
    use clientwright::{FileError, Files as _};

    const LIMIT: usize = 1 << 20;

    #[test]
    fn only_files_below_the_folder_are_read() {
        let base = tempfile::tempdir().unwrap();
        let specs = base.path().join("specs");
        std::fs::create_dir_all(specs.join("parts")).unwrap();
        std::fs::write(base.path().join("secret.yaml"), "secret").unwrap();
        std::fs::write(specs.join("parts/pet.yaml"), "pet").unwrap();
        let folder = Folder::of(&specs.join("api.yaml"), None, LIMIT).unwrap();

        assert_eq!(folder.read("parts/pet.yaml").unwrap(), b"pet");
        assert_eq!(folder.read("./parts/../parts/pet.yaml").unwrap(), b"pet");
        let absolute = base.path().join("secret.yaml");
        for outside in ["../secret.yaml", "parts/../../secret.yaml", absolute.to_str().unwrap(), "..", "/dev/zero"] {
            assert_eq!(folder.read(outside), Err(FileError::Outside), "{outside}");
        }
        assert_eq!(folder.read("none.yaml"), Err(FileError::Missing));
        assert_eq!(folder.read("parts/pet.yaml/x.yaml"), Err(FileError::Missing));
        assert!(matches!(folder.read("parts"), Err(FileError::Other(_))));
    }

    #[test]
    fn a_folder_above_is_read_where_the_user_names_it() {
        let base = tempfile::tempdir().unwrap();
        for folder in ["project/api", "project/events"] {
            std::fs::create_dir_all(base.path().join(folder)).unwrap();
        }
        std::fs::write(base.path().join("project/api/openapi.yaml"), "spec").unwrap();
        std::fs::write(base.path().join("project/events/event.yaml"), "event").unwrap();
        std::fs::write(base.path().join("secret.yaml"), "secret").unwrap();
        let spec = base.path().join("project/api/openapi.yaml");
        let folder = Folder::of(&spec, Some(&base.path().join("project")), LIMIT).unwrap();
        assert_eq!(folder.path_of_spec().as_deref(), Some("api/openapi.yaml"));
        assert_eq!(folder.read("events/event.yaml").unwrap(), b"event");
        assert_eq!(folder.read("../secret.yaml"), Err(FileError::Outside));
        assert!(Folder::of(&spec, Some(&base.path().join("project/events")), LIMIT).is_err());
    }

    #[test]
    fn a_file_is_looked_at_before_it_is_read() {
        let base = tempfile::tempdir().unwrap();
        std::fs::write(base.path().join("long.yaml"), [b'a'; 100]).unwrap();
        let folder = Folder::of(&base.path().join("api.yaml"), None, 99).unwrap();
        assert!(matches!(folder.read("long.yaml"), Err(FileError::Other(words)) if words.contains("100 bytes")));
        assert!(super::read_plain(&base.path().join("long.yaml"), 99).is_err());
        assert!(super::read_plain(std::path::Path::new("/dev/zero"), 99).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_folder() {
        let base = tempfile::tempdir().unwrap();
        let specs = base.path().join("specs");
        std::fs::create_dir(&specs).unwrap();
        std::fs::write(base.path().join("secret.yaml"), "secret").unwrap();
        std::fs::write(specs.join("pet.yaml"), "pet").unwrap();
        std::os::unix::fs::symlink(base.path().join("secret.yaml"), specs.join("out.yaml")).unwrap();
        std::os::unix::fs::symlink(base.path(), specs.join("up")).unwrap();
        std::os::unix::fs::symlink("pet.yaml", specs.join("in.yaml")).unwrap();
        let folder = Folder::of(&specs.join("api.yaml"), None, LIMIT).unwrap();

        assert_eq!(folder.read("out.yaml"), Err(FileError::Outside));
        assert_eq!(folder.read("up/secret.yaml"), Err(FileError::Outside));
        assert_eq!(folder.read("in.yaml").unwrap(), b"pet");
    }
}
