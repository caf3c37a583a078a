//! The committed clients are what the generator emits, and what it emits depends on nothing but the document.

mod doctests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clientwright::{Generated, Options, Source};
use clientwright_tests::inputs::{WEBHOOKS_API, WEBHOOKS_OVERLAY, compile, compile_with, root, source, webhooks_api};
use clientwright_tests::shuffle;
use serde_json::Value;

/// The list that the command line adds to what it writes.
const LIST: &str = ".clientwright";

/// The doctests that the docs of a crate may have: the quick start, errors, timeouts, retries, blocking, tracing and mocking.
const GUIDE: usize = 7;

#[test]
fn the_committed_clients_are_current() {
    for client in clients() {
        let emitted = by_path(&client.generate());
        let mut committed = files_below(&root().join(&client.out));
        // Beside what is emitted: written by `diff --apply`, and by people.
        committed.remove("CHANGELOG.md");
        let list = committed.remove(LIST).unwrap_or_else(|| panic!("{} has no {LIST}", client.out));
        let listed = String::from_utf8(list).unwrap();
        let listed: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(listed, paths(&emitted), "what {LIST} lists");
        assert_eq!(paths(&committed), paths(&emitted), "the files in {}", client.out);
        for (path, contents) in &emitted {
            let way_out = "run `cargo xtask codegen` and commit the result";
            assert!(committed[path] == *contents, "{}/{path} is stale: {way_out}", client.out);
        }
    }
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let generate = || by_path(&webhooks_api(&[WEBHOOKS_OVERLAY]));
    assert_same(&generate(), &generate());
}

#[test]
fn the_order_of_keys_means_nothing() {
    let as_written = by_path(&webhooks_api(&[WEBHOOKS_OVERLAY]));
    let document: Value = serde_yaml::from_slice(&source(WEBHOOKS_API).bytes).unwrap();
    let overlays = [source(WEBHOOKS_OVERLAY)];
    for seed in 1..=8 {
        let mut shuffled = document.clone();
        shuffle::keys(&mut shuffled, seed);
        assert_ne!(shuffled.to_string(), document.to_string(), "seed {seed} moved nothing");
        let spec = Source { name: WEBHOOKS_API.to_owned(), bytes: shuffled.to_string().into_bytes() };
        assert_same(&by_path(&compile("webhooks-api", &spec, &overlays)), &as_written);
    }
}

/// A text of a document that became a doctest would be run by `cargo test` of everyone who has the crate in a workspace.
#[test]
fn only_our_own_examples_are_doctests() {
    for client in clients() {
        let (mut blocks, mut examples) = (0, 0);
        for file in client.generate().files.iter().filter(|file| file.path.ends_with(".rs")) {
            let found = doctests::code_blocks(&file.contents);
            let run: Vec<&str> =
                found.iter().filter(|block| block.is_doctest()).map(|block| block.text.as_str()).collect();
            // One in each file at most, the example of a group, but for the guide in the docs of the crate.
            let most = if file.path == "src/lib.rs" { GUIDE } else { 1 };
            assert!(run.len() <= most, "{} has several doctests: {run:#?}", file.path);
            for text in &run {
                let begins = text.starts_with("# async fn ") || text.starts_with("# #[cfg(");
                let ours = begins && text.contains("fn example(") && text.contains("client");
                assert!(ours, "{} has a doctest that is not ours: {text}", file.path);
            }
            examples += run.len();
            blocks += found.len();
        }
        assert!(examples > 0, "{} has no example", client.out);
        assert!(
            blocks > examples,
            "no code block of the document was found in {}: is this test looking in the right place?",
            client.out
        );
    }
}

/// One `[[client]]` of `codegen.toml`.
struct Client {
    spec: String,
    overlays: Vec<String>,
    out: String,
    options: Options,
}

impl Client {
    fn generate(&self) -> Generated {
        let overlays: Vec<Source> = self.overlays.iter().map(|path| source(path)).collect();
        compile_with(&self.options, &source(&self.spec), &overlays)
    }
}

fn clients() -> Vec<Client> {
    let text = fs::read_to_string(root().join("codegen.toml")).unwrap();
    let mut table: toml::Table = text.parse().unwrap();
    let clients: Vec<toml::Table> = table.remove("client").expect("there are clients").try_into().unwrap();
    assert!(!clients.is_empty(), "codegen.toml names no client");
    clients.into_iter().map(client).collect()
}

fn client(mut table: toml::Table) -> Client {
    let mut text = |key: &str| table.remove(key).map(|value| value.as_str().expect("a text").to_owned());
    let (spec, out, package) = (text("spec").unwrap(), text("out").unwrap(), text("package").unwrap());
    let names = text("names").unwrap_or_else(|| format!("specs/{package}.names.yaml"));
    let mut options = Options { version: text("version"), names: Some(source(&names)), ..Options::new(package) };
    options.metadata.license = text("license");
    let mut flag = |key: &str| table.remove(key).is_some_and(|value| value.as_bool().expect("true or false"));
    options.settings.strict = flag("strict");
    options.settings.deny_loss = flag("deny-loss");
    options.wire_tests = flag("wire-tests");
    options.mock = flag("mock");
    let overlays = table.remove("overlays").map_or_else(Vec::new, |paths| paths.try_into().unwrap());
    // What is permitted is not shown, and changes nothing that is emitted.
    table.remove("allow");
    assert!(table.is_empty(), "this test does not know what this in codegen.toml means: {table}");
    Client { spec, overlays, out, options }
}

type Files = BTreeMap<String, Vec<u8>>;

fn by_path(generated: &Generated) -> Files {
    generated.files.iter().map(|file| (file.path.clone(), file.contents.clone().into_bytes())).collect()
}

fn paths(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

fn assert_same(left: &Files, right: &Files) {
    assert_eq!(paths(left), paths(right));
    let other: BTreeSet<&str> = paths(left).into_iter().filter(|path| left[*path] != right[*path]).collect();
    assert!(other.is_empty(), "these files differ: {other:?}");
}

/// Everything in a folder, by its path below it, with `/`.
fn files_below(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name: Vec<_> = path.strip_prefix(folder).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
            files.insert(name.join("/"), fs::read(&path).unwrap());
        }
    }
    files
}
