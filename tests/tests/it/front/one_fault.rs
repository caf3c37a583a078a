//! One fault has one finding, at the place where it is written, and what is no fault has none.

use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::front::{Outcome, yaml};
use serde_json::json;

const TOP: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n";
const SWAGGER: &str = "swagger: '2.0'\ninfo: {title: A, version: '1'}\nhost: a.test\n";

fn run(top: &str, rest: &str) -> Outcome {
    yaml(format!("{top}{rest}\n")).run()
}

#[test]
fn a_missing_schema_is_one_error_with_all_its_places() {
    let gone = "{$ref: '#/components/schemas/Gone'}";
    let schema = format!("{{type: object, properties: {{a: {gone}, b: {gone}, c: {gone}}}}}");
    let outcome = run(
        TOP,
        &format!(
            "paths: {{/a: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}"
        ),
    );
    assert_eq!(outcome.codes(), ["CW0301"]);
    assert_eq!(outcome.short().matches("here too").count(), 2, "{}", outcome.short());
}

#[test]
fn requirements_of_a_scheme_that_is_left_out_go_with_it() {
    let rest = "securityDefinitions: {a: {type: apiKey, in: header, name: 'X-Key: the key'}}\nsecurity: [{a: []}]\npaths: {/a: {get: {security: [{a: []}], responses: {'200': {description: ok}}}}}";
    let outcome = run(SWAGGER, rest);
    assert_eq!(outcome.codes(), ["CW0518"], "{}", outcome.short());
    assert_eq!(outcome.at("/security"), json!([]));
}

#[test]
fn a_flow_without_its_url_is_left_out_and_its_scopes_are_no_further_fault() {
    for url in ["", ", tokenUrl: ''"] {
        let flow = format!("{{authorizationCode: {{authorizationUrl: 'https://a.test/a', scopes: {{read: R}}{url}}}}}");
        let rest = format!(
            "components: {{securitySchemes: {{o: {{type: oauth2, flows: {flow}}}}}}}\nsecurity: [{{o: [read]}}]\npaths: {{}}"
        );
        let outcome = run(TOP, &rest);
        assert_eq!(outcome.codes(), ["CW0518"], "{}", outcome.short());
        assert_eq!(outcome.at("/components/securitySchemes/o/flows"), json!({}));
    }
}

#[test]
fn a_list_of_types_with_null_is_one_finding() {
    let outcome = run(TOP, "paths: {}\ncomponents: {schemas: {A: {type: [string, 'null']}}}");
    assert_eq!(outcome.codes(), ["CW0414"]);
    let outcome = run(SWAGGER, "paths: {}\ndefinitions: {A: {type: 'null'}}");
    assert!(outcome.short().contains("in 2.0 it is `x-nullable: true`"), "{}", outcome.short());
}

#[test]
fn a_file_may_say_that_it_is_a_json_schema() {
    let rest = "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: pet.json}}}}}}}}";
    let pet =
        r#"{"$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://a.test/pet.json", "type": "string"}"#;
    let outcome = yaml(format!("{TOP}{rest}\n")).file("pet.json", pet).run();
    assert!(outcome.codes().is_empty(), "{}", outcome.short());
}

#[test]
fn a_document_without_a_version_of_its_api_can_be_used() {
    for top in ["openapi: 3.0.3", "openapi: 3.2.0", "swagger: '2.0'"] {
        let outcome = run(&format!("{top}\ninfo: {{title: A}}\n"), "paths: {}");
        assert!(outcome.passes() && outcome.codes() == ["CW0505"], "{}", outcome.short());
    }
}

#[test]
fn what_is_no_media_type_is_left_out_beside_one() {
    let outcome = run(
        SWAGGER,
        "paths: {/a: {get: {produces: ['Header:', application/json], responses: {'200': {description: ok, schema: {type: string}}}}}}",
    );
    assert!(outcome.short().contains("(/paths/~1a/get/produces/0)"), "{}", outcome.short());
    let content = outcome.at("/paths/~1a/get/responses/200/content");
    assert_eq!(content, json!({ "application/json": { "schema": { "type": "string" } } }));
    let content = "{content: {examples: {schema: {}}, application/json: {schema: {type: string}}}}";
    let rest =
        format!("paths: {{/a: {{post: {{requestBody: {content}, responses: {{'200': {{description: ok}}}}}}}}}}");
    let outcome = run(TOP, &rest);
    assert_eq!(outcome.codes(), ["CW0413"]);
    assert_eq!(outcome.at("/paths/~1a/post/requestBody/content").as_object().unwrap().len(), 1);
}

