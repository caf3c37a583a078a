//! The file that keeps the names of a client.

use std::path::PathBuf;

use clientwright::Generated;

use crate::output::Change;

/// The file as it is and as it should be.
pub(crate) struct NamesFile {
    /// The path.
    pub(crate) path: PathBuf,
    /// The necessary change of the file, with the path as configured; `None` if the file is up to date.
    pub(crate) change: Option<Change>,
}

const HEAD: &str = "\
# The names that clientwright assigned. Later runs keep them, whatever is added to the document.
# Keep this file under version control. To choose another name, write it here.
";

impl NamesFile {
    /// `shown` is the path as it was named, and `before` what is there.
    pub(super) fn of(generated: &Generated, path: PathBuf, shown: String, before: Option<Vec<u8>>) -> Self {
        let after = format!("{HEAD}{}", generated.names_text());
        let stale = before.as_deref() != Some(after.as_bytes());
        NamesFile { path, change: stale.then_some(Change { path: shown, before, after: Some(after) }) }
    }
}
