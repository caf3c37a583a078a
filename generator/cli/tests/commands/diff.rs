//! `diff`: pairs of documents with the verdict that each has to get, and how the command ends.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::Event;
use serde_json::Value;

use crate::place::{CONFIG, Place, spec};

pub(crate) fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/diff")
}

/// The names of the pairs, sorted.
pub(crate) fn names() -> Vec<String> {
    let files = fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.filter_map(|file| file.strip_suffix(".new.yaml").map(str::to_owned)).collect();
    names.sort();
    names
}

pub(crate) fn report(name: &str, format: &str) -> String {
    let (old, new) = (format!("{name}.old.yaml"), format!("{name}.new.yaml"));
    let place = Command::new(env!("CARGO_BIN_EXE_clientwright"))
        .args(["diff", &old, &new, "--package", "pets", "--format", format])
        .current_dir(cases())
        .output()
        .unwrap();
    let text = String::from_utf8(place.stdout).unwrap();
    assert!(place.status.success(), "{name}: {}", String::from_utf8_lossy(&place.stderr));
    text
}

/// Returns an expectation from a comment of the new document of a pair: `# rules: …`.
fn expected(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("# {key}:")));
    line.unwrap_or_else(|| panic!("no `# {key}:`")).trim().to_owned()
}

fn found(report: &Value) -> (String, String, BTreeSet<String>) {
    let wire = report["wire"].as_array().unwrap();
    let level = |wanted: &str| wire.iter().any(|change| change["level"] == wanted);
    let gravest = ["breaking", "warning", "info"].into_iter().find(|wanted| level(wanted)).unwrap_or("none");
    let rules = wire.iter().map(|change| change["id"].as_str().unwrap().to_owned());
    (gravest.to_owned(), report["bump"].as_str().unwrap().to_owned(), rules.collect())
}

