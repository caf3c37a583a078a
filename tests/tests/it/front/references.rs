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

/// References as converters from Swagger 2.0 leave them, and as other tools accept them.
#[test]
fn a_reference_that_can_mean_one_place_is_taken_for_it() {
    for text in ["#/definitions/Pet", "/components/schemas/Pet", "components/schemas/Pet", "Pet"] {
        let components = "components:\n  schemas:\n    Pet: {type: string}\n";
        let outcome = case(&format!("{components}    A: {{properties: {{x: {{$ref: '{text}'}}}}}}\n")).run();
        assert!(outcome.passes(), "{text}: {}", outcome.short());
        assert_eq!(outcome.codes(), ["CW0413"], "{text}");
        assert!(outcome.short().contains("`#/components/schemas/Pet` is meant"), "{}", outcome.short());
        let target = outcome.at("/components/schemas/A/properties/x/$ref");
        assert_eq!(target, json!("#/components/schemas/Pet"), "{text}");
    }
}

/// Tools that bundle files refer to the first place that needs a value, which may itself be a reference.
#[test]
fn a_reference_to_a_place_that_refers_to_a_component_means_the_component() {
    let members = "{x: {$ref: '#/components/schemas/Pet'}, y: {$ref: '#/components/schemas/A/properties/x'}}";
    let outcome =
        case(&format!("components: {{schemas: {{Pet: {{type: string}}, A: {{properties: {members}}}}}}}\n")).run();
    let schemas = outcome.at("/components/schemas");
    assert_eq!(schemas["A"]["properties"]["y"], json!({ "$ref": "#/components/schemas/Pet" }));
    assert_eq!(schemas.as_object().map(serde_json::Map::len), Some(2), "{schemas}");
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

#[test]
fn ids_are_relative_to_the_ids_around_them() {
    let outcome = case(
        r##"
components:
  schemas:
    Zoo:
      $id: https://example.com/zoo/index
      properties:
        beside: {$ref: 'cat'}
        above: {$ref: '/dog'}
        within: {$ref: '#/$defs/cat/$defs/claw'}
        url: {$ref: 'https://EXAMPLE.com/zoo/../zoo/cat#/$defs/claw'}
      $defs:
        cat: {$id: cat, type: object, properties: {claw: {$ref: '#/$defs/claw'}}, $defs: {claw: {type: integer}}}
        dog: {$id: ../dog, type: string}
    Plain: {properties: {cat: {$ref: 'https://example.com/zoo/cat'}}}
    Urn: {$id: 'urn:uuid:deadbeef-4321-4321-4321-ba9876543210', properties: {a: {$ref: '#/$defs/a'}}, $defs: {a: {type: boolean}}}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let property = |name: &str| outcome.at(&format!("/components/schemas/Zoo/properties/{name}/$ref"));
    assert_eq!(property("beside"), json!("#/components/schemas/Zoo_cat"));
    assert_eq!(property("above"), json!("#/components/schemas/Zoo_dog"));
    assert_eq!(property("within"), property("url"));
    assert_eq!(outcome.at("/components/schemas/Zoo_cat/properties/claw/$ref"), property("within"));
    assert_eq!(outcome.at("/components/schemas/Plain/properties/cat/$ref"), property("beside"));
    assert_eq!(outcome.at("/components/schemas/Urn_a"), json!({ "type": "boolean" }));
}

#[test]
fn an_anchor_is_looked_for_in_its_own_resource() {
    let outcome = case(
        r##"
components:
  schemas:
    A: {$id: a, properties: {x: {$ref: '#item'}}, $defs: {item: {$anchor: item, type: integer}}}
    B: {$id: b, properties: {x: {$ref: '#item'}, y: {$ref: 'a#item'}}, $defs: {item: {$anchor: item, type: string}}}
    C: {properties: {x: {$ref: '#item'}}, $defs: {item: {$anchor: item, type: boolean}}}
    D: {properties: {x: {$ref: '#item'}}, $defs: {item: {$anchor: item, type: number}}}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let target = |place: &str| outcome.at(&format!("/components/schemas/{place}/$ref"));
    assert_eq!(target("A/properties/x"), json!("#/components/schemas/A_item"));
    assert_eq!(target("B/properties/x"), json!("#/components/schemas/B_item"));
    assert_eq!(target("B/properties/y"), json!("#/components/schemas/A_item"));
    // Given twice in one resource, it is the nearest that is meant.
    assert_eq!(target("C/properties/x"), json!("#/components/schemas/C_item"));
    assert_eq!(target("D/properties/x"), json!("#/components/schemas/D_item"));
    assert_rejected(
        &case("components: {schemas: {A: {$id: a, $anchor: here}, B: {$id: b, $ref: '#here'}}}\n").run(),
        "CW0301",
        "/components/schemas/B/$ref",
    );
}

#[test]
fn schemas_of_other_files_are_found_by_what_they_are_called_there() {
    let outcome = case("components: {schemas: {A: {$ref: 'shapes/all.yaml#round'}, B: {$ref: 'shapes/all.yaml#/$defs/Square'}}}\n")
        .file(
            "shapes/all.yaml",
            "$defs:\n  Circle: {$anchor: round, properties: {unit: {$ref: 'unit.yaml'}}}\n  Square: {$id: square, properties: {side: {$ref: '#side'}}, $defs: {side: {$anchor: side, type: integer}}}\n  Other: {$anchor: side, type: string}\n",
        )
        .file("shapes/unit.yaml", "type: string\n")
        .run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/A/$ref"), json!("#/components/schemas/Circle"));
    assert_eq!(outcome.at("/components/schemas/Circle/properties/unit/$ref"), json!("#/components/schemas/unit"));
    let side = outcome.at("/components/schemas/Square/properties/side/$ref");
    assert_eq!(outcome.at(side.as_str().unwrap().trim_start_matches('#')), json!({ "type": "integer" }));
}

#[test]
fn a_document_may_say_its_own_address() {
    let outcome = yaml(
        "openapi: 3.2.0\n$self: https://example.com/api/v1\ninfo: {title: A, version: '1'}\ncomponents:\n  schemas:\n    A: {properties: {b: {$ref: 'https://example.com/api/v1#/components/schemas/B'}, c: {$ref: 'v1#/components/schemas/B'}, d: {$ref: 'd.yaml'}}}\n    B: {type: string}\n",
    )
    .file("d.yaml", "type: integer\n")
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    for name in ["b", "c"] {
        let target = outcome.at(&format!("/components/schemas/A/properties/{name}/$ref"));
        assert_eq!(target, json!("#/components/schemas/B"));
    }
    assert_eq!(outcome.at("/components/schemas/A/properties/d/$ref"), json!("#/components/schemas/d"));
}

#[test]
fn compositions_of_one_another_alone_are_a_circle() {
    for (one, other) in [("allOf", "allOf"), ("oneOf", "anyOf")] {
        let schemas = format!(
            "A: {{title: One, {one}: [{{$ref: '#/components/schemas/B'}}]}}, B: {{{other}: [{{$ref: '#/components/schemas/A'}}]}}"
        );
        let outcome = case(&format!("components: {{schemas: {{{schemas}}}}}\n")).run();
        assert_rejected(&outcome, "CW0303", "/components/schemas/A");
    }
    // A base that lists who extends it is none.
    let outcome = case("components: {schemas: {A: {oneOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {x: {type: string}}}}}\n").run();
    assert!(outcome.passes(), "{}", outcome.short());
}

#[test]
fn a_dynamic_reference_leads_to_the_outermost_anchor_on_the_way() {
    let outcome = case(
        r##"
components:
  schemas:
    Page:
      $id: page
      type: object
      properties: {items: {type: array, items: {$dynamicRef: '#item'}}, next: {type: string}}
      $defs: {item: {$dynamicAnchor: item, type: string}}
    Pets: {$id: pets, $ref: page, $defs: {item: {$dynamicAnchor: item, $ref: '#/components/schemas/Pet'}}}
    Wrapped: {$id: wrapped, properties: {page: {$ref: page}}, $defs: {item: {$dynamicAnchor: item, type: integer}}}
    More: {$id: more, properties: {pets: {$ref: pets}, again: {$ref: pets}}}
    Pet: {type: object}
    Tree: {$id: tree, $dynamicAnchor: node, properties: {children: {items: {$dynamicRef: '#node'}}}}
    Strict: {$id: strict, $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let resolve = |mut value: serde_json::Value| {
        while let Some(reference) = value["$ref"].as_str().or_else(|| value["allOf"][0]["$ref"].as_str()) {
            value = outcome.at(reference.trim_start_matches('#'));
        }
        value
    };
    let schema = |name: &str| outcome.at(&format!("/components/schemas/{name}"));
    let item = |page: serde_json::Value| resolve(page)["properties"]["items"]["items"].clone();
    assert_eq!(resolve(item(schema("Page"))), json!({ "type": "string" }));
    assert_eq!(resolve(item(schema("Pets"))), json!({ "type": "object" }));
    assert_eq!(resolve(item(schema("Wrapped")["properties"]["page"].clone())), json!({ "type": "integer" }));
    // The same way gives the same copy.
    let more = schema("More");
    assert_eq!(more["properties"]["pets"], more["properties"]["again"]);
    assert_eq!(resolve(item(more["properties"]["pets"].clone())), json!({ "type": "object" }));
    let child = |tree: serde_json::Value| resolve(tree)["properties"]["children"]["items"]["$ref"].clone();
    assert_eq!(child(schema("Tree")), "#/components/schemas/Tree");
    assert_eq!(child(schema("Strict")), "#/components/schemas/Strict");
}

#[test]
fn components_are_dynamic_scopes_without_an_id_as_well() {
    let outcome = case(
        r##"
paths:
  /pages:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Page', $defs: {item: {$dynamicAnchor: item, type: number}}}
components:
  schemas:
    Page:
      type: object
      properties: {items: {type: array, items: {$dynamicRef: '#item'}}, first: {$ref: '#named'}}
      $defs: {item: {$dynamicAnchor: item, type: string}}
    Pets: {$ref: '#/components/schemas/Outer', $defs: {item: {$dynamicAnchor: item, $ref: '#/components/schemas/Pet'}}}
    Outer: {properties: {page: {$ref: '#/components/schemas/Page'}}}
    Counts: {$ref: '#/components/schemas/Page', $defs: {item: {$dynamicAnchor: item, type: integer}}}
    Pet: {type: object, $anchor: named}
    Tree: {$dynamicAnchor: node, properties: {children: {items: {$dynamicRef: '#node'}}}}
    Strict: {$dynamicAnchor: node, $ref: '#/components/schemas/Tree', unevaluatedProperties: false}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let resolve = |mut value: serde_json::Value| {
        while let Some(reference) = value["$ref"].as_str().or_else(|| value["allOf"][0]["$ref"].as_str()) {
            value = outcome.at(reference.trim_start_matches('#'));
        }
        value
    };
    let schema = |name: &str| outcome.at(&format!("/components/schemas/{name}"));
    let item = |page: serde_json::Value| resolve(resolve(page)["properties"]["items"]["items"].clone());
    assert_eq!(item(schema("Page")), json!({ "type": "string" }));
    assert_eq!(item(schema("Counts")), json!({ "type": "integer" }));
    let pets = resolve(schema("Pets"))["properties"]["page"].clone();
    assert_eq!(item(pets), json!({ "type": "object" }));
    let inline = outcome.at("/paths/~1pages/get/responses/200/content/application~1json/schema");
    assert_eq!(item(inline), json!({ "type": "number" }));
    assert_eq!(resolve(schema("Page")["properties"]["first"].clone()), json!({ "type": "object" }));
    let child = |tree: serde_json::Value| resolve(tree)["properties"]["children"]["items"]["$ref"].clone();
    assert_eq!(child(schema("Tree")), "#/components/schemas/Tree");
    assert_eq!(child(schema("Strict")), "#/components/schemas/Strict");
}

#[test]
fn schemas_of_other_files_are_dynamic_scopes_as_well() {
    let outcome = case(
        r##"
paths: {}
components:
  schemas:
    User: {type: object}
    Users: {$ref: 'generic.yaml#/Page', $defs: {item: {$dynamicAnchor: item, $ref: '#/components/schemas/User'}}}
    Teams: {$ref: 'generic.yaml#/Teams'}
    Anything: {$ref: 'generic.yaml#/Page'}
"##,
    )
    .file(
        "generic.yaml",
        r##"
Page:
  type: object
  properties: {items: {type: array, items: {$dynamicRef: '#item'}}}
  $defs: {item: {$dynamicAnchor: item, type: boolean}}
Team: {type: string}
Teams: {$ref: '#/Page', $defs: {item: {$dynamicAnchor: item, $ref: '#/Team'}}}
"##,
    )
    .run();
    assert!(outcome.passes(), "{}", outcome.short());
    let resolve = |mut value: serde_json::Value| {
        while let Some(reference) = value["$ref"].as_str().or_else(|| value["allOf"][0]["$ref"].as_str()) {
            value = outcome.at(reference.trim_start_matches('#'));
        }
        value
    };
    for (page, item) in [("Users", "object"), ("Teams", "string"), ("Anything", "boolean")] {
        let page = resolve(outcome.at(&format!("/components/schemas/{page}")));
        assert_eq!(resolve(page["properties"]["items"]["items"].clone()), json!({ "type": item }));
    }
}

#[test]
fn copies_of_copies_stop_early() {
    let post = |next: usize| {
        let item = format!("{{$ref: '#/components/pathItems/P{next}'}}");
        format!("{{post: {{callbacks: {{a: {{x: {item}, y: {item}}}}}, responses: {{'200': {{description: ok}}}}}}}}")
    };
    let items: String = (0..40).map(|index| format!("    P{index}: {}\n", post(index + 1))).collect();
    let last = "    P40: {get: {responses: {'200': {description: ok}}}}\n";
    let path = "paths: {/a: {$ref: '#/components/pathItems/P0'}}";
    let mut copies = case(&format!("{path}\ncomponents:\n  pathItems:\n{items}{last}"));
    copies.settings.limits.alias_nodes = 10_000;
    let outcome = copies.run();
    assert_eq!(outcome.codes(), ["CW0105"], "{}", outcome.short());
}

/// The finding is at the reference, and says what is wrong with it, whatever it led to.
#[test]
fn references_to_what_is_no_object_are_told_where_they_stand() {
    let schema = "schemas:\n    X: {type: object, properties: {x: {type: string}}}";
    for (reference, found) in [
        ("#/components/schemas/X/properties", "holds schemas by name"),
        ("#/components/schemas/X/properties/x/type", "is text"),
        ("#/components/schemas/X/type", "is text"),
    ] {
        let outcome = case(&format!("components:\n  {schema}\n    A: {{$ref: '{reference}'}}\n")).run();
        assert_rejected(&outcome, "CW0302", "/components/schemas/A/$ref");
        assert_eq!(outcome.codes(), ["CW0302"], "{}", outcome.short());
        assert!(outcome.short().contains(found), "{}", outcome.short());
    }
    let text = "    A: {type: object, properties: {$ref: '#/components/schemas/X'}}\n";
    let outcome = case(&format!("components:\n  {schema}\n{text}")).run();
    assert_eq!(outcome.codes(), ["CW0302"], "{}", outcome.short());
    assert_rejected(&outcome, "CW0302", "/components/schemas/A/properties/$ref");
    let outcome = case("components:\n  schemas:\n    A: {$ref: 'b.yaml#/name'}\n").file("b.yaml", "name: text").run();
    assert_rejected(&outcome, "CW0302", "/components/schemas/A/$ref");
}

#[test]
fn a_reference_without_its_mark_is_told_what_was_meant() {
    for text in ["#components/schemas/X", "components/schemas/X", "/components/schemas/X", "X"] {
        let outcome = case(&format!("components:\n  schemas:\n    X: {{}}\n    A: {{$ref: '{text}'}}\n")).run();
        let told = outcome.text(clientwright::render::Format::Human);
        assert!(told.contains("perhaps `#/components/schemas/X` is meant"), "{text}: {told}");
    }
}

/// A file that can't be read is told once, and once that references into it couldn't be followed, not that it has no such part.
#[test]
fn a_broken_file_is_not_called_incomplete() {
    let outcome = case("components:\n  schemas:\n    A: {$ref: 'b.yaml#/X'}\n    B: {$ref: 'b.yaml#/Y'}\n")
        .file("b.yaml", "X: [")
        .run();
    assert_eq!(outcome.codes(), ["CW0108", "CW0306"], "{}", outcome.short());
}

/// Real documents keep the contents of responses among the components, under a name that 3.0 doesn't have.
#[test]
fn what_several_places_hold_by_name_may_be_kept_among_the_components() {
    let kept = "components:\n  mediaTypes:\n    Pet: {application/json: {schema: {type: string}}}\n  schemas:\n    Props: {id: {type: string}}\n    A: {type: object, properties: {$ref: '#/components/schemas/Props'}}\n";
    let paths =
        "paths: {/a: {get: {responses: {200: {description: a, content: {$ref: '#/components/mediaTypes/Pet'}}}}}}\n";
    let outcome = case(&format!("{paths}{kept}")).run();
    let content = outcome.at("/paths/~1a/get/responses/200/content");
    assert_eq!(content, json!({ "application/json": { "schema": { "type": "string" } } }));
    assert_eq!(outcome.at("/components/schemas/A/properties"), json!({ "id": { "type": "string" } }));
}
