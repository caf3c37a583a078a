//! Converts a document to the model. The result is a model or an error, the normal form of a document without errors is its own normal form,
//! and all findings can be rendered.
#![no_main]

use clientwright::diagnostics::Diagnostics;
use clientwright::render::{Format, render};
use clientwright::document::{Document, Limits, NoFiles, read};
use clientwright::place::{Origins, Source};
use clientwright::normalize::{Settings, tree, typed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "api.yaml".to_owned(), bytes: bytes.to_vec() };
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::default();
    let Some(document) = read(&source, &Limits::default(), &mut diagnostics) else { return };
    let made = tree(document, Vec::new(), &NoFiles, &settings, &mut diagnostics);
    assert!(made.is_some() || diagnostics.has_errors());
    for format in [Format::Human, Format::Short] {
        render(&diagnostics, &[&source], &Origins::new("api.yaml"), format, false);
    }
    // A tree with errors only serves to find more of them.
    let Some(made) = made.filter(|_| !diagnostics.has_errors()) else { return };
    let again = Document { name: "again.yaml".to_owned(), root: made.root.clone() };
    let root = made.root.clone();
    let api = typed(made, &mut diagnostics);
    assert!(api.is_some(), "{}", render(&diagnostics, &[&source], &Origins::new("api.yaml"), Format::Short, false));
    let mut findings = Diagnostics::default();
    let twice = tree(again, Vec::new(), &NoFiles, &settings, &mut findings);
    assert_eq!(twice.map(|twice| twice.root), Some(root));
});
