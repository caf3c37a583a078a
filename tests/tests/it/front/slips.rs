//! Tests of common mistakes: each gives one finding at its place, with a correction.

use clientwright::render::Format;
use clientwright_tests::front::{Outcome, yaml};
use serde_json::json;

fn document(version: &str, rest: &str) -> Outcome {
    yaml(format!("openapi: {version}\ninfo: {{title: A, version: '1'}}\n{rest}\n")).run()
}

fn schema(text: &str) -> Outcome {
    document("3.1.0", &format!("components:\n  schemas:\n    A: {text}"))
}

#[test]
fn null_in_a_list_of_types_is_the_type() {
    let outcome = schema("{type: [string, null]}");
    assert_eq!(outcome.at("/components/schemas/A"), json!({ "type": "string", "nullable": true }));
    assert_eq!(outcome.codes(), ["CW0510"]);
    assert!(outcome.short().contains("(/components/schemas/A/type/1)"), "{}", outcome.short());
}

#[test]
fn a_property_with_nothing_behind_it_is_any_value() {
    let outcome = schema("{type: object, properties: {a: }}");
    assert_eq!(outcome.at("/components/schemas/A/properties/a"), json!({}));
    assert_eq!(outcome.codes(), ["CW0510"]);
    let outcome = document("3.0.3", "paths: {}\ncomponents: {schemas: {A: {type: , description: a}}}");
    assert_eq!(outcome.at("/components/schemas/A"), json!({ "description": "a" }));
}

#[test]
fn a_required_field_that_is_null_is_told_once() {
    let outcome = yaml("openapi: 3.1.0\ninfo:\n  title:\n  version: '1'\npaths: {}\n").run();
    assert_eq!(outcome.codes(), ["CW0505"], "{}", outcome.short());
    assert!(outcome.short().contains("api.yaml:3:"), "{}", outcome.short());
    let outcome = yaml("openapi: 3.1.0\ninfo: {title: A, version: '1', license: {name: }}\npaths: {}\n").run();
    assert_eq!(outcome.codes(), ["CW0505"], "{}", outcome.short());
}

/// Otherwise it would be gone with a warning.
#[test]
fn an_operation_under_a_misspelt_method_is_not_lost() {
    for method in ["GET", "Get", "gte"] {
        let outcome =
            document("3.0.3", &format!("paths: {{/a: {{{method}: {{responses: {{200: {{description: a}}}}}}}}}}"));
        assert!(!outcome.passes() && outcome.codes().contains(&"CW0426"), "{}", outcome.short());
        assert!(outcome.text(Format::Human).contains("help: write `get`"));
    }
}

#[test]
fn what_is_left_of_swagger_2_is_told_how_it_is_said_now() {
    let operation = "parameters: [{name: a, in: query, type: string}, {name: b, in: body, schema: {}}], consumes: [a/b], responses: {200: {description: a, schema: {}}}";
    let schemes =
        "components: {securitySchemes: {a: {type: basic}, b: {type: oauth2, flow: implicit, flows: {accessCode: {}}}}}";
    let outcome = document("3.0.3", &format!("host: a.example\npaths: {{/a: {{post: {{{operation}}}}}}}\n{schemes}"));
    let told = outcome.text(Format::Json);
    for help in [
        "put it into `schema`",
        "describe it as the operation's `requestBody`",
        "the media types of a body are the keys of its `content`",
        "write it as content: {application/json: {schema: …}}",
        "say the whole address: servers",
        "write type: http, scheme: basic",
        "describe each flow by itself",
        "it is called `authorizationCode`",
    ] {
        assert!(told.contains(&format!("\"help\":\"{help}")), "{help}\n{told}");
    }
}

#[test]
fn lists_of_schemas_hold_something_and_names_stand_once() {
    let outcome = schema("{type: [string, string], oneOf: [], required: [a, a]}");
    assert_eq!(outcome.at("/components/schemas/A"), json!({ "type": "string", "required": ["a"] }));
    assert_eq!(outcome.codes(), ["CW0413", "CW0413", "CW0413"], "{}", outcome.short());
    let outcome = schema("{type: number, multipleOf: 0}");
    assert_eq!(outcome.at("/components/schemas/A"), json!({ "type": "number" }));
}

#[test]
fn a_type_in_place_of_a_schema_is_told_the_schema() {
    let outcome = schema("{type: object, properties: {a: string}}");
    assert!(outcome.text(Format::Human).contains("help: write {type: string}"));
    let outcome = schema("{type: object, properties: {a: {type: string, required: true}}}");
    assert!(outcome.passes() && outcome.text(Format::Human).contains("help: put the property's name into `required`"));
}

