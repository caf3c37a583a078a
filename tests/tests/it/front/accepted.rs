//! Documents that look as if they could break a generator, and may not: names of every kind, text that is code, deep and wide shapes.
//!
//! They are in `accepted/`. What comes of each is Rust to `syn`, and nothing that a document says has become an item of it.

use std::fs;

use clientwright::render::Format;
use clientwright::{NoFiles, Options, generate};
use clientwright_tests::inputs::{root, source};

#[test]
fn documents_that_are_accepted() {
    let mut names: Vec<String> = fs::read_dir(root().join("tests/accepted"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in &names {
        let source = source(&format!("tests/accepted/{name}"));
        let report = generate(&source, &[], &NoFiles, &Options::new("accepted"));
        let said = report.render(&[&source], Format::Short, false);
        let product = report.product.unwrap_or_else(|| panic!("{name} was rejected:\n{said}"));
        for file in product.files.iter().filter(|file| file.path.ends_with(".rs") && !file.path.contains("runtime")) {
            let whole = syn::parse_file(&file.contents);
            let whole = whole.unwrap_or_else(|error| panic!("{name}: {} is not Rust: {error}", file.path));
            let text = file.contents.lines().filter(|line| line.contains("pwned")).collect::<Vec<_>>();
            assert!(whole.items.iter().all(|item| named(item) != Some("pwned".to_owned())), "{name}: {text:?}");
        }
    }
}

/// Returns the name of a function, module or macro.
fn named(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Fn(item) => Some(item.sig.ident.to_string()),
        syn::Item::Mod(item) => Some(item.ident.to_string()),
        syn::Item::Macro(item) => Some(item.mac.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}
