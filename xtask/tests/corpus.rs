//! `corpus`: whatever a generator does with a document, the table says so.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Stands in for a generator: what it does is in the name of the document.
const GENERATOR: &str = r#"#!/bin/sh
out=$5 package=$7
write() {
    mkdir -p "$out/src" && : > "$out/.clientwright"
    printf '[package]\nname = "%s"\nedition = "2024"\n[workspace]\n' "$package" > "$out/Cargo.toml"
    printf '//! Documented.\n%s\n' "$1" > "$out/src/lib.rs"
    echo "{\"reason\":\"client\",\"operations\":${2:-1},\"types\":3,\"warnings\":2}"
}
case "$package" in
    *good) write '' ;;
    *warns) write 'fn unused() {}' ;;
    *breaks) write 'fn broken() -> u8 { "" }' ;;
    *loses) write '' 0 ;;
    *rejects) echo '{"severity":"error","message":"no such thing"}'; exit 1 ;;
    *panics) echo 'panicked at x.rs' >&2; exit 101 ;;
    *hangs) echo $$ > "$(dirname "$0")/pid"; sleep 300 & wait ;;
esac
"#;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Animals, version: 1.0.0 }
paths:
  /cats:
    get: { operationId: list-cats, responses: { '204': { description: Done } } }
";

/// A folder with a generator and documents, that is removed afterwards.
struct Place(TempDir);

impl Place {
    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    fn run(&self, args: &[&str]) -> (i32, String) {
        let output = command(args, &self.path("")).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().expect("it ends by itself"), text)
    }
}

fn command(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(args).current_dir(folder);
    command
}

fn corpus(names: &[&str]) -> Place {
    let place = Place(tempfile::tempdir().unwrap());
    fs::write(place.path("generator"), GENERATOR).unwrap();
    fs::set_permissions(place.path("generator"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(place.path("documents")).unwrap();
    for name in names {
        fs::write(place.path(&format!("documents/{name}.yaml")), DOCUMENT).unwrap();
    }
    place
}

fn results(place: &Place) -> Vec<(String, String, String)> {
    let rows: serde_json::Value = serde_json::from_str(&place.read("work/results.json")).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let rows = rows.as_array().unwrap().iter();
    let mut rows: Vec<_> = rows.map(|row| (text(&row["document"]), text(&row["result"]), text(&row["why"]))).collect();
    rows.sort();
    rows
}

const ARGS: &[&str] = &["corpus", "documents", "--bin", "generator", "--work", "work"];

#[test]
fn every_way_to_fall_short_is_told_apart() {
    let place = corpus(&["breaks", "good", "loses", "panics", "rejects", "warns"]);
    let (code, said) = place.run(&[ARGS, &["--check", "--jobs", "2"]].concat());
    assert_eq!(code, 1, "{said}");
    let results = results(&place);
    let words: Vec<(&str, &str)> = results.iter().map(|(name, word, _)| (name.as_str(), word.as_str())).collect();
    let expected = [
        ("breaks", "check"),
        ("good", "ok"),
        ("loses", "operations"),
        ("panics", "crashed"),
        ("rejects", "rejected"),
        ("warns", "check"),
    ];
    assert_eq!(words, expected);
    let why = |name: &str| &results.iter().find(|(found, ..)| found == name).unwrap().2;
    assert!(why("breaks").starts_with("mismatched types (src/lib.rs:2)"), "{results:?}");
    assert!(why("warns").contains("never used"), "{results:?}");
    assert_eq!(why("rejects"), "no such thing");
    assert!(said.contains("1 of 6 documents as they should be"), "{said}");
    assert_eq!(place.read("work/results.tsv").lines().count(), 7);
    let page = place.read("work/results.html");
    assert_eq!(page.matches("<tr>").count(), 7, "{page}");
    assert!(page.contains("mismatched types"), "{page}");
}

#[test]
fn a_folder_without_shortfalls_is_a_success() {
    let place = corpus(&["good", "warns"]);
    let (code, said) = place.run(&[ARGS, &["--only", "go*"]].concat());
    assert_eq!(code, 0, "{said}");
    assert_eq!(results(&place).len(), 1);
    assert_eq!(place.run(&[ARGS, &["--only", "none"]].concat()).0, 2);
}

#[test]
fn a_generator_that_hangs_is_stopped() {
    let place = corpus(&["hangs"]);
    let (code, _) = place.run(&[ARGS, &["--timeout", "1"]].concat());
    assert_eq!(code, 1);
    assert_eq!(results(&place)[0].1, "time out");
}

#[test]
fn a_generator_does_not_outlive_a_run_that_is_killed() {
    let place = corpus(&["hangs"]);
    let mut run = command(ARGS, &place.path("")).spawn().unwrap();
    let generator = wait_for(|| fs::read_to_string(place.path("pid")).ok().filter(|pid| pid.ends_with('\n')));
    run.kill().unwrap();
    run.wait().unwrap();
    let process = Path::new("/proc").join(generator.trim());
    if Path::new("/proc/self").exists() {
        wait_for(|| (!process.exists()).then_some(()));
    }
}

/// Asks again and again until there is an answer.
fn wait_for<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let asked = (0..3000).find_map(|_| {
        thread::sleep(Duration::from_millis(20));
        ask()
    });
    asked.expect("it happens within a minute")
}
