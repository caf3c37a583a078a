//! Snapshots of the emitted code: the endpoint that activates a webhook, the type `Webhook`, and their crate.
//!
//! Read a changed snapshot as a reviewer of the emitted crate would, then accept it (`docs/testing.md`).

use std::fmt::Write as _;

use clientwright::render::Format;
use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{ACTIVATE_SLICE, WEBHOOKS_API, WEBHOOKS_OVERLAY, compile, file, source, webhooks_api};
use clientwright_tests::items::{entries, implements, items, members};
use serde_json::Value;
use syn::{ImplItem, Item};

#[test]
fn webhooks_api_with_its_overlay() {
    let generated = webhooks_api(&[WEBHOOKS_OVERLAY]);
    lock("webhooks_api.activate", &activate(&generated));
    lock("webhooks_api.webhook", &webhook(&generated));
    lock("webhooks_api.crate", &outline(&generated));
}

#[test]
fn slice_without_an_overlay() {
    let generated = slice();
    lock("activate_slice.activate", &activate(&generated));
    lock("activate_slice.webhook", &webhook(&generated));
    lock("activate_slice.crate", &outline(&generated));
}

/// Each inference about the document is reported at its path, and nothing else is. What is expected follows from the paths, so that the
/// document may grow.
#[test]
fn findings_about_webhooks_api() {
    let (spec, overlay) = (source(WEBHOOKS_API), source(WEBHOOKS_OVERLAY));
    let document: Value = serde_yaml::from_slice(&spec.bytes).unwrap();
    let mut expected = Vec::new();
    for path in document["paths"].as_object().unwrap().keys() {
        let place = format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"));
        if path.contains("/:") {
            expected.push(("CW0503", place.clone()));
        }
        // No operation of the document declares the parameters of its path.
        if path.contains("/:") || path.contains('{') {
            expected.push(("CW0501", place));
        }
    }
    assert!(expected.len() >= 10, "{expected:?}");
    let overlays = std::slice::from_ref(&overlay);
    let report = generate(&spec, overlays, &NoFiles, &Options::new("webhooks-api"));
    let text = report.render(&[&spec, &overlay], Format::Short, false);
    let place = |line: &str| line.rsplit_once(" (").map(|(_, place)| place.trim_end_matches(')').to_owned());
    let code = |line: &str| ["CW0501", "CW0503"].into_iter().find(|code| line.contains(&format!("warning[{code}]")));
    let mut found: Vec<_> = text.lines().map(|line| (code(line).expect(line), place(line).expect(line))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

/// Else a document that grows would change the code of what it already had.
#[test]
fn what_is_left_of_a_document_cut_down_reads_the_same() {
    let (whole, slice) = (webhooks_api(&[]), slice());
    assert_eq!(activate(&slice), activate(&whole));
    assert_eq!(webhook(&slice), webhook(&whole));
}

#[test]
fn the_slice_says_nothing_but_what_the_document_says() {
    let [slice, whole] = [ACTIVATE_SLICE, WEBHOOKS_API].map(|path| {
        let tree: Value = serde_yaml::from_slice(&source(path).bytes).unwrap();
        tree
    });
    let keys = |tree: &Value| tree.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&slice), keys(&whole));
    for key in keys(&slice).iter().filter(|key| *key != "paths") {
        assert_eq!(slice[key], whole[key], "{key}");
    }
    let paths = slice["paths"].as_object().unwrap();
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["/webhooks/:id/activate"]);
    assert_eq!(paths["/webhooks/:id/activate"], whole["paths"]["/webhooks/:id/activate"]);
}

/// The excerpt that the slice stands for is not part of the repository.
#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED"]
fn the_excerpt_gives_the_same_crate_as_the_slice() {
    let path = clientwright_tests::front::shared().join("specs/seed-activate-slice.yaml");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let excerpt = compile("webhooks-api", &Source { name: "seed-activate-slice.yaml".to_owned(), bytes }, &[]);
    let slice = slice();
    let paths = |generated: &Generated| generated.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&excerpt), paths(&slice));
    for (ours, theirs) in slice.files.iter().zip(&excerpt.files) {
        assert_eq!(theirs.contents, ours.contents, "{}", ours.path);
    }
}

fn slice() -> Generated {
    compile("webhooks-api", &source(ACTIVATE_SLICE), &[])
}

fn lock(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The method, and the operation's facts.
fn activate(generated: &Generated) -> String {
    let items = items(file(generated, "src/webhooks.rs"));
    let group = find(&items, |item| implements(item) == Some(("Webhooks".to_owned(), None)));
    let methods = members(group);
    let method = find(&methods, |member| matches!(member, ImplItem::Fn(method) if method.sig.ident == "activate"));
    let entries = entries(file(generated, "src/webhooks.rs"));
    let facts = find(&entries, |marker| marker == "Activate");
    format!("{method}\n\n{facts}\n")
}

fn webhook(generated: &Generated) -> String {
    let items = items(file(generated, "src/types/webhooks.rs"));
    let fields = find(&items, |item| matches!(item, Item::Struct(webhook) if webhook.ident == "Webhook"));
    let is_table = |table: &syn::ItemMacro| table.mac.tokens.to_string().starts_with("Webhook :");
    let table = find(&items, |item| matches!(item, Item::Macro(table) if is_table(table)));
    format!("{fields}\n\n{table}\n")
}

/// The names of the files, and those that everyone opens first.
fn outline(generated: &Generated) -> String {
    let mut text = String::new();
    for file in &generated.files {
        let _ = writeln!(text, "{}", file.path);
    }
    for path in ["Cargo.toml", "src/lib.rs"] {
        let _ = write!(text, "\n==> {path} <==\n{}", file(generated, path));
    }
    text
}

fn find<T>(pieces: &[(T, String)], wanted: impl Fn(&T) -> bool) -> &str {
    let mut found = pieces.iter().filter(|(piece, _)| wanted(piece));
    let (_, text) = found.next().expect("it is there");
    assert!(found.next().is_none(), "it is there twice");
    text
}
