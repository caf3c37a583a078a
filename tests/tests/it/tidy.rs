//! Holds the rules of the house: which stage may know which, where each outside crate lives, how long a file may be.

mod paths;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use paths::Use;

/// The siblings that each module of the generator may refer to. Only `lib.rs` refers to all of them.
///
/// Nouns name no verb. Verbs name their input, their output and `diagnostics`. Every finding has a place, so any module may name
/// `place::Pointer` and `place::Trail`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("place", &[]),
    ("carried", &[]),
    ("diagnostics", &["place"]),
    ("document", &["diagnostics", "place"]),
    ("render", &["diagnostics", "document", "place"]),
    ("ir", &[]),
    ("rust", &["ir"]),
    ("normalize", &["carried", "document", "diagnostics", "place"]),
    ("lower", &["carried", "ir", "diagnostics"]),
    ("plan", &["ir", "rust", "diagnostics"]),
    ("compare", &["ir"]),
    ("samples", &["ir"]),
    ("emit", &["rust", "diagnostics"]),
];

const PLACES: &[&str] = &["Pointer", "Trail"];

/// The module in which an external crate may be used, including its submodules.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["render"]),
    ("clientwright_runtime", &["plan", "emit"]),
    ("deunicode", &["rust::name"]),
    ("fluent_uri", &["normalize::references"]),
    ("heck", &["rust::name"]),
    ("openapiv3", &["normalize::typed", "lower"]),
    ("petgraph", &["lower::circles"]),
    ("prettyplease", &["emit"]),
    ("proc_macro2", &["emit"]),
    ("pulldown_cmark", &["emit::docs"]),
    ("quote", &["emit"]),
    ("quick_xml", &["runtime::xml_read", "runtime::xml_write"]),
    ("regex", &["samples::text"]),
    ("regex_syntax", &["samples::text"]),
    ("regress", &["plan::types::validation", "runtime::validate"]),
    ("saphyr_parser", &["document"]),
    ("serde_json_path", &["normalize::overlay"]),
    ("serde_yaml", &["document"]),
    ("strsim", &["normalize::nearest"]),
    ("syn", &["emit"]),
    ("toml_edit", &["emit::manifest"]),
    ("unicode_normalization", &["rust::name"]),
];

/// Outside crates that are at home everywhere.
const COMMON: &[&str] = &["indexmap", "serde", "serde_json"];

/// Lines that a file may have; one that needs more holds two ideas.
const LONGEST: usize = 500;

#[test]
fn stages_know_only_their_neighbours() {
    let mut broken = Vec::new();
    for (file, module, uses) in generator() {
        let Some(stage) = module.first() else { continue };
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| name == stage) else {
            broken
                .push(format!("{}: `{stage}` is no module that this test knows; say what it may name", file.display()));
            continue;
        };
        for Use { path, line } in uses.iter().filter(|found| found.path[0] == "crate") {
            let Some(named) = path.get(1).filter(|name| MAY_NAME.iter().any(|(stage, _)| stage == name)) else {
                continue;
            };
            let is_place = named == "place" && path.get(2).is_some_and(|name| PLACES.contains(&name.as_str()));
            let may = named == stage || allowed.contains(&named.as_str()) || is_place;
            if !may {
                broken.push(format!("{}:{line}: `{stage}` may not name `{}`", file.display(), path[1..].join("::")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_crates_stay_at_home() {
    let homes: BTreeMap<&str, &[&str]> = HOMES.iter().copied().collect();
    let mut broken = Vec::new();
    for (file, module, uses) in generator().into_iter().chain(runtime()) {
        let place = module.join("::");
        for Use { path, line } in uses {
            let Some(allowed) = homes.get(path[0].as_str()) else { continue };
            let at_home = allowed.iter().any(|home| place == *home || place.starts_with(&format!("{home}::")));
            if !at_home {
                broken.push(format!("{}:{line}: `{}` lives in {}", file.display(), path[0], allowed.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_outside_crate_has_a_home() {
    let manifest = fs::read_to_string(root().join("generator/Cargo.toml")).unwrap();
    let after = manifest.split_once("\n[dependencies]\n").expect("the generator has dependencies").1;
    let table = after.split("\n[").next().unwrap_or_default();
    let names =
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(['.', ' ', '=']).next());
    let known = |name: &str| COMMON.contains(&name) || HOMES.iter().any(|(home, _)| *home == name);
    let homeless: Vec<String> =
        names.map(|name| name.replace('-', "_")).filter(|name| !name.is_empty() && !known(name)).collect();
    assert!(homeless.is_empty(), "say where these live: {}", homeless.join(", "));
}

#[test]
fn the_command_line_calls_the_generator_in_one_place() {
    let source = root().join("generator/cli/src");
    let mut broken = Vec::new();
    for file in rust_files(&source) {
        let module = paths::module_of(&source, &file);
        let calls = module.first().is_some_and(|name| name == "compile");
        for Use { line, .. } in
            paths::uses(&file, &module).iter().filter(|found| found.path[0] == "clientwright" && !calls)
        {
            broken.push(format!("{}:{line}: only `compile` calls the generator", shown(&file).display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_are_short() {
    let written_by_hand = ["generator", "xtask", "tests"].map(|folder| root().join(folder));
    let mut broken = Vec::new();
    for file in written_by_hand.iter().flat_map(|folder| rust_files(folder)) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        if lines > LONGEST {
            broken.push(format!("{}: {lines} lines; {LONGEST} at most", shown(&file).display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn links_in_the_docs_lead_somewhere() {
    let mut pages =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].map(|page| root().join(page)).to_vec();
    pages.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    let mut broken = Vec::new();
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(page).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap_or_default();
            if !page.parent().unwrap().join(file).exists() {
                broken.push(format!("{}: {target}", shown(page).display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Every file of the generator that is not for tests: its path, its module, and what it names.
fn generator() -> Vec<(PathBuf, Vec<String>, Vec<Use>)> {
    package("generator/src")
}

/// The same of the runtime.
fn runtime() -> Vec<(PathBuf, Vec<String>, Vec<Use>)> {
    package("generator/runtime/src")
}

fn package(source: &str) -> Vec<(PathBuf, Vec<String>, Vec<Use>)> {
    let source = root().join(source);
    let files = rust_files(&source);
    assert!(!files.is_empty(), "there is nothing to look at in {}", source.display());
    let modules = files.into_iter().map(|file| (paths::module_of(&source, &file), file));
    let ours = modules.filter(|(module, _)| !paths::is_for_tests(module));
    ours.map(|(module, file)| (shown(&file), module.clone(), paths::uses(&file, &module))).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn shown(file: &Path) -> PathBuf {
    file.strip_prefix(root()).unwrap().to_owned()
}

/// The Rust files below a folder, less what was built, installed, or recorded.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "snapshots") {
            files.extend(rust_files(&path));
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