#[test]
fn a_text_in_another_encoding_is_told_so() {
    let wide: Vec<u8> = "openapi: 3.1.0\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(yaml(wide).run().codes(), ["CW0101"]);
    let outcome = yaml("openapi: 3.1.0\ninfo: {title: \"a\0b\", version: '1'}\n").run();
    assert!(outcome.short().starts_with("api.yaml:2:17: error[CW0108]"), "{}", outcome.short());
}

#[test]
fn keywords_of_a_schema_in_a_parameter_are_taken_into_its_schema() {
    let header = "headers: {X-Left: {type: integer}}";
    let operation = format!(
        "parameters: [{{name: a, in: query, type: array, items: {{type: strng}}, maxItems: 3}}], responses: {{200: {{description: a, {header}}}}}"
    );
    let outcome = document("3.0.3", &format!("paths: {{/a: {{get: {{{operation}}}}}}}").replace("strng", "string"));
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0413", "CW0413"]);
    let schema = json!({ "type": "array", "items": { "type": "string" }, "maxItems": 3 });
    assert_eq!(outcome.at("/paths/~1a/get/parameters/0/schema"), schema);
    assert_eq!(outcome.at("/paths/~1a/get/responses/200/headers/X-Left/schema"), json!({ "type": "integer" }));
    let schema = "{$ref: '#/components/schemas/A'}";
    let components = "components: {schemas: {A: {type: string}}}";
    let response = format!("responses: {{200: {{description: a, schema: {schema}}}}}");
    let outcome = document("3.0.3", &format!("paths: {{/a: {{get: {{{response}}}}}}}\n{components}"));
    assert!(outcome.passes(), "{}", outcome.short());
    let target = outcome.at("/paths/~1a/get/responses/200/content/application~1json/schema/$ref");
    assert_eq!(target, json!("#/components/schemas/A"));
    let outcome = document("3.0.3", &format!("paths: {{/a: {{get: {{{response}}}}}}}"));
    assert!(outcome.codes().contains(&"CW0301"), "{}", outcome.short());
    // A fault inside is where it was written.
    let outcome = document("3.0.3", &format!("paths: {{/a: {{get: {{{operation}}}}}}}"));
    assert!(outcome.short().contains("(/paths/~1a/get/parameters/0/items/type)"), "{}", outcome.short());
}

#[test]
fn types_that_a_text_joins_are_a_list_of_types() {
    let outcome = schema("{type: object, properties: {a: {type: 'string|null'}, b: {type: 'integer | string'}}}");
    assert!(outcome.passes(), "{}", outcome.short());
    assert!(outcome.short().contains("`string|null` is not a type; a list of types is meant"), "{}", outcome.short());
    let outcome = schema("{type: object, properties: {a: {type: 'string|colour'}}}");
    assert!(!outcome.passes(), "{}", outcome.short());
}

#[test]
fn a_mapping_to_a_number_leads_nowhere() {
    let outcome = schema(
        "{oneOf: [{$ref: '#/components/schemas/A'}, {type: object}], discriminator: {propertyName: t, mapping: {a: 5, b: B}}}",
    );
    let short = outcome.short();
    assert!(short.contains("`a` maps to `5`, and no schema is called so"), "{short}");
    assert!(short.contains("`b` maps to `B`, and no schema is called so"), "{short}");
}

#[test]
fn an_extension_in_a_callback_is_no_path_item() {
    let callback = "{x-note: , x-other: [1], '{$request.body#/url}': {post: {responses: {200: {description: a}}}}}";
    let paths =
        format!("paths: {{/a: {{post: {{responses: {{200: {{description: a}}}}, callbacks: {{c: {callback}}}}}}}}}");
    let outcome = document("3.1.0", &format!("{paths}\ncomponents: {{callbacks: {{c: {callback}}}}}"));
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.at("/components/callbacks/c").as_object().map(serde_json::Map::len), Some(1));
}