#[test]
fn every_pair_gets_its_verdict() {
    let (mut wrong, names) = (String::new(), names());
    assert!(names.len() >= 40, "{} pairs", names.len());
    for name in names {
        let text = fs::read_to_string(cases().join(format!("{name}.new.yaml"))).unwrap();
        let rules = expected(&text, "rules");
        let rules: BTreeSet<String> = rules.split(", ").filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
        let wanted = (expected(&text, "wire"), expected(&text, "rust"), rules);
        let reports: Value = serde_json::from_str(&report(&name, "json")).unwrap();
        let got = found(&reports[0]);
        if got != wanted {
            let _ = writeln!(wrong, "{name}: {got:?}, expected {wanted:?}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The subject of a pair, by the first word of its name.
fn subject(name: &str) -> &'static str {
    match name.split('-').next().unwrap_or_default() {
        "parameter" | "path" => "parameters",
        "body" | "property" | "request" => "requests",
        "response" => "responses",
        "security" => "security",
        _ => "operations",
    }
}

#[test]
fn reports_read_as_they_did() {
    let mut reports: BTreeMap<&str, String> = BTreeMap::new();
    for name in names() {
        let text = reports.entry(subject(&name)).or_default();
        let _ = write!(text, "==> {name} <==\n{}\n", report(&name, "text"));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../tests/snapshots/diff");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| reports.iter().for_each(|(subject, text)| insta::assert_snapshot!(*subject, text)));
}

#[test]
fn breaking_changes_fail_when_asked_to() {
    let place = Place::new();
    place.write("old.yaml", &spec(&["cats", "dogs"]));
    place.write("new.yaml", &spec(&["cats"]));
    assert_eq!(place.run(&["diff", "old.yaml", "new.yaml"]).code, 0);
    assert_eq!(place.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "breaking"]).code, 1);
    assert_eq!(place.run(&["diff", "new.yaml", "old.yaml", "--fail-on", "breaking"]).code, 0);
    assert_eq!(place.run(&["diff", "old.yaml"]).code, 2);
    assert_eq!(place.run(&["diff"]).code, 2);
    assert_eq!(place.run(&["diff", "old.yaml", "none.yaml"]).code, 1);
}

fn git(place: &Place, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(place.path(""))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

pub(crate) fn commit(place: &Place) {
    git(place, &["init", "--quiet"]);
    git(place, &["add", "--all"]);
    git(place, &["commit", "--quiet", "--message", "Before"]);
}

#[test]
fn clients_are_compared_with_a_revision() {
    let place = Place::new();
    place.write("sub/codegen.toml", CONFIG);
    place.write("sub/specs/animals.yaml", &spec(&["cats", "dogs"]));
    commit(&place);
    place.write("sub/specs/animals.yaml", &spec(&["cats"]));

    let run = place.run_in("sub", &["diff", "--base", "HEAD", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("### `animals`: major (0.1.0 → 0.2.0)"), "{}", run.stdout);
    assert!(run.stdout.contains("`GET /dogs` was removed"), "{}", run.stdout);
    assert_eq!(place.run_in("sub", &["diff", "--base", "nowhere"]).code, 2);

    place.write("sub/codegen.toml", &CONFIG.replace("animals.yaml", "plants.yaml"));
    place.write("sub/specs/plants.yaml", &spec(&["trees"]));
    let run = place.run_in("sub", &["diff", "--base", "HEAD"]);
    assert!(run.stdout.contains("animals: new"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_chosen_name_is_a_change_of_rust_and_may_be_of_what_is_new() {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    assert_eq!(place.run(&["codegen"]).code, 0);
    commit(&place);
    place.write("specs/animals.yaml", &spec(&["cats", "dogs"]));
    let names = "\"GET /cats\" = \"fetch_cats\"\n\"GET /dogs\" = \"fetch_dogs\"\n";
    place.write("codegen.toml", &format!("{CONFIG}[client.rename.methods]\n{names}"));
    let run = place.run(&["diff", "--base", "HEAD", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("major") && run.stdout.contains("fetch_cats"), "{}", run.stdout);
}

#[test]
fn options_of_the_client_are_those_of_the_revision() {
    let place = Place::new();
    place.write(
        "codegen.toml",
        &format!("{CONFIG}derives = [\"PartialOrd\"]\noperations = {{ ids = [\"getCats\"] }}\n"),
    );
    place.write("specs/animals.yaml", ANIMALS);
    commit(&place);
    place.write("codegen.toml", CONFIG);
    let run = place.run(&["diff", "--base", "HEAD"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("removed trait `types::Cat: PartialOrd`"), "{}", run.stdout);
    assert!(run.stdout.contains("added method `animals::Animals::get_dogs`"), "{}", run.stdout);
}

const ANIMALS: &str = "
openapi: 3.1.0
info: { title: Animals, version: '1' }
paths:
  /cats: { get: { tags: [animals], operationId: getCats, responses: { '200': { description: A cat, content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } } } } }
  /dogs: { get: { tags: [animals], operationId: getDogs, responses: { '204': { description: None } } } }
components: { schemas: { Cat: { type: object, properties: { name: { type: string } } } } }
";

/// A pull request shows the report to people and to whatever reads `@names` in it.
#[test]
fn text_from_a_document_means_nothing_to_markdown() {
    let place = Place::new();
    let named = |name: &str| {
        let text = spec(&["cats"]);
        text.replace("      responses:", &format!("      parameters:\n        - name: {name}\n          in: query\n          schema: {{ type: string }}\n      responses:"))
    };
    place.write("old.yaml", &spec(&["cats"]));
    place.write("new.yaml", &named("\"a`<img src=x>@everyone\\n# b\""));
    let run = place.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("new-optional-request-parameter"), "{}", run.stdout);
    assert!(run.stdout.contains("everyone"), "{}", run.stdout);
    for event in pulldown_cmark::Parser::new(&run.stdout) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => assert!(!text.contains("img"), "{text}"),
            Event::Text(text) => assert!(!text.contains("<img") && !text.contains('@'), "{text}"),
            _ => {}
        }
    }
}

#[test]
fn a_page_says_what_the_report_says_and_a_document_writes_none_of_it() {
    let place = Place::new();
    place.write("old.yaml", &spec(&["cats", "dogs"]));
    place.write("new.yaml", &spec(&["cats", "<b onclick=x>"]));
    let run = place.run(&["diff", "old.yaml", "new.yaml", "--html", "page.html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = place.read("page.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("breaking on the wire"), "{page}");
    assert!(page.contains("api-<wbr>removed-<wbr>without-<wbr>deprecation"), "{page}");
    assert!(!page.contains("<b onclick") && page.contains("&lt;b onclick=x&gt;"), "{page}");
    assert_eq!(place.run(&["diff", "old.yaml", "new.yaml", "--html", "old.yaml/page.html"]).code, 1);
}

#[cfg(unix)]
#[test]
fn nothing_is_applied_through_a_link() {
    use std::os::unix::fs::symlink;

    let place = Place::new();
    place.write("repository/codegen.toml", CONFIG);
    place.write("repository/specs/animals.yaml", &spec(&["cats", "dogs"]));
    for theirs in ["changelog", "codegen.toml", "page"] {
        place.write(theirs, "theirs\n");
    }
    assert_eq!(place.run_in("repository", &["codegen"]).code, 0);
    let inside = |name: &str| place.path(&format!("repository/{name}"));
    symlink(place.path("changelog"), inside("out/CHANGELOG.md")).unwrap();
    commit(&place);
    place.write("repository/specs/animals.yaml", &spec(&["cats", "dogs", "birds"]));

    let apply = ["diff", "--base", "HEAD", "--apply"];
    let run = place.run_in("repository", &apply);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stderr.contains("CHANGELOG.md is a symbolic link"), "{}", run.stderr);
    assert_eq!(place.read("repository/codegen.toml"), CONFIG, "what can't be done whole is not begun");
    std::fs::remove_file(inside("out/CHANGELOG.md")).unwrap();
    place.write("codegen.toml", CONFIG);
    std::fs::remove_file(inside("codegen.toml")).unwrap();
    symlink(place.path("codegen.toml"), inside("codegen.toml")).unwrap();
    assert_eq!(place.run_in("repository", &apply).code, 1);
    symlink(place.path("page"), inside("page.html")).unwrap();
    let page = ["diff", "specs/animals.yaml", "specs/animals.yaml", "--html", "page.html"];
    assert_eq!(place.run_in("repository", &page).code, 1);
    assert_eq!((place.read("changelog"), place.read("page")), ("theirs\n".to_owned(), "theirs\n".to_owned()));
    assert_eq!(place.read("codegen.toml"), CONFIG);
}

#[test]
fn the_version_that_follows_is_applied_once() {
    let place = Place::new();
    let config = format!("# Kept.\n{CONFIG}version = \"1.2.0\" # ours\n");
    place.write("codegen.toml", &config);
    place.write("specs/animals.yaml", &spec(&["cats", "dogs"]));
    assert_eq!(place.run(&["codegen"]).code, 0);
    commit(&place);
    place.write("specs/animals.yaml", &spec(&["cats", "dogs", "birds"]));
    let run = place.run(&["diff", "--base", "HEAD", "--apply"]);
    assert!(
        run.stdout.contains("minor (1.2.0 → 1.3.0)") && run.stderr.contains("1.3.0"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert_eq!(place.read("codegen.toml"), config.replace("1.2.0", "1.3.0"));
    let changelog = place.read("out/CHANGELOG.md");
    assert!(changelog.contains("## 1.3.0\n") && changelog.contains("`tag_birds`"), "{changelog}");

    // Until it is committed, what follows is what follows from where it began.
    assert_eq!(place.run(&["codegen"]).code, 0);
    assert!(place.read("out/Cargo.toml").contains("version = \"1.3.0\""));
    assert_eq!(place.run(&["diff", "--base", "HEAD", "--apply"]).code, 0);
    assert_eq!(place.read("out/CHANGELOG.md"), changelog);
    place.write("specs/animals.yaml", &spec(&["cats"]));
    let run = place.run(&["diff", "--base", "HEAD", "--apply"]);
    assert!(run.stdout.contains("major (1.2.0 → 2.0.0)"), "{}", run.stdout);
    assert!(place.read("codegen.toml").contains("version = \"2.0.0\""));
    assert_eq!(place.run(&["diff", "--apply", "specs/animals.yaml", "specs/animals.yaml"]).code, 2);
    // The changelog is none of the generator's business.
    assert_eq!(place.run(&["codegen"]).code, 0);
    assert_eq!(place.run(&["codegen", "--check"]).code, 0);
}
