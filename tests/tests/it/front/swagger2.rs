//! Swagger 2.0 as OpenAPI 3.0.

use clientwright_tests::front::{Case, yaml};
use serde_json::{Value, json};

/// A document of 2.0 that goes on like this.
fn swagger(rest: &str) -> Case {
    yaml(format!("swagger: '2.0'\ninfo: {{title: A, version: '1'}}\n{rest}\n"))
}

/// The normal form's value at a pointer, of a document that is without fault.
fn at(rest: &str, pointer: &str) -> Value {
    let outcome = swagger(rest).run();
    assert!(outcome.passes() && outcome.codes().is_empty(), "{rest}\n{}", outcome.short());
    outcome.at(pointer)
}

/// An operation at `/a`, by its members.
fn operation(members: &str) -> String {
    format!("paths: {{/a: {{post: {{responses: {{'204': {{description: ok}}}}, {members}}}}}}}")
}

#[test]
fn addresses_are_servers() {
    let servers = |rest: &str| at(&format!("{rest}\npaths: {{}}"), "/servers");
    assert_eq!(
        servers("host: a.test\nbasePath: /v1/\nschemes: [http, https]"),
        json!([{ "url": "https://a.test/v1" }, { "url": "http://a.test/v1" }])
    );
    assert_eq!(servers("host: a.test:8080"), json!([{ "url": "https://a.test:8080" }]));
    // Without a host, the caller has to say one.
    let relative = swagger("basePath: /v1\npaths: {}").run();
    assert_eq!((relative.at("/servers"), relative.codes()), (json!([{ "url": "/v1" }]), vec!["CW0424"]));
    let azure = "x-ms-parameterized-host: {hostTemplate: '{account}.a.test', parameters: [{name: account, in: path, type: string, required: true, default: main}]}";
    assert_eq!(
        servers(azure),
        json!([{ "url": "https://{account}.a.test", "variables": { "account": { "default": "main" } } }])
    );
}

#[test]
fn a_body_is_in_each_of_the_media_types() {
    let body =
        "parameters: [{name: pet, in: body, required: true, description: A pet, schema: {$ref: '#/definitions/Pet'}}]";
    let rest = format!(
        "consumes: [application/json, application/xml]\ndefinitions: {{Pet: {{type: object}}}}\n{}",
        operation(body)
    );
    let schema = json!({ "schema": { "$ref": "#/components/schemas/Pet" } });
    let expected = json!({
        "description": "A pet", "required": true, "content": { "application/json": schema, "application/xml": schema },
    });
    assert_eq!(at(&rest, "/paths/~1a/post/requestBody"), expected);
    let own = operation(
        "consumes: [application/merge-patch+json], parameters: [{name: b, in: body, schema: {type: object}}]",
    );
    let expected = json!({ "content": { "application/merge-patch+json": { "schema": { "type": "object" } } } });
    assert_eq!(at(&own, "/paths/~1a/post/requestBody"), expected);
}

#[test]
fn fields_of_a_form_are_the_properties_of_a_body() {
    let fields = "parameters: [{name: a, in: formData, type: string, required: true}, {name: b, in: formData, type: array, items: {type: string}}]";
    let body = at(&operation(fields), "/paths/~1a/post/requestBody");
    let media = &body["content"]["application/x-www-form-urlencoded"];
    assert_eq!(body["required"], true);
    assert_eq!(media["schema"]["required"], json!(["a"]));
    assert_eq!(media["schema"]["properties"]["b"], json!({ "type": "array", "items": { "type": "string" } }));
    assert_eq!(media["encoding"]["b"]["style"], "form");
    assert_eq!(media["encoding"]["b"]["explode"], false);
    let file = "parameters: [{name: f, in: formData, type: file, description: It}]";
    let body = at(&operation(file), "/paths/~1a/post/requestBody/content");
    let expected = json!({ "type": "string", "format": "binary", "description": "It" });
    assert_eq!(body["multipart/form-data"]["schema"]["properties"]["f"], expected);
}

#[test]
fn a_list_in_a_part_of_a_multipart_body_has_the_separator_of_its_field() {
    let encoding = |items: &str| {
        let fields = format!("parameters: [{{name: b, in: formData, type: array, items: {items}}}]");
        let body = at(
            &operation(&format!("consumes: [multipart/form-data], {fields}")),
            "/paths/~1a/post/requestBody/content/multipart~1form-data",
        );
        let is_list = body["schema"]["properties"]["b"]["type"] == "array";
        (is_list, body["encoding"]["b"]["style"].clone(), body["encoding"]["b"]["explode"].clone())
    };
    assert_eq!(encoding("{type: string}"), (true, json!("form"), json!(false)));
    assert_eq!(encoding("{type: string}, collectionFormat: pipes"), (true, json!("pipeDelimited"), json!(false)));
    assert_eq!(encoding("{type: string}, collectionFormat: multi"), (true, Value::Null, Value::Null));
    assert_eq!(encoding("{type: file}"), (true, Value::Null, Value::Null));
}

