//! Severity: an error is for a document that can't be understood or trusted, and for an operation or a type that would be wrong. A fault
//! in anything else costs the part that has it, and no more.

use clientwright::diagnostics::{Kind, Rule};
use clientwright_tests::front::{Case, yaml};

/// The reason why a rule rejects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    /// The run was asked for something that can't be done.
    Run,
    /// The text is no tree, or more than was allowed.
    Unreadable,
    /// The document, or an overlay of it, can't be understood.
    NotUnderstood,
    /// The document leads where nothing may be read.
    NotTrusted,
    /// An operation would be wrong.
    Operation,
    /// A type would be wrong.
    Type,
    /// The generator has a gap.
    Gap,
}

/// Every rule that rejects, and why.
const REJECTED: &[(&str, Because)] = &[
    ("CW0001", Because::Run),
    ("CW0002", Because::Run),
    ("CW0101", Because::Unreadable),
    ("CW0102", Because::Unreadable),
    ("CW0103", Because::Unreadable),
    ("CW0104", Because::Unreadable),
    ("CW0105", Because::Unreadable),
    ("CW0106", Because::Unreadable),
    ("CW0107", Because::Unreadable),
    ("CW0108", Because::Unreadable),
    ("CW0109", Because::Unreadable),
    ("CW0110", Because::Unreadable),
    ("CW0111", Because::Unreadable),
    ("CW0112", Because::Unreadable),
    ("CW0113", Because::Unreadable),
    ("CW0114", Because::Unreadable),
    ("CW0201", Because::NotUnderstood),
    ("CW0202", Because::NotUnderstood),
    ("CW0203", Because::NotUnderstood),
    ("CW0301", Because::Type),
    ("CW0302", Because::Type),
    ("CW0303", Because::Type),
    ("CW0304", Because::NotTrusted),
    ("CW0305", Because::NotTrusted),
    ("CW0306", Because::Type),
    ("CW0307", Because::Type),
    ("CW0309", Because::Type),
    ("CW0401", Because::NotUnderstood),
    ("CW0402", Because::NotUnderstood),
    ("CW0404", Because::Operation),
    ("CW0406", Because::NotTrusted),
    ("CW0407", Because::Operation),
    ("CW0409", Because::Operation),
    ("CW0410", Because::Operation),
    ("CW0411", Because::Type),
    ("CW0418", Because::Type),
    ("CW0419", Because::Gap),
    ("CW0426", Because::Operation),
    ("CW0701", Because::NotUnderstood),
    ("CW0702", Because::NotUnderstood),
    ("CW0704", Because::NotUnderstood),
    ("CW0801", Because::Type),
    ("CW0805", Because::Gap),
    ("CW0813", Because::Operation),
    ("CW0814", Because::Operation),
    ("CW0815", Because::Type),
    ("CW0819", Because::NotUnderstood),
    ("CW0830", Because::Run),
    ("CW0831", Because::Run),
    ("CW0835", Because::Run),
    ("CW0836", Because::Run),
    ("CW0837", Because::Run),
];

#[test]
fn every_rule_that_rejects_has_its_reason() {
    let rejecting: Vec<&str> =
        Rule::ALL.iter().filter(|rule| rule.kind() == Kind::Rejected).map(|rule| rule.code()).collect();
    let reasons: Vec<&str> = REJECTED.iter().map(|(code, _)| *code).collect();
    assert_eq!(rejecting, reasons);
    let gaps: Vec<_> = REJECTED.iter().filter(|(_, because)| *because == Because::Gap).collect();
    assert_eq!(gaps.len(), 2, "a gap is a fault of the generator: {gaps:?}");
}

