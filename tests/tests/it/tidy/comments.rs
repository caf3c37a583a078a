//! Doc comments: the word that each begins with.

use std::path::{Path, PathBuf};

/// Words that begin a clause without a subject: "What is sent" instead of "The body that is sent".
const HEADLESS: &[&str] = &["What", "How", "Whose", "Where", "Whether", "Which", "Who", "Why"];

/// The number of doc comments in some files, and where those stand that begin with a headless clause.
pub(crate) fn headless(files: &[PathBuf], shown: impl Fn(&Path) -> PathBuf) -> (usize, Vec<String>) {
    let (mut count, mut found) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for (line, comment) in doc_comments(&text) {
            count += 1;
            if comment.split(|sign: char| !sign.is_alphanumeric()).next().is_some_and(|word| HEADLESS.contains(&word)) {
                found.push(format!("{}:{line}: {comment}", shown(file).display()));
            }
        }
    }
    (count, found)
}

/// The first line of each doc comment, with its number.
fn doc_comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim_start();
        let kind = ["///", "//!"].into_iter().find(|mark| line.starts_with(mark) && !line.starts_with("////"));
        let is_first = kind.is_some() && before != kind;
        before = kind;
        is_first.then(|| (index + 1, line[3..].trim_start()))
    })
}

#[test]
fn only_first_lines_count() {
    let text = "//! The module.\n//! What is more.\n\n/// Where it is.\n/// How so?\nfn f() {}\n// What\n    /// Whatever it is.\n";
    let found: Vec<_> = doc_comments(text).collect();
    assert_eq!(found, [(1, "The module."), (4, "Where it is."), (8, "Whatever it is.")]);
}
