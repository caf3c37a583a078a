//! The same real document gives the same bytes: run after run, and in any order of its maps.
//!
//! `CLIENTWRIGHT_SHARED=… cargo test --release -p clientwright-tests --test it same_bytes:: -- --ignored --nocapture`; the documents are
//! those of the corpus in that folder.

use std::fs;
use std::path::PathBuf;

use clientwright::diagnostics::Diagnostics;
use clientwright::document::read;
use clientwright::{File, Limits, NoFiles, Options, Source, generate};
use clientwright_tests::front::shared;
use clientwright_tests::inputs::source;
use clientwright_tests::shuffle;

#[test]
fn headers_variables_patterns_and_media_types_may_stand_in_any_order() {
    let source = source("tests/cases/any_order.yaml");
    let first = files(&source);
    for seed in 1..=16 {
        assert_eq!(difference(&first, &files(&turned(&source, seed))), None, "order {seed}");
    }
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; generates from 54 MB of documents many times"]
fn real_documents_give_the_same_bytes_each_time_and_in_any_order() {
    let shared = shared();
    let (runs, orders) = (number("CLIENTWRIGHT_RUNS", 20), number("CLIENTWRIGHT_ORDERS", 3));
    let documents = documents(&shared.join("corpus"));
    let mut differ = Vec::new();
    for path in &documents {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Source { name, bytes: fs::read(path).unwrap() };
        let first = files(&source);
        let again = (1..runs).map(|run| (format!("run {run}"), files(&source)));
        let turned = (1..=orders).map(|seed| (format!("order {seed}"), files(&turned(&source, seed))));
        let found = again.chain(turned).find_map(|(what, files)| Some((what, difference(&first, &files)?)));
        println!("{}: {}", source.name, found.as_ref().map_or("the same", |_| "DIFFERS"));
        differ.extend(found.map(|(what, difference)| format!("{}, {what}: {difference}", source.name)));
    }
    println!("{} documents, {runs} runs and {orders} other orders of each", documents.len());
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// A number that the environment may set.
fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The documents of a folder, or those that `CLIENTWRIGHT_ONLY` names.
fn documents(folder: &std::path::Path) -> Vec<PathBuf> {
    let only = std::env::var("CLIENTWRIGHT_ONLY").ok();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "yaml" || kind == "json"));
    paths.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        only.as_ref().is_none_or(|only| only.split(',').any(|wanted| wanted == name))
    });
    paths.sort();
    paths
}

fn files(source: &Source) -> Vec<File> {
    let report = generate(source, &[], &NoFiles, &Options::new("same-bytes"));
    report.product.unwrap_or_else(|| panic!("{} is rejected", source.name)).files
}

/// The same document with the members of every object in another order.
fn turned(source: &Source, seed: u64) -> Source {
    let document = read(source, &Limits::default(), &mut Diagnostics::default());
    let mut root = document.unwrap_or_else(|| panic!("{} can't be read", source.name)).root;
    shuffle::keys(&mut root, seed);
    Source { name: source.name.clone(), bytes: root.to_string().into_bytes() }
}

/// The first line that is not the same, and the file that it is in.
fn difference(one: &[File], other: &[File]) -> Option<String> {
    let paths = |files: &[File]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    if paths(one) != paths(other) {
        return Some(format!("the files are {:?}, and {:?}", paths(one), paths(other)));
    }
    let (one, other) = one.iter().zip(other).find(|(one, other)| one != other)?;
    let lines = one.contents.lines().zip(other.contents.lines()).find(|(one, other)| one != other);
    Some(format!("{}: {lines:?}", one.path))
}