/// A fault in a part that operations and types can do without: its members beside those of an operation, and the place that is left.
const PARTS: &[(&str, &str, &str)] = &[
    ("a dangling response", "responses: {'200': {description: ok}, '404': {$ref: '#/components/responses/Gone'}}", ""),
    (
        "a dangling body of a failure",
        "responses: {'200': {description: ok}, '404': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}",
        "",
    ),
    (
        "a body of a failure of no type",
        "responses: {'200': {description: ok}, default: {description: no, content: {application/json: {schema: {type: array, items: {type: Server}}}}}}",
        "",
    ),
    (
        "a shared response to failures, with a dangling body",
        "responses: {'200': {description: ok}, '404': {$ref: '#/components/responses/No'}}",
        "responses: {'No': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}",
    ),
    (
        "a shared response to failures, with a body of no type",
        "responses: {'200': {description: ok}, '404': {$ref: '#/components/responses/No'}}",
        "responses: {'No': {description: no, content: {application/json: {schema: {type: Server}}}}}",
    ),
    ("a response of no status", "responses: {'200': {description: ok}, 2XXX: {description: ok}}", ""),
    (
        "a dangling header",
        "responses: {'200': {description: ok, headers: {X-A: {$ref: '#/components/headers/Gone'}}}}",
        "",
    ),
    ("a header of the wrong type", "responses: {'200': {description: ok, headers: {X-A: 5}}}", ""),
    (
        "a dangling example",
        "responses: {'200': {description: ok, content: {text/plain: {examples: {a: {$ref: 'gone.yaml'}}}}}}",
        "",
    ),
    ("examples in a list", "responses: {'200': {description: ok, content: {text/plain: {examples: [a]}}}}", ""),
    ("a dangling link", "responses: {'200': {description: ok, links: {a: {$ref: '#/components/links/Gone'}}}}", ""),
    ("prose of the wrong type", "description: {a: b}, responses: {'200': {description: ok}}", ""),
    ("an undefined scheme", "security: [{ghost: []}], responses: {'200': {description: ok}}", ""),
    (
        "a scheme without what it needs",
        "responses: {'200': {description: ok}}",
        "securitySchemes: {key: {type: apiKey, name: key}}",
    ),
    (
        "a flow without its URL",
        "responses: {'200': {description: ok}}",
        "securitySchemes: {login: {type: oauth2, flows: {authorizationCode: {authorizationUrl: /a, scopes: {}}}}}",
    ),
    (
        "a dangling reference in an unused schema",
        "responses: {'200': {description: ok}}",
        "schemas: {A: {properties: {b: {$ref: '#/components/schemas/Gone'}}}}",
    ),
    ("an unused schema of no type", "responses: {'200': {description: ok}}", "schemas: {A: {type: strnig}}"),
    (
        "a header that refers to a parameter",
        "responses: {'200': {description: ok, headers: {e: {$ref: '#/components/parameters/e'}}}}",
        "parameters: {e: {name: e, in: header, schema: {type: string}}}",
    ),
    (
        "a discriminator without the name of a property",
        "responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/U'}}}}}",
        "schemas: {U: {oneOf: [{type: object, required: [a]}, {type: object, required: [b]}], discriminator: {mapping: {a: B}}}}",
    ),
];

const VERSIONS: &[&str] = &["3.0.3", "3.1.0", "3.2.0"];

fn document(version: &str, operation: &str, components: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: A, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, {operation}}}}}}}\ncomponents: {{{components}}}\n"
    )
}

fn assert_left_out(case: &Case, what: &str) {
    let outcome = case.clone().run();
    let short = outcome.short();
    assert!(outcome.passes(), "{what}:\n{short}");
    assert!(short.contains("warning["), "{what}: not a word\n{short}");
    assert!(outcome.at("/paths/~1a/get").is_object(), "{what}");
    assert!(!case.clone().strict().run().passes(), "{what}: not rejected when strict");
}

#[test]
fn a_fault_costs_the_part_that_has_it_in_every_version() {
    for version in VERSIONS {
        for (what, operation, components) in PARTS {
            assert_left_out(&yaml(document(version, operation, components)), &format!("{what}, {version}"));
        }
    }
}

/// The same in version 2.0, whose responses have their schemas without media types.
const SWAGGER_PARTS: &[(&str, &str, &str, &str)] = &[
    (
        "a dangling body of a failure",
        "'404': {description: no, schema: {$ref: '#/definitions/Gone'}}",
        "",
        "/paths/~1a/get/responses/404/schema/$ref",
    ),
    (
        "a dangling part of the body of a failure",
        "default: {description: no, schema: {type: array, items: {$ref: '#/definitions/Gone'}}}",
        "",
        "/paths/~1a/get/responses/default/schema/items/$ref",
    ),
    (
        "a body of a failure of no type",
        "'500': {description: no, schema: {type: object, properties: {a: {type: Server}}}}",
        "",
        "/paths/~1a/get/responses/500/schema/properties/a/type",
    ),
    (
        "a shared response to failures, with a dangling body",
        "'404': {$ref: '#/responses/No'}",
        "responses: {'No': {description: no, schema: {$ref: '#/definitions/Gone'}}}",
        "/responses/No/schema/$ref",
    ),
    (
        "a shared response to failures, with a body of no type",
        "'404': {$ref: '#/responses/No'}",
        "responses: {'No': {description: no, schema: {type: Server}}}",
        "/responses/No/schema/type",
    ),
];

