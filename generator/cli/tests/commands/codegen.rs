//! `codegen`: what it writes, leaves alone and removes, and how it ends.

use std::fs;

use crate::place::{CONFIG, Place, spec};

fn configured(groups: &[&str]) -> Place {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    place.write("specs/animals.yaml", &spec(groups));
    place
}

fn generated(groups: &[&str]) -> Place {
    let place = configured(groups);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    place
}

/// Returns the files listed in `out`.
fn listed(place: &Place) -> Vec<String> {
    place.read("out/.clientwright").lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn a_client_is_written_whole_and_summarised() {
    let place = configured(&["cats", "dogs"]);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("animals: 2 operations"), "{}", run.stderr);
    let mut names: Vec<String> = place.files("out").into_keys().collect();
    names.retain(|name| name != ".clientwright");
    assert!(names.contains(&"Cargo.toml".to_owned()), "{names:?}");
    assert_eq!(names, listed(&place));
}

#[test]
fn the_configuration_is_found_upward() {
    let place = configured(&["cats"]);
    let run = place.run_in("specs", &["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.path("out/Cargo.toml").exists());
}

#[test]
fn a_second_run_writes_nothing() {
    let place = generated(&["cats"]);
    let times = |place: &Place| -> Vec<_> {
        let names = place.files("out").into_keys();
        names.map(|name| fs::metadata(place.path("out").join(name)).unwrap().modified().unwrap()).collect()
    };
    let before = times(&place);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("nothing to write"), "{}", run.stderr);
    assert_eq!(times(&place), before);
}

/// The fingerprint says what is in the summary, so what it says shows whether it was looked at.
fn falsify(place: &Place) {
    for entry in fs::read_dir(place.fingerprints()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("1 operation,", "7 operations,")).unwrap();
    }
}

#[test]
fn a_run_that_would_come_to_the_same_is_spared() {
    let place = generated(&["cats"]);
    // What names the first run wrote down, the second has read.
    place.run(&["codegen"]);
    falsify(&place);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("7 operations") && run.stderr.contains("nothing to write"), "{}", run.stderr);
    // A check takes nobody's word.
    assert!(place.run(&["codegen", "--check"]).stderr.contains("1 operation,"));
}

#[test]
fn a_run_without_a_configuration_leaves_nothing_but_its_crate() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    assert_eq!(place.run(&["codegen", "--spec", "animals.yaml", "--out", "made"]).code, 0);
    assert_eq!(fs::read_dir(place.fingerprints()).unwrap().count(), 0);
}

#[test]
fn whatever_changed_is_noticed() {
    let changes: [fn(&Place); 5] = [
        |place| place.write("specs/animals.yaml", &format!("{}\n# more\n", spec(&["cats"]))),
        |place| place.write("out/src/lib.rs", "// edited\n"),
        |place| fs::remove_file(place.path("out/README.md")).unwrap(),
        |place| fs::remove_file(place.path("out/.clientwright")).unwrap(),
        |place| place.write("codegen.toml", &CONFIG.replacen("package", "version = \"0.2.0\"\npackage", 1)),
    ];
    for (index, change) in changes.iter().enumerate() {
        let place = generated(&["cats"]);
        place.run(&["codegen"]);
        falsify(&place);
        change(&place);
        let run = place.run(&["codegen", "--force"]);
        assert!(run.stderr.contains("1 operation,"), "{index}: {}", run.stderr);
        assert_eq!(place.run(&["codegen", "--check"]).code, 0, "{index}");
    }
}

