//! The tests that come with generated crates: they compile without a warning, and pass.
//!
//! With `CLIENTWRIGHT_SHARED`, also those of the documents of its `corpus` whose names `CLIENTWRIGHT_ONLY` lists.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::front::shared;
use clientwright_tests::inputs::root;

#[test]
#[ignore = "compiles clients"]
fn the_tests_of_generated_crates_pass() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let mut members = String::new();
    for path in documents() {
        let name = path.file_stem().expect("it is a file").to_string_lossy().replace('_', "-");
        let options = Options { wire_tests: true, validation: true, ..Options::new(name.as_str()) };
        let source = Source { bytes: fs::read(&path).expect("it can be read"), name: name.clone() };
        let generated = generate(&source, &[], &NoFiles, &options).product.expect("it is accepted");
        write(&home.join(&name), &generated);
        let _ = write!(members, "{name:?}, ");
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\n");
    fs::write(home.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(root().join("Cargo.lock"), home.join("Cargo.lock")).expect("it can be copied");
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--test", "wire", "--features", "validate", "--no-fail-fast"])
        .current_dir(&home)
        .env("CARGO_TARGET_DIR", home.parent().expect("it is below another").join("emitted/target"))
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .expect("cargo starts");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    println!("{said}");
}

fn documents() -> Vec<PathBuf> {
    let cases =
        fs::read_dir(root().join("tests/cases")).expect("it is there").map(|entry| entry.expect("it is").path());
    let mut found: Vec<PathBuf> =
        cases.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect();
    if let Ok(only) = std::env::var("CLIENTWRIGHT_ONLY") {
        let shared = shared();
        found.extend(only.split(',').map(|name| shared.join("corpus").join(name)));
    }
    found.sort();
    found
}

/// Writes what changed, so that nothing is compiled twice.
fn write(folder: &Path, generated: &Generated) {
    for file in &generated.files {
        let path = folder.join(&file.path);
        if fs::read_to_string(&path).is_ok_and(|there| there == file.contents) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("it can be made");
        fs::write(path, &file.contents).expect("it can be written");
    }
}
