//! Reading of the files that the user named.

use std::io::{self, Read as _};
use std::path::Path;

pub(crate) use clientwright_build::folder::{Folder, FolderError};

use crate::bounded;
use crate::compile::Source;
use crate::report::Failure;

/// The argument that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads a file that the user named, relative to `root`; findings name it by `path`. `-` is standard input, which can be read once.
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

/// The error for a URL, with a command that fetches it.
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

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Unreadable(path, error) => Failure::Unreadable(path, error),
            FolderError::Outside(spec, root) => {
                Failure::Usage(format!("{} is not below {}, which --root names", spec.display(), root.display()))
            }
        }
    }
}
