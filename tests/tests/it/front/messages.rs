//! Tests of the output formats for people, programs and CI.

use clientwright::render::{Format, Style};
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::front::{Outcome, yaml};

fn outcome() -> Outcome {
    yaml(
        "openapi: 3.0.3\ninfo: {title: A, version: 1.10}\npaths:\n  /a/:id:\n    get: {respones: {'200': {description: ok}}}\n  /a/{id}:\n    get: {responses: {2XXX: {description: ok}}}\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/Gone'}\n    B: {type: strnig}\n    C: {properties: {a: {type: 'null'}, b: {type: 'null'}, c: {type: 'null'}}}\n",
    )
    .run()
}

#[test]
fn for_people() {
    insta::assert_snapshot!(outcome().text(Format::Human));
}

#[test]
fn a_line_each() {
    insta::assert_snapshot!(outcome().text(Format::Short));
}

#[test]
fn for_programs() {
    let text = outcome().text(Format::Json);
    for line in text.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(object["code"].is_string() && object["place"]["line"].is_u64(), "{line}");
    }
    insta::assert_snapshot!(text.lines().next().unwrap_or_default());
}

#[test]
fn for_ci() {
    insta::assert_snapshot!(outcome().text(Format::Github));
}

#[test]
fn what_a_terminal_would_obey_is_written_out() {
    let text = yaml("openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {\"/a\\e[31m\\u202E{\": {}}\n").run();
    for format in [Format::Human, Format::Short, Format::Github] {
        let shown = text.text(format);
        assert!(!shown.contains(['\u{1b}', '\u{202E}']), "{shown:?}");
    }
    assert!(!text.text(Format::Json).contains('\u{1b}'));
}

#[test]
fn a_document_on_one_long_line_is_shown_around_the_place() {
    let long = "x".repeat(100_000);
    let text = format!("{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"{long}\",\"version\":1}},\"paths\":{{}}}}");
    let shown = clientwright_tests::front::named("api.json", text).run().text(Format::Human);
    assert!(shown.len() < 2_000 && shown.contains("\"version\":1"), "{shown}");
}

#[test]
fn findings_of_one_rule_are_counted_after_three() {
    let fields: String = (0..9).map(|index| format!("x{index}: a, ")).collect();
    let text = format!("openapi: 3.1.0\ninfo: {{{fields}title: A, version: '1'}}\npaths: {{}}\n");
    let outcome = yaml(text).run();
    let told = outcome.text(Format::Human);
    assert_eq!(told.matches("warning[CW0403]").count(), 4, "{told}");
    assert!(told.contains("6 more of these, at api.yaml:2:"), "{told}");
    assert_eq!(outcome.text(Format::Short).lines().count(), 9);
}

#[test]
fn what_loses_nothing_is_left_unsaid() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: string, format: colour}}, application/problem+json: {schema: {type: string, format: colour}}}}}}}}\n";
    let spec = Source { name: "api.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let report = generate(&spec, &[], &NoFiles, &Options::new("a"));
    assert_eq!(report.render(&[&spec], Format::Human, false), "");
    let all = report.render_as(&[&spec], Style { verbose: true, ..Style::default() });
    assert!(all.contains("CW0820"), "{all}");
}