#[test]
fn parameters_say_their_values_in_a_schema() {
    let list = |format: &str| {
        let parameter = format!(
            "parameters: [{{name: q, in: query, type: array, items: {{type: integer, format: int32}}{format}}}]"
        );
        let parameter = at(&operation(&parameter), "/paths/~1a/post/parameters/0");
        (parameter["style"].clone(), parameter["explode"].clone())
    };
    assert_eq!(list(""), (json!("form"), json!(false)));
    assert_eq!(list(", collectionFormat: csv"), (json!("form"), json!(false)));
    assert_eq!(list(", collectionFormat: multi"), (json!("form"), json!(true)));
    assert_eq!(list(", collectionFormat: ssv"), (json!("spaceDelimited"), json!(false)));
    assert_eq!(list(", collectionFormat: pipes"), (json!("pipeDelimited"), json!(false)));
    let parameter = "parameters: [{name: q, in: query, type: string, enum: [a, b], default: a, x-nullable: true}]";
    let expected = json!({ "name": "q", "in": "query", "schema": { "type": "string", "enum": ["a", "b"], "default": "a", "nullable": true } });
    assert_eq!(at(&operation(parameter), "/paths/~1a/post/parameters/0"), expected);
}

#[test]
fn a_separator_that_has_no_style_makes_a_parameter_text() {
    let outcome = swagger(&operation(
        "parameters: [{name: q, in: query, type: array, items: {type: string}, collectionFormat: tsv}]",
    ))
    .run();
    assert_eq!(outcome.codes(), ["CW0605"], "{}", outcome.short());
    assert_eq!(outcome.at("/paths/~1a/post/parameters/0/schema"), json!({ "type": "string" }));
    assert!(outcome.short().contains("/paths/~1a/post/parameters/0/collectionFormat"), "{}", outcome.short());
}

#[test]
fn a_list_of_lists_makes_a_parameter_text() {
    let outcome = swagger(&operation(
        "parameters: [{name: q, in: query, type: array, collectionFormat: csv, items: {type: array, collectionFormat: pipes, items: {type: integer}}}]",
    ))
    .run();
    assert_eq!(outcome.codes(), ["CW0605"], "{}", outcome.short());
    assert_eq!(outcome.at("/paths/~1a/post/parameters/0/schema"), json!({ "type": "string" }));
}

#[test]
fn shared_parameters_are_used_as_what_they_are() {
    let rest = "paths:\n  /a:\n    parameters: [{$ref: '#/parameters/body'}, {$ref: '#/parameters/limit'}]\n    post: {responses: {'204': {description: ok}}}\n    put: {parameters: [{name: own, in: body, schema: {type: array, items: {}}}], responses: {'204': {description: ok}}}\nparameters:\n  body: {name: b, in: body, schema: {type: object}}\n  limit: {name: limit, in: query, type: integer}\n";
    let item = at(rest, "/paths/~1a");
    assert_eq!(item["parameters"], json!([{ "$ref": "#/components/parameters/limit" }]));
    assert_eq!(item["post"]["requestBody"]["content"]["application/json"]["schema"]["type"], "object");
    assert_eq!(item["put"]["requestBody"]["content"]["application/json"]["schema"]["type"], "array");
    assert_eq!(at(rest, "/components/parameters/limit/schema"), json!({ "type": "integer" }));
}

#[test]
fn responses_have_the_media_types_of_their_operation() {
    let rest = "produces: [application/json]\nresponses: {Failed: {description: It failed, schema: {$ref: '#/definitions/E'}}}\ndefinitions: {E: {type: object}}\npaths:\n  /a: {get: {responses: {'200': {description: ok, schema: {type: array, items: {$ref: '#/definitions/E'}}, examples: {application/json: []}, headers: {X-Rate: {type: integer, description: Left}}}, default: {$ref: '#/responses/Failed'}}}}\n  /b: {get: {produces: [application/octet-stream], responses: {'200': {description: ok, schema: {type: file}}, default: {$ref: '#/responses/Failed'}}}}\n";
    let responses = at(rest, "/paths/~1a/get/responses");
    assert_eq!(responses["default"], json!({ "$ref": "#/components/responses/Failed" }));
    assert_eq!(responses["200"]["content"]["application/json"]["example"], json!([]));
    assert_eq!(
        responses["200"]["headers"]["X-Rate"],
        json!({ "description": "Left", "schema": { "type": "integer" } })
    );
    let responses = at(rest, "/paths/~1b/get/responses");
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    assert_eq!(responses["200"]["content"], json!({ "application/octet-stream": bytes }));
    assert!(responses["default"]["content"]["application/json"].is_object(), "{responses}");
}

