//! The commands in the README and the docs, each run in a folder where what it names is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::diff::commit;
use crate::place::{Place, spec};

/// Commands of other programs, which `.ci/run` or a workflow runs, or which take another machine.
const ELSEWHERE: &[&str] = &[
    ".ci/minimal-versions",
    ".ci/run",
    ".ci/page",
    "cargo +nightly fuzz",
    "cargo bench",
    "cargo binstall",
    "cargo build --release",
    "cargo deny",
    "cargo install",
    "cargo publish",
    "cargo run --release -p xtask -- ",
    "cargo test",
    "cargo xtask bench",
    "cargo xtask corpus",
    "cargo xtask e2e",
    "cargo xtask soak",
    // It ends when it is interrupted; the tests of `--watch` run it.
    "cargo xtask codegen --watch",
    "clientwright codegen --watch",
    "cp petstore.yaml corrected.yaml",
    "docker ",
    "gh ",
    "peers/bin/",
    "sha256sum ",
    // The end-to-end run calls the command line of the API.
    "webhooks-api ",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every line of a block of commands, with the page that it is on.
fn lines() -> Vec<(String, String)> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let outer = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name));
    let mut lines = Vec::new();
    for page in docs.filter(|path| path.extension().is_some_and(|it| it == "md")).chain(outer) {
        let text = fs::read_to_string(&page).unwrap();
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        for block in text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let commands = block.lines().map(|line| line.split(" #").next().unwrap_or_default().trim());
            lines.extend(commands.filter(|line| !line.is_empty()).map(|line| (name.clone(), line.to_owned())));
        }
    }
    lines
}

/// A repository with the documents and the configuration of this one, and those that the docs speak of.
fn place() -> Place {
    let place = Place::new();
    for file in
        ["codegen.toml", "specs/webhooks-api.yaml", "specs/webhooks-api.overlay.yaml", "specs/webhooks-api.names.yaml"]
    {
        place.write(&format!("here/{file}"), &fs::read_to_string(root().join(file)).unwrap());
    }
    for (name, groups) in [
        ("petstore", &["pets"][..]),
        ("corrected", &["pets", "owners"]),
        ("museum", &["hours"]),
        ("OLD", &["cats"]),
        ("NEW", &["cats", "dogs"]),
    ] {
        place.write(&format!("here/{name}.yaml"), &spec(groups));
    }
    // A client that met nothing amiss.
    place.write("here/lapses.jsonl", "");
    place
}

#[test]
fn every_command_in_the_docs_runs() {
    let (mut ran, mut faults) = (0, Vec::new());
    for (page, line) in lines() {
        if ELSEWHERE.iter().any(|known| line.starts_with(known)) || line.starts_with("cd ") {
            continue;
        }
        let Some(written) = line.strip_prefix("cargo xtask ").or_else(|| line.strip_prefix("clientwright ")) else {
            faults.push(format!("{page}: {line}: nothing runs it"));
            continue;
        };
        let place = place();
        if written.contains("--base") {
            commit(&place);
        }
        if line == "clientwright init museum.yaml" || line == "clientwright codegen" {
            fs::remove_file(place.path("here/codegen.toml")).unwrap();
        }
        if line == "clientwright codegen" {
            assert_eq!(place.run_in("here", &["init", "museum.yaml"]).code, 0);
        }
        // The shell reads what the docs have for it: quotes, redirections, the home folder.
        let run = Command::new("sh")
            .args(["-c", &format!("\"$CLIENTWRIGHT\" {written}")])
            .current_dir(place.path("here"))
            .env("CLIENTWRIGHT", env!("CARGO_BIN_EXE_clientwright"))
            .env("CLIENTWRIGHT_CACHE", place.fingerprints())
            .env("HOME", home(&place))
            .output()
            .unwrap();
        ran += 1;
        if !run.status.success() {
            faults.push(format!("{page}: {line}: {}{}", run.status, String::from_utf8_lossy(&run.stderr)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(ran >= 12, "{ran} commands");
}

/// A home folder with the folders that the docs write to.
fn home(place: &Place) -> PathBuf {
    let home = place.path("home");
    fs::create_dir_all(home.join(".local/share/bash-completion/completions")).unwrap();
    home
}

#[test]
fn every_command_of_the_program_has_completions_and_a_page() {
    let place = Place::new();
    assert_eq!(place.run(&["man", "man"]).code, 0);
    let pages: Vec<String> = place.files("man").into_keys().collect();
    for command in ["codegen", "diff", "init", "lint", "explain", "graph", "effective", "schema"] {
        assert!(pages.contains(&format!("clientwright-{command}.1")), "{command}: {pages:?}");
        for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
            let run = place.run(&["completions", shell]);
            assert!(run.code == 0 && run.stdout.contains(command), "{shell} {command}");
        }
    }
    let page = String::from_utf8(place.files("man").remove("clientwright-codegen.1").unwrap()).unwrap();
    assert!(page.contains("\\-\\-check") && page.contains("clientwright"), "{page}");
}
