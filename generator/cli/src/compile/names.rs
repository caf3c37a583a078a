//! The file that keeps the names of a client.

use std::path::PathBuf;

use clientwright::Generated;

use crate::output::{Aside, Change};

const HEAD: &str = "\
# The names that clientwright assigned. Later runs keep them, whatever is added to the document.
# Keep this file under version control. To choose another name, write it here.
";

/// True if the contents of a file are recorded names.
pub(crate) fn is_names_file(contents: &[u8]) -> bool {
    contents.starts_with(HEAD.as_bytes())
}

/// Returns the necessary change of the file, `None` if it is up to date. `shown` is the path as it was named, and `before` the contents.
pub(super) fn change(generated: &Generated, path: PathBuf, shown: String, before: Option<Vec<u8>>) -> Option<Aside> {
    let after = format!("{HEAD}{}", generated.names_text());
    let stale = before.as_deref() != Some(after.as_bytes());
    stale.then_some(Aside { path, change: Change { path: shown, before, after: Some(after) } })
}
