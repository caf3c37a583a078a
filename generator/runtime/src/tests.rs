//! The tables held to the files, to the manifest by which they are compiled, and to the methods in their code.

use std::collections::{BTreeMap, BTreeSet};

use syn::{FnArg, GenericParam, ImplItem, Item, ItemImpl, Type, TypeParamBound, WherePredicate};
use toml::{Table, Value};

use super::*;

/// A file that is forgotten here would be missed only by whoever compiles an emitted crate.
#[test]
fn every_file_of_the_runtime_is_listed_in_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/runtime");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    found.sort();
    let listed: Vec<_> = FILES.iter().map(|file| file.name).collect();
    assert_eq!(found, listed);
    for file in FILES {
        assert_eq!(file.module.file().name, file.name);
    }
}

/// The conditions of modules here are those that an emitted crate states.
#[test]
fn modules_are_switched_and_shown_as_here() {
    let here = include_str!("runtime/mod.rs");
    for file in FILES {
        let feature = file.feature.map(|feature| format!("#[cfg(feature = {feature:?})]\n"));
        let target = file.target.map(|target| format!("#[{target}]\n"));
        let conditions: String = feature.into_iter().chain(target).collect();
        let line = format!("\n{conditions}pub(crate) mod {};\n", file.name);
        assert!(here.contains(&line), "{line}");
        let before = here.split(&line).next().unwrap_or_default();
        assert!(
            !conditions.is_empty() || !before.ends_with(']'),
            "`{}` has a condition here and none there",
            file.name
        );
    }
}

#[test]
fn files_lean_only_on_those_that_come_with_them() {
    for file in FILES {
        // Only macros, and their docs, may name files from the root, as they are expanded elsewhere.
        let text = file.text.replace("$crate::", "");
        assert!(!text.contains("crate::") || !file.macros.is_empty(), "{}", file.name);
        // Of `digits` and `plain_digits`, each crate has one.
        let is_everywhere = |other: &RuntimeFile| other.always || other.module == RuntimeModule::Digits;
        for other in FILES.iter().filter(|other| !is_everywhere(other) && other.name != file.name) {
            let path = format!("super::{}", other.name);
            let mut after = file.text.split(&path).skip(1);
            let leans = after.any(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'));
            assert!(!leans || file.requires.contains(&other.module), "{} leans on {}", file.name, other.name);
        }
    }
}

/// A dependency as a manifest states it: version, whether default features are on, and the others.
type Stated = (String, bool, BTreeSet<String>);

fn stated(table: Option<&Value>) -> BTreeMap<String, Stated> {
    let table = table.and_then(Value::as_table).into_iter().flatten();
    let read = |value: &Value| match value {
        Value::Table(whole) => {
            let features = whole.get("features").and_then(Value::as_array).into_iter().flatten();
            let features = features.filter_map(Value::as_str).map(str::to_owned).collect();
            let default = whole.get("default-features").and_then(Value::as_bool).unwrap_or(true);
            (whole["version"].as_str().expect("a version").to_owned(), default, features)
        }
        other => (other.as_str().expect("a version").to_owned(), true, BTreeSet::new()),
    };
    table.map(|(name, value)| (name.clone(), read(value))).collect()
}

fn manifest() -> Table {
    include_str!("../compiled/Cargo.toml").parse().unwrap()
}

/// The versions that the tests run with are those that the emitted crates ask for.
#[test]
fn dependencies_are_those_that_the_runtime_is_compiled_with() {
    let manifest = manifest();
    let all = || DEPENDENCIES.iter().chain(FILES.iter().flat_map(|file| file.dependencies));
    let of = |target: Option<&str>| -> BTreeMap<String, Stated> {
        let found = all().filter(|dependency| dependency.target == target);
        let plain = |dependency: &Dependency| {
            let features = dependency.features.iter().map(|feature| (*feature).to_owned()).collect();
            (dependency.name.to_owned(), (dependency.version.to_owned(), dependency.default_features, features))
        };
        found.map(plain).collect()
    };
    let target = |name: &str| stated(manifest["target"].get(name).and_then(|target| target.get("dependencies")));
    assert_eq!(of(None), stated(manifest.get("dependencies")));
    assert_eq!(of(WASM), target("cfg(target_family = \"wasm\")"));
    assert_eq!(of(NATIVE), target("cfg(not(target_family = \"wasm\"))"));
}

/// A feature that changes the code of an emitted crate is one of the compiled runtime, and switches the same dependencies.
#[test]
fn features_are_those_that_the_runtime_is_compiled_with() {
    let manifest = manifest();
    let ours: BTreeSet<&str> = FILES.iter().filter_map(|file| file.feature).collect();
    for feature in FEATURES.iter().chain([&CLI, &DELIVERIES, &MOCK, &VALIDATE]) {
        let Some(here) = manifest["features"].get(feature.name).and_then(Value::as_array) else {
            assert!(!ours.contains(feature.name), "the compiled runtime has no feature `{}`", feature.name);
            continue;
        };
        let here: Vec<&str> = here.iter().filter_map(Value::as_str).collect();
        assert_eq!(here, feature.enables, "{}", feature.name);
    }
}

/// The functions of a type by name: those that are its own for every parameter, each with the bounds of the parameters of its
/// `impl`, and all others.
#[derive(Default)]
struct Methods {
    own: BTreeMap<String, BTreeSet<String>>,
    all: BTreeSet<String>,
}

fn methods(name: &str) -> Methods {
    let mut methods = Methods::default();
    for file in FILES {
        for item in syn::parse_file(file.text).unwrap().items {
            let Item::Impl(item) = item else { continue };
            let functions = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) => Some(function),
                _ => None,
            });
            let Some(is_general) = is_of(&item, name) else { continue };
            for function in functions {
                let named = function.sig.ident.to_string();
                if is_general && item.trait_.is_none() {
                    methods.own.entry(named.clone()).or_default().extend(bounds(&item));
                }
                let receives = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
                if receives || item.trait_.is_none() {
                    methods.all.insert(named);
                }
            }
        }
    }
    methods
}

