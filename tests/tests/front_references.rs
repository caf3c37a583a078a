//! References: what they may lead to, and what becomes of it.

use clientwright_tests::front::{Case, Outcome, yaml};
use serde_json::json;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\n";

fn case(rest: &str) -> Case {
    yaml(format!("{HEAD}{rest}"))
}

fn assert_rejected(outcome: &Outcome, code: &str, pointer: &str) {
    let line = outcome.short();
    assert!(!outcome.passes());
    assert!(line.contains(&format!("error[{code}]")) && line.contains(&format!("({pointer})")), "{line}");
}

#[test]
fn references_that_lead_nowhere_or_astray_are_rejected_where_they_stand() {
    let cases = [
        ("#/components/schemas/Gone", "CW0301"),
        ("#/components/parameters/P", "CW0302"),
        ("#", "CW0302"),
        ("https://example.com/a.json", "CW0304"),
        ("//example.com/a.json", "CW0304"),
        ("/etc/passwd", "CW0305"),
        ("file:///etc/passwd", "CW0305"),
        ("../a.yaml", "CW0305"),
        ("a/../../b.yaml", "CW0305"),
        ("%2e%2e/a.yaml", "CW0305"),
        ("gone.yaml", "CW0306"),
        ("#/components/schemas/a~b", "CW0307"),
        ("#/%zz", "CW0307"),
        ("#gone", "CW0301"),
    ];
    for (text, code) in cases {
        let components = "components:\n  parameters: {P: {name: p, in: query, schema: {}}}\n  schemas:\n";
        let outcome = case(&format!("{components}    A: {{properties: {{x: {{$ref: '{text}'}}}}}}\n")).run();
        assert_rejected(&outcome, code, "/components/schemas/A/properties/x/$ref");
    }
}

#[test]
fn circles_are_shown_whole() {
    let ring = "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/C'}, C: {$ref: '#/components/schemas/A'}}";
    let outcome = case(&format!("components: {{schemas: {ring}}}\n")).run();
    assert_rejected(&outcome, "CW0303", "/components/schemas/A");
    assert!(outcome.short().contains("A → B → C → A"), "{}", outcome.short());
    let path = "paths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n";
    assert_rejected(&case(path).run(), "CW0303", "/paths/~1a/$ref");
    let callback = "paths:\n  /a:\n    post:\n      responses: {}\n      callbacks: {c: {u: {$ref: '#/paths/~1a'}}}\n";
    assert_rejected(&case(callback).run(), "CW0303", "/paths/~1a/post/callbacks/c/u/$ref");
}

#[test]
fn recursion_through_a_structure_is_no_circle() {
    let outcome = case("components: {schemas: {T: {type: array, items: {$ref: '#/components/schemas/T'}}}}\n").run();
    assert!(outcome.passes(), "{}", outcome.short());
}

#[test]
fn what_a_reference_leads_into_becomes_a_component() {
    let outcome = case(
        r##"
paths:
  /a/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {properties: {"x/y~z": {type: integer}}}}}}
  /b:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema/properties/x~1y~0z'}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let reference = outcome.at("/paths/~1b/get/responses/200/content/application~1json/schema");
    let original = outcome.at("/paths/~1a~1{id}/get/responses/200/content/application~1json/schema/properties/x~1y~0z");
    assert_eq!(reference, original);
    let name = reference["$ref"].as_str().unwrap().trim_start_matches('#').to_owned();
    assert_eq!(outcome.at(&name), json!({ "type": "integer" }));
}

