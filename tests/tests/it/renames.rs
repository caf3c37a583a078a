//! Names that the user of the crate chose.

use clientwright::diagnostics::Rule;
use clientwright::{Generated, NoFiles, Options, Renames, Report, Source, Stated, generate};
use clientwright_tests::inputs::file;
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: loadPet
      tags: [Pet Store]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: inLang, in: query, schema: { type: string } }
      responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/PetDto' } } } } }
    put:
      tags: [Pet Store]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/PetDto' } } } }
      responses: { '204': { description: d } }
components:
  schemas:
    PetDto:
      type: object
      required: [targetUrl]
      properties:
        id: { type: string, readOnly: true }
        targetUrl: { type: string }
        status: { type: string, enum: [on-hold, sold] }
        details: { type: object, properties: { a: { type: string } } }
    OwnerDto: { type: object, properties: { createdAt: { type: string }, targetUrl: { type: string } } }
    Owner: { type: object, properties: { name: { type: string } } }
";

fn run(rename: Value, names: Option<&str>) -> Report<Generated> {
    let mut options = Options { renames: Renames::from_json(rename).unwrap(), ..Options::new("pets") };
    let source = |name: &str, text: &str| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    options.names = names.map(|names| source("pets.names.yaml", names));
    generate(&source("pets.yaml", DOCUMENT), &[], &NoFiles, &options)
}

/// The files of the crate, in one text.
fn text(generated: &Generated) -> String {
    ["src/types.rs", "src/types/pet_store.rs", "src/types/store.rs", "src/pet_store.rs", "src/store.rs"]
        .into_iter()
        .filter(|path| generated.files.iter().any(|file| file.path == *path))
        .map(|path| file(generated, path))
        .collect()
}

fn renamed(rename: Value) -> String {
    let report = run(rename.clone(), None);
    text(&report.product.unwrap_or_else(|| panic!("{rename}: {:?}", report.diagnostics)))
}

#[test]
fn each_kind_of_name_can_be_chosen() {
    for (rename, expected) in [
        (json!({ "types": { "PetDto": "Animal" } }), &["pub struct Animal {", "struct AnimalInput {"][..]),
        // What is named after a type follows.
        (json!({ "types": { "PetDto": "Animal" } }), &["status: Option<AnimalStatus>"]),
        (json!({ "types": { "PetDto > status": "Mood" } }), &["pub status: Option<Mood>", "pub struct PetDto {"]),
        (json!({ "types": { "/components/schemas/PetDto": "Animal" } }), &["pub struct Animal {"]),
        (
            json!({ "types": { "/components/schemas/PetDto/properties/details": "Particulars" } }),
            &["pub details: Option<Particulars>"],
        ),
        (json!({ "fields": { "PetDto": { "targetUrl": "url" } } }), &["pub url: String", "url = \"targetUrl\""]),
        (json!({ "fields": { "*": { "target*": "*" } } }), &["pub url: String", "pub url: Option<String>"]),
        (json!({ "fields": { "/components/schemas/OwnerDto": { "createdAt": "created" } } }), &["pub created: Option"]),
        (
            json!({ "types": { "PetDto > status": "Mood" }, "variants": { "Mood": { "on-hold": "Paused" } } }),
            &["Paused = \"on-hold\""],
        ),
        (json!({ "methods": { "GET /pets/{}": "fetch" } }), &["pub fn fetch("]),
        (json!({ "methods": { "loadPet": "fetch" } }), &["pub fn fetch("]),
        (json!({ "methods": { "/paths/~1pets~1{id}/put": "replace" } }), &["pub fn replace("]),
        (json!({ "groups": { "Pet Store": "store" } }), &["impl<'a> PetStore<'a>"]),
        (json!({ "arguments": { "GET /pets/{}": { "inLang": "language" } } }), &["pub fn language("]),
    ] {
        let text = renamed(rename.clone());
        for part in expected {
            assert!(text.contains(part), "{rename}: no {part} in\n{text}");
        }
    }
}

#[test]
fn a_chosen_name_comes_before_a_recorded_one_and_is_recorded() {
    let rename = json!({ "types": { "PetDto": "Animal" }, "fields": { "Animal": { "targetUrl": "url" } } });
    let generated =
        run(rename, Some("types: { PetDto: Beast }\nfields: { Beast: { targetUrl: link } }\n")).product.unwrap();
    assert!(text(&generated).contains("pub struct Animal {"), "{}", text(&generated));
    assert!(generated.names_text().contains("PetDto: Animal\n"), "{}", generated.names_text());
    let again = run(json!({}), Some(&generated.names_text())).product.unwrap();
    assert_eq!(text(&again), text(&generated), "without the choice, the name stays");
}

#[test]
fn what_cannot_be_followed_is_an_error() {
    for (rename, rule, said) in [
        (json!({ "types": { "Pest": "Animal" } }), Rule::RenameForNothing, "none of the types is `Pest`"),
        (json!({ "types": { "/components/schemas/Gone": "A" } }), Rule::RenameForNothing, "/components/schemas/Gone"),
        (json!({ "types": { "*details": "Particulars" } }), Rule::RenameForNothing, "`*details`"),
        (
            json!({ "fields": { "PetDto": { "x": "y" } } }),
            Rule::RenameForNothing,
            "none of the fields of `PetDto` is `x`",
        ),
        (json!({ "methods": { "*Gone": "x" } }), Rule::RenameForNothing, "`*Gone`"),
        (
            json!({ "types": { "*Dto": "*" } }),
            Rule::RenameClashes,
            "`OwnerDto` can't be called `Owner`: the name belongs to `Owner`",
        ),
        (json!({ "types": { "PetDto": "A", "Owner": "A" } }), Rule::RenameClashes, "can't be called `A`"),
        (json!({ "fields": { "PetDto": { "targetUrl": "id" } } }), Rule::RenameClashes, "the name belongs to `id`"),
        (json!({ "methods": { "loadPet": "update" } }), Rule::RenameClashes, "can't be called `update`"),
    ] {
        let report = run(rename.clone(), None);
        let found: Vec<_> = report.diagnostics.iter().filter(|found| found.rule == rule).collect();
        assert!(report.product.is_none() && found.len() == 1, "{rename}: {:?}", report.diagnostics);
        assert!(found[0].message.contains(said), "{rename}: {}", found[0].message);
    }
}

#[test]
fn a_choice_that_cannot_be_followed_is_reported_at_its_line() {
    let text = "[[client]]\npackage = \"pets\"\n\n[client.rename.types]\nPest = \"Animal\"\n";
    let config = Source { name: "codegen.toml".to_owned(), bytes: text.as_bytes().to_vec() };
    let mut options = Options::new("pets");
    options.renames = Renames::from_json(json!({ "types": { "Pest": "Animal" } })).unwrap();
    let table = clientwright::Pointer::root().child("client").child(0);
    options.settings.stated = Some(Stated { source: config.clone(), table });
    let source = Source { name: "pets.yaml".to_owned(), bytes: DOCUMENT.as_bytes().to_vec() };
    let report = generate(&source, &[], &NoFiles, &options);
    let said = report.render(&[&source], clientwright::render::Format::Short, false);
    assert!(said.contains("codegen.toml:5:") && said.contains("CW0836"), "{said}");
}
