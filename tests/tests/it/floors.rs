//! Documents that ask for more stack or time than there is: each comes to a crate or to findings.

use clientwright::render::Format;
use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::file;
use serde_json::{Map, Value, json};

/// Generates with all that a crate can have, and returns the crate and the findings.
fn generated(schemas: Value) -> (Generated, String) {
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Subject" } } });
    let operation = json!({ "requestBody": { "content": content }, "responses": { "200": { "description": "d", "content": content } } });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": operation } }, "components": { "schemas": schemas },
    });
    let source = Source { name: "api.json".to_owned(), bytes: document.to_string().into_bytes() };
    let options = Options { validation: true, wire_tests: true, mock: true, ..Options::new("floors") };
    let report = generate(&source, &[], &NoFiles, &options);
    let findings = report.render(&[&source], Format::Short, false);
    (report.product.unwrap_or_else(|| panic!("{findings}")), findings)
}

fn with_pattern(pattern: &str) -> (Generated, String) {
    generated(
        json!({ "Subject": { "type": "object", "properties": { "a": { "type": "string", "pattern": pattern } } } }),
    )
}

#[test]
fn a_pattern_that_takes_all_of_the_stack_is_reported() {
    for pattern in
        ["|".repeat(70_000), "(".repeat(2_000) + &")".repeat(2_000), "(?=".repeat(1_000) + &")".repeat(1_000)]
    {
        let (_, findings) = with_pattern(&pattern);
        assert!(findings.contains("its pattern is too large to be compiled"), "{findings}");
    }
}

#[test]
fn counts_that_multiply_make_no_sample() {
    let (crate_, _) = with_pattern("^((((([ab]{0,3}){256}){256}){256}){256}){256}$");
    assert!(crate_.files.iter().all(|file| file.contents.len() < 1 << 20));
}

#[test]
fn a_chain_of_aliases_is_followed_without_a_stack() {
    const LENGTH: usize = 2_000;
    let link =
        |index: usize| (format!("Link{index}"), json!({ "$ref": format!("#/components/schemas/Link{}", index + 1) }));
    let mut schemas: Map<String, Value> = (0..LENGTH).map(link).collect();
    schemas.insert(format!("Link{LENGTH}"), json!({ "type": ["string", "null"], "maxLength": 3 }));
    schemas.insert(
        "Subject".to_owned(),
        json!({ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/components/schemas/Link0" } } }),
    );
    let (crate_, _) = generated(Value::Object(schemas));
    let types = file(&crate_, "src/types.rs");
    assert!(types.contains("pub a: Option<Link0>") || types.contains("pub a: Link0"), "{}", &types[..2_000]);
    assert!(file(&crate_, "src/validate.rs").contains("\"a\" 0 maxLength \"3\""));
}

#[test]
fn unions_that_share_all_of_the_next_level_are_walked_once() {
    let (levels, width) = (8, 12);
    let mut schemas = Map::new();
    for level in 0..levels {
        for index in 0..width {
            let next: Vec<Value> = (0..width)
                .map(|next| json!({ "$ref": format!("#/components/schemas/U{}x{next}", level + 1) }))
                .collect();
            schemas.insert(format!("U{level}x{index}"), json!({ "oneOf": next }));
        }
    }
    for index in 0..width {
        schemas.insert(
            format!("U{levels}x{index}"),
            json!({ "type": "object", "properties": { "kind": { "const": format!("k{index}") } }, "required": ["kind"] }),
        );
    }
    schemas.insert(
        "Subject".to_owned(),
        json!({ "oneOf": [{ "$ref": "#/components/schemas/U0x0" }, { "$ref": "#/components/schemas/U0x1" }] }),
    );
    let (crate_, _) = generated(Value::Object(schemas));
    assert!(file(&crate_, "src/types.rs").contains("pub enum Subject"));
}

#[test]
fn errors_of_the_client_hide_what_the_document_calls_a_password() {
    let (crate_, _) = generated(json!({
        "Subject": { "type": "object", "properties": { "pin": { "$ref": "#/components/schemas/Pin" }, "name": { "type": "string" } } },
        "Pin": { "type": "string", "format": "password" },
    }));
    assert!(file(&crate_, "src/client.rs").contains("ClientBuilder::new(&API).hiding(&[\"pin\"])"));
}

/// A chain of calls is printed by recursion.
#[test]
fn many_parts_and_credentials_are_no_long_chains() {
    const MANY: usize = 6_000;
    let named = |name: &str, value: Value| -> Map<String, Value> {
        (0..MANY).map(|index| (format!("{name}{index}"), value.clone())).collect()
    };
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": {
            "security": [named("key", json!([]))],
            "requestBody": { "content": { "multipart/form-data": { "schema": {
                "type": "object", "properties": named("part", json!({ "type": "string" })),
            } } } },
            "responses": { "204": { "description": "done" } },
        } } },
        "components": { "securitySchemes": named("key", json!({ "type": "apiKey", "in": "header", "name": "x-key" })) },
    });
    let source = Source { name: "many.json".to_owned(), bytes: document.to_string().into_bytes() };
    // As little stack as a thread of a build script may have.
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    let thread = thread.spawn(move || generate(&source, &[], &NoFiles, &Options::new("subject")));
    let report = thread.expect("there are threads").join().expect("it ends");
    let files = report.product.expect("it is valid").files;
    let sent = files.iter().find(|file| file.contents.contains("for Multipart")).expect("the parts are a type");
    assert_eq!(sent.contents.matches(".field(\"part").count(), MANY);
}
