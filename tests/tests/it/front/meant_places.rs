//! References whose place or target is not what the specification has there, and has one meaning.

use clientwright_tests::front::{Case, yaml};
use serde_json::json;

fn case(rest: &str) -> Case {
    yaml(format!("openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\n{rest}"))
}

#[test]
fn parameters_beside_a_reference_to_a_path_item_add_to_those_of_the_path_item() {
    let id = "{name: id, in: path, required: true, schema: {type: string}}";
    let outcome = case(
        "paths:\n  /pets/{id}:\n    $ref: 'parts/pets.yaml#/~1pets~1{id}'\n    parameters:\n    - {$ref: '#/components/parameters/Tenant'}\n    - {name: q, in: query, schema: {type: boolean}}\n    - {name: w, in: Query, schema: {type: string}}\ncomponents:\n  parameters:\n    Tenant: {name: X-Tenant, in: header, schema: {type: string}}\n",
    )
    .file(
        "parts/pets.yaml",
        &format!("/pets/{{id}}:\n  parameters:\n  - {id}\n  - {{name: q, in: query, schema: {{type: string}}}}\n  - {{name: z, in: Query, schema: {{type: string}}}}\n  get: {{responses: {{'204': {{description: none}}}}}}\n"),
    )
    .run();
    assert_eq!(outcome.at("/paths/~1pets~1{id}/parameters/0/$ref"), json!("#/components/parameters/Tenant"));
    let names: Vec<_> = (1..5).map(|at| outcome.at(&format!("/paths/~1pets~1{{id}}/parameters/{at}/name"))).collect();
    assert_eq!(names, ["q", "w", "id", "z"], "the one beside the reference counts");
    assert_eq!(outcome.at("/paths/~1pets~1{id}/parameters/1/schema/type"), json!("boolean"));
    // Each finding is where the parameter was written.
    let findings = outcome.short();
    assert!(findings.contains("api.yaml:9:") && findings.contains("parts/pets.yaml:5:"), "{findings}");
    assert_eq!(outcome.codes(), ["CW0413", "CW0413"], "{findings}");
}

#[test]
fn a_reference_in_a_part_that_counts_from_the_document_is_taken_as_such() {
    let response = "description: ok\ncontent: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}\n";
    let paths = "paths:\n  /a: {get: {responses: {'200': {$ref: 'parts/ok.yaml'}}}}\n";
    let outcome = case(&format!("{paths}components: {{schemas: {{Pet: {{type: object}}}}}}\n"))
        .file("parts/ok.yaml", response)
        .run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(
        outcome.at("/components/responses/ok/content/application~1json/schema/$ref"),
        json!("#/components/schemas/Pet")
    );
    assert!(outcome.short().starts_with("parts/ok.yaml:2:"), "{}", outcome.short());

    let by_path = response.replace("'#/components/schemas/Pet'", "'schemas/pet.yaml'");
    let outcome = case(paths).file("parts/ok.yaml", &by_path).file("schemas/pet.yaml", "type: object\n").run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0413"]);
    assert!(outcome.short().starts_with("parts/ok.yaml:2:"), "{}", outcome.short());
    let outcome = case(paths).file("parts/ok.yaml", &by_path).run();
    assert!(!outcome.passes() && outcome.short().contains("parts/schemas/pet.yaml"), "{}", outcome.short());
}

#[test]
fn backslashes_in_the_path_of_a_reference_are_slashes() {
    let outcome = case("components: {schemas: {A: {properties: {x: {$ref: '.\\parts\\pet.yaml'}}}}}\npaths: {}\n")
        .file("parts/pet.yaml", "type: object\n")
        .run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert!(outcome.short().contains("`./parts/pet.yaml` is meant"), "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/A/properties/x/$ref"), json!("#/components/schemas/pet"));
}

#[test]
fn a_schema_in_place_of_what_has_one_is_its_schema() {
    let operation = "paths:\n  /a:\n    post:\n      requestBody: {$ref: '#/components/schemas/Pet'}\n      responses:\n        '200': {$ref: 'pet.yaml'}\n        '201': {description: made, content: {text/json: {$ref: '#/components/schemas/Pet'}}}\n";
    let components = "components:\n  schemas:\n    Pet: {type: object}\n    Holder: {properties: {x: {$ref: '#/components/responses/Ok'}}}\n  responses:\n    Ok: {description: ok, content: {application/json: {schema: {type: string}}}}\n";
    let outcome = case(&format!("{operation}{components}")).file("pet.yaml", "type: object\n").run();
    assert!(outcome.passes(), "{}", outcome.short());
    let at = |place: &str| outcome.at(&format!("/paths/~1a/post/{place}"));
    let pet = json!("#/components/schemas/Pet");
    assert_eq!(at("requestBody/content/application~1json/schema/$ref"), pet);
    assert_eq!(at("responses/201/content/text~1json/schema/$ref"), pet);
    let other = json!("#/components/schemas/pet_2");
    let found = at("responses/200/content/application~1json/schema/$ref");
    assert!(found == other || found == json!("#/components/schemas/pet"), "{found}");
    let inner = outcome.at("/components/schemas/Holder/properties/x/$ref");
    let inner = inner.as_str().and_then(|text| text.strip_prefix('#')).map(|place| outcome.at(place));
    assert_eq!(inner, Some(json!({ "type": "string" })), "{}", outcome.short());
    for line in [6, 8, 9, 13] {
        assert!(outcome.short().contains(&format!("api.yaml:{line}:")), "line {line}: {}", outcome.short());
    }
}

#[test]
fn a_schema_within_a_response_that_refers_to_the_response_stays_a_fault() {
    let outcome = case("paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: r, content: {application/json: {schema: {$ref: '#/components/responses/R'}}}}}}\n").run();
    assert!(!outcome.passes());
    assert_eq!(outcome.codes(), ["CW0302"], "{}", outcome.short());
}
