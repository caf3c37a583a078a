//! The changes of a folder as a unified diff.

use std::fmt::Write;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput, Token};

use super::Change;

/// The number of equal lines around a change.
const CONTEXT: u32 = 3;

/// The changes as one unified diff that `patch -p1` and code review tools read; paths are below `folder`.
pub fn unified(folder: &str, changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let before = String::from_utf8_lossy(change.before.as_deref().unwrap_or_default());
        let after = change.after.as_deref().unwrap_or_default();
        let path = if folder.is_empty() { change.path.clone() } else { format!("{folder}/{}", change.path) };
        let old = if change.before.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
        let new = if change.after.is_some() { format!("b/{path}") } else { "/dev/null".to_owned() };
        // An empty file that appears or goes, or bytes that are not text, has no lines to show.
        let _ = write!(text, "--- {old}\n+++ {new}\n{}", hunks(&before, after));
    }
    text
}

/// The hunks, each with the lines around it, as `patch` reads them. The printer of `imara-diff` 0.2 misstates the beginning of a hunk
/// near the beginning of a file, and leaves a missing last line end unmarked.
fn hunks(before: &str, after: &str) -> String {
    let lines = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let changes: Vec<Hunk> = diff.hunks().collect();
    let mut text = String::new();
    for near in changes.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT) {
        hunk(&lines, near, &mut text);
    }
    text
}

fn hunk(lines: &InternedInput<&str>, changes: &[Hunk], text: &mut String) {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
    let all = u32::try_from(lines.before.len()).unwrap_or(u32::MAX);
    let (above, below) = (first.before.start.min(CONTEXT), (all - last.before.end).min(CONTEXT));
    let old = range(first.before.start - above, last.before.end + below);
    let new = range(first.after.start - above, last.after.end + below);
    let _ = writeln!(text, "@@ -{old} +{new} @@");
    let mut print = |sign, tokens: &[Token], places: Range<u32>| {
        for token in &tokens[places.start as usize..places.end as usize] {
            let line = lines.interner[*token];
            text.push(sign);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    let mut at = first.before.start - above;
    for change in changes {
        print(' ', &lines.before, at..change.before.start);
        print('-', &lines.before, change.before.clone());
        print('+', &lines.after, change.after.clone());
        at = change.before.end;
    }
    print(' ', &lines.before, at..at + below);
}

/// The first line and the number of lines; a range without lines names the line before it.
fn range(start: u32, end: u32) -> String {
    format!("{},{}", if start == end { start } else { start + 1 }, end - start)
}

#[cfg(test)]
mod tests {
    use super::{Change, unified};

    fn change(before: Option<&str>, after: Option<&str>) -> Change {
        let before = before.map(|text| text.as_bytes().to_vec());
        Change { path: "a.rs".to_owned(), before, after: after.map(str::to_owned) }
    }

    #[test]
    fn a_file_that_appears_or_goes_starts_at_line_zero() {
        assert_eq!(
            unified("", &[change(None, Some("one\ntwo\n"))]),
            "--- /dev/null\n+++ b/a.rs\n@@ -0,0 +1,2 @@\n+one\n+two\n"
        );
        assert_eq!(
            unified("c", &[change(Some("one\n"), None)]),
            "--- a/c/a.rs\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-one\n"
        );
        assert_eq!(unified("", &[change(None, Some(""))]), "--- /dev/null\n+++ b/a.rs\n");
    }

    #[test]
    fn a_last_line_without_an_end_is_marked() {
        assert_eq!(
            unified("", &[change(Some("one\ntwo"), Some("one\ntwo\n"))]),
            "--- a/a.rs\n+++ b/a.rs\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n+two\n"
        );
    }

    #[test]
    fn the_lines_above_the_first_change_are_three() {
        assert_eq!(
            unified("", &[change(Some("1\n2\n3\n4\n5\n6\n"), Some("1\n2\n3\n4\n5\nsix\n"))]),
            "--- a/a.rs\n+++ b/a.rs\n@@ -3,4 +3,4 @@\n 3\n 4\n 5\n-6\n+six\n"
        );
    }

    #[test]
    fn changes_far_apart_are_hunks_with_three_lines_around() {
        let before: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let after = before.replace("4\n", "four\n").replacen("17\n", "17\n17a\n", 1).replace("1four\n", "14\n");
        assert_eq!(
            unified("", &[change(Some(&before), Some(&after))]),
            "--- a/a.rs\n+++ b/a.rs\n@@ -1,7 +1,7 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n\
             @@ -15,6 +15,7 @@\n 15\n 16\n 17\n+17a\n 18\n 19\n 20\n"
        );
    }
}
