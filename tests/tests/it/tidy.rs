//! Holds the rules of the house: which stage may know which, where each outside crate lives, how long a file may be.

mod carried;
mod comments;
mod modules;
mod rings;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use modules::Package;

/// The siblings that each module of the generator may refer to. Only `lib.rs` refers to all of them.
///
/// Nouns name no verb. Verbs name their input, their output and `diagnostics`. Every finding has a place, so any module may name
/// `place::Pointer` and `place::Trail`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("place", &[]),
    ("carried", &[]),
    ("diagnostics", &["place"]),
    ("document", &["diagnostics", "place"]),
    ("written", &[]),
    ("render", &["diagnostics", "document", "place", "written"]),
    ("ir", &[]),
    ("rust", &["ir"]),
    ("normalize", &["carried", "document", "diagnostics", "place"]),
    ("lower", &["carried", "ir", "diagnostics"]),
    ("plan", &["ir", "rust", "diagnostics"]),
    ("compare", &["ir", "rust"]),
    ("samples", &["ir"]),
    ("emit", &["rust", "diagnostics", "written"]),
    ("package", &[]),
    ("overlays", &["diagnostics", "place"]),
];

const PLACES: &[&str] = &["Pointer", "Trail", "unescape"];

/// The module in which an external crate may be used, including its submodules.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["render"]),
    ("clientwright_runtime", &["plan", "rust", "emit"]),
    ("deunicode", &["rust::name"]),
    ("fluent_uri", &["normalize::references"]),
    ("heck", &["rust::name"]),
    ("openapiv3", &["normalize::typed", "lower"]),
    ("petgraph", &["lower::circles", "plan::types::cycles"]),
    ("prettyplease", &["emit"]),
    ("proc_macro2", &["emit"]),
    ("pulldown_cmark", &["emit::docs"]),
    ("quote", &["emit"]),
    ("quick_xml", &["runtime::xml_read", "runtime::xml_write"]),
    ("regex", &["samples::text"]),
    ("regex_syntax", &["lower::texts", "samples::text"]),
    ("fancy_regex", &["plan::types::validation", "runtime::validate"]),
    ("regress", &["plan::types::validation"]),
    ("saphyr_parser", &["document"]),
    ("semver", &["package"]),
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

/// The modules that do something. The others are what these take and give.
const VERBS: &[&str] = &["normalize", "lower", "plan", "emit", "compare", "samples"];

/// The packages whose files may import one another in one direction only.
const PACKAGES: &[&str] = &["generator", "generator/cli", "generator/runtime", "xtask", "tests"];

/// The rings of files that are recursion in the matter itself, each by all of its files.
const RINGS: &[&[&str]] = &[
    // A schema is made of schemas: its members are, and so are the parts and alternatives of a composition. To join two parts, the
    // shapes of their members have to be known.
    &[
        "generator/src/lower/composition.rs",
        "generator/src/lower/distribution.rs",
        "generator/src/lower/join.rs",
        "generator/src/lower/object.rs",
        "generator/src/lower/schema.rs",
    ],
];

/// Doc comments in a hundred that may begin with a headless clause.
const HEADLESS_PERCENT: usize = 2;

#[test]
fn stages_know_only_their_neighbours() {
    let mut broken = BTreeSet::new();
    for (module, found, path) in generator().named() {
        let Some(stage) = module.get(1) else { continue };
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| name == stage) else {
            broken.insert(format!("`{stage}` is no module that this test knows; say what it may name"));
            continue;
        };
        let named = path.get(1).filter(|_| path[0] == "crate");
        let Some(named) = named.filter(|name| MAY_NAME.iter().any(|(stage, _)| stage == name)) else { continue };
        let is_place = named == "place" && path.get(2).is_some_and(|name| PLACES.contains(&name.as_str()));
        if named != stage && !allowed.contains(&named.as_str()) && !is_place {
            let file = shown(&found.file);
            broken.insert(format!("{}: `{stage}` may not name `{}`", file.display(), path[1..].join("::")));
        }
    }
    none(broken);
    for (stage, allowed) in MAY_NAME {
        let verb = allowed.iter().find(|name| VERBS.contains(name));
        assert!(verb.is_none(), "`{stage}` would know the verb {verb:?}");
    }
}

