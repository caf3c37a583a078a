//! The overlay says what the document says too little about. Without it the crate is poorer, and still whole.

use std::collections::BTreeMap;

use clientwright::{Generated, Source};
use clientwright_tests::inputs::{WEBHOOKS_API, WEBHOOKS_OVERLAY, api_files, compile, source, webhooks_api};
use clientwright_tests::items::{entries, implements, items, members};
use syn::{Fields, ImplItem, Item};

#[test]
fn an_overlay_that_says_nothing_changes_nothing() {
    let overlay = "overlay: 1.0.0\ninfo: { title: None, version: 1.0.0 }\nactions: [{ target: $, update: {} }]\n";
    let overlay = Source { name: "none.overlay.yaml".to_owned(), bytes: overlay.into() };
    let with = compile("webhooks-api", &source(WEBHOOKS_API), &[overlay]);
    let texts = |generated: &Generated| {
        let files = generated.files.iter();
        files.map(|file| (file.path.clone(), file.contents.clone())).collect::<BTreeMap<_, _>>()
    };
    assert!(texts(&with) == texts(&webhooks_api(&[])));
}

/// The same calls, under the same names, of the same methods and paths.
#[test]
fn the_operations_are_the_same() {
    let without = operations(&webhooks_api(&[]));
    assert_eq!(without, operations(&webhooks_api(&[WEBHOOKS_OVERLAY])));
    assert_eq!(without.len(), 13);
    let names: Vec<&str> = without.iter().map(|operation| operation.name.as_str()).collect();
    let wanted = [
        "webhook_filters::list",
        "webhook_filters::create",
        "webhook_filters::list_by_webhook",
        "webhook_filters::delete",
        "webhook_filters::get",
        "webhook_filters::update",
        "webhooks::list",
        "webhooks::create",
        "webhooks::delete",
        "webhooks::get",
        "webhooks::update",
        "webhooks::activate",
        "webhooks::deactivate",
    ];
    assert_eq!(names, wanted);
}

/// The document writes each of them out wherever it needs it.
#[test]
fn what_is_repeated_inline_is_one_type() {
    for generated in [webhooks_api(&[]), webhooks_api(&[WEBHOOKS_OVERLAY])] {
        let types = types(&generated);
        assert_eq!(having(&types, &["id", "target_url", "deleted_at"]), ["Webhook"]);
        assert_eq!(having(&types, &["filter_key", "filter_type", "deleted_at"]), ["Filter"]);
        assert_eq!(having(&types, &["String", "Number", "Boolean"]), ["FilterType"]);
        assert_eq!(having(&types, &["Eq", "NotContains", "Regexp"]), ["FilterOperation"]);
        let mut names: Vec<&String> = types.iter().map(|(name, _)| name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "a type is there twice: {types:?}");
    }
}

#[test]
fn every_file_is_rust() {
    let generated = webhooks_api(&[]);
    let sources = generated.files.iter().filter(|file| file.path.ends_with(".rs"));
    let parsed =
        sources.map(|file| syn::parse_file(&file.contents).unwrap_or_else(|error| panic!("{}: {error}", file.path)));
    assert!(parsed.count() > 20);
}

#[derive(Debug, PartialEq)]
struct Operation {
    /// `webhooks::activate`
    name: String,
    /// The method, the path, and what has to be proven.
    facts: String,
}

/// The operations of a crate, in the order of its files.
fn operations(generated: &Generated) -> Vec<Operation> {
    let mut found = Vec::new();
    for file in api_files(generated) {
        let module = file.path.trim_start_matches("src/").trim_end_matches(".rs");
        if !file.contents.contains("operations! {") {
            continue;
        }
        let (items, facts) = (items(&file.contents), entries(&file.contents));
        let groups = items.iter().filter(|(item, _)| implements(item).is_some_and(|(_, of_trait)| of_trait.is_none()));
        for (member, text) in groups.flat_map(|(_, text)| members(text)) {
            let ImplItem::Fn(method) = member else { continue };
            let call = facts.iter().find(|(marker, _)| text.contains(&format!("-> Call<'a, {marker}>")));
            let Some((_, facts)) = call else { continue };
            found.push(Operation { name: format!("{module}::{}", method.sig.ident), facts: spec(facts) });
        }
    }
    found
}

/// Returns the part of an entry before its output.
fn spec(entry: &str) -> String {
    let (spec, _) = entry.split_once("=> ").expect("an entry gives something");
    spec.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The types of the API, each with the names of its fields or variants.
fn types(generated: &Generated) -> Vec<(String, Vec<String>)> {
    let items = api_files(generated).filter(|file| file.path.contains("types")).flat_map(|file| items(&file.contents));
    let named = items.filter_map(|(item, _)| match item {
        Item::Struct(found) => {
            let Fields::Named(fields) = found.fields else { return None };
            let names = fields.named.into_iter().filter_map(|field| field.ident);
            Some((found.ident.to_string(), names.map(|name| name.to_string()).collect()))
        }
        Item::Enum(found) => {
            let names = found.variants.into_iter().map(|variant| variant.ident.to_string());
            Some((found.ident.to_string(), names.collect()))
        }
        _ => None,
    });
    named.collect()
}

/// The names of the types that have all of these members.
fn having<'a>(types: &'a [(String, Vec<String>)], wanted: &[&str]) -> Vec<&'a str> {
    let has = |members: &[String]| wanted.iter().all(|name| members.iter().any(|member| member == name));
    types.iter().filter(|(_, members)| has(members)).map(|(name, _)| name.as_str()).collect()
}
