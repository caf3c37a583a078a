//! A value of another type than the specification has, whose meaning is clear: it costs a warning at its place, and no more.

use clientwright_tests::front::{Outcome, yaml};
use serde_json::{Value, json};

const VERSIONS: [&str; 2] = ["3.0.3", "3.1.0"];

/// A document with this beside the rest of an operation, and with these components.
fn document(version: &str, top: &str, operation: &str, components: &str) -> Outcome {
    let responses = if operation.contains("responses") { "" } else { ", responses: {'200': {description: ok}}" };
    let paths = format!("paths: {{/a: {{get: {{operationId: a, {operation}{responses}}}}}}}");
    yaml(format!(
        "openapi: {version}\ninfo: {{title: A, version: '1'}}\n{top}\n{paths}\ncomponents: {{{components}}}\n"
    ))
    .run()
}

fn schema(version: &str, text: &str) -> Outcome {
    let operation =
        format!("responses: {{'200': {{description: ok, content: {{application/json: {{schema: {text}}}}}}}}}");
    document(version, "", &operation, "schemas: {X: {type: object, properties: {x: {type: string}}}}")
}

const SCHEMA: &str = "/paths/~1a/get/responses/200/content/application~1json/schema";

/// Checks that there is one finding, of this rule, at this place.
fn assert_one(outcome: &Outcome, code: &str, place: &str) {
    let short = outcome.short();
    assert!(outcome.passes(), "{short}");
    assert_eq!(outcome.codes(), [code], "{short}");
    assert!(short.contains(&format!("({place})")), "{place}: {short}");
}

#[test]
fn an_object_is_a_list_of_one() {
    for version in VERSIONS {
        for key in ["allOf", "oneOf", "anyOf"] {
            let outcome = schema(version, &format!("{{{key}: {{$ref: '#/components/schemas/X'}}}}"));
            assert_one(&outcome, "CW0513", &format!("{SCHEMA}/{key}"));
            assert_eq!(outcome.at(&format!("{SCHEMA}/{key}")), json!([{ "$ref": "#/components/schemas/X" }]));
        }
        let requirement = "securitySchemes: {key: {type: apiKey, in: header, name: K}}";
        let outcome = document(version, "", "security: {key: []}", requirement);
        assert_one(&outcome, "CW0513", "/paths/~1a/get/security");
        assert_eq!(outcome.at("/paths/~1a/get/security"), json!([{ "key": [] }]));
        let outcome = document(version, "servers: {url: 'https://a.example'}", "tags: [b]", "");
        assert_one(&outcome, "CW0513", "/servers");
        let outcome = document(version, "", "parameters: {name: limit, in: query, schema: {type: integer}}", "");
        assert_one(&outcome, "CW0513", "/paths/~1a/get/parameters");
        assert_eq!(outcome.at("/paths/~1a/get/parameters/0/name"), "limit");
    }
}

#[test]
fn references_in_such_an_object_are_followed_from_where_it_is() {
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {parameters: {$ref: 'shared/list.yaml#/limit'}, responses: {'200': {description: ok, content: {application/json: {schema: {allOf: {type: object, properties: {b: {$ref: 'shared/list.yaml#/B'}}}}}}}}}}}\n";
    let shared = "limit: {$ref: '#/real'}\nreal: {name: limit, in: query, schema: {$ref: '#/B'}}\nB: {oneOf: {$ref: '#/C'}}\nC: {type: string}\n";
    let outcome = yaml(text).file("shared/list.yaml", shared).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0513", "CW0513", "CW0513"], "{}", outcome.short());
    assert_eq!(outcome.at("/components/schemas/C"), json!({ "type": "string" }));
    let reference = &outcome.at(SCHEMA)["allOf"][0]["properties"]["b"];
    assert_eq!(reference, &json!({ "$ref": "#/components/schemas/B" }));
    assert!(outcome.short().contains("shared/list.yaml:3:"), "{}", outcome.short());
}

