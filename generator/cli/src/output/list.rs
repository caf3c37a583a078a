//! `.clientwright`: the list of the files in a folder that clientwright wrote.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::below::{below, is_plain};
use super::error::OutputError;
use crate::bounded;

/// The list's name, in the folder that it is about.
pub const FILE_NAME: &str = ".clientwright";

const HEADER: &str = "# Written by clientwright. It overwrites these files, removes them when they are no longer needed, and\n\
                      # touches no others in this folder.\n";

/// The list for these files, which are sorted, one a line.
pub(super) fn text<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that the folder's list names; `None` where there is no list.
///
/// The list may have been edited or badly merged, and what it names may be removed: a line that could mean a file
/// elsewhere stops everything.
pub(super) fn read(out: &Path) -> Result<Option<BTreeSet<String>>, OutputError> {
    let file = below(out, FILE_NAME)?;
    let text = match bounded::text(&file) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => return Ok(None),
        Err(error) => return Err(OutputError::Io(file, error)),
    };
    let mut paths = BTreeSet::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if !is_plain(line) || !is_written(line) {
            return Err(OutputError::BadList(file, number + 1));
        }
        paths.insert(line.to_owned());
    }
    Ok(Some(paths))
}

/// The files that a run writes into the folder itself.
const OUTERMOST: &[&str] = &["Cargo.toml", "README.md", "rustfmt.toml"];

/// The folders below which a run writes Rust.
const FOLDERS: &[&str] = &["src", "tests", "examples"];

/// Returns true if a run could ever write a path: nothing of version control, of Cargo's or of the user's own.
pub(super) fn is_written(path: &str) -> bool {
    let Some((folder, below)) = path.split_once('/') else { return OUTERMOST.contains(&path) };
    FOLDERS.contains(&folder) && below.ends_with(".rs") && !below.split('/').any(|part| part.starts_with('.'))
}
