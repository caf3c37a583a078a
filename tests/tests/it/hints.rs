//! Names that the document asks for, or its overlay.

use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::file;

const PETS: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      responses:
        '200':
          description: d
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/pet_v2_dto' } } } }
components:
  schemas:
    pet_v2_dto:
      type: object
      properties:
        status: { type: integer, enum: [1, 2, 1], x-enum-varnames: [On Sale, sold-out, again] }
        state: { type: [string, 'null'], enum: [a, b, null], x-enumNames: [Alive, Busy] }
        data: { type: object, properties: { a: { type: string } } }
";

fn types(overlay: &str) -> (String, Generated) {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n{overlay}\n");
    let report =
        generate(&source("pets.yaml", PETS), &[source("pets.overlay.yaml", &overlay)], &NoFiles, &Options::new("pets"));
    let generated = report.product.unwrap();
    (file(&generated, "src/types.rs").to_owned(), generated)
}

#[test]
fn an_overlay_gives_a_type_its_name() {
    let (before, _) = types("- { target: $.info, update: {} }");
    assert!(before.contains("pub struct PetV2Dto {") && before.contains("pub struct PetV2DtoData {"), "{before}");
    let (after, generated) = types(
        "- { target: $.components.schemas.pet_v2_dto, update: { x-clientwright-name: Pet } }
- { target: $.components.schemas.pet_v2_dto.properties.data, update: { x-clientwright-name: Details } }",
    );
    assert!(after.contains("pub struct Pet {") && after.contains("pub data: Option<Details>"), "{after}");
    assert!(!after.contains("PetV2Dto"), "{after}");
    // It is the name of the component that is kept.
    assert!(generated.names_text().contains("pet_v2_dto: Pet\n"), "{}", generated.names_text());
}

#[test]
fn a_title_gives_an_inline_type_its_name() {
    let (types, _) =
        types("- { target: $.components.schemas.pet_v2_dto.properties.data, update: { title: Particulars } }");
    assert!(types.contains("pub data: Option<Particulars>"), "{types}");
}

#[test]
fn values_are_called_what_the_document_asks_for() {
    let (types, _) = types("- { target: $.info, update: {} }");
    assert!(types.contains("OnSale = 1, SoldOut = 2"), "{types}");
    assert!(types.contains("Alive = \"a\", Busy = \"b\""), "{types}");
}
