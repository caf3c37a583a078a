//! Derives and attributes that someone adds to types.

use clientwright::diagnostics::Rule;
use clientwright::{ExtraDependency, ItemKind, NoFiles, Options, Source, TypeSelection, TypeSet, generate};
use clientwright_tests::inputs::{compile_with, file};
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::json;

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet: { type: object, required: [kind], properties: { kind: { $ref: '#/components/schemas/Kind' }, secret: { type: string, format: password } } }
    Point: { type: object, properties: { x: { type: number } } }
    Place: { type: object, properties: { point: { $ref: '#/components/schemas/Point' }, at: { type: string, format: date-time } } }
    Kind: { type: string, enum: [cat, dog] }
    Level: { type: integer, enum: [2, 1] }
    Mixed: { enum: [1, one, null] }
    Either: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { type: string }] }
    Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }
";

fn source() -> Source {
    Source { name: "pets.yaml".to_owned(), bytes: DOCUMENT.as_bytes().to_vec() }
}

fn options() -> Options {
    let mut options = Options::new("subject");
    let of = |kinds: &[ItemKind], types: &[&str]| TypeSelection {
        kinds: kinds.to_vec(),
        types: types.iter().map(|&name| name.to_owned()).collect(),
    };
    options.additions.add_derive("Hash", of(&[], &[]));
    options.additions.add_derive("std::clone::Clone", of(&[], &["Nothing"]));
    options.additions.add_attribute("#[must_use]", of(&[ItemKind::Struct], &["P*t"]));
    options.additions.add_attribute("#[allow(dead_code)] #[must_use]", of(&[ItemKind::Enum, ItemKind::Union], &[]));
    options
}

#[test]
fn what_is_added_stands_at_the_types_that_it_is_for() {
    let types = file(&compile_with(&options(), &source(), &[]), "src/types.rs").to_owned();
    let before = |item: &str| {
        let (before, _) = types.split_once(&format!("pub {item} ")).unwrap_or_else(|| panic!("no {item} in\n{types}"));
        before.rsplit("\n\n").next().unwrap_or_default().to_owned()
    };
    for (item, hash, must_use) in [
        ("struct Pet", true, true),
        ("struct Point", false, true),
        ("struct Place", false, false),
        ("enum Kind", false, true),
        ("enum Level", false, true),
        ("enum Mixed", false, true),
        ("enum Either", true, true),
    ] {
        let before = before(item);
        assert_eq!(before.contains("#[derive(Hash)]"), hash, "{before}");
        assert_eq!(before.contains("#[must_use]"), must_use, "{before}");
    }
    let plain = file(&compile_with(&Options::new("subject"), &source(), &[]), "src/types.rs").to_owned();
    assert!(!plain.contains("#[derive(Hash)]") && !plain.contains("must_use"), "{plain}");
}

#[test]
fn a_type_can_be_named_by_the_pointer_to_its_schema() {
    let with = |pointer: &str| {
        let mut options = Options::new("subject");
        let of = TypeSelection { types: vec![pointer.to_owned()], ..TypeSelection::default() };
        options.additions.add_attribute("#[must_use]", of);
        generate(&source(), &[], &NoFiles, &options)
    };
    let types = file(&with("/components/schemas/Kind").product.unwrap(), "src/types.rs").to_owned();
    let (before, after) = types.split_once("pub enum Kind").unwrap();
    assert!(before.rsplit("\n\n").next().unwrap().contains("#[must_use]"), "{before}");
    assert_eq!(before.matches("#[must_use]").count() + after.matches("#[must_use]").count(), 1);
    let report = with("/components/schemas/Gone");
    assert!(report.diagnostics.iter().any(|found| found.rule == Rule::TypeForNothing), "{:?}", report.diagnostics);
    assert!(!file(&report.product.unwrap(), "src/types.rs").contains("#[must_use]"), "it stands for no type");
}

/// Members of every kind, with all types of the runtime that they can have.
const KINDS: &str = "
openapi: 3.1.0
info: { title: Kinds, version: '1' }
paths: {}
components:
  schemas:
    Kind: { type: string, enum: [cat, dog] }
    Level: { type: integer, enum: [2, 1] }
    Mixed: { enum: [1, one, null] }
    Either: { oneOf: [{ $ref: '#/components/schemas/All' }, { type: string }] }
    Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }
    All:
      type: object
      required: [at, price]
      additionalProperties: { type: integer }
      properties:
        at: { type: string, format: date-time }
        day: { type: [string, 'null'], format: date }
        secret: { type: string, format: password }
        price: { type: number, format: decimal }
        bytes: { type: string, format: byte }
        pair: { type: array, prefixItems: [{ type: string }, { type: integer }], minItems: 2, items: false }
        map: { type: object, additionalProperties: { $ref: '#/components/schemas/Kind' } }
        any: {}
        tree: { $ref: '#/components/schemas/Tree' }
        next: { $ref: '#/components/schemas/All' }
";

/// A derive that every part of a type must have as well, and that knows none of the types of the runtime.
#[test]
#[ignore = "compiles a crate, and needs a network"]
fn a_derive_of_another_crate_compiles() {
    let mut options = Options::new("subject");
    options.additions.add_derive("schemars::JsonSchema", TypeSelection::default());
    options.formats.add_dependency(ExtraDependency::of_registry("schemars", "1", &[]));
    options.formats.add_types(TypeSet::Base64);
    let source = Source { name: "kinds.yaml".to_owned(), bytes: KINDS.as_bytes().to_vec() };
    let generated = compile_with(&options, &source, &[]);
    let value = json!({ "at": "2026-11-24T10:00:00Z", "day": null, "price": 1, "tree": [[]] });
    let instances = [Instance { ty: "subject::types::Either".to_owned(), name: "one".to_owned(), value }];
    let verdicts = judge(&generated, &instances, &std::env::temp_dir().join("clientwright-round-trip/derives"));
    assert_eq!(verdicts, [Verdict::Same]);
}

#[test]
#[ignore = "compiles a crate"]
fn what_is_added_compiles() {
    let generated = compile_with(&options(), &source(), &[]);
    let value = json!({ "kind": "cat", "secret": "s" });
    // A set needs `Hash`, and that the list of values is one.
    let ty = "Box<std::collections::HashSet<subject::types::Either>>".to_owned();
    let instances = [
        Instance { ty, name: "a set".to_owned(), value: json!([value]) },
        Instance { ty: "subject::types::Level".to_owned(), name: "a level".to_owned(), value: json!(1) },
    ];
    let verdicts = judge(&generated, &instances, &std::env::temp_dir().join("clientwright-round-trip/additions"));
    assert_eq!(verdicts, [Verdict::Same, Verdict::Same]);
}
