//! Documents that others wrote: real ones, hostile ones, and the suites of the specifications.
//!
//! They are not part of the project. `CLIENTWRIGHT_SHARED` names the folder that has them; without it these tests are
//! ignored.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright_tests::front::{Case, Outcome, named, shared};

fn case(path: &Path) -> Case {
    named(&path.to_string_lossy(), fs::read(path).unwrap())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml" || end == "json"));
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
}

/// Deep documents need more stack than a test thread of a debug build has.
fn with_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(64 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn real_documents_reach_the_model() {
    let shared = shared();
    with_stack(move || {
        let failed: Vec<String> = files(&shared.join("corpus"))
            .iter()
            .map(|path| (path, case(path).run()))
            .filter(|(_, outcome)| !outcome.passes())
            .map(|(path, outcome)| format!("{}: {}", path.display(), errors(&outcome)))
            .collect();
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    });
}

fn errors(outcome: &Outcome) -> String {
    outcome.short().lines().filter(|line| line.contains(": error[")).collect::<Vec<_>>().join("\n")
}

/// Faults that cost their place and not the document: a response with an impossible status, and a requirement of no scheme.
const OF_A_PLACE: [&str; 2] = ["op-status-invalid.yaml", "op-security-undefined.yaml"];

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn hostile_documents_are_rejected_where_they_are_hostile() {
    let shared = shared();
    with_stack(move || {
        let folder = shared.join("hostile");
        let manifest = fs::read_to_string(folder.join("manifest.tsv")).unwrap();
        let mut wrong = Vec::new();
        for line in manifest.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [file, _, expected, note] = fields[..] else { panic!("{line}") };
            // Where the manifest leaves both open, what this generator does is tested by its own tests.
            if note.starts_with("[policy") {
                continue;
            }
            let outcome = case(&folder.join(file)).run();
            let place = note.split_whitespace().find_map(|word| word.strip_prefix("where="));
            let named = place.is_none_or(|place| outcome.short().contains(place));
            let passes = expected == "generate" || OF_A_PLACE.contains(&file);
            if outcome.passes() != passes || (expected == "reject" && !named) {
                wrong.push(format!("{file}: {expected}, {place:?}\n{}", outcome.short()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn the_specifications_own_documents_are_judged_as_they_say() {
    let shared = shared();
    let suites = shared.join("suites");
    let mut wrong = Vec::new();
    for folder in ["oas-tests-3.0/tests/v3.0", "oas-tests-3.1/tests/schema", "oas-tests-3.2/tests/schema"] {
        for path in files(&suites.join(folder).join("pass")) {
            let outcome = case(&path).run();
            if !outcome.passes() {
                wrong.push(format!("{} is rejected: {}", path.display(), errors(&outcome)));
            }
        }
        let fail = suites.join(folder).join("fail");
        for path in if fail.is_dir() { files(&fail) } else { Vec::new() } {
            if case(&path).strict().run().passes() {
                wrong.push(format!("{} is accepted", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn overlays_comply() {
    let shared = shared();
    let folder = shared.join("suites/overlay/compliant-sets");
    let mut count = 0;
    for set in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let text = |name: &str| fs::read_to_string(set.join(name)).unwrap();
        let made = named("openapi.yaml", text("openapi.yaml")).overlay(&text("overlay.yaml")).run();
        let expected = named("openapi.yaml", text("output.yaml")).run();
        assert!(made.passes(), "{}: {}", set.display(), made.short());
        assert_eq!(made.root, expected.root, "{}", set.display());
        count += 1;
    }
    assert_eq!(count, 8);
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn overlays_are_judged_as_their_schema_says() {
    let shared = shared();
    let tests = shared.join("suites/overlay/tests");
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n";
    let mut wrong = Vec::new();
    for version in ["v1.0", "v1.1"] {
        for (folder, good) in [("pass", true), ("fail", false)] {
            for path in files(&tests.join(version).join(folder)) {
                let outcome = named("openapi.yaml", spec).overlay(&fs::read_to_string(&path).unwrap()).run();
                let rejected = outcome.codes().iter().any(|code| ["CW0701", "CW0702", "CW0706"].contains(code));
                if rejected == good {
                    wrong.push(format!("{}: {}", path.display(), outcome.short()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
