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
