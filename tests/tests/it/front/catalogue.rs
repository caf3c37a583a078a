//! The catalogue keeps its word: for each rule there is a document that has what it describes, and yields its finding.

use std::collections::BTreeMap;

use clientwright::diagnostics::{Allowance, Kind, Rule};
use clientwright::render::Format;
use clientwright::{FileError, Files, Formats, Options, Renames, Source, check, generate};
use clientwright_tests::front::{Case, named, yaml};

#[test]
fn every_rule_has_a_document_that_yields_it() {
    let mut missing = Vec::new();
    // These stand for gaps in the generator, and nobody knows a document that falls into one.
    let gaps = [Rule::UnsupportedShape, Rule::OperationUnreadable];
    for rule in Rule::ALL.iter().copied().filter(|rule| !gaps.contains(rule)) {
        let case = example(rule);
        let spec = case.spec.expect("there is a document");
        let names = names(rule).map(|text| Source { name: "names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
        let mut formats = Formats::default();
        if rule == Rule::TypeForNothing {
            formats.choose("/components/schemas/Gone", "String").unwrap();
        }
        let validation = rule == Rule::BoundNotChecked;
        let package = if rule == Rule::UnusablePackage { "a=b" } else { "example" };
        let rename = match rule {
            Rule::RenameForNothing => serde_json::json!({ "types": { "Gone": "B" } }),
            Rule::RenameClashes => serde_json::json!({ "types": { "A": "X" } }),
            _ => serde_json::json!({}),
        };
        let renames = Renames::from_json(rename).unwrap();
        let options = Options { settings: case.settings, names, formats, validation, renames, ..Options::new(package) };
        let sources: Vec<_> = std::iter::once(&spec).chain(&case.overlays).collect();
        let files = Beside(case.files);
        let (found, findings) = if rule.kind() == Kind::Proposed {
            let report = check(&spec, &case.overlays, &files, &options.settings);
            (report.diagnostics.iter().any(|found| found.rule == rule), report.render(&sources, Format::Short, false))
        } else {
            let report = generate(&spec, &case.overlays, &files, &options);
            (report.diagnostics.iter().any(|found| found.rule == rule), report.render(&sources, Format::Short, false))
        };
        if !found {
            missing.push(format!("{} {rule:?}, but:\n{findings}", rule.code()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// A document of 3.1 that goes on like this.
fn rest(text: &str) -> Case {
    yaml(format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\n{text}\n"))
}

/// The same in 3.0.
fn old(text: &str) -> Case {
    yaml(format!("openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\n{text}\n"))
}

/// A schema of 3.1, named `A`; `P` and `X` are there to be referred to.
fn schema(text: &str) -> Case {
    let parameter = "parameters: {P: {name: p, in: query, schema: {type: string}}}";
    rest(&format!("components:\n  {parameter}\n  schemas:\n    A: {text}\n    X: {{type: string}}"))
}

/// A chain of schemas, each a part of the one before.
fn chain(length: usize) -> Case {
    let parts = (0..length).map(|at| {
        let next = at + 1;
        format!(
            "    A{at:03}: {{allOf: [{{$ref: '#/components/schemas/A{next:03}'}}, {{properties: {{a{at}: {{}}}}}}]}}\n"
        )
    });
    rest(&format!("components:\n  schemas:\n{}    A{length:03}: {{type: object}}", parts.collect::<String>()))
}

/// A get operation at `/a`, by its members.
fn operation(text: &str) -> Case {
    rest(&format!("paths: {{/a: {{get: {{responses: {{'200': {{description: ok}}}}, {text}}}}}}}"))
}

/// A post operation with this content.
fn content(text: &str) -> Case {
    rest(&format!(
        "paths: {{/a: {{post: {{requestBody: {{content: {text}}}, responses: {{'204': {{description: ok}}}}}}}}}}"
    ))
}

/// An overlay with this action, and what stands beside its actions.
fn overlay(action: &str, beside: &str) -> Case {
    let head = format!("overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\n{beside}\n");
    rest("paths: {}").overlay(&format!("{head}actions: [{action}]\n"))
}

fn limited(set: impl FnOnce(&mut clientwright::document::Limits), text: &str) -> Case {
    let mut case = rest(text);
    set(&mut case.settings.limits);
    case
}

/// The names that were given before.
fn names(rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::NamesUnreadable => Some("types: {A: [A]}"),
        Rule::NameNotKept => Some("types: {'A > status': Status, 'B > status': Status}"),
        Rule::UntypedRose => Some("untyped: 0"),
        _ => None,
    }
}

fn example(rule: Rule) -> Case {
    match rule {
        Rule::UnusedAllowance => {
            let mut case = rest("paths: {}");
            let pointer = "/components/schemas/Gone/not".to_owned();
            case.settings.allowances = vec![Allowance { code: "CW0601".to_owned(), pointer, reason: None }];
            case
        }
        // The name of the crate is at fault, not the document.
        Rule::UnusablePackage => rest("paths: {}"),
        Rule::NotUtf8 => yaml(b"openapi: 3.1.0\ninfo: {title: caf\xe9}\n".to_vec()),
        Rule::EmptyDocument => yaml(""),
        Rule::TooLarge => limited(|limits| limits.bytes = 40, "paths: {}"),
        Rule::TooDeep => limited(|limits| limits.depth = 8, "x-a: [[[[[[[[[[]]]]]]]]]]"),
        Rule::TooManyNodes => limited(|limits| limits.nodes = 20, "x-a: [1, 2, 3, 4, 5, 6, 7, 8, 9]"),
        Rule::AliasBudget => {
            limited(|limits| limits.alias_nodes = 20, "x-a: &a [1, 2, 3]\nx-b: &b [*a, *a, *a]\nx-c: [*b, *b, *b]")
        }
        Rule::AliasCycle => rest("x-a: &a\n  b: *a"),
        Rule::NotYaml => rest("x-a: [1, 2"),
        Rule::NotJson => named("api.json", "{\"openapi\": \"3.1.0\""),
        Rule::DuplicateKey => rest("paths: {}\npaths: {}"),
        Rule::SecondDocument => rest("paths: {}\n---\nopenapi: 3.1.0"),
        Rule::ForeignTag => rest("paths: !custom {}"),
        Rule::ComplexKey => rest("? [a, b]\n: c"),
        Rule::NotANumber => schema("{type: number, default: .nan}"),
        Rule::NotOpenApi => yaml("- a\n- b\n"),
        Rule::UnknownVersion => yaml("openapi: 4.0.0\ninfo: {title: A, version: '1'}\npaths: {}\n"),
        Rule::OldSwagger => yaml("swaggerVersion: '1.2'\nresourcePath: /pets\napis: []\n"),

        Rule::DanglingReference => schema("{properties: {x: {$ref: '#/components/schemas/Gone'}}}"),
        Rule::WrongKind => schema("{properties: {x: {$ref: '#/components/parameters/P'}}}"),
        Rule::CircularReference => {
            schema("{$ref: '#/components/schemas/B'}\n    B: {allOf: [{$ref: '#/components/schemas/A'}]}")
        }
        Rule::RemoteReference => schema("{properties: {x: {$ref: 'https://example.com/pet.json'}}}"),
        Rule::ReferenceOutside => schema("{properties: {x: {$ref: '../pet.yaml'}}}"),
        Rule::UnreadableFile => schema("{properties: {x: {$ref: 'pet.yaml'}}}"),
        Rule::BadPointer => schema("{properties: {x: {$ref: '#/components/schemas/a~b'}}}"),
        Rule::ReferenceSiblings => old(
            "paths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B', minLength: 3}, B: {type: string}}}",
        ),
        Rule::BadReferenceValue => schema("{properties: {x: {$ref: 5}}}"),
        Rule::RemoteComponent => {
            rest("components: {securitySchemes: {shared: {$ref: 'https://example.com/a.json#/s'}}}")
        }

        Rule::WrongType => rest("paths: null"),
        Rule::MissingField => operation("parameters: [{name: limit, schema: {}}]"),
        Rule::UnknownField => operation("descritpion: All of them"),
        Rule::BadValue => operation("parameters: [{name: a, in: body, schema: {}}]"),
        Rule::BadStatus => rest("paths: {/a: {get: {responses: {2XXX: {description: ok}}}}}"),
        Rule::BadHeaderName => operation("parameters: [{name: \"X-A\\r\\nX-B\", in: header, schema: {}}]"),
        Rule::DuplicateParameter => {
            operation("parameters: [{name: a, in: query, schema: {}}, {name: a, in: query, schema: {type: string}}]")
        }
        Rule::UndefinedSecurity => old("paths: {}\nsecurity: [{ghost: []}]"),
        Rule::UnbalancedPath => rest("paths: {'/pets/{id': {get: {responses: {}}}}"),
        Rule::PathClash => {
            let get = "{get: {responses: {'200': {description: ok}}}}";
            rest(&format!("paths: {{'/pets/:id': {get}, '/pets/{{id}}': {get}}}"))
        }
        Rule::UnknownType => schema("{type: strnig}"),
        Rule::DuplicateOperationId => {
            let get = "{get: {operationId: list, responses: {'200': {description: ok}}}}";
            rest(&format!("paths: {{/a: {get}, /b: {get}}}"))
        }
        Rule::Forbidden => content("{application/json: {example: a, examples: {b: {value: b}}}}"),
        Rule::NewerField => old("paths: {}\ncomponents: {schemas: {A: {const: a}}}"),
        Rule::NoContainer => rest(""),
        Rule::AmbiguousPaths => {
            let done = "responses: {'204': {description: ok}}";
            rest(&format!("paths: {{'/pets/{{id}}': {{get: {{{done}}}}}, '/pets/{{name}}': {{put: {{{done}}}}}}}"))
        }
        Rule::DanglingMapping => schema(
            "{oneOf: [{$ref: '#/components/schemas/X'}], discriminator: {propertyName: t, mapping: {cat: '#/components/schemas/Gone'}}}",
        ),
        Rule::BadSchema => schema("[string]"),
        Rule::LeftOut => rest("paths: {/a: {get: {responses: {'404': {$ref: '#/components/responses/Gone'}}}}}"),
        Rule::SeparatorAsText => yaml(
            "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {parameters: [{name: q, in: query, type: array, items: {type: string}, collectionFormat: tsv}], responses: {'204': {description: ok}}}}}\n",
        ),
        Rule::UndefinedServerVariable => rest("paths: {}\nservers: [{url: 'https://{region}.example.com'}]"),
        Rule::ImpossibleValue => schema("{type: integer, enum: [one, two]}"),
        Rule::UndeclaredScope => rest(
            "paths: {}\nsecurity: [{login: ['pets:raed']}]\ncomponents: {securitySchemes: {login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {'pets:read': Read}}}}}}",
        ),
        Rule::OddServer => rest("paths: {}\nservers: [{url: 'ftp://example.com'}]"),
        Rule::PathFragment => rest("paths: {'/token#refresh': {post: {responses: {'204': {description: ok}}}}}"),
        Rule::MisspeltField => old("paths: {/a: {get: {respones: {'200': {description: ok}}}}}"),

        Rule::UndeclaredPathParameter => rest("paths: {'/pets/{id}': {get: {responses: {'204': {description: ok}}}}}"),
        Rule::SuperfluousPathParameter => operation("parameters: [{name: id, in: path, required: true, schema: {}}]"),
        Rule::ColonPathParameter => rest("paths: {'/webhooks/:id': {get: {responses: {'204': {description: ok}}}}}"),
        Rule::NotText => yaml("openapi: 3.1.0\ninfo: {title: A, version: 1.10}\npaths: {}\n"),
        Rule::MissingText => rest("paths: {/a: {get: {responses: {'200': {}}}}}"),
        Rule::MissingPart => old("paths: {/a: {get: {operationId: list}}}"),
        Rule::PathParameterNotRequired => rest(
            "paths: {'/a/{id}': {get: {parameters: [{name: id, in: path, schema: {type: string}}], responses: {'204': {description: ok}}}}}",
        ),
        Rule::LooseStatus => rest("paths: {/a: {get: {responses: {5xx: {description: error}}}}}"),
        Rule::PathOperator => rest("paths: {'/users/{id*}': {get: {responses: {'204': {description: ok}}}}}"),
        Rule::NullField => rest("paths: {}\nservers:"),
        Rule::TextForScalar => schema("{type: string, maxLength: '10'}"),
        Rule::PathWithoutSlash => rest("paths: {pets: {get: {responses: {'204': {description: ok}}}}}"),
        Rule::ScalarForList => operation("tags: pets"),
        Rule::IgnoredValue => schema("{type: object, required: true}"),
        Rule::ComponentName => rest("components: {schemas: {'List<Pet>': {type: object}}}"),
        Rule::UnsendableHeader => operation("parameters: [{name: my header, in: header, schema: {}}]"),
        Rule::LooseJson => named("api.json", "{\"openapi\": \"3.1.0\", /* … */ \"paths\": {},}"),
        Rule::MergeKey => {
            rest("x-error: &error {description: It failed}\npaths: {/a: {get: {responses: {default: {<<: *error}}}}}")
        }

        Rule::ValidationOnly => schema("{type: object, if: {required: [a]}, then: {required: [b]}}"),
        Rule::IgnoredField => {
            rest("paths: {/a: {get: {responses: {'200': {description: ok, links: {next: {operationId: next}}}}}}}")
        }
        Rule::IgnoredKeyword => schema("{type: object, myKeyword: true}"),

        Rule::BadOverlay => rest("paths: {}").overlay("overlay: 1.0.0\n"),
        Rule::BadJsonPath => overlay("{target: '$.paths[', remove: true}", ""),
        Rule::OverlayMatchesNothing => overlay("{target: \"$.paths['/gone']\", remove: true}", ""),
        Rule::OverlayTarget => overlay("{target: $.info.title, update: {a: 1}}", ""),
        Rule::OverlayExtends => overlay("{target: $.info, update: {title: B}}", "extends: other.yaml"),
        Rule::OverlayEmpty => overlay("", ""),
        Rule::OverlayActionIdle => overlay("{target: $.info, remove: false}", ""),

        Rule::CompositionTooDeep => chain(100),
        Rule::AllOfCycle => schema("{type: object, allOf: [{$ref: '#/components/schemas/A'}]}"),
        Rule::AllOfConflict => {
            schema("{allOf: [{properties: {x: {type: string}}}, {properties: {x: {type: integer}}}]}")
        }
        Rule::CompositionTooWide => {
            let object = |name: usize| format!("{{type: object, required: [p{name}], properties: {{p{name}: {{}}}}}}");
            let union = |from: usize| (from..from + 10).map(object).collect::<Vec<_>>().join(", ");
            schema(&format!("{{allOf: [{{oneOf: [{}]}}, {{oneOf: [{}]}}]}}", union(0), union(10)))
        }
        Rule::CompositionUnclear => schema(
            "{oneOf: [{type: string}, {type: integer}], anyOf: [{type: boolean}, {type: object, properties: {a: {}}}]}",
        ),
        Rule::MediaTypeNotServed => {
            let json = "{schema: {type: object, properties: {a: {type: string}}}}";
            content(&format!("{{application/json: {json}, application/vnd.api+json: {json}}}"))
        }
        Rule::XmlAsText => content("{application/xml: {schema: {type: object, additionalProperties: {type: string}}}}"),
        Rule::PartsUnknown => content("{multipart/form-data: {schema: {}}}"),
        Rule::EncodingNotServed => content(
            "{application/x-www-form-urlencoded: {schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}, encoding: {tags: {contentType: application/xml}}}}",
        ),
        Rule::ParameterAsText => {
            operation("parameters: [{name: a, in: query, content: {application/yaml: {schema: {type: object}}}}]")
        }
        Rule::ServerNotServed => operation("servers: [{url: 'ftp://example.com'}]"),
        Rule::EventUntyped => rest(
            "webhooks: {paid: {post: {requestBody: {content: {application/xml: {schema: {type: object}}}}, responses: {'200': {description: ok}}}}}",
        ),
        Rule::PaginationUnclear => {
            operation("x-clientwright-pagination: {style: cursor, parameter: after, next: /meta/nxet}")
        }
        Rule::PaginationForNothing => {
            rest("x-clientwright-pagination: [{style: cursor, parameter: after, next: /next}]\npaths: {}")
        }
        Rule::PaginationNotFollowed => operation("x-ms-pageable: {nextLinkName: nextLnk}"),
        Rule::LooksPaginated => rest(
            "paths: {/a: {get: {parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: A page, content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}}",
        ),
        Rule::DeliveriesUnclear => rest("paths: {}\nx-clientwright-deliveries: standard-webhooks"),
        Rule::IdempotencyUnclear => operation("x-clientwright-idempotency-key: 'a b'"),
        Rule::MemberEndless => {
            schema("{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}")
        }
        Rule::BoundNotChecked => {
            schema("{type: object, properties: {a: {oneOf: [{type: string, maxLength: 5}, {type: integer}]}}}")
        }
        Rule::AuthorizationIgnored => {
            operation("parameters: [{name: Authorization, in: header, schema: {type: string}}]")
        }
        Rule::EventsAsText => content("{text/event-stream: {schema: {type: object}}}"),
        Rule::NameHintUnclear => schema("{type: string, enum: [a, b], x-enum-varnames: [First]}"),
        Rule::FormatUnknown => schema("{type: string, format: colour}"),
        Rule::NamesUnreadable | Rule::TypeForNothing => schema("{type: object, properties: {a: {type: string}}}"),
        Rule::NameNotKept => {
            let status = |values: &str| format!("{{type: object, properties: {{status: {{enum: [{values}]}}}}}}");
            schema(&format!("{}\n    B: {}", status("a, b"), status("c, d")))
        }
        Rule::UntypedRose => schema("{type: object, properties: {a: {}}}"),
        Rule::ChoiceForNothing => {
            let mut case = operation("operationId: listPets");
            case.settings.operations.ids.push("listCats".to_owned());
            case
        }
        Rule::RenameForNothing | Rule::RenameClashes => schema("{type: object, properties: {a: {type: string}}}"),
        other => panic!("add a document to this test that yields {}", other.code()),
    }
}

struct Beside(BTreeMap<String, String>);

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(FileError::Missing)
    }
}
