//! The documents and names that the command line accepts, and those that it refuses with a way out.

use crate::place::{CONFIG, Place, spec};

#[test]
fn names_and_versions_that_cargo_refuses_are_refused() {
    let place = Place::new();
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let arguments = ["codegen", "--spec", "specs/animals.yaml", "--out", "out", "--package"];
    for (name, other) in [("a=b", "`a-b`"), ("crate", "`crate-client`"), ("2", "`api-2`"), ("", "`api-client`")] {
        let run = place.run(&[&arguments[..], &[name]].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains(other) && !run.stderr.contains("panicked"), "{}", run.stderr);
    }
    let run = place.run(&["init", "specs/animals.yaml", "--package", "a b"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(!place.path("out").exists() && !place.path("codegen.toml").exists());

    for (key, way_out) in [("package = \"a=b\"", "`a-b` would do"), ("version = \"1\"", "write `1.0.0`")] {
        let config = match key.starts_with("package") {
            true => CONFIG.replace("package = \"animals\"", key),
            false => format!("{CONFIG}{key}\n"),
        };
        place.write("codegen.toml", &config);
        let run = place.run(&["codegen"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        let line = config.lines().position(|line| line == key).unwrap() + 1;
        assert!(run.stderr.contains(&format!("line {line}")) && run.stderr.contains(way_out), "{}", run.stderr);
    }
}

#[test]
fn an_argument_that_is_refused_has_no_effect_where_it_is_shown() {
    let hostile = "a\u{1b}[31m\u{202e}\n::error::b";
    for arguments in [vec![hostile], vec!["graph", "--format", hostile], vec!["lint", "x", "--allow", hostile]] {
        let run = Place::new().run(&arguments);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("\\u{202e}\\n::error::b"), "{}", run.stderr);
        assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stderr);
    }
}

#[test]
fn standard_input_is_a_document() {
    let place = Place::new();
    let run = place.run_with(&["codegen", "--spec", "-", "--out", "out"], &spec(&["cats"]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.read("out/Cargo.toml").contains("name = \"api-client\""));
    let run = place.run_with(&["lint", "-"], "openapi: 3.1.0\ninfo: [");
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--> <stdin>:"), "{}", run.stderr);
    assert_eq!(place.run(&["init", "-"]).code, 2);
    assert_eq!(place.run(&["codegen", "--watch", "--spec", "-", "--out", "out"]).code, 2);
}

#[test]
fn an_address_is_refused_with_the_line_that_fetches_it() {
    let place = Place::new();
    let cases = [
        (
            "https://x.test/v1/api.json?key=a'b",
            "curl --fail --location --output 'api.json' 'https://x.test/v1/api.json?key=a'\\''b'",
        ),
        ("http://x.test/openapi", "curl --fail --location --output 'openapi.yaml' 'http://x.test/openapi'"),
        ("http://x.test", "--output 'openapi.yaml' 'http://x.test'"),
    ];
    for (address, line) in cases {
        for command in [&["lint", address][..], &["codegen", "--out", "out", "--spec", address], &["init", address]] {
            let run = place.run(command);
            assert_eq!(run.code, 2, "{}", run.stderr);
            assert!(run.stderr.contains(line), "{}", run.stderr);
        }
    }
}

#[test]
fn help_is_short_and_has_what_matters_to_the_command() {
    let place = Place::new();
    let help = |args: &[&str]| {
        let run = place.run(args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    for command in ["lint", "effective", "graph"] {
        let text = help(&[command, "--help"]);
        assert!(text.contains("--strict") && !text.contains("--mock") && !text.contains("--wire-tests"), "{text}");
    }
    let text = help(&["codegen", "--help"]);
    assert!(text.contains("--mock") && text.contains("The crate:") && !text.contains("--max-depth"), "{text}");
    let lines = text.lines().count();
    assert!(lines <= 40, "{lines} lines: {text}");
    assert!(help(&["help", "codegen"]).contains("--max-depth"));
    assert!(help(&["--help"]).lines().count() <= 30);
}
