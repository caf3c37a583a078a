//! `diff` beside `cargo semver-checks`, on the crates that follow from each pair of documents.
//!
//! It asks for cargo-semver-checks on the `PATH`, and documents two crates for each pair:
//! `cargo test -p clientwright-cli --test commands -- --ignored semver --nocapture`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::diff::{cases, names, report};

/// The part of a version that increases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bump {
    Patch,
    Minor,
    Major,
}

/// Returns the working folder, which is kept so that a second run compiles nothing again.
fn work() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver")
}

/// The API of the crate of one document, as rustdoc's JSON.
fn documented(name: &str, side: &str) -> PathBuf {
    let out = work().join("pets");
    let spec = cases().join(format!("{name}.{side}.yaml"));
    let done = Command::new(env!("CARGO_BIN_EXE_clientwright"))
        .args(["codegen", "--package", "pets", "--spec"])
        .arg(&spec)
        .arg("--out")
        .arg(&out)
        .arg("--force")
        .output()
        .unwrap();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    // TLS and HTTP/2 are no part of the API, and most of what there is to compile.
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    fs::write(out.join("Cargo.toml"), manifest.replace("\"rustls\", \"http2\", ", "")).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, out.join("Cargo.lock")).unwrap();
    let target = work().join("target");
    let done = Command::new(env!("CARGO"))
        .args(["rustdoc", "--lib", "--offline", "--", "-Zunstable-options", "--output-format=json"])
        .args(["--cap-lints=allow"])
        .current_dir(&out)
        .env("CARGO_TARGET_DIR", &target)
        // rustdoc's JSON is not stable, and so only given to those who say that they know.
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .unwrap();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    let kept = work().join(format!("{side}.json"));
    fs::copy(target.join("doc/pets.json"), &kept).unwrap();
    kept
}

/// Returns the version that cargo-semver-checks requires, and the lints that give the reason.
fn judged(old: &Path, new: &Path) -> (Bump, Vec<String>) {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "check-release", "--color=never", "--release-type=patch", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks is installed");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let lints = text.lines().filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next());
    let lints: Vec<String> = lints.map(str::to_owned).collect();
    let bump = match output.status.success() {
        true => Bump::Patch,
        false if text.contains("requires new major version") => Bump::Major,
        false if text.contains("requires new minor version") => Bump::Minor,
        false => panic!("cargo-semver-checks says nothing that is known: {text}"),
    };
    (bump, lints)
}

/// Returns whether a change is outside the scope of cargo-semver-checks, which compares only the existence of types and does
/// not detect a removed derive.
fn is_beyond_it(report: &Value) -> bool {
    let changes = report["rust"].as_array().unwrap().iter();
    let mut gravest = changes.filter(|change| change["bump"] == report["bump"]);
    gravest.all(|change| change["verb"] == "changed" || change["verb"] == "added" || change["kind"] == "trait")
}

#[test]
#[ignore = "documents two crates for each pair; needs cargo-semver-checks"]
fn semver_checks_asks_for_no_more_than_diff() {
    let (mut wrong, mut agreed, mut less) = (Vec::new(), 0, Vec::new());
    for name in names() {
        let reports: Value = serde_json::from_str(&report(&name, "json")).unwrap();
        let ours = match reports[0]["bump"].as_str().unwrap() {
            "major" => Bump::Major,
            "minor" => Bump::Minor,
            _ => Bump::Patch,
        };
        let (old, new) = (documented(&name, "old"), documented(&name, "new"));
        let (theirs, lints) = judged(&old, &new);
        println!("{name}\t{ours:?}\t{theirs:?}\t{}", lints.join(", "));
        if theirs == ours {
            agreed += 1;
        } else if theirs < ours && is_beyond_it(&reports[0]) {
            less.push(name);
        } else {
            wrong.push(format!("{name}: {ours:?} here, {theirs:?} there ({})", lints.join(", ")));
        }
    }
    println!("{agreed} agree; it asks for less on {}: {}", less.len(), less.join(", "));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
