//! Documents whose every text is hostile, through everything that the command line prints and writes.

use serde_json::json;

use crate::diff::commit;
use crate::place::{CONFIG, Place};

/// A text that ends what it may stand in, in every language that output is read in.
const HOSTILE: &str = "``<img src=\"http://evil.test/x.png\">[see](https://evil.test) Fixes #1 @octocat | **a**\n::error::injected\r\n  ::set-output name=a::b\n##[error]injected \u{1b}]0;pwn\u{7}\u{1b}[31m\u{9b}31m\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\"]; evil [label=\"</title><script>x</script>%0A::error::y\\";

/// A document that says the text wherever it may say one, of which a part is there once only.
fn document(part: &str) -> String {
    let text = |place: &str| format!("{place} {part}{HOSTILE}");
    let object = json!({ "type": "object", "title": text("title"), "description": text("d"), "required": [text("member"), "kind"],
        "properties": { text("member"): { "type": "string", "format": text("format"), "pattern": text("("), "default": text("default"),
            "example": text("example"), "enum": [text("a"), text("b")] }, "kind": { "type": "string" } } });
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/S" } }, text("application/"): { "schema": {} } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": text("T"), "version": text("1"), "description": text("d"), "license": { "name": text("l") } },
        "servers": [{ "url": "https://x.test", "description": text("s") }, { "url": format!("https://x.test/{HOSTILE}") }],
        "tags": [{ "name": text("tag"), "description": text("d") }],
        "security": [{ "oauth": [text("scope")] }],
        "paths": { "/a": { "get": {
            "operationId": text("id"), "tags": [text("tag")], "summary": text("s"), "description": text("d"), text("unknown"): 1,
            "parameters": [{ "name": text("parameter"), "in": "query", "description": text("d"), "schema": { "type": "string", "minLength": text("x") } }],
            "responses": { "200": { "description": text("d"), "content": content, "headers": { "X-A": { "description": text("d"), "schema": { "type": "string" } } } },
                text("2"): { "description": "d" } },
        } }, format!("/{}", text("path").replace('/', "~")): { "get": { "responses": { "204": { "description": "d" } } } } },
        "components": {
            "schemas": { "S": object, text("Schema"): { "type": "string", text("x"): 1 }, "B": { "$ref": text("#/none") } },
            "securitySchemes": { "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://x.test/t", "scopes": { text("scope"): text("d") } } } } },
        },
    })
    .to_string()
}

/// The same, less what is an error.
fn accepted(part: &str) -> String {
    let mut document: serde_json::Value = serde_json::from_str(&document(part)).unwrap();
    document["components"]["schemas"].as_object_mut().unwrap().remove("B");
    document["servers"].as_array_mut().unwrap().truncate(1);
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| path == "/a");
    let operation = &mut paths["/a"]["get"];
    operation["responses"].as_object_mut().unwrap().retain(|status, _| status == "200");
    operation["responses"]["200"]["content"].as_object_mut().unwrap().retain(|kind, _| kind == "application/json");
    operation["parameters"][0]["schema"].as_object_mut().unwrap().remove("minLength");
    document.to_string()
}

/// Returns what a terminal or the runner of GitHub would obey in a text.
fn obeyed(text: &str) -> Vec<String> {
    let hidden =
        |it: char| (it.is_control() && !"\n\t".contains(it)) || "\u{202e}\u{2066}\u{200b}\u{feff}".contains(it);
    let is_command = |line: &&str| {
        let line = line.trim_start();
        let ours = ["::error file=", "::warning file=", "::notice file=", "::error::"];
        line.contains("##[")
            || line.starts_with("::")
                && (!ours.iter().any(|start| line.starts_with(start)) || line.starts_with("::error::injected"))
    };
    let lines = text.lines().filter(|line| is_command(line) || line.chars().any(hidden));
    lines.map(|line| format!("{line:?}")).collect()
}

#[test]
fn nothing_that_is_printed_is_obeyed() {
    let place = Place::new();
    place.write("bad.json", &document(""));
    place.write("old.json", &accepted("old"));
    place.write("new.json", &accepted("new"));
    let runs: &[&[&str]] = &[
        &["lint", "bad.json"],
        &["lint", "new.json", "--verbose"],
        &["codegen", "--spec", "new.json", "--out", "out", "--package", "evil", "--verbose"],
        &["codegen", "--spec", "old.json", "--out", "out", "--package", "evil", "--check"],
        &["graph", "new.json"],
        &["graph", "new.json", "--format", "dot"],
        &["graph", "new.json", "--focus", "s"],
        &["graph", "new.json", "--focus", "GET /a"],
        &["diff", "old.json", "new.json", "--package", "evil"],
        &["diff", "old.json", "new.json", "--package", "evil", "--format", "markdown"],
        &["diff", "old.json", "new.json", "--package", "evil", "--format", "json", "--html", "page.html"],
        &["explain", HOSTILE],
        &["init", HOSTILE],
    ];
    let mut printed = 0;
    for args in runs {
        for format in ["human", "short", "json", "github"] {
            let run = place.run(&[args, &["--message-format", format][..]].concat());
            let text = run.stdout + &run.stderr;
            printed += text.len();
            let found = obeyed(&text);
            assert!(found.is_empty(), "{args:?} {format}: {found:#?}");
        }
    }
    assert!(printed > 50_000, "{printed}");
    let page = place.read("page.html");
    assert!(!page.contains("<script") && !page.contains("<img") && page.matches("</title>").count() == 1);
}

#[test]
fn what_is_written_of_hostile_texts_is_text() {
    let place = Place::new();
    place.write("codegen.toml", CONFIG);
    place.write("specs/animals.yaml", &accepted("old"));
    assert_eq!(place.run(&["codegen"]).code, 0);
    commit(&place);
    place.write("specs/animals.yaml", &accepted("new"));
    let run = place.run(&["diff", "--base", "HEAD", "--apply"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for file in ["out/CHANGELOG.md", "out/README.md"] {
        let text = place.read(file);
        assert!(obeyed(&text).is_empty(), "{file}: {:#?}", obeyed(&text));
        let outside: String = text.split('`').step_by(2).collect();
        for mark in ["<img", "<script", "](http", "@octocat", "Fixes #1"] {
            assert!(!outside.contains(mark), "{file}: {mark} in {outside}");
        }
    }
    let manifest: toml::Table = place.read("out/Cargo.toml").parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("animals"));
}