/// A tool that writes JSON Schema counts from the schema that it writes, and its output is pasted into a document.
#[test]
fn definitions_are_also_those_of_the_schema_around_a_reference() {
    for (version, keyword) in
        [("3.1.0", "$defs"), ("3.1.0", "definitions"), ("3.0.3", "$defs"), ("3.0.3", "definitions")]
    {
        let outcome = yaml(format!(
            r##"
openapi: {version}
info: {{title: A, version: '1'}}
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  event:
                    oneOf: [{{$ref: '#/{keyword}/Begin'}}, {{$ref: '#/{keyword}/End'}}]
                    discriminator: {{propertyName: t, mapping: {{begin: '#/{keyword}/Begin', end: '#/{keyword}/End'}}}}
                {keyword}:
                  Begin: {{type: object, properties: {{t: {{type: string}}, at: {{$ref: '#/{keyword}/Place'}}}}}}
                  End: {{type: object, properties: {{t: {{type: string}}, at: {{$ref: '#/{keyword}/Place'}}}}}}
                  Place: {{type: object, properties: {{next: {{$ref: '#/{keyword}/Place'}}}}}}
"##
        ))
        .run();
        assert!(outcome.passes(), "{version} {keyword}: {}", outcome.short());
        let schema = "/paths/~1a/get/responses/200/content/application~1json/schema/properties/event";
        let begin = outcome.at(&format!("{schema}/oneOf/0/$ref"));
        assert_eq!(outcome.at(&format!("{schema}/discriminator/mapping/begin")), begin, "{version} {keyword}");
        let place = |holder: &serde_json::Value, member: &str| {
            let holder = holder.as_str().unwrap().trim_start_matches('#');
            outcome.at(&format!("{holder}/properties/{member}/$ref"))
        };
        assert_eq!(place(&place(&begin, "at"), "next"), place(&begin, "at"), "{version} {keyword}");
    }
    let elsewhere = "components: {schemas: {A: {$ref: '#/$defs/B'}, C: {$defs: {B: {type: string}}}}}\n";
    let outcome = document("3.1.0", elsewhere);
    assert!(!outcome.passes() && outcome.short().contains("(/components/schemas/A/$ref)"), "{}", outcome.short());
}

#[test]
fn a_header_with_the_beginning_of_its_value_is_a_bearer_token() {
    for name in
        ["Authorization: Bearer", "authorization:bearer", "Authorization: Bearer <token>", "Authorization Bearer"]
    {
        let scheme = format!("{{type: apiKey, in: header, name: '{name}'}}");
        let outcome = document("3.1.0", &format!("paths: {{}}\ncomponents: {{securitySchemes: {{key: {scheme}}}}}"));
        let meant = json!({ "type": "http", "scheme": "bearer" });
        assert_eq!(outcome.at("/components/securitySchemes/key"), meant, "{name}");
        assert_eq!(outcome.codes(), ["CW0413"], "{name}: {}", outcome.short());
    }
    let outcome = document(
        "3.1.0",
        "paths: {}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: 'X-Key: a'}}}",
    );
    assert_eq!(outcome.codes(), ["CW0518"], "{}", outcome.short());
}

#[test]
fn the_links_of_a_document_are_one_finding() {
    let links = "links: {next: {operationId: a}, last: {operationId: a}}";
    let outcome = document(
        "3.1.0",
        &format!("paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: a, {links}}}}}}}}}}}"),
    );
    let told = outcome.text(Format::Human);
    assert_eq!(told.matches("CW0602").count(), 1, "{told}");
    assert!(told.contains("/links/next") && told.contains("/links/last"), "{told}");
}

#[test]
fn what_becomes_of_values_of_another_type_is_told() {
    assert!(
        schema("{type: object, enum: [a, b]}").short().contains("no object is `\"a\"` or `\"b\"`; the values count")
    );
    assert!(schema("{type: boolean, enum: ['on']}").short().contains("no boolean is `\"on\"`; the type counts"));
}

#[test]
fn a_default_in_another_spelling_is_the_value_of_the_type() {
    for (schema_text, value, code) in [
        ("{type: string, default: 3600}", json!("3600"), "CW0504"),
        ("{type: string, nullable: true, default: true}", json!("true"), "CW0504"),
        ("{type: integer, default: '20'}", json!(20), "CW0511"),
        ("{type: number, default: '0.5'}", json!(0.5), "CW0511"),
        ("{type: boolean, default: 'False'}", json!(false), "CW0511"),
    ] {
        let outcome = document("3.0.3", &format!("paths: {{}}\ncomponents: {{schemas: {{A: {schema_text}}}}}"));
        assert_eq!(outcome.at("/components/schemas/A/default"), value, "{schema_text}");
        assert_eq!(outcome.codes(), [code], "{schema_text}\n{}", outcome.short());
        assert!(outcome.short().contains("(/components/schemas/A/default)"), "{}", outcome.short());
    }
    for schema_text in
        ["{type: integer, default: '2.5'}", "{type: boolean, default: 'on'}", "{type: string, default: []}"]
    {
        let short = schema(schema_text).short().to_owned();
        assert!(short.contains("the default has no effect"), "{schema_text}\n{short}");
    }
}
