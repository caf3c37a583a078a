//! The command line of a crate: what it is called, what its help says, and that it reaches every operation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright::{Generated, NoFiles, Options, Source, analyse, generate};
use clientwright_tests::inputs::{WEBHOOKS_API, file, root, source};

pub(super) fn generated(document: &str, options: Options) -> Generated {
    let source = Source { name: "api.yaml".to_owned(), bytes: document.as_bytes().to_vec() };
    generate(&source, &[], &NoFiles, &options).product.expect("it is accepted")
}

pub(super) fn with_cli(package: &str) -> Options {
    Options { cli: true, ..Options::new(package) }
}

const CLASHES: &str = r##"
openapi: 3.1.0
info: { title: "Help \e[2J", version: "1" }
security: [{ key: [] }, { other: [] }, { login: [] }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    other: { type: apiKey, in: header, name: X-Other }
    login: { type: http, scheme: basic }
paths:
  /completions:
    get:
      tags: [completions]
      operationId: help
      description: "**Bold** &#27;[31m and <b>more</b>.\n\nSee [it](https://a.example)."
      parameters:
        - { name: output, in: query, schema: { type: string }, description: "One. Two." }
        - { name: id, in: query, schema: { type: integer } }
        - { name: id, in: header, schema: { type: integer } }
      responses: { "204": { description: Done } }
  /cli:
    post:
      tags: [cli]
      operationId: send
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [body, kind, note]
              properties:
                body: { type: string }
                kind: { type: string, enum: [a, b] }
                note: { type: [string, "null"] }
      responses: { "204": { description: Done } }
  /command-line:
    get: { tags: [command line], responses: { "204": { description: Done } } }
"##;

#[test]
fn a_crate_without_a_command_line_has_nothing_of_it() {
    let without = generated(CLASHES, Options::new("odd"));
    let with = generated(CLASHES, with_cli("odd"));
    let paths =
        |generated: &Generated| -> BTreeSet<String> { generated.files.iter().map(|it| it.path.clone()).collect() };
    let trace = |file: &clientwright::File| {
        file.path.contains("/bin/") || file.path == "src/runtime/cli.rs" || file.path.contains("runtime/cli_")
    };
    assert!(!without.files.iter().any(trace));
    let manifest = file(&without, "Cargo.toml");
    assert!(!manifest.contains("clap") && !manifest.contains("[[bin]]"), "{manifest}");
    // Groups have the names that they would have if there were no command lines.
    assert!(paths(&without).contains("src/command_line.rs") && manifest.contains("\ncli = []\n"), "{manifest}");
    assert!(paths(&with).contains("src/bin/odd.rs"));
    let manifest = file(&with, "Cargo.toml");
    assert!(
        manifest.contains("required-features = [\"cli\"]") && manifest.contains("\ncli-operations = []\n"),
        "{manifest}"
    );
}

#[test]
fn names_that_clash_are_claimed() {
    let with = generated(CLASHES, with_cli("odd"));
    let table = |group: &str| file(&with, &format!("src/command_line/{group}.rs")).to_owned();
    let completions = table("completions");
    assert!(completions.contains("name: \"completions-operations\""), "{completions}");
    for word in ["Subcommand::new(\"help-operation\"", "Flag::new(\"query-output\"", "Flag::new(\"id\"", "In::Header"] {
        assert!(completions.contains(word), "{word}: {completions}");
    }
    let sent = table("cli");
    assert!(sent.contains("Member::new(\"body\", Flag::new(\"body-body\", Kind::Text).required()"), "{sent}");
    assert!(sent.contains(".values(&[\"a\", \"b\"])") && sent.contains(".otherwise(\"null\")"), "{sent}");
    let program = file(&with, "src/command_line.rs");
    for variable in ["ODD_KEY", "ODD_OTHER", "ODD_USER", "ODD_PASSWORD", "ODD_BASE_URL"] {
        assert!(program.contains(&format!("{variable:?}")), "{variable}: {program}");
    }
}

#[test]
fn a_client_certificate_is_read_only_where_a_scheme_asks_for_one() {
    let has_file =
        |generated: &Generated| generated.files.iter().any(|found| found.path == "src/runtime/cli_certificate.rs");
    assert!(!has_file(&generated(CLASHES, with_cli("odd"))));
    let document = CLASHES.replace("login: { type: http, scheme: basic }", "login: { type: mutualTLS }");
    let with = generated(&document, with_cli("odd"));
    assert!(has_file(&with));
    let program = file(&with, "src/command_line.rs");
    for part in ["Source::Certificate(", "\"ODD_CLIENT_CERTIFICATE\"", "cli_certificate::present"] {
        assert!(program.contains(part), "{part}: {program}");
    }
}

/// Whatever a document says, a terminal shows it, and does nothing.
#[test]
fn help_is_plain_text_without_control_characters() {
    let with = generated(CLASHES, with_cli("odd"));
    let completions = file(&with, "src/command_line/completions.rs");
    assert!(completions.contains(r#""Bold \\u{1b}[31m and more.", "See it.\n\nGET /completions"#), "{completions}");
    assert!(completions.contains(r#".help("One.", "Two.")"#), "{completions}");
    for found in with.files.iter().filter(|found| found.path.contains("command_line")) {
        assert!(!found.contents.contains(|character: char| character.is_control() && character != '\n'));
        // Nor is one written as an escape of a Rust literal.
        assert!(!found.contents.replace(r"\\u{", "").contains(r"\u{"), "{}", found.contents);
    }
}

/// The binary of a crate, compiled with what other emitted crates are compiled with.
pub(super) fn binary(package: &str, generated: &Generated) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (home, target) = (folder.join("command-line").join(package), folder.join("emitted/target"));
    for found in &generated.files {
        let path = home.join(&found.path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("it can be made");
        let end = if found.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        fs::write(path, format!("{}{end}", found.contents)).expect("it can be written");
    }
    fs::copy(root().join("Cargo.lock"), home.join("Cargo.lock")).expect("it can be copied");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--features", "cli", "--bin", package])
        .current_dir(&home)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-Dwarnings")
        .status();
    assert!(status.expect("cargo starts").success());
    target.join("debug").join(package)
}

/// The subcommands that help names.
fn subcommands(binary: &Path, of: &[&str]) -> Vec<String> {
    let output = Command::new(binary).args(of).arg("--help").output().expect("it starts");
    assert!(output.status.success(), "{of:?}");
    let help = String::from_utf8(output.stdout).expect("it is UTF-8");
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let words = lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    words.filter(|word| !["help", "completions"].contains(&word.as_str())).collect()
}

#[test]
#[ignore = "compiles a client with its command line"]
fn every_operation_of_the_document_is_a_subcommand() {
    let overlays = [source("specs/webhooks-api.overlay.yaml")];
    let analysis = analyse(&source(WEBHOOKS_API), &overlays, &NoFiles, &with_cli("webhooks-api"));
    let analysis = analysis.product.expect("it is accepted");
    let binary = binary("webhooks-api", &analysis.generated);
    let mut calls = Vec::new();
    for group in subcommands(&binary, &[]) {
        for operation in subcommands(&binary, &[&group]) {
            let output = Command::new(&binary).args([&group, &operation, "--help"]).output().expect("it starts");
            let help = String::from_utf8(output.stdout).expect("it is UTF-8");
            let call = help.lines().find_map(|line| line.split_once(" (needs ")).expect("it names the operation").0;
            calls.push(call.to_owned());
        }
    }
    calls.sort();
    let mut operations: Vec<String> =
        analysis.api.operations.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    operations.sort();
    assert_eq!(calls, operations);
    // What the docs show is what there is.
    let page = fs::read_to_string(root().join("docs/command-line.md")).expect("it can be read");
    let shown: Vec<&str> = page.lines().filter(|line| line.starts_with("webhooks-api ")).collect();
    assert!(shown.len() >= 5, "{shown:?}");
    for line in shown {
        let words = line.split(' ').skip(1).chain(["--base-url", "http://127.0.0.1:9"]);
        let output = Command::new(&binary).args(words).env("WEBHOOKS_API_TOKEN", "t0ken").output().expect("it starts");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        // The file of the body is the reader's, and no server listens: the arguments are what counts.
        assert_eq!(output.status.code(), Some(1), "{line}: {error}");
        assert!(error.contains("connect") || error.contains("cannot read webhook.json"), "{line}: {error}");
    }
}