/// Returns true if an `impl` of the type is for whatever its parameters are; `None` where it is of another type.
fn is_of(item: &ItemImpl, name: &str) -> Option<bool> {
    let Type::Path(path) = &*item.self_ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return Some(true) };
    let parameters: Vec<String> = item.generics.type_params().map(|parameter| parameter.ident.to_string()).collect();
    let is_parameter = |argument: &syn::GenericArgument| match argument {
        syn::GenericArgument::Type(Type::Path(path)) => {
            path.path.get_ident().is_some_and(|ident| parameters.contains(&ident.to_string()))
        }
        _ => true,
    };
    Some(arguments.args.iter().all(is_parameter))
}

fn bounds(item: &ItemImpl) -> Vec<String> {
    let direct = item.generics.params.iter().flat_map(|parameter| match parameter {
        GenericParam::Type(parameter) => parameter.bounds.iter().collect::<Vec<_>>(),
        GenericParam::Lifetime(_) | GenericParam::Const(_) => Vec::new(),
    });
    let clause = item.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let more = clause.flat_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => predicate.bounds.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    let name = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    direct.chain(more).filter_map(name).collect()
}

/// A method of the runtime that is not reserved would meet a name from a document in somebody's crate, which then doesn't compile.
#[test]
fn reserved_names_are_the_methods_of_the_runtime() {
    let listed = |names: &[&'static str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let call = methods("Call");
    let is_paged = |bounds: &BTreeSet<String>| bounds.contains("Paged");
    let paged: BTreeSet<_> =
        call.own.iter().filter(|(_, bounds)| is_paged(bounds)).map(|(name, _)| name.clone()).collect();
    assert_eq!(paged, listed(PAGED_METHODS));
    for (ty, names, besides) in [
        ("Call", CALL_METHODS, paged),
        ("ClientBuilder", BUILDER_METHODS, BTreeSet::new()),
        ("Client", CLIENT_METHODS, BTreeSet::new()),
    ] {
        let methods = methods(ty);
        let own: BTreeSet<String> = methods.own.into_keys().filter(|name| !besides.contains(name)).collect();
        let listed = listed(names);
        let open: Vec<_> = own.difference(&listed).collect();
        assert!(open.is_empty(), "{ty} has methods that are not reserved: {open:?}");
        // `Client::builder` is emitted, and `clone` derived.
        let elsewhere = |name: &str| ty == "Client" && ["builder", "clone"].contains(&name);
        let gone: Vec<_> = listed.iter().filter(|name| !methods.all.contains(*name) && !elsewhere(name)).collect();
        assert!(gone.is_empty(), "{ty} has no such methods: {gone:?}");
    }
}
