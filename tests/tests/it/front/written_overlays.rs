//! Overlays that the library writes: applied to the old document, the difference of two gives the new one; applied to a document with
//! findings, a proposal leaves none.

use clientwright::diagnostics::Rule;
use clientwright::{NoFiles, Settings, Source, effective, overlay_between, overlay_for};

fn document(text: &str) -> Source {
    Source { name: "api.yaml".to_owned(), bytes: text.as_bytes().to_vec() }
}

fn overlay(text: String) -> Source {
    Source { name: "overlay.yaml".to_owned(), bytes: text.into_bytes() }
}

/// The normal form of a document, as a tree.
fn meaning(source: &Source, overlays: &[Source]) -> serde_json::Value {
    let report = effective(source, overlays, &NoFiles, &Settings::default());
    let said = report.render(&[source], clientwright::render::Format::Short, false);
    serde_yaml::from_str(&report.product.unwrap_or_else(|| panic!("{said}"))).unwrap()
}

const OLD: &str = "\
openapi: 3.0.3
info: {title: A, version: '1'}
tags: [{name: a}, {name: b, description: B}, {name: c}]
paths:
  /a's:
    get:
      operationId: list
      tags: [a, b]
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      - {name: page, in: query, schema: {type: integer}}
      responses: {'200': {description: ok}, '404': {description: none}}
components:
  schemas:
    A:
      type: object
      required: [x, y]
      properties: {x: {type: string}, y: {type: string, enum: [p, q, r]}, z: {oneOf: [{type: string}, {type: integer}]}}
";

const NEW: &str = "\
openapi: 3.0.3
info: {title: B, version: '1', description: 'no'}
tags: [{name: a}, {name: c, description: C}, {name: d}]
paths:
  /a's:
    get:
      operationId: list
      tags: [b, a]
      parameters:
      - {name: page, in: query, required: true, schema: {type: integer, minimum: 1}}
      responses: {'200': {description: ok, headers: {X: {schema: {type: string}}}}}
  /b:
    delete: {responses: {'204': {description: gone}}}
components:
  schemas:
    A:
      type: object
      required: [x]
      properties: {x: {type: string}, y: {type: string, enum: [q, r, s]}, z: {oneOf: [{type: boolean}, {type: integer}]}}
    B: {type: array, items: {$ref: '#/components/schemas/A'}}
";

#[test]
fn a_difference_turns_one_document_into_the_other() {
    for (from, to) in [(OLD, NEW), (NEW, OLD)] {
        let (from, to) = (document(from), document(to));
        let written = overlay_between(&from, &to, &Settings::default().limits).product.unwrap();
        assert_eq!(meaning(&from, &[overlay(written)]), meaning(&to, &[]));
    }
}

#[test]
fn a_difference_is_told_item_by_item_with_room_for_the_reason() {
    let written = overlay_between(&document(OLD), &document(NEW), &Settings::default().limits).product.unwrap();
    let written: serde_json::Value = serde_yaml::from_str(&written).unwrap();
    assert_eq!((&written["overlay"], &written["extends"]), (&"1.0.0".into(), &"api.yaml".into()));
    let actions = written["actions"].as_array().unwrap();
    let targets: Vec<&str> = actions.iter().map(|action| action["target"].as_str().unwrap()).collect();
    let parameters = "$.paths['/a\\'s'].get.parameters";
    assert!(targets.contains(&&*format!("{parameters}[?(@.name=='page' && @.in=='query')]")), "{targets:?}");
    assert!(targets.contains(&"$.components.schemas.A.required[?(@=='y')]"), "{targets:?}");
    assert!(actions.iter().all(|action| action["description"].as_str().unwrap().starts_with("TODO")));
}

#[test]
fn documents_with_the_same_contents_have_no_overlay() {
    let json = Source { name: "api.json".into(), bytes: serde_json::to_vec(&meaning(&document(OLD), &[])).unwrap() };
    let yaml = document(&serde_yaml::to_string(&meaning(&document(OLD), &[])).unwrap());
    assert_eq!(overlay_between(&yaml, &json, &Settings::default().limits).product.as_deref(), Some(""));
}