#[test]
fn schemas_are_found_by_anchor_and_id_and_definition() {
    let outcome = case(
        r##"
components:
  schemas:
    A:
      properties:
        anchor: {$ref: '#here'}
        id: {$ref: 'https://example.com/tree'}
        relative: {$ref: 'tree#/$defs/leaf'}
        recursive: {$recursiveRef: '#'}
        definition: {$ref: '#/components/schemas/A/$defs/d'}
      $defs: {d: {type: boolean}}
    B: {$anchor: here, type: string}
    C:
      $id: https://example.com/tree
      $defs: {leaf: {type: integer}}
      properties: {leaf: {$ref: '#/$defs/leaf'}}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let target = |name: &str| outcome.at(&format!("/components/schemas/A/properties/{name}/$ref"));
    assert_eq!(target("anchor"), json!("#/components/schemas/B"));
    assert_eq!(target("id"), json!("#/components/schemas/C"));
    assert_eq!(target("recursive"), json!("#/components/schemas/A"));
    assert_eq!(target("relative"), outcome.at("/components/schemas/C/properties/leaf/$ref"));
    assert_eq!(outcome.at("/components/schemas/A_d"), json!({ "type": "boolean" }));
}

#[test]
fn files_below_the_spec_are_bundled_once() {
    let outcome = case(
        r##"
paths:
  /a: {$ref: 'paths/a.yaml#/item'}
components:
  schemas:
    X: {$ref: 'schemas/pet.yaml'}
    Y: {properties: {p: {$ref: './schemas/pet.yaml'}}}
"##,
    )
    .file("paths/a.yaml", "item:\n  get:\n    responses:\n      '200': {description: ok, content: {application/json: {schema: {$ref: '../schemas/pet.yaml'}}}}\n")
    .file("schemas/pet.yaml", "type: object\nproperties:\n  self: {$ref: '#'}\n  tag: {$ref: 'tag.yaml#/Tag'}\n  back: {$ref: '../api.yaml#/components/schemas/Y'}\n")
    .file("schemas/tag.yaml", "Tag: {type: strnig}\n")
    .run();
    // The fault is where it was written.
    assert!(outcome.short().starts_with("schemas/tag.yaml:1:13: error[CW0411]"), "{}", outcome.short());
    let outcome = case("components: {schemas: {X: {$ref: 'pet.yaml'}, Y: {properties: {p: {$ref: 'pet.yaml'}}}}}\n")
        .file("pet.yaml", "properties: {self: {$ref: '#'}, back: {$ref: 'api.yaml#/components/schemas/Y'}}\n")
        .run();
    assert_eq!(outcome.at("/components/schemas/X/$ref"), json!("#/components/schemas/pet"));
    assert_eq!(outcome.at("/components/schemas/pet/properties/self/$ref"), json!("#/components/schemas/pet"));
    assert_eq!(outcome.at("/components/schemas/pet/properties/back/$ref"), json!("#/components/schemas/Y"));
}

#[test]
fn documents_split_at_their_sections_are_put_together() {
    let outcome = case("paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}\n")
        .file("paths.yaml", "/a:\n  get:\n    responses:\n      '200': {description: ok, content: {application/json: {schema: {$ref: 'schemas.yaml#/A'}}}}\n")
        .file("schemas.yaml", "A: {properties: {b: {$ref: '#/B'}}}\nB: {type: string}\n")
        .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let schema = outcome.at("/paths/~1a/get/responses/200/content/application~1json/schema/$ref");
    assert_eq!(schema, json!("#/components/schemas/A"));
    assert_eq!(outcome.at("/components/schemas/A/properties/b/$ref"), json!("#/components/schemas/B"));
}

#[test]
fn a_property_named_ref_is_none() {
    let outcome =
        case("components: {schemas: {L: {properties: {$ref: {type: string}}, example: {$ref: '#/nowhere'}}}}\n").run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/L/properties/$ref"), json!({ "type": "string" }));
}

#[test]
fn mappings_name_schemas_by_reference() {
    let outcome = case(
        "components:\n  schemas:\n    P: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: t, mapping: {cat: Cat, dog: Dog}}}\n    Cat: {type: object}\n",
    )
    .run();
    assert_eq!(outcome.at("/components/schemas/P/discriminator/mapping"), json!({ "cat": "#/components/schemas/Cat" }));
    assert_eq!(outcome.codes(), ["CW0417"]);
}
