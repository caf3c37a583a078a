//! Code in a crate of the user's own.

use crate::place::{CONFIG, Place, spec};

fn place(layout: &str, out: &str, manifest: &str) -> Place {
    let place = Place::new();
    let config = CONFIG.replace("out = \"out\"", &format!("out = \"{out}\"\nlayout = \"{layout}\""));
    place.write("codegen.toml", &config);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    place.write("app/Cargo.toml", &format!("[package]\nname = \"app\"\nversion = \"0.1.0\"\n{manifest}"));
    place
}

#[test]
fn a_module_is_written_below_the_sources_and_its_dependencies_are_named() {
    let place = place("module", "app/src/apis/animals", "[dependencies]\nserde_json = \"1\"\n");
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("app/src/apis/animals/client.rs").contains("use crate::apis::animals::runtime"));
    assert!(run.stderr.contains("lacks dependencies") && run.stderr.contains("cargo add reqwest@"), "{}", run.stderr);
    assert!(!run.stderr.contains("cargo add serde_json@"), "{}", run.stderr);
    let check = place.run(&["codegen", "--check"]);
    assert_eq!(check.code, 1, "dependencies are missing: {}", check.stderr);
}

#[test]
fn a_crate_that_has_the_dependencies_is_current() {
    let all =
        ["bytes", "http", "secrecy", "serde_json", "url", "reqwest", "tokio", "jiff", "futures-core", "http-body"];
    let lines: String = all.iter().map(|name| format!("{name} = \"1\"\n")).collect();
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\n";
    let place = place("file", "app/src/animals.rs", &format!("[dependencies]\n{serde}{lines}"));
    for (args, code) in [(&["codegen"][..], 0), (&["codegen", "--check"], 0)] {
        let run = place.run(args);
        assert_eq!(run.code, code, "{args:?}: {}", run.stderr);
    }
    assert!(place.read("app/src/animals.rs").contains("crate::animals::runtime"));
    assert!(!place.path("app/src/.clientwright").exists());
    place.write("app/src/animals.rs", "// Ours.\n");
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(place.read("app/src/animals.rs"), "// Ours.\n");
}

#[test]
fn a_module_needs_no_configuration() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen", "--spec", "animals.yaml", "--module", "crate::api"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("src/api/mod.rs").contains("pub mod tag_cats;"));
    assert_eq!(place.run(&["codegen", "--spec", "animals.yaml", "--module", "api"]).code, 2);
    assert_eq!(place.run(&["codegen", "--spec", "animals.yaml"]).code, 2);
}

#[test]
fn a_folder_outside_the_sources_needs_the_path_of_its_module() {
    let place = place("module", "app/api", "");
    let run = place.run(&["codegen"]);
    assert!(run.code == 2 && run.stderr.contains("line 3") && run.stderr.contains("module = "), "{}", run.stderr);
}
