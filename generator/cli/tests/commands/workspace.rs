//! Clients inside a Cargo workspace, whose own reading of the manifests is the judge.

use std::process::Command;

use crate::place::{Place, spec};

/// A workspace with one member, `app`, and a document.
fn workspace() -> Place {
    let place = Place::new();
    place.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n");
    place.write("app/Cargo.toml", APP);
    place.write("app/src/lib.rs", "");
    place.write("animals.yaml", &spec(&["cats"]));
    place
}

const APP: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// The members as Cargo sees them from a folder, or what it says against them.
fn members(place: &Place, folder: &str) -> Result<Vec<String>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--offline", "--no-deps", "--format-version", "1"];
    let output = Command::new(cargo).args(arguments).current_dir(place.path(folder)).output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let mut names: Vec<String> = packages.map(|it| it["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    Ok(names)
}

fn succeed(place: &Place, args: &[&str]) {
    let run = place.run(args);
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
}

/// Whatever a person does to the workspace's manifest, and when, Cargo takes the client.
#[test]
fn every_order_of_steps_ends_in_a_workspace_that_cargo_takes() {
    type Step = fn(&Place);
    let initialize: Step = |place| succeed(place, &["init", "animals.yaml", "--out", "clients/animals"]);
    let generate: Step = |place| succeed(place, &["codegen"]);
    let list: Step = |place| {
        let manifest = place.read("Cargo.toml");
        if !manifest.contains("clients/") {
            place.write("Cargo.toml", &manifest.replace("\"app\"", "\"app\", \"clients/animals\""));
        }
    };
    let list_all: Step =
        |place| place.write("Cargo.toml", &place.read("Cargo.toml").replace("\"app\"", "\"app\", \"clients/*\""));
    let exclude: Step =
        |place| place.write("Cargo.toml", &format!("{}exclude = [\"clients\"]\n", place.read("Cargo.toml")));
    let depend: Step = |place| {
        place.write("app/Cargo.toml", &format!("{APP}[dependencies]\nanimals = {{ path = \"../clients/animals\" }}\n"));
    };
    let orders: &[&[Step]] = &[
        &[initialize, generate],
        &[initialize, generate, list],
        &[initialize, list, generate],
        &[list, initialize, generate],
        &[initialize, generate, list_all],
        &[list_all, initialize, generate],
        &[initialize, generate, depend],
        &[depend, initialize, generate],
        &[initialize, depend, generate, list],
        &[initialize, generate, list, depend, generate],
    ];
    for (index, order) in orders.iter().enumerate() {
        let place = workspace();
        order.iter().for_each(|step| step(&place));
        for folder in ["", "app", "clients/animals"] {
            let members = members(&place, folder);
            assert_eq!(members.as_deref(), Ok(&["animals".to_owned(), "app".to_owned()][..]), "{index} {folder}");
        }
        let run = place.run(&["codegen", "--check"]);
        assert_eq!(run.code, 0, "{index}: {}{}", run.stdout, run.stderr);
    }
    let place = workspace();
    [exclude, initialize, generate].iter().for_each(|step| step(&place));
    assert_eq!(members(&place, "").unwrap(), ["app"]);
    assert_eq!(members(&place, "clients/animals").unwrap(), ["animals"]);
    assert!(!place.read("clients/animals/Cargo.toml").contains("[workspace]"));
}

#[test]
fn a_check_says_that_the_client_is_no_member() {
    let place = workspace();
    succeed(&place, &["init", "animals.yaml"]);
    let run = place.run(&["codegen"]);
    assert!(run.stderr.contains("Cargo.toml: animals is a member of the workspace now"), "{}", run.stderr);
    place.write("Cargo.toml", &place.read("Cargo.toml").replace(", \"animals\"", ""));
    let run = place.run(&["codegen", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("+members = [\"app\", \"animals\"]"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_manifest_that_is_a_link_stays_as_it_is() {
    let place = workspace();
    std::fs::rename(place.path("Cargo.toml"), place.path("real.toml")).unwrap();
    std::os::unix::fs::symlink("real.toml", place.path("Cargo.toml")).unwrap();
    let before = place.read("real.toml");
    succeed(&place, &["init", "animals.yaml"]);
    succeed(&place, &["codegen"]);
    assert_eq!(place.read("real.toml"), before);
    assert_eq!(members(&place, "animals").unwrap(), ["animals"], "it has a table of its own");
}
