//! The examples of real documents survive the types made of them.
//!
//! An example counts if it is valid under its schema, as the `jsonschema` crate judges. The documents are not part of the project:
//! `CLIENTWRIGHT_SHARED` names the folder that has them, `CLIENTWRIGHT_ONLY` some of them by parts of their names. Each is compiled
//! without its operations, so this runs only when asked for.

mod places;
mod valid;

use std::fs;

use clientwright::normalize::Settings;
use clientwright::{NoFiles, Options, Source, effective, generate};
use clientwright_tests::front::shared;
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use places::Example;
use serde_json::Value;

/// The results for the examples of a document, or of all documents.
#[derive(Default)]
struct Count {
    found: usize,
    untyped: usize,
    invalid: usize,
    judged: usize,
    survived: usize,
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; compiles crates"]
fn examples_survive() {
    let shared = shared();
    let only = std::env::var("CLIENTWRIGHT_ONLY").unwrap_or_default();
    let mut paths: Vec<_> = fs::read_dir(shared.join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json"));
    paths.sort();
    let mut all = Count::default();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if only.is_empty() || only.split(',').any(|part| name.contains(part)) {
            let source = Source { bytes: fs::read(&path).unwrap(), name: name.clone() };
            let deep = std::thread::Builder::new().stack_size(64 << 20);
            let count = deep.spawn(move || document(&name, &source)).unwrap().join().unwrap();
            all.found += count.found;
            all.untyped += count.untyped;
            all.invalid += count.invalid;
            all.judged += count.judged;
            all.survived += count.survived;
        }
    }
    let Count { found, untyped, invalid, judged, survived } = all;
    println!("in all: {found} examples, {untyped} without a type, {invalid} invalid; {survived} of {judged} survive");
    assert_eq!(survived, judged, "what does not survive is listed above");
}

fn document(name: &str, source: &Source) -> Count {
    let Some(text) = effective(source, &[], &NoFiles, &Settings::default()).product else { return Count::default() };
    let root: Value = serde_yaml::from_str(&text).unwrap();
    let options = Options { keep_everything: true, ..Options::new("subject") };
    let generated = generate(source, &[], &NoFiles, &options).product.unwrap();
    let found = places::examples(&root, &generated.names);
    let schemas = valid::Schemas::of(root);
    let (typed, rest): (Vec<Example>, Vec<Example>) = found.into_iter().partition(|example| example.ty.is_some());
    let (valid, invalid) = schemas.sort(typed);
    let mut count = Count { untyped: rest.len(), invalid: invalid.len(), judged: valid.len(), ..Count::default() };
    count.found = count.untyped + count.invalid + count.judged;
    let instances: Vec<Instance> = valid
        .into_iter()
        .map(|example| Instance { ty: example.ty.unwrap_or_default(), name: example.pointer, value: example.value })
        .collect();
    if !instances.is_empty() {
        let verdicts = judge(&generated, &instances, &std::env::temp_dir().join("clientwright-round-trip/real"));
        let lost: Vec<_> = instances.iter().zip(verdicts).filter(|(_, verdict)| *verdict != Verdict::Same).collect();
        count.survived = count.judged - lost.len();
        for (instance, verdict) in lost {
            let line = format!("{} as {}: {verdict:?} of {}", instance.name, instance.ty, instance.value);
            println!("    {}", line.chars().take(600).collect::<String>());
        }
    }
    let Count { found, untyped, invalid, judged, survived } = count;
    println!("{name}: {found} examples, {untyped} without a type, {invalid} invalid; {survived} of {judged} survive");
    count
}
