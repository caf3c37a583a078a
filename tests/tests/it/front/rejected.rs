//! Documents that nothing can be made of: no crate, no panic, and a message with a line for each fault.
//!
//! The documents are in `rejected/`, what is said about them in `snapshots/rejected/`.

use std::fs;
use std::path::Path;

use clientwright::diagnostics::Severity;
use clientwright::render::Format;
use clientwright::{NoFiles, Options, generate};
use clientwright_tests::inputs::{root, source};

#[test]
fn documents_that_are_rejected() {
    let documents = documents();
    assert!(documents.len() > 20, "{documents:?}");
    for name in &documents {
        let source = source(&format!("tests/rejected/{name}"));
        let report = generate(&source, &[], &NoFiles, &Options::new("orders"));
        assert!(report.product.is_none(), "{name} was not rejected");
        let findings = report.render(&[&source], Format::Short, false);
        let errors: Vec<&str> = findings.lines().filter(|line| line.contains(": error[")).collect();
        assert_eq!(errors.len(), report.diagnostics.count(Severity::Error), "one line for each:\n{findings}");
        assert!(!errors.is_empty(), "{name} was rejected without a word");
        errors.iter().for_each(|error| assert!(has_position(error, &source.name), "no line and column: {error}"));
        lock(name, &findings);
    }
}

/// A document that is gone leaves no snapshot behind.
#[test]
fn every_snapshot_has_its_document() {
    let documents = documents();
    for snapshot in files(&root().join("tests/snapshots/rejected")) {
        let name = snapshot.strip_suffix(".snap").unwrap_or(&snapshot);
        assert!(documents.iter().any(|document| document == name), "delete tests/snapshots/rejected/{snapshot}");
    }
}

fn documents() -> Vec<String> {
    files(&root().join("tests/rejected"))
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with(".snap.new"));
    names.sort();
    names
}

/// Returns whether a line begins with `file:line:column:`.
fn has_position(line: &str, file: &str) -> bool {
    let Some(rest) = line.strip_prefix(file).and_then(|rest| rest.strip_prefix(':')) else { return false };
    let mut numbers = rest.split(':').take(2).map(str::parse::<usize>);
    matches!((numbers.next(), numbers.next()), (Some(Ok(1..)), Some(Ok(1..))))
}

fn lock(name: &str, findings: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/rejected");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, findings));
}