#[test]
fn text_beside_a_reference_is_no_loss_where_the_version_ignores_it() {
    let rest = |beside: &str| {
        format!(
            "paths: {{/a: {{get: {{responses: {{'404': {{$ref: '#/components/responses/R', {beside}}}}}}}}}}}\ncomponents: {{responses: {{R: {{description: r}}}}}}"
        )
    };
    assert!(run(TOP, &rest("description: none, examples: {a: {}}")).codes().is_empty());
    assert_eq!(run(TOP, &rest("headers: {}")).codes(), ["CW0308"]);
    assert_eq!(run(&TOP.replace("3.0.3", "3.1.0"), &rest("description: none")).codes(), ["CW0308"]);
}

#[test]
fn a_server_without_a_host_is_found_where_it_is_written() {
    let outcome = run("swagger: '2.0'\ninfo: {title: A, version: '1'}\nbasePath: /v1\n", "paths: {}");
    assert!(outcome.short().contains("CW0424") && outcome.short().contains("(/basePath)"), "{}", outcome.short());
}

#[test]
fn a_server_without_a_host_is_named_by_an_overlay_of_its_place() {
    let rest = "servers: [{url: 'https://a.test'}, {url: /v2}]\npaths: {/a: {get: {servers: [{url: /b}], responses: {'200': {description: ok}}}}}";
    let outcome = run(TOP, rest);
    assert_eq!(outcome.codes(), ["CW0424", "CW0424"], "{}", outcome.short());
    let text = outcome.text(clientwright::render::Format::Human);
    assert!(text.contains("{target: '$.servers[1]', update") && !text.contains("$.servers[0]'"), "{text}");
    assert!(text.contains("with this server as its target"), "{text}");
}

#[test]
fn a_list_may_be_in_a_file_of_its_own() {
    let outcome = yaml(format!(
        "{TOP}paths: {{/a: {{get: {{parameters: {{$ref: 'shared.yaml#/list'}}, responses: {{'200': {{description: ok}}}}}}}}}}\n"
    ))
    .file("shared.yaml", "list: [{$ref: '#/limit'}]\nlimit: {name: limit, in: query, schema: {type: string}}\n")
    .run();
    assert!(outcome.passes() && outcome.codes() == ["CW0413"], "{}", outcome.short());
    assert_eq!(outcome.at("/paths/~1a/get/parameters").as_array().map(Vec::len), Some(1));
}

#[test]
fn a_bound_that_the_docs_show_is_no_loss() {
    let list = "{type: array, uniqueItems: true, minItems: 1, items: {type: string}}";
    let outcome = run(TOP, &format!("paths: {{}}\ncomponents: {{schemas: {{A: {list}}}}}"));
    assert!(outcome.codes().is_empty(), "{}", outcome.short());
}

/// With an empty object or `null`, authors say that there is no body.
#[test]
fn a_body_of_204_is_a_finding_if_it_describes_something() {
    let codes = |schema: &str| {
        let document = format!(
            "{TOP}paths: {{/a: {{delete: {{responses: {{'204': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\n"
        );
        let source = Source { name: "a.yaml".to_owned(), bytes: document.into_bytes() };
        let report = generate(&source, &[], &NoFiles, &Options::new("subject"));
        report.diagnostics.iter().map(|found| found.rule.code()).collect::<Vec<_>>()
    };
    for schema in
        ["{}", "{type: object}", "{type: object, properties: {}}", "{type: object, nullable: true, enum: [null]}"]
    {
        assert_eq!(codes(schema), [""; 0], "{schema}");
    }
    for schema in ["{type: string}", "{type: object, properties: {done: {type: boolean}}}"] {
        assert_eq!(codes(schema), ["CW0518"], "{schema}");
    }
}
