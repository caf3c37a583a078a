//! The dependencies that embedded code needs of the crate around it.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_sources::{DELIVERIES, FEATURES, Feature, MOCK, VALIDATE};

use crate::emit::{manifest, runtime};
use crate::rust::{Crate, Embedding, ExtraDependency, Origin};

/// A dependency that the crate around embedded code has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The dependency.
    pub dependency: ExtraDependency,
    /// True if only tests need it.
    pub is_dev: bool,
    /// The `cfg(…)` for which it is needed, if not always.
    pub target: Option<&'static str>,
}

impl Requirement {
    /// The command that adds it.
    pub fn cargo_add(&self) -> String {
        let ExtraDependency { name, origin, version, package, default_features, features } = &self.dependency;
        let mut line = String::from("cargo add");
        let is_plain =
            |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./:@,^=".contains(letter));
        let quoted =
            |text: &str| if is_plain(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) };
        let mut add = |text: &str| line.push_str(&format!(" {}", quoted(text)));
        if self.is_dev {
            add("--dev");
        }
        if let Some(target) = self.target {
            add("--target");
            add(target);
        }
        let bare = package.as_ref().unwrap_or(name);
        match origin {
            Origin::Registry => {
                add(&version.as_ref().map_or_else(|| bare.clone(), |version| format!("{bare}@{version}")))
            }
            Origin::Path(path) => ["--path", path].into_iter().for_each(add),
            Origin::Git(url, commit) => {
                ["--git", url].into_iter().for_each(&mut add);
                if let Some((key, value)) = commit {
                    [&format!("--{key}"), value.as_str()].into_iter().for_each(&mut add);
                }
                add(bare);
            }
            Origin::Workspace => add(bare),
        }
        let mut add = |text: &str| line.push_str(&format!(" {}", quoted(text)));
        if package.is_some() {
            add("--rename");
            add(name);
        }
        if !default_features {
            add("--no-default-features");
        }
        if !features.is_empty() {
            add("--features");
            add(&features.join(","));
        }
        line
    }
}

/// The dependencies of embedded code, sorted by name. A dependency of one target of a host program counts as one of all.
pub(in crate::emit) fn requirements(plan: &Crate, embedding: &Embedding) -> Vec<Requirement> {
    let enabled = enabled(plan, embedding);
    let mut found: BTreeMap<(&str, bool), Requirement> = BTreeMap::new();
    let mut files = runtime::needed(plan);
    files.retain(|file| file.feature.is_none_or(|feature| enabled.iter().any(|on| on.name == feature)));
    for it in manifest::of_crate(plan).chain(files.iter().flat_map(|file| file.dependencies)) {
        let switch = format!("dep:{}", it.name);
        let by = enabled.iter().find(|feature| feature.enables.contains(&&*switch));
        if it.optional && by.is_none() {
            continue;
        }
        let of_wasm = it.target.filter(|target| !target.starts_with("cfg(not"));
        let entry = found.entry((it.name, of_wasm.is_some())).or_insert_with(|| Requirement {
            dependency: ExtraDependency {
                default_features: it.default_features,
                ..ExtraDependency::of_registry(it.name, it.version, &[])
            },
            is_dev: by.is_some_and(|feature| feature.name == MOCK.name),
            target: of_wasm,
        });
        let prefix = format!("{}/", it.name);
        let switched = enabled.iter().flat_map(|feature| feature.enables).filter_map(|name| name.strip_prefix(&prefix));
        let features: BTreeSet<String> = entry
            .dependency
            .features
            .drain(..)
            .chain(it.features.iter().chain(&switched.collect::<Vec<_>>()).map(|&name| name.to_owned()))
            .collect();
        entry.dependency.features = features.into_iter().collect();
    }
    let brought = plan.dependencies.iter().filter(|it| !found.contains_key(&(it.name.as_str(), false)));
    let brought: Vec<Requirement> =
        brought.map(|it| Requirement { dependency: it.clone(), is_dev: false, target: None }).collect();
    let mut all: Vec<Requirement> = found.into_values().chain(brought).collect();
    all.sort_by(|one, other| (one.target, &one.dependency.name).cmp(&(other.target, &other.dependency.name)));
    all
}

/// The features that are on. Another TLS than the usual one takes its place.
fn enabled(plan: &Crate, embedding: &Embedding) -> Vec<&'static Feature> {
    let named = |name: &str| embedding.features.iter().any(|feature| feature == name);
    let is_on = |feature: &&Feature| match feature.name {
        "rustls" => !named("native-tls") || named("rustls"),
        name => feature.default || named(name),
    };
    let of_client = FEATURES.iter().filter(|_| plan.client).filter(is_on);
    let deliveries = Some(&DELIVERIES).filter(|feature| named(feature.name) && !plan.events.is_empty());
    let more = plan.mock.iter().map(|_| &MOCK).chain(plan.validation.iter().map(|_| &VALIDATE));
    of_client.chain(more).chain(deliveries).collect()
}