#[test]
fn objects_by_name_are_a_list() {
    for version in VERSIONS {
        let parameters = "parameters: {page: {in: query, schema: {type: strnig}}, limit: {name: max, in: query, schema: {type: integer}}, shared: {$ref: '#/components/parameters/S'}}";
        let components = "parameters: {S: {name: s, in: query, schema: {type: string}}}";
        let outcome = document(version, "", parameters, components);
        let list = outcome.at("/paths/~1a/get/parameters");
        let names: Vec<&Value> = list.as_array().unwrap().iter().map(|parameter| &parameter["name"]).collect();
        assert_eq!(names, [&json!("max"), &json!("page"), &Value::Null]);
        // A fault in one is found where it was written.
        assert!(outcome.short().contains("(/paths/~1a/get/parameters/page/schema/type)"), "{}", outcome.short());
        let outcome = document(version, "tags: {b: {description: all b}}", "tags: [b]", "");
        assert_one(&outcome, "CW0413", "/tags");
        assert_eq!(outcome.at("/tags"), json!([{ "description": "all b", "name": "b" }]));
    }
    assert_one(&document("3.0.3", "", "parameters: {}", ""), "CW0413", "/paths/~1a/get/parameters");
}

#[test]
fn a_scalar_is_a_list_of_one() {
    let outcome = schema("3.1.0", "{type: string, enum: only}");
    assert_one(&outcome, "CW0513", &format!("{SCHEMA}/enum"));
    assert_eq!(outcome.at(&format!("{SCHEMA}/enum")), json!(["only"]));
    assert_one(&schema("3.1.0", "{type: object, required: x}"), "CW0513", &format!("{SCHEMA}/required"));
}

#[test]
fn a_text_is_the_main_field_of_an_object() {
    let key = "securitySchemes: {key: {type: apiKey, in: header, name: K}}";
    for (top, operation, components, place, found) in [
        ("servers: 'https://a.example'", "tags: [b]", "", "/servers/0", json!({ "url": "https://a.example" })),
        ("servers: ['https://a.example']", "tags: [b]", "", "/servers/0", json!({ "url": "https://a.example" })),
        ("tags: [b]", "tags: [b]", "", "/tags/0", json!({ "name": "b" })),
        ("", "security: key", key, "/paths/~1a/get/security/0", json!({ "key": [] })),
        ("", "security: [key]", key, "/paths/~1a/get/security/0", json!({ "key": [] })),
        ("", "responses: {'200': ok}", "", "/paths/~1a/get/responses/200", json!({ "description": "ok" })),
        ("externalDocs: 'https://a.example'", "tags: [b]", "", "/externalDocs", json!({ "url": "https://a.example" })),
    ] {
        let outcome = document("3.0.3", top, operation, components);
        assert!(outcome.passes(), "{}", outcome.short());
        assert_eq!(outcome.codes(), ["CW0413"], "{}", outcome.short());
        assert_eq!(outcome.at(place), found);
    }
    let outcome = schema("3.1.0", "{oneOf: [{$ref: '#/components/schemas/X'}], discriminator: x}");
    assert_one(&outcome, "CW0413", &format!("{SCHEMA}/discriminator"));
}

#[test]
fn the_name_of_a_type_is_a_schema() {
    for (text, found) in [
        ("{type: array, items: string}", json!({ "type": "array", "items": { "type": "string" } })),
        ("{type: array, items: date}", json!({ "type": "array", "items": { "type": "string", "format": "date" } })),
        ("{type: object, additionalProperties: 'true'}", json!({ "type": "object", "additionalProperties": {} })),
        ("{type: date}", json!({ "type": "string", "format": "date" })),
        ("{type: Email}", json!({ "type": "string", "format": "email" })),
        ("{type: uuid, format: own}", json!({ "type": "string", "format": "own" })),
        ("{type: json}", json!({})),
        ("[]", json!({})),
    ] {
        for version in VERSIONS {
            let outcome = schema(version, text);
            assert!(outcome.passes() && outcome.codes().len() == 1, "{text}: {}", outcome.short());
            assert_eq!(outcome.at(SCHEMA), found, "{text}");
        }
    }
    assert!(!schema("3.1.0", "strnig").passes());
}