#[test]
fn outside_crates_stay_at_home() {
    let homes: BTreeMap<&str, &[&str]> = HOMES.iter().copied().collect();
    let mut broken = BTreeSet::new();
    for package in [generator(), &package("generator/runtime")] {
        for (module, found, path) in package.named() {
            let Some(allowed) = homes.get(path[0].as_str()) else { continue };
            let place = module[1..].join("::");
            let at_home = allowed.iter().any(|home| place == *home || place.starts_with(&format!("{home}::")));
            if !at_home {
                let file = shown(&found.file);
                broken.insert(format!("{}: `{}` lives in {}", file.display(), path[0], allowed.join(", ")));
            }
        }
    }
    none(broken);
}

/// A ring is a layer that is missing: what its files want of one another belongs into a file below them.
#[test]
fn files_import_one_way() {
    let known: BTreeSet<Vec<PathBuf>> = RINGS.iter().map(|ring| ring.iter().map(PathBuf::from).collect()).collect();
    let mut found = BTreeSet::new();
    let mut told = String::new();
    for name in PACKAGES {
        let read;
        let package = match *name {
            "generator" => generator(),
            _ => {
                read = package(name);
                &read
            }
        };
        let imports = package.imports();
        for ring in rings::rings(&imports) {
            let files: Vec<PathBuf> = ring.iter().map(|file| shown(file)).collect();
            if !known.contains(&files) {
                told.push_str("a ring:\n");
                let edges = ring.iter().flat_map(|file| imports[file].iter().filter(|(to, _)| ring.contains(*to)));
                edges.for_each(|(to, why)| told.push_str(&format!("    {why}, of {}\n", shown(to).display())));
            }
            found.insert(files);
        }
    }
    assert!(told.is_empty(), "{told}");
    assert_eq!(found, known, "a ring of the list is cut: take it off");
}

/// A field that came with a later version of OpenAPI and that no one reads would be dropped without a word.
#[test]
fn carried_fields_are_read() {
    let source = |file: &str| fs::read_to_string(root().join("generator/src").join(file)).unwrap();
    none(carried::unread(generator(), &source("normalize/grammar.rs"), &source("carried.rs")));
}

/// A reader who meets a comment alone has to know what it is about.
#[test]
fn doc_comments_have_a_subject() {
    let folders = ["generator", "generated-client", "xtask", "tests", "fuzz"].map(|folder| root().join(folder));
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| rust_files(folder)).collect();
    let (count, found) = comments::headless(&files, shown);
    let most = count * HEADLESS_PERCENT / 100;
    assert!(found.len() <= most, "{} of {count}; {most} at most:\n{}", found.len(), found.join("\n"));
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
    let mut broken = BTreeSet::new();
    for (module, found, path) in package("generator/cli").named() {
        let calls = module.get(1).is_some_and(|name| name == "compile");
        if path[0] == "clientwright" && !calls {
            broken.insert(format!("{}: only `compile` calls the generator", shown(&found.file).display()));
        }
    }
    none(broken);
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

/// The modules of the generator, which are read once for all tests.
fn generator() -> &'static Package {
    static GENERATOR: LazyLock<Package> = LazyLock::new(|| package("generator"));
    &GENERATOR
}

/// The modules of the package in a folder of the workspace.
fn package(folder: &str) -> Package {
    let source = root().join(folder).join("src");
    let library = source.join("lib.rs");
    Package::read(&if library.is_file() { library } else { source.join("main.rs") })
}

/// Fails with what is broken, a line each.
fn none(broken: BTreeSet<String>) {
    assert!(broken.is_empty(), "{}", broken.into_iter().collect::<Vec<_>>().join("\n"));
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
