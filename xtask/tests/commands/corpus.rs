//! `corpus`: whatever a generator does with a document, the table says so.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::place::{Place, spec};

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

fn corpus(names: &[&str]) -> Place {
    let place = Place::new();
    place.write("generator", GENERATOR);
    fs::set_permissions(place.path("generator"), fs::Permissions::from_mode(0o755)).unwrap();
    for name in names {
        place.write(&format!("documents/{name}.yaml"), &spec(&["cats"]));
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
    let run = place.run(&[ARGS, &["--check", "--jobs", "2"]].concat());
    assert_eq!(run.code, 1, "{}", run.stderr);
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
    assert!(run.stdout.contains("1 of 6 documents as they should be"), "{}", run.stdout);
    assert_eq!(place.read("work/results.tsv").lines().count(), 7);
    let page = place.read("work/results.html");
    assert_eq!(page.matches("<tr>").count(), 7, "{page}");
    assert!(page.contains("mismatched types"), "{page}");
}

#[test]
fn a_folder_without_shortfalls_is_a_success() {
    let place = corpus(&["good", "warns"]);
    let run = place.run(&[ARGS, &["--only", "go*"]].concat());
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(results(&place).len(), 1);
    assert_eq!(place.run(&[ARGS, &["--only", "none"]].concat()).code, 2);
}

#[test]
fn a_generator_that_hangs_is_stopped() {
    let place = corpus(&["hangs"]);
    let run = place.run(&[ARGS, &["--timeout", "1"]].concat());
    assert_eq!(run.code, 1);
    assert_eq!(results(&place)[0].1, "time out");
}

#[test]
fn a_generator_does_not_outlive_a_run_that_is_killed() {
    let place = corpus(&["hangs"]);
    let mut run = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    let mut run = run.args(ARGS).current_dir(place.path("")).spawn().unwrap();
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
