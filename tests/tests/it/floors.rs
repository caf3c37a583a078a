//! Documents that ask for more stack or time than there is: each comes to a crate or to findings.

use std::sync::Arc;

use clientwright::render::Format;
use clientwright::{Generated, NoFiles, Options, Source, analyse, generate};
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
fn no_more_ways_through_nested_unions_are_tried_than_anyone_can() {
    let (levels, width) = (80, 6);
    let union = |level: usize| {
        let next: Vec<Value> = (1..=width)
            .map(|step| json!({ "$ref": format!("#/components/schemas/U{}", (level + step).min(levels)) }))
            .collect();
        json!({ "oneOf": next })
    };
    let mut schemas: Map<String, Value> = (0..levels).map(|level| (format!("U{level}"), union(level))).collect();
    schemas.insert(format!("U{levels}"), json!({ "type": "object", "properties": { "a": { "type": "integer" } } }));
    schemas.insert(
        "Subject".to_owned(),
        json!({ "$ref": "#/components/schemas/U0", "example": { "a": "of another type" }, "default": { "b": 1 } }),
    );
    let (crate_, _) = generated(Value::Object(schemas));
    assert!(file(&crate_, "src/types.rs").contains("pub enum U0"));
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
    const MANY: usize = 3_000;
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

/// The key of a variable in the names file repeats the server's.
#[test]
fn variables_of_a_server_cost_what_they_add() {
    const MANY: usize = 1_000;
    let url: String = (0..MANY).map(|index| format!("/{{v{index}}}")).collect();
    let variables: Map<String, Value> =
        (0..MANY).map(|index| (format!("v{index}"), json!({ "default": "a", "enum": ["a", "b"] }))).collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {},
        "servers": [{ "url": format!("https://a.test{url}"), "variables": variables }],
    });
    let source = Source { name: "many.json".to_owned(), bytes: document.to_string().into_bytes() };
    let first = generate(&source, &[], &NoFiles, &Options::new("subject")).product.expect("it is valid");
    let names = Source { name: "names.yaml".to_owned(), bytes: first.names_text().into_bytes() };
    assert!(names.bytes.len() < 10 * source.bytes.len(), "{}", names.bytes.len());
    let options = Options { names: Some(names), ..Options::new("subject") };
    let again = generate(&source, &[], &NoFiles, &options).product.expect("it is valid");
    let urls = |crate_: &Generated| file(crate_, "src/server_urls.rs").to_owned();
    assert_eq!(urls(&first).matches("text_enum!").count(), MANY);
    assert_eq!(urls(&first), urls(&again));
}

#[test]
fn operations_share_the_requirements_that_they_do_not_state() {
    const MANY: usize = 500;
    let names: Vec<String> = (0..MANY).map(|index| format!("key{index}")).collect();
    let scheme = json!({ "type": "apiKey", "in": "header", "name": "x-key" });
    let paths: Map<String, Value> = (0..MANY)
        .map(|index| (format!("/p{index}"), json!({ "get": { "responses": { "204": { "description": "d" } } } })))
        .collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths,
        "security": names.iter().map(|name| json!({ name: [] })).collect::<Vec<_>>(),
        "components": { "securitySchemes": names.iter().map(|name| (name.clone(), scheme.clone())).collect::<Map<_, _>>() },
    });
    let source = Source { name: "many.json".to_owned(), bytes: document.to_string().into_bytes() };
    let analysis = analyse(&source, &[], &NoFiles, &Options::new("subject")).product.expect("it is valid");
    let [first, others @ ..] = analysis.api.operations.as_slice() else { panic!("there are operations") };
    assert!(first.security.len() == MANY && others.len() == MANY - 1);
    assert!(others.iter().all(|other| Arc::ptr_eq(&first.security, &other.security)));
    let groups = analysis.plan.groups.iter().chain(&analysis.plan.ungrouped);
    let said = groups.flat_map(|group| &group.operations).map(|operation| operation.needs.as_str());
    said.for_each(|needs| assert!(needs.len() < 2_500 && needs.ends_with(" others"), "{needs}"));
}

/// Each operation has headers and parts of its own, also of a response or a body that all refer to.
#[test]
fn what_many_operations_refer_to_is_not_copied_without_end() {
    const MANY: usize = 620;
    let text = json!({ "type": "string" });
    let named = |value: &Value| (0..MANY).map(|index| (format!("X-{index}"), value.clone())).collect::<Map<_, _>>();
    let parts = json!({ "multipart/form-data": { "schema": { "type": "object", "properties": named(&text) } } });
    let components = json!({
        "responses": { "Many": { "description": "d", "headers": named(&json!({ "schema": text })) } },
        "requestBodies": { "Many": { "content": parts } },
    });
    let done = json!({ "204": { "description": "d" } });
    for operation in [
        json!({ "responses": { "204": { "$ref": "#/components/responses/Many" } } }),
        json!({ "requestBody": { "$ref": "#/components/requestBodies/Many" }, "responses": done }),
    ] {
        let paths: Map<String, Value> =
            (0..MANY).map(|index| (format!("/p{index}"), json!({ "post": operation }))).collect();
        let document = json!({
            "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths, "components": components,
        });
        let source = Source { name: "many.json".to_owned(), bytes: document.to_string().into_bytes() };
        let report = generate(&source, &[], &NoFiles, &Options::new("subject"));
        let findings = report.render(&[&source], Format::Short, false);
        assert!(report.product.is_none(), "a crate");
        assert_eq!(findings.matches("CW0105").count(), 1, "{findings}");
        assert!(findings.contains("parameters, headers and parts together"), "{findings}");
    }
}

#[test]
fn encodings_of_parts_are_found_by_their_names() {
    const MANY: usize = 1_000;
    let names = || (0..MANY).map(|index| format!("part{index}"));
    let members: Map<String, Value> = names().map(|name| (name, json!({ "type": "string" }))).collect();
    let encoding: Map<String, Value> = names().map(|name| (name, json!({ "contentType": "text/plain" }))).collect();
    let media = json!({ "schema": { "type": "object", "properties": members }, "encoding": encoding });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": {
            "requestBody": { "content": { "multipart/form-data": media } }, "responses": { "204": { "description": "d" } },
        } } },
    });
    let source = Source { name: "many.json".to_owned(), bytes: document.to_string().into_bytes() };
    let generated = generate(&source, &[], &NoFiles, &Options::new("subject")).product.expect("it is valid");
    let sent =
        generated.files.iter().find(|file| file.contents.contains("for Multipart")).expect("the parts are a type");
    assert_eq!(sent.contents.matches("text/plain").count(), MANY);
}
