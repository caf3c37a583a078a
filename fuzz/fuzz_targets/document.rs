//! Reads bytes as a document. The result is a tree or a finding, and the finding can be rendered.
#![no_main]

use clientwright::diagnostics::Diagnostics;
use clientwright::render::{Format, render};
use clientwright::document::{Limits, read};
use clientwright::place::{Origins, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["api.yaml", "api.json"] {
        let source = Source { name: name.to_owned(), bytes: bytes.to_vec() };
        let mut diagnostics = Diagnostics::default();
        let document = read(&source, &Limits::default(), &mut diagnostics);
        assert_eq!(document.is_none(), diagnostics.has_errors());
        for format in [Format::Human, Format::Json] {
            render(&diagnostics, &[&source], &Origins::new(name), format, true);
        }
    }
});