#[test]
fn security_definitions_are_schemes_with_flows() {
    let rest = "paths: {}\nsecurityDefinitions:\n  basic: {type: basic}\n  key: {type: apiKey, name: X-Key, in: header}\n  machine: {type: oauth2, flow: application, tokenUrl: 'https://a.test/t', scopes: {read: Read}}\n  login: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t', scopes: {}}\n";
    let schemes = at(rest, "/components/securitySchemes");
    assert_eq!(schemes["basic"], json!({ "type": "http", "scheme": "basic" }));
    assert_eq!(
        schemes["machine"]["flows"],
        json!({ "clientCredentials": { "tokenUrl": "https://a.test/t", "scopes": { "read": "Read" } } })
    );
    assert_eq!(schemes["login"]["flows"]["authorizationCode"]["authorizationUrl"], "https://a.test/a");
}

#[test]
fn definitions_are_schemas() {
    let rest = "paths: {}\ndefinitions:\n  Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, photo: {type: file}, age: {type: integer, x-nullable: true}}}\n  Cat: {allOf: [{$ref: '#/definitions/Pet'}], x-ms-discriminator-value: cat}\n";
    let schemas = at(rest, "/components/schemas");
    let mapping = json!({ "propertyName": "kind", "mapping": { "cat": "#/components/schemas/Cat" } });
    assert_eq!(schemas["Pet"]["discriminator"], mapping);
    assert_eq!(schemas["Pet"]["properties"]["age"], json!({ "type": "integer", "nullable": true }));
    assert_eq!(schemas["Pet"]["properties"]["photo"], json!({ "type": "string", "format": "binary" }));
}

#[test]
fn paths_that_a_query_tells_apart_are_paths_of_their_own() {
    let rest = "paths: {/a: {get: {responses: {'204': {description: ok}}}}}\nx-ms-paths: {'/a?comp=list': {get: {parameters: [{name: comp, in: query, type: string, enum: [list], required: true}], responses: {'204': {description: ok}}}}}\n";
    let outcome = swagger(rest).run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert!(outcome.at("/paths/~1a#comp=list/get").is_object(), "{}", outcome.short());
}

#[test]
fn files_of_2_0_are_referred_to_as_tools_do() {
    let rest =
        "paths: {$ref: paths.yaml}\ndefinitions: {Own: {type: object, properties: {p: {$ref: 'models/pet.yaml'}}}}\n";
    let case = swagger(rest)
        .file("paths.yaml", "/a: {$ref: paths/a.yaml}\n")
        .file("paths/a.yaml", "get: {parameters: [{$ref: '../shared.yaml#/parameters/Limit'}, {$ref: '../shared.yaml#/parameters/Body'}], responses: {'200': {description: ok, schema: {$ref: ../models/pet.yaml}}}}\n")
        .file("shared.yaml", "parameters:\n  Limit: {name: limit, in: query, type: integer}\n  Body: {name: b, in: body, schema: {$ref: models/pet.yaml}}\n")
        .file("models/pet.yaml", "type: object\nproperties: {age: {type: integer, x-nullable: true}}\n");
    let outcome = case.run();
    assert!(outcome.passes(), "{}", outcome.short());
    let get = outcome.at("/paths/~1a/get");
    assert!(get["requestBody"]["content"]["application/json"]["schema"]["$ref"].is_string(), "{get}");
    assert!(
        get["parameters"][0]["$ref"].as_str().is_some_and(|text| text.starts_with("#/components/parameters/")),
        "{get}"
    );
}

#[test]
fn findings_are_at_the_places_of_the_author() {
    let outcome = swagger(
        "paths:\n  /a:\n    get:\n      parameters:\n        - {name: b, in: body, schema: {type: strnig}}\n        - {name: q, in: query, type: strnig}\n      responses:\n        '200':\n          description: ok\n          schema: {type: strnig}\ndefinitions:\n  A: {properties: {b: {type: strnig}}}\n",
    )
    .run();
    let short = outcome.short();
    for place in [
        "(/paths/~1a/get/parameters/0/schema/type)",
        "api.yaml:7:46: error[CW0411]",
        "(/paths/~1a/get/parameters/1/type)",
        "(/paths/~1a/get/responses/200/schema/type)",
        "(/definitions/A/properties/b/type)",
    ] {
        assert!(short.contains(place), "{place}\n{short}");
    }
}

#[test]
fn names_of_definitions_are_free() {
    let rest =
        "paths: {}\ndefinitions: {'global:id': {type: integer}, 'List<Pet>': {type: array, items: {type: string}}}";
    assert!(at(rest, "/components/schemas/global:id").is_object());
}
