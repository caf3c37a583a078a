//! Reading what was named, and the files that a document refers to.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::bounded;
use crate::compile::{FileError, Files, Source};
use crate::hash::hash;
use crate::report::Failure;
use crate::settings::Settings;

/// The argument that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads what the user named, relative to `root`; findings call it by `path`. `-` is standard input, which gives its text once.
pub(crate) fn source(root: &Path, path: &Path, limit: usize) -> Result<Source, Failure> {
    if path == Path::new(STANDARD_INPUT) {
        let unreadable = |error| Failure::Unreadable("standard input".into(), error);
        let mut bytes = Vec::new();
        io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() > limit {
            let message = format!("it has more bytes than the limit, {limit}; --max-bytes raises it");
            return Err(unreadable(io::Error::new(io::ErrorKind::InvalidInput, message)));
        }
        return Ok(Source { name: "<stdin>".to_owned(), bytes });
    }
    if let Some(address) = path.to_str().filter(|path| path.starts_with("http://") || path.starts_with("https://")) {
        return Err(Failure::Usage(not_fetched(address)));
    }
    let bytes =
        bounded::bytes_within(&root.join(path), limit).map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
    Ok(Source { name: path.display().to_string(), bytes })
}

/// The refusal of an address, with the line that fetches it.
fn not_fetched(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().filter(|name| name.contains('.') && path.matches('/').count() > 2);
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    format!(
        "{address} is an address, and clientwright reads files, so that the same input gives the same crate; fetch it first: curl --fail --location --output {} {}",
        quoted(file.unwrap_or("openapi.yaml")),
        quoted(address)
    )
}

/// As [`source`], for a file that need not be there.
pub(crate) fn source_if_any(root: &Path, path: &Path, limit: usize) -> Result<Option<Source>, Failure> {
    match source(root, path, limit) {
        Err(Failure::Unreadable(_, error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// The folder of a document: what its `$ref`s may reach.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    /// The path of the document below the folder; `None` if the document is directly in it.
    spec: Option<String>,
    /// The most bytes that a file may have.
    limit: usize,
    /// The files requested so far, each with the hash of its contents.
    seen: Mutex<BTreeMap<PathBuf, Option<u64>>>,
}

impl Folder {
    /// The folder that the settings name, or else the one that `spec` is in.
    ///
    /// # Errors
    /// A named folder that the document is not in.
    pub(crate) fn of(spec: &Path, settings: &Settings) -> Result<Self, Failure> {
        let limit = settings.most_bytes();
        let own = spec.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(root) = &settings.root else {
            return Ok(Folder { root: own.to_owned(), spec: None, limit, seen: Mutex::default() });
        };
        let real = |path: &Path| path.canonicalize().map_err(|error| Failure::Unreadable(path.to_owned(), error));
        let (real_root, real_own) = (real(root)?, real(own)?);
        let Ok(between) = real_own.strip_prefix(&real_root) else {
            let message = format!("{} is not below {}, which --root names", spec.display(), root.display());
            return Err(Failure::Usage(message));
        };
        let name = spec.file_name().unwrap_or_default();
        let below = between.join(name).iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        Ok(Folder { root: root.clone(), spec: Some(below), limit, seen: Mutex::default() })
    }

    /// The files that were asked for, each with the hash of what it held; `None` for one that can't be read.
    pub(crate) fn seen(self) -> BTreeMap<PathBuf, Option<u64>> {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// A document is untrusted: what it names must lie below the folder, links followed.
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
        let read = self.locate(path).and_then(|file| bounded::bytes_within(&file, self.limit).map_err(file_error));
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

#[cfg(test)]
mod tests {
    use super::Folder;
    use crate::compile::{FileError, Files as _};
    use crate::settings::Settings;

    #[test]
    fn only_files_below_the_folder_are_read() {
        let base = tempfile::tempdir().unwrap();
        let specs = base.path().join("specs");
        std::fs::create_dir_all(specs.join("parts")).unwrap();
        std::fs::write(base.path().join("secret.yaml"), "secret").unwrap();
        std::fs::write(specs.join("parts/pet.yaml"), "pet").unwrap();
        let folder = Folder::of(&specs.join("api.yaml"), &Settings::default()).unwrap();

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
        let settings = Settings { root: Some(base.path().join("project")), ..Settings::default() };
        let folder = Folder::of(&spec, &settings).unwrap();
        assert_eq!(folder.path_of_spec().as_deref(), Some("api/openapi.yaml"));
        assert_eq!(folder.read("events/event.yaml").unwrap(), b"event");
        assert_eq!(folder.read("../secret.yaml"), Err(FileError::Outside));
        let beside = Settings { root: Some(base.path().join("project/events")), ..Settings::default() };
        assert!(Folder::of(&spec, &beside).is_err());
    }

    #[test]
    fn a_file_is_looked_at_before_it_is_read() {
        let base = tempfile::tempdir().unwrap();
        std::fs::write(base.path().join("long.yaml"), [b'a'; 100]).unwrap();
        let settings = Settings { max_bytes: Some(99), ..Settings::default() };
        let folder = Folder::of(&base.path().join("api.yaml"), &settings).unwrap();
        assert!(matches!(folder.read("long.yaml"), Err(FileError::Other(words)) if words.contains("100 bytes")));
        assert!(super::source(base.path(), std::path::Path::new("long.yaml"), 99).is_err());
        assert!(super::source(std::path::Path::new("/"), std::path::Path::new("dev/zero"), 99).is_err());
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
        let folder = Folder::of(&specs.join("api.yaml"), &Settings::default()).unwrap();

        assert_eq!(folder.read("out.yaml"), Err(FileError::Outside));
        assert_eq!(folder.read("up/secret.yaml"), Err(FileError::Outside));
        assert_eq!(folder.read("in.yaml").unwrap(), b"pet");
    }
}
