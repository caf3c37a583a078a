//! `--message-format`: what programs and CI read.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::Value;

use crate::diff::commit;
use crate::place::{CONFIG, Place, Run, spec};

/// Keywords of which a crate represents nothing, so that a finding can be allowed.
const LOSSY: &str = "components: {schemas: {A: {if: {}, then: {}}}}\n";

const REASON: &str = "nobody sends these";

/// Returns a place with a client of which one finding is allowed.
fn with_allowance() -> Place {
    let place = Place::new();
    let allow =
        format!("allow = [{{ code = \"CW0601\", pointer = \"/components/schemas/*/if\", reason = \"{REASON}\" }}]\n");
    place.write("codegen.toml", &format!("{CONFIG}{allow}"));
    place.write("specs/animals.yaml", &format!("{}{LOSSY}", spec(&["cats", "dogs"])));
    place
}

/// The messages of a run, each of which has to be valid, and their reasons.
struct Messages {
    schema: Validator,
    seen: BTreeSet<String>,
}

impl Messages {
    fn read(&mut self, run: &Run) -> Vec<Value> {
        let lines = run.stdout.lines().map(|line| serde_json::from_str(line).expect(line));
        let messages: Vec<Value> = lines.collect();
        for message in &messages {
            let faults: Vec<String> = self.schema.iter_errors(message).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{message}: {faults:?}");
            self.seen.insert(message["reason"].as_str().expect("a reason").to_owned());
        }
        messages
    }
}

#[test]
fn every_message_is_valid_by_the_schema() {
    let place = with_allowance();
    let printed = place.run(&["schema", "messages"]);
    assert_eq!(printed.code, 0, "{}", printed.stderr);
    let schema: Value = serde_json::from_str(&printed.stdout).unwrap();
    let mut messages = Messages { schema: jsonschema::validator_for(&schema).unwrap(), seen: BTreeSet::new() };
    let json = |args: &[&str]| place.run(&[args, &["--message-format", "json"]].concat());

    for (code, args) in [
        (1, &["codegen", "--check"][..]),
        (0, &["codegen", "--timings"]),
        (0, &["codegen", "--verbose"]),
        // The second run takes its messages from the fingerprint of the first.
        (0, &["codegen", "--verbose"]),
        (0, &["lint", "specs/animals.yaml"]),
        (1, &["lint", "none.yaml"]),
        (2, &["explain", "no-such-rule"]),
    ] {
        let run = json(args);
        assert_eq!(run.code, code, "{args:?}: {}{}", run.stdout, run.stderr);
        assert!(!messages.read(&run).is_empty(), "{args:?}");
    }
    commit(&place);
    place.write("specs/animals.yaml", &format!("{}{LOSSY}", spec(&["cats"])));
    let mut run = json(&["diff", "--base", "HEAD", "--apply"]);
    // The report is not a message.
    run.stdout = run.stdout.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(messages.read(&run)[0]["version"], "0.2.0");
    place.write("specs/animals.yaml", "openapi: 3.1.0\n");
    for args in [&["codegen"][..], &["graph", "specs/animals.yaml"], &["diff", "--base", "HEAD"]] {
        let run = json(args);
        assert_eq!(run.code, 1, "{args:?}: {}", run.stdout);
        assert!(messages.read(&run).iter().any(|it| it["severity"] == "error"), "{args:?}");
    }
    std::fs::remove_file(place.path("codegen.toml")).unwrap();
    messages.read(&json(&["init", "specs/animals.yaml"]));

    let kinds = schema["$defs"].as_object().unwrap().values();
    let known: BTreeSet<String> =
        kinds.filter_map(|kind| Some(kind["properties"]["reason"]["const"].as_str()?.to_owned())).collect();
    // A run that waits or watches tells its steps, and so do the chores of clientwright's own repository.
    let unseen: Vec<&String> = known.difference(&messages.seen).filter(|kind| *kind != "progress").collect();
    assert!(unseen.is_empty(), "never written: {unseen:?}");
}

#[test]
fn an_allowed_finding_is_shown_on_request_with_the_reason() {
    let place = with_allowance();
    let run = place.run(&["codegen"]);
    assert!(!run.stderr.contains(REASON) && run.stderr.matches("CW0601").count() == 1, "{}", run.stderr);
    let run = place.run(&["codegen", "--verbose"]);
    let shown = format!("allowed: {REASON}");
    assert_eq!((run.stderr.matches(&shown).count(), run.stderr.matches("[CW0601]").count()), (1, 2), "{}", run.stderr);
    let run = place.run(&["codegen", "--verbose", "--message-format", "short"]);
    let line = run.stderr.lines().find(|line| line.contains(&shown)).expect("a line with the reason");
    assert!(line.contains("note[CW0601]") && line.contains("/components/schemas/A/if"), "{line}");
    let run = place.run(&["codegen", "--verbose", "--message-format", "github"]);
    assert!(run.stdout.lines().any(|line| line.starts_with("::notice ") && line.contains(&shown)), "{}", run.stdout);
    let run = place.run(&["codegen", "--verbose", "--message-format", "json"]);
    let messages = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let allowed: Vec<Value> = messages.filter(|message| message["allowed"].is_object()).collect();
    assert_eq!(allowed.len(), 1, "{}", run.stdout);
    assert_eq!(allowed[0]["allowed"]["reason"], REASON);
}

#[test]
fn annotations_name_the_command_that_was_run() {
    let place = Place::new();
    place.write("animals.yaml", &spec(&["cats"]));
    let run =
        place.run(&["codegen", "--check", "--spec", "animals.yaml", "--out", "a,b", "--message-format", "github"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let line = run.stdout.lines().find(|line| line.starts_with("::error file=a%2Cb/Cargo.toml::")).expect("a line");
    assert!(line.ends_with("missing: run `clientwright codegen` and commit the result"), "{line}");
}
