//! The changes of a folder as a unified diff.

use std::fmt::Write as _;
use std::time::Duration;

use similar::TextDiff;

use super::Change;

/// The changes as one unified diff that `patch -p1` and code review tools read; paths are below `folder`.
pub fn unified(folder: &str, changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let before = String::from_utf8_lossy(change.before.as_deref().unwrap_or_default());
        let after = change.after.as_deref().unwrap_or_default();
        let path = if folder.is_empty() { change.path.clone() } else { format!("{folder}/{}", change.path) };
        let old = if change.before.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
        let new = if change.after.is_some() { format!("b/{path}") } else { "/dev/null".to_owned() };
        // Two files with little in common would take minutes to compare as well as possible; a coarser diff will do.
        let diff = TextDiff::configure().timeout(Duration::from_secs(2)).diff_lines(before.as_ref(), after);
        let hunks = diff.unified_diff().context_radius(3).header(&old, &new).to_string();
        if hunks.is_empty() {
            // An empty file that appears or goes, or bytes that are not text: there are no lines to show.
            let _ = writeln!(text, "--- {old}\n+++ {new}");
        }
        text.push_str(&hunks);
    }
    text
}
