//! Schemas may lead to one another in chains of any length: no stage takes a stack that grows with them, or says that it would. Tests
//! run on threads with two megabytes of it.

use clientwright::compare::compare;
use clientwright::diagnostics::Rule;
use clientwright::{NoFiles, Options, Report, Source, analyse, generate};
use serde_json::{Map, Value, json};

const LENGTH: usize = 300;

/// A document whose answer is the first schema of a chain; `link` says how each leads to the next.
fn chain(link: impl Fn(Value) -> Value) -> Source {
    let schemas: Map<String, Value> = (0..=LENGTH)
        .map(|at| {
            let next = json!({ "$ref": format!("#/components/schemas/S{}", at + 1) });
            let end = json!({ "type": "object", "properties": { "end": { "type": "boolean" } } });
            (format!("S{at}"), if at == LENGTH { end } else { link(next) })
        })
        .collect();
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Chain", "version": "1" },
        "paths": { "/chain": { "get": { "responses": { "200": { "description": "All of it", "content": content } } } } },
        "components": { "schemas": schemas },
    });
    Source { name: "chain.json".to_owned(), bytes: document.to_string().into_bytes() }
}

fn options() -> Options {
    Options { wire_tests: true, validation: true, mock: true, ..Options::new("chain") }
}

fn shown<T>(report: &Report<T>, source: &Source) -> String {
    report.render(&[source], clientwright::render::Format::Short, false)
}

#[test]
fn every_stage_follows_a_long_chain() {
    let member = |next| json!({ "type": "object", "required": ["next"], "properties": { "next": next } });
    let links: [(&str, &dyn Fn(Value) -> Value); 7] = [
        ("a reference", &|next| next),
        ("a member", &member),
        ("items", &|next| json!({ "type": "array", "items": next })),
        (
            "a place of a tuple",
            &|next| json!({ "type": "array", "prefixItems": [next, { "type": "string" }], "items": false }),
        ),
        ("a map", &|next| json!({ "type": "object", "additionalProperties": next })),
        ("a union", &|next| json!({ "oneOf": [next, { "type": "string" }] })),
        ("null beside it", &|next| json!({ "anyOf": [next, { "type": "null" }] })),
    ];
    for (about, link) in links {
        let source = chain(link);
        let report = generate(&source, &[], &NoFiles, &options());
        assert!(report.product.is_some(), "{about}: {}", shown(&report, &source));
        let api = analyse(&source, &[], &NoFiles, &options()).product.expect("it was generated").api;
        assert!(compare(&api, &api).is_empty(), "{about}");
    }
}

/// A document with a chain of components of one kind that only refer to the next; `use_of` is an operation with the first.
fn references(section: &str, end: &Value, link: impl Fn(Value) -> Value, use_of: impl Fn(Value) -> Value) -> Source {
    const LONG: usize = 4_000;
    let next = |at: usize| json!({ "$ref": format!("#/components/{section}/S{at}") });
    let members: Map<String, Value> =
        (0..=LONG).map(|at| (format!("S{at}"), if at == LONG { end.clone() } else { link(next(at + 1)) })).collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Chain", "version": "1" },
        "paths": { "/chain": use_of(next(0)) },
        "components": { section: members },
    });
    Source { name: "chain.json".to_owned(), bytes: document.to_string().into_bytes() }
}