#[test]
fn a_fault_in_a_failure_of_2_0_costs_the_body_and_not_the_operation() {
    for produces in ["", "produces: [application/json]\n", "produces: [text/csv, application/xml]\n"] {
        for (what, failure, shared, place) in SWAGGER_PARTS {
            let text = format!(
                "swagger: '2.0'\ninfo: {{title: A, version: '1'}}\n{produces}paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: ok, schema: {{type: string}}}}, {failure}}}}}}}}}\n{shared}\n"
            );
            let case = yaml(text);
            assert_left_out(&case, what);
            let outcome = case.run();
            let responses = outcome.at("/paths/~1a/get/responses");
            assert_eq!(outcome.codes(), ["CW0518"], "{what}\n{}", outcome.short());
            assert!(outcome.short().contains(&format!("({place})")), "{what}\n{}", outcome.short());
            assert_eq!(responses.as_object().map(serde_json::Map::len), Some(2), "{what}\n{responses}");
        }
    }
    // In the answer to a success, the same is an error.
    let text = "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'200': {description: ok, schema: {$ref: '#/definitions/Gone'}}}}}}\n";
    assert!(!yaml(text).run().passes());
}

#[test]
fn a_fault_costs_the_same_in_another_file() {
    for (what, operation, components) in PARTS {
        let main = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: 'other.yaml#/paths/~1a'}}\n";
        let other = document("3.1.0", operation, components);
        // A component of another file that nothing refers to is never read.
        if components.is_empty() || operation.contains("$ref") {
            assert_left_out(&yaml(main).file("other.yaml", &other), what);
        }
    }
}

#[test]
fn a_fault_costs_the_same_under_an_overlay() {
    let overlay =
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {description: B}}]\n";
    for (what, operation, components) in PARTS {
        assert_left_out(&yaml(document("3.1.0", operation, components)).overlay(overlay), what);
    }
}

#[test]
fn what_operations_and_types_are_made_of_is_an_error() {
    let json = |schema: &str| format!("{{description: a, content: {{application/json: {{schema: {{{schema}}}}}}}}}");
    let gone = json("$ref: '#/components/schemas/Gone'");
    let shared = format!("responses: {{Gone: {gone}, Strange: {}}}", json("type: Server"));
    let alone = format!("responses: {{default: {gone}}}");
    for (operation, code) in [
        (alone.as_str(), "CW0301"),
        (
            "responses: {'200': {$ref: '#/components/responses/Gone'}, '404': {$ref: '#/components/responses/Gone'}}",
            "CW0301",
        ),
        ("responses: {default: {$ref: '#/components/responses/Strange'}}", "CW0411"),
        ("parameters: [{$ref: '#/components/parameters/Gone'}], responses: {}", "CW0301"),
        ("requestBody: {$ref: '#/components/requestBodies/Gone'}, responses: {}", "CW0301"),
        (
            "responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}",
            "CW0301",
        ),
        ("responses: {'200': {$ref: '#/components/responses/Absent'}}", "CW0301"),
        ("parameters: [{name: a, in: body, schema: {}}], responses: {}", "CW0404"),
    ] {
        let outcome = yaml(document("3.1.0", operation, &shared)).run();
        let errors: Vec<_> =
            outcome.short().lines().filter(|line| line.contains("error[")).map(str::to_owned).collect();
        assert!(
            !outcome.passes() && errors.len() == 1 && errors[0].contains(code),
            "{operation}:\n{}",
            outcome.short()
        );
    }
}

#[test]
fn errors_of_all_stages_are_found_in_one_run() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [{name: q, in: nowhere, schema: {}}]\n      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}}\n  /b/:id: {get: {responses: {'204': {description: ok}}}}\n  /b/{id}: {get: {responses: {'204': {description: ok}}}}\n";
    let outcome = yaml(text).run();
    for code in ["CW0301", "CW0404", "CW0410"] {
        assert!(outcome.codes().contains(&code), "{code}:\n{}", outcome.short());
    }
}

