//! Generates a crate from a document. The result is files or an error, and every Rust file follows rustc's grammar.
#![no_main]

use clientwright::{NoFiles, Options, Source, generate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "api.yaml".to_owned(), bytes: bytes.to_vec() };
    let report = generate(&source, &[], &NoFiles, &Options::new("fuzzed"));
    assert_eq!(report.product.is_none(), report.diagnostics.has_errors());
    for file in report.product.into_iter().flat_map(|generated| generated.files) {
        // The runtime is the same in every crate.
        if file.path.ends_with(".rs") && !file.path.contains("runtime") {
            let parsed = syn::parse_file(&file.contents);
            assert!(parsed.is_ok(), "{}: {:?}\n{}", file.path, parsed.err(), file.contents);
        }
    }
});
