//! Operations that were chosen, and crates of types alone.

use clientwright::{Generated, NoFiles, Options, Selection, Source, generate};
use clientwright_tests::inputs::{compile_with, file};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, tags: [Pets], responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } } } } }
    post: { operationId: createPet, tags: [Pets], requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewPet' } } } }, responses: { '204': { description: '' } } }
  /pets/{id}:
    get: { operationId: getPet, tags: [Pets], parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
  /orders:
    get: { operationId: listOrders, tags: [Orders], responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } } }
webhooks:
  sold: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Sold' } } } }, responses: { '204': { description: '' } } } }
components:
  schemas:
    Pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
    Named: { type: object, properties: { name: { type: string } } }
    Pet: { allOf: [{ $ref: '#/components/schemas/Named' }], type: object, required: [name], properties: { name: { type: string }, born: { type: string, format: date } } }
    NewPet: { type: object, required: [name], properties: { name: { type: string } } }
    Order: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
    Sold: { type: object, properties: { by: { type: string } } }
    Unused: { type: object, properties: { x: { type: string } } }
";

fn spec() -> Source {
    Source { name: "shop.yaml".to_owned(), bytes: DOCUMENT.into() }
}

fn options(operations: &str) -> Options {
    let mut options = Options::new("shop");
    options.settings.operations = serde_json::from_str::<Selection>(operations).unwrap();
    options
}

/// The methods and the types of a crate.
fn has(generated: &Generated) -> (Vec<&'static str>, Vec<&'static str>) {
    let all: String = generated.files.iter().map(|file| file.contents.as_str()).collect();
    let methods = ["list", "create", "get"].into_iter().filter(|name| {
        let pets = generated.files.iter().find(|file| file.path == "src/pets.rs");
        pets.is_some_and(|pets| pets.contents.contains(&format!("pub fn {name}(")))
    });
    let types = ["Pet", "NewPet", "Order", "Sold", "Unused", "Named"];
    let types = types.into_iter().filter(|name| all.contains(&format!("pub struct {name} {{")));
    (methods.collect(), types.collect())
}

#[test]
fn only_the_chosen_operations_are_there_with_what_they_use() {
    for (operations, methods, types) in [
        (r#"{}"#, &["list", "create", "get"][..], &["Pet", "NewPet", "Order", "Sold", "Unused", "Named"][..]),
        (r#"{"tags": ["Pets"]}"#, &["list", "create", "get"], &["Pet", "NewPet"]),
        (r#"{"ids": ["createPet"]}"#, &["create"], &["NewPet"]),
        (r#"{"paths": ["/pets/{}"], "ids": ["*Orders"]}"#, &["get"], &["Pet", "Order"]),
        (r#"{"paths": ["GET /pets**"]}"#, &["list", "get"], &["Pet"]),
        (r#"{"exclude": ["Orders", "POST /pets"], "webhooks": ["sold"]}"#, &["list", "get"], &["Pet", "Sold"]),
    ] {
        let generated = compile_with(&options(operations), &spec(), &[]);
        assert_eq!(has(&generated), (methods.to_vec(), types.to_vec()), "{operations}");
    }
}

/// The type of a member is called `Size` if it is the only one of this name, else after its owner.
#[test]
fn names_do_not_depend_on_the_choice() {
    let sized =
        |owner: &str, sizes: &str| format!("    {owner}: {{ type: object, properties: {{ size: {{ enum: [{sizes}] }}");
    let text = DOCUMENT
        .replace("    Order: { type: object, properties: {", &format!("{},", sized("Order", "few, many")))
        .replace(
            "    NewPet: { type: object, required: [name], properties: {",
            &format!("{},", sized("NewPet", "small, large")),
        );
    let spec = Source { name: "shop.yaml".to_owned(), bytes: text.into() };
    let names = |operations: &str| -> Vec<String> {
        let generated = compile_with(&options(operations), &spec, &[]);
        let all: String = generated.files.iter().map(|file| file.contents.as_str()).collect();
        let enums = all.lines().filter_map(|line| line.strip_prefix("pub enum ")?.strip_suffix(" {"));
        enums.filter(|name| name.ends_with("Size")).map(str::to_owned).collect()
    };
    let all = names("{}");
    assert_eq!(all.len(), 2, "{all:?}");
    let chosen = names(r#"{"ids": ["createPet"]}"#);
    assert!(chosen.len() == 1 && all.contains(&chosen[0]), "{chosen:?} of {all:?}");
}

#[test]
fn unused_schemas_stay_or_go_as_asked() {
    let mut kept = options(r#"{"ids": ["getPet"]}"#);
    kept.settings.prune = Some(false);
    assert_eq!(has(&compile_with(&kept, &spec(), &[])).1, ["Pet", "NewPet", "Order", "Sold", "Unused", "Named"]);
    let mut all = options("{}");
    all.settings.prune = Some(true);
    assert_eq!(has(&compile_with(&all, &spec(), &[])).1, ["Pet", "NewPet", "Order", "Sold"]);
}

#[test]
fn an_entry_that_names_nothing_is_an_error() {
    for (operations, part) in [
        (r#"{"tags": ["Pest"]}"#, "no operation has the tag `Pest`"),
        (r#"{"tags": ["Pets"], "ids": ["gone"]}"#, "no operation has the operationId `gone`"),
        (r#"{"paths": ["/pets/{}/toys"]}"#, "no operation is at `/pets/{}/toys`"),
        (r#"{"exclude": ["DELETE /pets"]}"#, "`DELETE /pets`"),
        (r#"{"webhooks": ["bought"]}"#, "no webhook is called `bought`"),
    ] {
        let report = generate(&spec(), &[], &NoFiles, &options(operations));
        assert!(report.product.is_none(), "{operations}");
        let found: Vec<_> = report.diagnostics.iter().map(|found| found.message.clone()).collect();
        assert!(found.iter().any(|message| message.contains(part)), "{operations}: {found:?}");
    }
}

#[test]
fn a_fault_in_an_operation_that_is_not_wanted_costs_nothing() {
    let spec = Source {
        name: "shop.yaml".to_owned(),
        bytes: DOCUMENT
            .replace("tags: [Orders]", "tags: [Orders], requestBody: { $ref: '#/components/requestBodies/Gone' }")
            .into(),
    };
    assert!(generate(&spec, &[], &NoFiles, &options("{}")).diagnostics.has_errors());
    assert!(!generate(&spec, &[], &NoFiles, &options(r#"{"tags": ["Pets"]}"#)).diagnostics.has_errors());
}

#[test]
fn types_alone_need_no_http_client() {
    let types = compile_with(&Options { client: false, ..options("{}") }, &spec(), &[]);
    let (methods, names) = has(&types);
    assert!(methods.is_empty() && names.len() == 6, "{names:?}");
    let manifest = file(&types, "Cargo.toml");
    assert!(!manifest.contains("reqwest") && !manifest.contains("tokio") && manifest.contains("jiff"), "{manifest}");
    // Events are read without a client.
    assert!(file(&types, "src/incoming.rs").contains("pub fn decode"));
    for file in &types.files {
        assert!(!file.contents.contains("reqwest::"), "{}", file.path);
    }
}
