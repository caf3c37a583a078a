//! Lenient clients: the code that they have, and the overlay that their report becomes.

use clientwright::{Limits, NoFiles, Options, Source, generate, overlay_from_report};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets/:id:
    get:
      responses:
        2XX: { $ref: '#/components/responses/Pets' }
components:
  responses:
    Pets: { description: Pets, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
  schemas:
    Named: { type: object, required: [name], properties: { name: { type: string } } }
    Pet:
      allOf: [{ $ref: '#/components/schemas/Named' }]
      required: [age, kind, owner]
      properties:
        age: { type: integer }
        kind: { enum: [cat, dog] }
        owner: { $ref: '#/components/schemas/Named' }
        toys: { type: object, additionalProperties: { type: object, required: [colour], properties: { colour: { type: string } } } }
";

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn line(pointer: &str, kind: &str) -> String {
    format!(r#"{{"method":"GET","path":"/pets/{{id}}","status":200,"pointer":"{pointer}","kind":"{kind}"}}"#)
}

/// The types of a crate, with an overlay or without.
fn types(overlay: Option<&str>) -> String {
    let overlays: Vec<Source> = overlay.map(|text| source("overlay.yaml", text)).into_iter().collect();
    let report = generate(&source("pets.yaml", DOCUMENT), &overlays, &NoFiles, &Options::new("pets"));
    let files = report.product.expect("the document is fine").files;
    files.iter().filter(|file| file.path.starts_with("src/types")).map(|file| file.contents.as_str()).collect()
}

#[test]
fn a_report_becomes_an_overlay_after_which_the_answers_are_as_described() {
    let report = [
        line("/0/age", "null"),
        line("/7/age", "null"),
        line("/0/name", "missing"),
        line("/3/owner/name", "missing"),
        line("/3/kind", "null"),
        line("/0/toys/ball/colour", "missing"),
        // An element that was left out, and the reason.
        line("/5", "element"),
        line("/5/name", "missing"),
    ];
    let found = overlay_from_report(&source("pets.yaml", DOCUMENT), &report.join("\n"), &Limits::default());
    let found = found.product.expect("the document can be read");
    assert_eq!(found.left, Vec::<String>::new());
    let (before, after) = (types(None), types(found.overlay.as_deref()));
    for (member, strict, lenient) in [
        ("age", "i64", "Option<i64>"),
        ("name", "String", "Option<String>"),
        ("kind", "PetKind", "Option<PetKind>"),
        ("colour", "String", "Option<String>"),
        // What nothing was said of is as it was.
        ("owner", "Named", "Named"),
    ] {
        assert!(before.contains(&format!("pub {member}: {strict},")), "{member} {before}");
        assert!(after.contains(&format!("pub {member}: {lenient},")), "{member} {after}");
    }
}

#[test]
fn lines_without_a_correction_are_told() {
    let report = [
        line("/1", "element"),
        // The reason of another element.
        line("/11/age", "type"),
        line("", "no-body"),
        line("/0/toys", "missing"),
        line("/0/unheard/of", "missing"),
        line("/0/age", "missing").replace("/pets", "/dogs"),
        "{}".to_owned(),
    ];
    let found = overlay_from_report(&source("pets.yaml", DOCUMENT), &report.join("\n"), &Limits::default());
    let found = found.product.expect("the document can be read");
    assert_eq!((&found.overlay, found.left.len()), (&None, report.len()));
    let broken = "line 7 of the report is none that `Lapse::to_json` writes: missing field `method`";
    assert!(found.left.iter().any(|why| why == broken), "{:?}", found.left);
}

#[test]
fn only_lenient_clients_have_the_reader() {
    let files = |lenient| {
        let options = Options { lenient, ..Options::new("pets") };
        generate(&source("pets.yaml", DOCUMENT), &[], &NoFiles, &options).product.expect("the document is fine").files
    };
    let (strict, lenient) = (files(false), files(true));
    let paths = |files: &[clientwright::File]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    let more: Vec<_> = paths(&lenient).into_iter().filter(|path| !paths(&strict).contains(path)).collect();
    assert_eq!(more, ["src/runtime/lenient.rs"]);
    let client = |files: &[clientwright::File]| {
        files.iter().find(|file| file.path == "src/client.rs").map(|file| file.contents.clone()).expect("a client")
    };
    assert_eq!(client(&lenient).replace(".with_lenient()", ""), client(&strict));
}