#[test]
fn null_costs_the_place_where_it_is() {
    let paths = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/x: null, /a: {get: {responses: {'200': {description: ok}}}}}\n";
    assert_one(&yaml(paths).run(), "CW0510", "/paths/~1x");
    for (operation, code, place, found) in [
        ("responses: {'200': null}", "CW0413", "/responses/200", json!({ "description": "" })),
        ("responses: null", "CW0510", "/responses", json!({})),
        ("parameters: [null]", "CW0510", "/parameters", json!([])),
        ("parameters: [{name: q, in: query, schema: null}]", "CW0510", "/parameters/0/schema", json!({})),
        (
            "responses: {'200': {description: ok, content: {text/plain: null}}}",
            "CW0413",
            "/responses/200/content/text~1plain",
            json!({}),
        ),
    ] {
        let outcome = document("3.0.3", "", operation, "");
        assert!(outcome.passes(), "{}", outcome.short());
        assert_eq!(outcome.codes(), [code], "{}", outcome.short());
        assert_eq!(outcome.at(&format!("/paths/~1a/get{place}")), found);
    }
}

/// `- key:` in YAML is a requirement of the scheme, and not one of nothing.
#[test]
fn a_requirement_with_nothing_behind_it_still_needs_its_scheme() {
    let outcome =
        document("3.0.3", "", "security: [{key: }]", "securitySchemes: {key: {type: apiKey, in: header, name: K}}");
    assert_one(&outcome, "CW0413", "/paths/~1a/get/security/0/key");
    assert_eq!(outcome.at("/paths/~1a/get/security"), json!([{ "key": [] }]));
}

/// PHP writes `[]` for an empty array, whatever it is an array of.
#[test]
fn an_empty_list_is_an_empty_object() {
    for (top, operation, components) in [
        ("", "responses: []", ""),
        ("", "responses: {'200': {description: ok, content: {text/plain: []}}}", ""),
        ("", "responses: {'200': {description: ok, content: []}}", ""),
        ("", "security: [[]]", ""),
        ("", "tags: [a]", "schemas: []"),
        ("", "tags: [a]", "responses: []"),
    ] {
        let outcome = document("3.0.3", top, operation, components);
        assert!(outcome.passes(), "{operation} {components}: {}", outcome.short());
        assert_eq!(outcome.codes(), ["CW0413"], "{}", outcome.short());
    }
    assert_one(&schema("3.0.3", "{type: object, properties: []}"), "CW0413", &format!("{SCHEMA}/properties"));
}

#[test]
fn what_no_object_needs_is_left_out_alone() {
    for text in
        ["{type: string, format: [uuid]}", "{type: string, pattern: {a: b}}", "{type: string, minLength: {a: 1}}"]
    {
        let outcome = schema("3.1.0", text);
        assert!(outcome.passes() && outcome.codes() == ["CW0514"], "{}", outcome.short());
        assert_eq!(outcome.at(SCHEMA), json!({ "type": "string" }));
    }
    let outcome = yaml("openapi: 3.1.0\ninfo: {title: {en: A}, version: '1'}\npaths: {}\n").run();
    assert_one(&outcome, "CW0514", "/info/title");
    let flow = |scopes: &str| {
        format!(
            "securitySchemes: {{o: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example/t', scopes: {scopes}}}}}}}}}"
        )
    };
    let scopes = |text: &str| {
        let outcome = document("3.0.3", "", "tags: [a]", &flow(text));
        assert!(outcome.passes() && outcome.codes().len() == 1, "{}", outcome.short());
        outcome.at("/components/securitySchemes/o/flows/clientCredentials/scopes")
    };
    assert_eq!(scopes("[read, write]"), json!({ "read": "", "write": "" }));
    assert_eq!(scopes("{read: {en: Read}}"), json!({ "read": "" }));
    assert_eq!(scopes("all"), json!({}));
    let scheme = "securitySchemes: {k: {type: apiKey, in: header, name: [K]}}";
    assert_one(&document("3.0.3", "", "tags: [a]", scheme), "CW0518", "/components/securitySchemes/k/name");
}