#[test]
fn references_of_components_to_one_another_take_no_stack() {
    let schema = json!({ "type": "object", "properties": { "end": { "type": "number" } } });
    let content = |schema: &Value| json!({ "200": { "description": "ok", "content": { "application/json": { "schema": schema } } } });
    let answer = |first: Value| json!({ "get": { "responses": content(&first) } });
    let ok = json!({ "200": { "description": "ok" } });
    let parameter = json!({ "name": "q", "in": "query", "schema": { "type": "string" } });
    let event = json!({ "{$request.body#/url}": { "post": { "responses": ok } } });
    let path_item = json!({ "get": { "parameters": [parameter], "responses": content(&schema) } });
    let plain = |next: Value| next;
    for (about, source, kept) in [
        ("schemas", references("schemas", &schema, plain, answer), "pub type S0 = S1;"),
        ("allOf", references("schemas", &schema, |next| json!({ "allOf": [next] }), answer), "pub type S0 = S1;"),
        (
            "an object that is all of a reference",
            references("schemas", &schema, plain, |first| answer(json!({ "type": "object", "allOf": [first] }))),
            "pub type S0 = S1;",
        ),
        (
            "parameters",
            references(
                "parameters",
                &parameter,
                plain,
                |first| json!({ "get": { "parameters": [first], "responses": ok } }),
            ),
            "fn q(",
        ),
        (
            "responses",
            references(
                "responses",
                &content(&schema)["200"],
                plain,
                |first| json!({ "get": { "responses": { "200": first } } }),
            ),
            "pub end:",
        ),
        ("pathItems", references("pathItems", &path_item, plain, plain), "fn q("),
        (
            "callbacks",
            references(
                "callbacks",
                &event,
                plain,
                |first| json!({ "get": { "callbacks": { "done": first }, "responses": ok } }),
            ),
            "done",
        ),
    ] {
        let report = generate(&source, &[], &NoFiles, &options());
        let product = report.product.as_ref().unwrap_or_else(|| panic!("{about}: {}", shown(&report, &source)));
        assert!(product.files.iter().any(|file| file.contents.contains(kept)), "{about}");
    }
}

/// Events are described by the parts of their schemas.
#[test]
fn events_of_many_parts_take_no_stack() {
    let stream = |schema: Value| json!({ "get": { "responses": { "200": { "description": "ok", "content": { "text/event-stream": { "itemSchema": schema } } } } } });
    let event = |length: usize| json!({ "type": "object", "properties": { "data": { "type": "string", "maxLength": length }, "event": { "type": "string" } } });
    let wide = json!({ "allOf": (0..4_000).map(event).collect::<Vec<_>>() });
    for source in [
        references("schemas", &event(1), |next| json!({ "allOf": [next] }), stream),
        references("schemas", &wide, |next| next, stream),
    ] {
        let report = generate(&source, &[], &NoFiles, &options());
        assert!(report.product.is_some(), "{}", shown(&report, &source));
    }
}

#[test]
fn a_composition_that_leads_too_far_is_refused() {
    let part = |next| json!({ "allOf": [next, { "type": "object", "properties": { "own": { "type": "string" } } }] });
    let choice =
        |next| json!({ "allOf": [{ "oneOf": [next, { "type": "object" }] }, { "properties": { "own": {} } }] });
    for source in [chain(part), chain(choice)] {
        let report = generate(&source, &[], &NoFiles, &options());
        assert!(report.product.is_none());
        assert!(
            report.diagnostics.iter().any(|found| found.rule == Rule::CompositionTooDeep),
            "{}",
            shown(&report, &source)
        );
    }
}

#[test]
fn a_required_member_that_cannot_end_is_no_argument_of_a_constructor() {
    let schema =
        |members: Value, required: &[&str]| json!({ "type": "object", "properties": members, "required": required });
    let order = json!({ "$ref": "#/components/schemas/Order" });
    let content = json!({ "application/json": { "schema": order } });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" },
        "paths": { "/orders": { "post": {
            "requestBody": { "required": true, "content": content }, "responses": { "204": { "description": "done" } } } } },
        "components": { "schemas": {
            "Order": schema(json!({ "card": { "$ref": "#/components/schemas/Card" }, "id": { "type": "string" }, "note": {} }), &["card", "id"]),
            "Card": schema(json!({ "order": order, "note": { "type": "string" } }), &["order"]),
        } },
    });
    let source = Source { name: "shop.json".to_owned(), bytes: document.to_string().into_bytes() };
    let report = generate(&source, &[], &NoFiles, &options());
    let product = report.product.as_ref().unwrap_or_else(|| panic!("{}", shown(&report, &source)));
    let text: String = product.files.iter().map(|file| file.contents.as_str()).collect();
    assert!(!text.contains("compile_error!(\"clientwright"), "{text}");
    assert!(text.contains("pub fn new(id: impl Into<String>) -> Self {"), "{text}");
}