#[test]
fn prose_in_a_file_is_taken_with_a_warning() {
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1', description: {$ref: about.md}}\ntags: [{name: a, description: {$ref: 'prose.yaml#/a'}}]\npaths: {}\n";
    let outcome = yaml(text).file("about.md", "# About\n").file("prose.yaml", "a: All about a\n").run();
    assert_eq!(outcome.at("/info/description"), "# About\n");
    assert_eq!(outcome.at("/tags/0/description"), "All about a");
    assert_eq!(outcome.codes(), ["CW0413", "CW0413"], "{}", outcome.short());
    let gone = yaml(text).file("prose.yaml", "a: {b: c}\n").run();
    assert!(gone.passes() && gone.codes() == ["CW0518", "CW0518"], "{}", gone.short());
}

#[test]
fn references_are_relative_to_the_file_that_holds_them_also_through_an_index() {
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}}\ncomponents: {schemas: {$ref: schemas/index.yaml}}\n";
    let case = yaml(text)
        .file("schemas/index.yaml", "Pet: {$ref: ./pets/pet.yaml#/Pet}\n")
        .file("schemas/pets/pet.yaml", "Pet: {type: object, properties: {kind: {$ref: '#/Kind'}, owner: {$ref: owner.yaml}}}\nKind: {type: string}\n")
        .file("schemas/pets/owner.yaml", "type: object\n");
    let outcome = case.run();
    assert!(outcome.passes(), "{}", outcome.short());
    assert_eq!(outcome.codes(), ["CW0413"], "{}", outcome.short());
}

#[test]
fn what_refers_to_a_component_that_is_left_out_is_left_out_as_well() {
    let head =
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'204': {description: ok}}}}}\n";
    let rest = r"
    Uses: {allOf: [{$ref: '#/components/schemas/Bad'}]}
    Further: {type: array, items: {$ref: '#/components/schemas/Uses'}}
    Base:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {bad: '#/components/schemas/Bad', good: '#/components/schemas/Good'}}
    Good: {type: string, description: 'not #/components/schemas/Bad'}
";
    for bad in ["{type: object, properties: {a: {type: nonsense}}}", "{allOf: [{$ref: '#/components/schemas/Gone'}]}"] {
        let outcome = yaml(format!("{head}components:\n  schemas:\n    Bad: {bad}{rest}")).run();
        assert!(outcome.passes(), "{}", outcome.short());
        let mut codes = outcome.codes();
        codes.sort_unstable();
        assert_eq!(codes, ["CW0417", "CW0518", "CW0518", "CW0518"], "{bad}:\n{}", outcome.short());
        let schemas = outcome.at("/components/schemas");
        let left: Vec<&String> = schemas.as_object().unwrap().keys().collect();
        assert_eq!(left, ["Base", "Good"], "{bad}");
        let mapping = outcome.at("/components/schemas/Base/discriminator/mapping");
        assert_eq!(mapping.as_object().unwrap().len(), 1, "{mapping}");
    }
}

#[test]
fn an_encoding_has_its_default_style_where_its_own_is_left_out() {
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {b: {type: array, items: {type: string}}}}, encoding: {b: {style: deepObjects, explode: true}}}}}, responses: {'204': {description: ok}}}}}\n";
    let outcome = yaml(text).run();
    assert_eq!(outcome.codes(), ["CW0514"], "{}", outcome.short());
    let body = "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded";
    assert_eq!(outcome.at(&format!("{body}/encoding/b/style")), "form");
}

#[test]
fn a_default_mapping_goes_with_its_target() {
    let pet = "Pet: {type: object, discriminator: {propertyName: kind, mapping: {dog: Dog}, defaultMapping: Gone}}, Dog: {type: object}";
    let components = format!("schemas: {{{pet}, 'Gone': {{type: object, properties: {{a: {{type: striQng}}}}}}}}");
    let outcome = yaml(document("3.2.0", "responses: {'204': {description: ok}}", &components)).run();
    let mapping = serde_json::json!({ "propertyName": "kind", "mapping": { "dog": "#/components/schemas/Dog" } });
    assert_eq!(outcome.at("/components/schemas/Pet/discriminator"), mapping, "{}", outcome.short());
    assert!(outcome.short().contains("(/components/schemas/Pet/discriminator/defaultMapping)"), "{}", outcome.short());
}
