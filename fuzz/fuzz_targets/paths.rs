//! Normalizes a path template. It is rejected, or the result has balanced braces and every parameter is declared.
#![no_main]

use clientwright::diagnostics::Diagnostics;
use clientwright::document::{Document, NoFiles};
use clientwright::normalize::{Settings, tree};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|path: &str| {
    let mut root = json!({ "openapi": "3.0.3", "info": { "title": "A", "version": "1" }, "paths": {} });
    root["paths"][path] = json!({ "get": { "responses": { "204": { "description": "done" } } } });
    let mut diagnostics = Diagnostics::default();
    let document = Document { name: "api.json".to_owned(), root };
    let Some(made) = tree(document, Vec::new(), &NoFiles, &Settings::default(), &mut diagnostics) else { return };
    if diagnostics.has_errors() {
        return;
    }
    for (path, item) in made.root["paths"].as_object().into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
        let (open, close) = (path.matches('{').count(), path.matches('}').count());
        assert_eq!(open, close, "{path}");
        let declared = item["parameters"].as_array().map_or(0, Vec::len);
        assert!(declared <= open && (open == 0) == (declared == 0), "{path}: {item}");
    }
});
