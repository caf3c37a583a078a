//! Types that someone chose for formats and places.

use clientwright::diagnostics::Rule;
use clientwright::{ExtraDependency, Formats, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{compile_with, file};
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::json;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths: {}
components:
  schemas:
    Order:
      type: object
      required: [id, at]
      properties:
        id: { type: string, format: uuid }
        at: { type: string, format: date-time }
        colour: { type: string, format: colour }
        lines: { type: array, items: { $ref: '#/components/schemas/Line' } }
    Line: { type: object, properties: { host: { type: string } } }
    Key: { type: string, format: uuid }
";

fn source() -> Source {
    Source { name: "orders.yaml".to_owned(), bytes: DOCUMENT.as_bytes().to_vec() }
}

fn options(chosen: &[(&str, &str)]) -> Options {
    let mut formats = Formats::default();
    for (name, version) in [("uuid", "1"), ("chrono", "0.4")] {
        formats.add_dependency(ExtraDependency::of_registry(name, version, &["serde"]));
    }
    chosen.iter().for_each(|(place, ty)| formats.choose(place, ty).unwrap());
    Options { formats, ..Options::new("subject") }
}

const CHOSEN: &[(&str, &str)] = &[
    ("uuid", "uuid::Uuid"),
    ("date-time", "chrono::DateTime<chrono::Utc>"),
    ("colour", "String"),
    ("/components/schemas/Line/properties/host", "std::net::IpAddr"),
];

#[test]
fn formats_and_places_have_the_types_that_were_chosen() {
    let generated = compile_with(&options(CHOSEN), &source(), &[]);
    let types = file(&generated, "src/types.rs");
    for line in [
        "pub id: uuid::Uuid",
        "pub at: chrono::DateTime<chrono::Utc>",
        "pub host: Option<std::net::IpAddr>",
        "pub type Key = uuid::Uuid;",
    ] {
        assert!(types.contains(line), "no {line} in\n{types}");
    }
    assert!(!types.contains(": Eq"), "nobody can ask a type of another crate what it has:\n{types}");
    let manifest = file(&generated, "Cargo.toml");
    assert!(manifest.contains("uuid = { version = \"1\", features = [\"serde\"] }"), "{manifest}");
}

#[test]
fn a_component_can_be_a_type_of_another_crate() {
    let generated = compile_with(&options(&[("/components/schemas/Line", "uuid::Uuid")]), &source(), &[]);
    let types = file(&generated, "src/types.rs");
    assert!(types.contains("pub type Line = uuid::Uuid;") && types.contains("Option<Vec<Line>>"), "{types}");
}

#[test]
fn a_format_with_a_type_is_known_and_a_place_without_a_schema_is_told() {
    let found = |chosen: &[(&str, &str)]| -> Vec<Rule> {
        let report = generate(&source(), &[], &NoFiles, &options(chosen));
        report.diagnostics.iter().map(|found| found.rule).collect()
    };
    assert!(found(&[]).contains(&Rule::FormatUnknown));
    assert!(!found(&[("colour", "String")]).contains(&Rule::FormatUnknown));
    assert!(found(&[("/components/schemas/Gone", "String")]).contains(&Rule::TypeForNothing));
    assert!(!found(CHOSEN).contains(&Rule::TypeForNothing));
}

#[test]
#[ignore = "compiles a crate"]
fn chosen_types_compile_and_survive() {
    let generated = compile_with(&options(CHOSEN), &source(), &[]);
    let value = json!({ "id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "at": "2026-11-24T10:00:00Z", "lines": [{ "host": "::1" }] });
    let instances = [Instance { ty: "subject::types::Order".to_owned(), name: "an order".to_owned(), value }];
    let verdicts = judge(&generated, &instances, &std::env::temp_dir().join("clientwright-round-trip/formats"));
    assert_eq!(verdicts, [Verdict::Same]);
}