/// A document with one finding of each of these rules, and another part of it.
const FINDINGS: &[(Rule, &str)] = &[
    (Rule::UndeclaredPathParameter, "paths: {'/a/{id}': {get: {responses: {'200': {description: ok}}}}}"),
    (
        Rule::DanglingReference,
        "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: r, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}}",
    ),
    (Rule::UndefinedSecurity, "paths: {/a: {get: {security: [{ghost: []}], responses: {'200': {description: ok}}}}}"),
    (
        Rule::UndeclaredScope,
        "paths: {}\nsecurity: [{o: [a, b]}]\ncomponents: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.test', scopes: {}}}}}}",
    ),
    (Rule::UnknownField, "paths: {/a: {get: {sumary: s, foo: b, responses: {'200': {description: ok}}}}}"),
    (Rule::NotText, "paths: {/a: {get: {summary: 1, responses: {'200': {description: ok}}}}}"),
    (Rule::TextForScalar, "paths: {/a: {get: {deprecated: 'true', responses: {'200': {description: ok}}}}}"),
    (Rule::ScalarForList, "paths: {/a: {get: {tags: t, responses: {'200': {description: ok}}}}}"),
    (Rule::MissingText, "paths: {/a: {get: {responses: {'200': {}}}}}"),
    (
        Rule::PathParameterNotRequired,
        "paths: {'/a/{b}': {get: {parameters: [{name: b, in: path, schema: {type: string}}], responses: {'200': {description: ok}}}}}",
    ),
    (
        Rule::SuperfluousPathParameter,
        "paths: {/a: {get: {parameters: [{name: b, in: path, required: true, schema: {type: string}}, {name: c, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}}}",
    ),
    (Rule::LooseStatus, "paths: {/a: {get: {responses: {2xx: {description: ok}}}}}"),
    (
        Rule::ColonPathParameter,
        "paths: {'/a/:id': {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}}}",
    ),
    (Rule::PathWithoutSlash, "paths: {a: {get: {responses: {'200': {description: ok}}}}}"),
    (Rule::NullField, "paths: {/a: {get: {summary: null, responses: {'200': {description: ok}}}}}"),
    (
        Rule::ReferenceSiblings,
        "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A', required: [x]}}}}}}}}\ncomponents: {schemas: {A: {type: object, properties: {x: {type: string}}}}}",
    ),
    (Rule::NewerField, "paths: {}\ncomponents: {schemas: {A: {type: [string, 'null']}}}"),
    (Rule::UnknownType, "paths: {}\ncomponents: {schemas: {A: {type: strnig}}}"),
    (Rule::MisspeltField, "paths: {/a: {get: {respones: {'200': {description: ok}}}}}"),
];

#[test]
fn a_proposal_settles_every_finding_of_its_rule() {
    for (rule, rest) in FINDINGS {
        let source = document(&format!("openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\n{rest}\n"));
        let report = overlay_for(*rule, &source, &[], &NoFiles, &Settings::default());
        let proposal = report.product.unwrap();
        let code = rule.code();
        assert!(proposal.settled > 0 && proposal.left == 0, "{code}: {proposal:?}");
        let written = proposal.overlay.unwrap();
        let report = clientwright::check(&source, &[overlay(written.clone())], &NoFiles, &Settings::default());
        let left: Vec<&str> = report.diagnostics.iter().map(|found| found.rule.code()).collect();
        assert!(left.is_empty(), "{code}: {left:?}\n{written}");
    }
}

#[test]
fn a_proposal_for_swagger_is_swagger() {
    let source = document(
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {'/a/{id}': {get: {responses: {'200': {description: ok, schema: {$ref: '#/definitions/Gone'}}}}}}\n",
    );
    let propose = |rule| overlay_for(rule, &source, &[], &NoFiles, &Settings::default()).product.unwrap();
    let parameter = propose(Rule::UndeclaredPathParameter);
    assert!(parameter.overlay.unwrap().contains("      required: true\n      type: string\n"));
    let schema = propose(Rule::DanglingReference);
    assert_eq!((schema.settled, schema.left), (1, 0));
    assert!(schema.overlay.unwrap().contains("definitions:\n      Gone: {}\n"));
}
