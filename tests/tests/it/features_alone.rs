//! The features of generated crates, each alone: without a warning, whatever else is left out.
//!
//! `cargo test -p clientwright-tests --test it features_alone:: -- --ignored --nocapture` prints how many were built.

use clientwright::{Options, Source};
use clientwright_tests::emitted::Emitted;
use clientwright_tests::inputs::{WEBHOOKS_API, source};

/// Fixtures of several groups: types of one and of several, streams, headers, XML.
const GROUPED: &[&str] = &["homes", "replies", "xml"];

#[test]
#[ignore = "compiles a client in every configuration"]
fn each_feature_of_the_webhooks_client_builds_alone() {
    let options = Options { mock: true, ..Options::new("webhooks-features") };
    let crates = [Emitted::of(&source(WEBHOOKS_API), &options)];
    // A TLS and a runtime of a thread of its own are what most programs have beside another feature.
    each_alone(&crates, |features| features.to_vec(), &["rustls,blocking", "native-tls,tracing,mock"]);
}

#[test]
#[ignore = "compiles clients in every configuration"]
fn each_group_of_operations_builds_alone() {
    let crate_of = |name: &&str| {
        let text = std::fs::read(format!("{}/cases/{name}.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let source = Source { name: format!("{name}.yaml"), bytes: text };
        Emitted::of(&source, &Options { mock: true, ..Options::new(format!("{name}-features")) })
    };
    let crates: Vec<Emitted> = GROUPED.iter().map(crate_of).collect();
    let groups = |features: &[String]| {
        let from = features.iter().position(|feature| feature == "mock").unwrap();
        features[from + 1..].to_vec()
    };
    each_alone(&crates, groups, &["mock"]);
}

/// Checks crates with no feature, with each that is chosen, with some together, and with all of those.
fn each_alone(crates: &[Emitted], chosen: impl Fn(&[String]) -> Vec<String>, together: &[&str]) {
    let (mut built, mut failed) = (0, Vec::new());
    for emitted in crates {
        let chosen = chosen(&features(emitted));
        assert!(chosen.len() > 1, "{chosen:?}");
        let all = chosen.join(",");
        let some = together.iter().map(|some| (*some).to_owned());
        for features in std::iter::once(String::new()).chain(chosen).chain(some).chain([all]) {
            match emitted.check(env!("CARGO_TARGET_TMPDIR"), &features) {
                Ok(()) => built += 1,
                Err(said) => failed.push(format!("--features {features:?}:\n{said}")),
            }
        }
    }
    println!("{built} configurations of {} crates", crates.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The features of the manifest, in its order, groups of operations last.
fn features(emitted: &Emitted) -> Vec<String> {
    let manifest = emitted.file("Cargo.toml");
    let (_, rest) = manifest.split_once("[features]\n").unwrap();
    let section = rest.split("\n[").next().unwrap_or(rest);
    let names = section.lines().filter_map(|line| line.split_once(" = [")).map(|(name, _)| name.trim().to_owned());
    names.filter(|name| name != "default").collect()
}