#[test]
fn a_file_that_the_document_refers_to_is_looked_at() {
    let place = configured(&["cats"]);
    let refers = spec(&["cats"]).replace("description: Done", "$ref: 'done.yaml#/done'");
    place.write("specs/animals.yaml", &refers);
    place.write("specs/done.yaml", "done: { description: Done }\n");
    for _ in 0..2 {
        let run = place.run(&["codegen"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    falsify(&place);
    place.write("specs/done.yaml", "done: { description: Well }\n");
    let run = place.run(&["codegen"]);
    assert!(run.stderr.contains("1 operation,"), "{}", run.stderr);
}

#[test]
fn only_what_changed_is_written() {
    let place = generated(&["cats"]);
    let manifest = fs::metadata(place.path("out/Cargo.toml")).unwrap().modified().unwrap();
    let current = place.files("out");
    fs::write(place.path("out/src/lib.rs"), "// edited\n").unwrap();
    assert_eq!(place.run(&["codegen"]).code, 0);
    assert_eq!(place.files("out"), current);
    assert_eq!(fs::metadata(place.path("out/Cargo.toml")).unwrap().modified().unwrap(), manifest);
}

#[test]
fn files_that_are_no_longer_emitted_go_and_others_stay() {
    let place = generated(&["cats", "dogs"]);
    let before = listed(&place);
    place.write("out/src/mine.rs", "// mine\n");
    place.write("specs/animals.yaml", &spec(&["cats"]));
    assert_eq!(place.run(&["codegen"]).code, 0);
    let after = listed(&place);
    let gone: Vec<&String> = before.iter().filter(|path| !after.contains(path)).collect();
    assert!(!gone.is_empty(), "{before:?}");
    assert!(gone.iter().all(|path| !place.path("out").join(path).exists()));
    assert_eq!(place.read("out/src/mine.rs"), "// mine\n");
}

#[test]
fn no_temporary_file_stays() {
    let place = generated(&["cats", "dogs"]);
    place.write("specs/animals.yaml", &spec(&["dogs"]));
    assert_eq!(place.run(&["codegen"]).code, 0);
    let files = place.files("out");
    assert!(files.keys().all(|name| !name.ends_with(".tmp")), "{:?}", files.keys());
}

#[test]
fn a_rejected_document_touches_nothing() {
    let place = generated(&["cats"]);
    let before = place.files("out");
    place.write("specs/animals.yaml", "title: not a description of an API\n");
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("specs/animals.yaml"), "{}", run.stderr);
    assert_eq!(place.files("out"), before);
}

#[test]
fn a_missing_document_is_named_and_touches_nothing() {
    let place = generated(&["cats"]);
    let before = place.files("out");
    fs::remove_file(place.path("specs/animals.yaml")).unwrap();
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("cannot read specs/animals.yaml"), "{}", run.stderr);
    assert_eq!(place.files("out"), before);
}

#[test]
fn one_rejected_client_does_not_hold_up_another() {
    let place = configured(&["cats"]);
    place.write("specs/bad.yaml", "title: not a description of an API\n");
    let bad = "[[client]]\nspec = \"specs/bad.yaml\"\nout = \"bad\"\npackage = \"bad\"\n";
    place.write("codegen.toml", &format!("{bad}{CONFIG}"));
    assert_eq!(place.run(&["codegen"]).code, 1);
    assert!(place.path("out/Cargo.toml").exists());
    assert!(!place.path("bad").exists());
}

#[test]
fn one_client_can_be_chosen_by_name() {
    let place = configured(&["cats"]);
    let other = "[[client]]\nspec = \"specs/animals.yaml\"\nout = \"other\"\npackage = \"other\"\n";
    place.write("codegen.toml", &format!("{CONFIG}{other}"));
    assert_eq!(place.run(&["codegen", "--package", "other"]).code, 0);
    assert!(place.path("other/Cargo.toml").exists());
    assert!(!place.path("out").exists());
    let unknown = place.run(&["codegen", "--package", "none"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("animals, other"), "{}", unknown.stderr);
}

#[test]
fn check_is_silent_about_a_current_client_and_shows_what_is_stale() {
    let place = generated(&["cats", "dogs"]);
    let run = place.run(&["codegen", "--check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));

    let lib = place.read("out/src/lib.rs");
    place.write("out/src/lib.rs", &lib.replacen("//", "/*", 1));
    let missing = listed(&place).into_iter().find(|path| path.ends_with(".rs") && path != "src/lib.rs").unwrap();
    fs::remove_file(place.path("out").join(&missing)).unwrap();
    place.write("out/src/old.rs", "fn old() {}\n");
    let list = place.read("out/.clientwright");
    place.write("out/.clientwright", &format!("{list}src/old.rs\n"));
    let before = place.files("out");

    let run = place.run(&["codegen", "--check"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("--- a/out/src/lib.rs\n+++ b/out/src/lib.rs\n@@"), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("--- /dev/null\n+++ b/out/{missing}\n")), "{}", run.stdout);
    assert!(run.stdout.contains("--- a/out/src/old.rs\n+++ /dev/null\n"), "{}", run.stdout);
    assert!(run.stdout.contains("-fn old() {}\n"), "{}", run.stdout);
    assert_eq!(place.files("out"), before, "--check writes nothing");

    assert_eq!(place.run(&["codegen"]).code, 0);
    assert_eq!(place.run(&["codegen", "--check"]).code, 0);
    assert!(!place.path("out/src/old.rs").exists());
}

#[test]
fn check_says_the_same_in_json() {
    let place = generated(&["cats"]);
    place.write("out/src/lib.rs", "// edited\n");
    let run = place.run(&["codegen", "--check", "--message-format", "json"]);
    assert_eq!(run.code, 1);
    let lines: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let stale = lines.iter().find(|line| line["reason"] == "stale").unwrap();
    assert_eq!((&stale["path"], &stale["kind"]), (&"out/src/lib.rs".into(), &"changed".into()));
    let client = lines.iter().find(|line| line["reason"] == "client").unwrap();
    assert_eq!((&client["package"], &client["stale"]), (&"animals".into(), &true.into()));
}

#[test]
fn one_crate_from_any_document() {
    let place = Place::new();
    place.write("My Animals.yaml", &spec(&["cats"]));
    let run = place.run(&["codegen", "--spec", "My Animals.yaml", "--out", "deep/crate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("deep/crate/Cargo.toml").contains("name = \"my-animals\""));
    let run =
        place.run(&["codegen", "--spec", "My Animals.yaml", "--out", "deep/crate", "--package", "zoo", "--check"]);
    assert_eq!(run.code, 1, "the name is part of the output");
}

#[test]
fn a_crate_inside_a_foreign_workspace_stands_apart() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    place.write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\", \"listed\"]\nexclude = [\"excluded\"]\n");
    for (out, apart) in [("crates/animals", false), ("listed", false), ("excluded/animals", false), ("elsewhere", true)]
    {
        let run = place.run(&["codegen", "--spec", "animals.yaml", "--out", out]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let manifest = place.read(&format!("{out}/Cargo.toml"));
        assert_eq!(manifest.lines().any(|line| line == "[workspace]"), apart, "{out}: {manifest}");
        assert_eq!(place.run(&["codegen", "--spec", "animals.yaml", "--out", out, "--check"]).code, 0);
    }
}

#[test]
fn nonsense_on_the_command_line_is_a_usage_error() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    for args in [
        &["codegen", "--spec", "animals.yaml"][..],
        &["codegen", "--out", "out"],
        &["codegen", "--overlay", "x.yaml"],
        &["codegen", "--frobnicate"],
        &["explain", "no-such-rule"],
        &["codegen"],
        &[],
    ] {
        assert_eq!(place.run(args).code, 2, "{args:?}");
    }
    assert_eq!(place.run(&["--help"]).code, 0);
}

/// Two places that say the same of a mood, and a third that may say more.
fn with_states(third: &str) -> String {
    let schema = |values: &str| format!("type: object, properties: {{ mood: {{ type: string, enum: [{values}] }} }}");
    let (same, third) = (schema("new, old"), schema(third));
    format!(
        "{}components: {{ schemas: {{ Cat: {{ {same} }}, Cow: {{ {same} }}, Dog: {{ {third} }} }} }}\n",
        spec(&["cats"])
    )
}

#[test]
fn names_are_written_beside_the_document_and_belong_to_what_is_checked() {
    let place = generated(&["cats"]);
    let names = place.read("specs/animals.names.yaml");
    assert!(names.contains("GET /cats: list"), "{names}");
    fs::remove_file(place.path("specs/animals.names.yaml")).unwrap();
    let run = place.run(&["codegen", "--check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("+++ b/specs/animals.names.yaml"), "{}", run.stdout);
    assert_eq!(place.run(&["codegen"]).code, 0);
    assert_eq!(place.read("specs/animals.names.yaml"), names);
    assert_eq!(place.run(&["codegen", "--check"]).code, 0);
}

#[test]
fn a_name_that_was_written_is_the_name_that_is_given() {
    let place = generated(&["cats"]);
    let names = place.read("specs/animals.names.yaml").replace("GET /cats: list", "GET /cats: every_cat");
    place.write("specs/animals.names.yaml", &names);
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("out/src/tag_cats.rs").contains("pub fn every_cat("));
    assert!(place.read("specs/animals.names.yaml").contains("GET /cats: every_cat"));
}

#[test]
fn a_name_that_cannot_be_kept_is_a_decision() {
    let place = configured(&["cats"]);
    place.write("specs/animals.yaml", &with_states("new, old"));
    assert_eq!(place.run(&["codegen"]).code, 0);
    let names = place.read("specs/animals.names.yaml");
    assert!(names.contains("Dog > mood: Mood"), "{names}");
    let before = place.files("out");

    place.write("specs/animals.yaml", &with_states("new, old, gone"));
    let run = place.run(&["codegen"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for part in ["CW0831", "`Dog > mood` was called `Mood`", "specs/animals.names.yaml", "--accept-renames"] {
        assert!(run.stderr.contains(part), "no {part} in {}", run.stderr);
    }
    assert_eq!((place.files("out"), place.read("specs/animals.names.yaml")), (before, names));

    let run = place.run(&["codegen", "--accept-renames"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let names = place.read("specs/animals.names.yaml");
    assert!(names.contains("Dog > mood: DogMood") && names.contains("Cow > mood: Mood"), "{names}");
    assert_eq!(place.run(&["codegen", "--check"]).code, 0);
}

#[test]
fn without_a_configuration_names_are_kept_where_told() {
    let place = configured(&["cats"]);
    let line = ["codegen", "--spec", "specs/animals.yaml", "--out", "alone"];
    assert_eq!(place.run(&line).code, 0);
    assert_eq!(place.files("specs").len(), 1);
    assert_eq!(place.run(&[&line[..], &["--names", "specs/kept.yaml"]].concat()).code, 0);
    assert!(place.read("specs/kept.yaml").contains("GET /cats: list"));
}