#[test]
fn what_is_left_out_is_not_missed_again() {
    for (top, components) in [
        ("externalDocs: {$ref: './gone.yaml'}", ""),
        ("tags: [{$ref: './gone.yaml'}]", ""),
        ("x-a: 1", "links: {a: {$ref: '#/components/links/Gone'}}"),
        ("x-a: 1", "links: {a: text}"),
        ("x-a: 1", "examples: {a: {$ref: '#/components/examples/Gone'}}"),
        ("x-a: 1", "headers: {a: {$ref: '#/components/headers/Gone'}}"),
        ("x-a: 1", "callbacks: {a: {$ref: '#/components/callbacks/Gone'}}"),
    ] {
        let outcome = document("3.1.0", top, "tags: [a]", components);
        assert!(outcome.passes(), "{}", outcome.short());
        assert_eq!(outcome.codes(), ["CW0518"], "{top} {components}: {}", outcome.short());
    }
}

#[test]
fn a_status_may_have_its_reason_and_a_location_any_case() {
    let outcome = document("3.0.3", "", "responses: {'200 OK': {description: ok}}", "");
    assert_one(&outcome, "CW0508", "/paths/~1a/get/responses/200 OK");
    let outcome = document("3.0.3", "", "parameters: [{name: q, in: Query, schema: {type: string}}]", "");
    assert_one(&outcome, "CW0413", "/paths/~1a/get/parameters/0/in");
    assert_eq!(outcome.at("/paths/~1a/get/parameters/0/in"), "query");
}

#[test]
fn the_default_of_a_server_variable_is_one_of_its_values() {
    for (version, code) in [("3.0.3", "CW0422"), ("3.1.0", "CW0413")] {
        let servers = "servers: [{url: 'https://{r}.a.example', variables: {r: {default: xx, enum: [eu, us]}}}]";
        let outcome = document(version, servers, "tags: [a]", "");
        assert_one(&outcome, code, "/servers/0/variables/r/default");
    }
}

#[test]
fn references_with_spaces_or_a_percent_sign_lead_where_they_mean() {
    for (reference, name) in [(" #/components/schemas/A ", "A"), ("#/components/schemas/a%20b", "'a%20b'")] {
        let operation = format!(
            "responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}"
        );
        let outcome = document("3.0.3", "", &operation, &format!("schemas: {{{name}: {{type: object}}}}"));
        assert!(outcome.passes(), "{}", outcome.short());
        assert_eq!(outcome.codes().first(), Some(&"CW0413"), "{}", outcome.short());
    }
}

#[test]
fn a_version_that_is_none_is_told_what_was_meant() {
    for (text, help) in [
        ("openapi: v3.0.0", "write openapi: 3.0.0"),
        ("openapi: '2.0'", "a document of 2.0 says swagger: '2.0'"),
        ("swagger: '3.0.0'", "write openapi: 3.0.0"),
    ] {
        let outcome = yaml(format!("{text}\ninfo: {{title: A, version: '1'}}\npaths: {{}}\n")).run();
        assert_eq!(outcome.codes(), ["CW0202"], "{text}");
        assert!(outcome.text(clientwright::render::Format::Human).contains(&format!("help: {help}")), "{text}");
    }
    assert!(yaml("openapi: {a: b}\n").run().short().contains("a version is text, and this is an object"));
}

#[test]
fn a_default_of_another_type_is_told() {
    let outcome = schema("3.1.0", "{type: integer, default: abc}");
    assert_one(&outcome, "CW0422", &format!("{SCHEMA}/default"));
    for text in ["{type: integer, default: 1.0}", "{type: string, default: null}", "{default: 5}"] {
        assert!(schema("3.1.0", text).codes().is_empty(), "{text}");
    }
}
