//! Rules of pagination: what `lint` proposes pages the operations that it names, and nothing is paged without a rule.

use clientwright::diagnostics::Rule;
use clientwright::{NoFiles, Options, Settings, Source, check, generate};

/// A document whose lists are paged in five ways; the last two operations have one end only.
const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Lists, version: '1' }
paths:
  /cursor: { get: { parameters: [{ name: after, in: query, schema: { type: string } }], responses: { '200': { $ref: '#/components/responses/Cursor' } } } }
  /page: { get: { parameters: [{ name: page, in: query, schema: { type: integer, default: 0 } }], responses: { '200': { $ref: '#/components/responses/Counted' } } } }
  /offset: { get: { parameters: [{ name: offset, in: query, schema: { type: integer } }], responses: { '200': { $ref: '#/components/responses/Counted' } } } }
  /link: { get: { parameters: [{ name: limit, in: query, schema: { type: integer } }], responses: { '200': { $ref: '#/components/responses/Link' } } } }
  /header: { get: { parameters: [{ name: limit, in: query, schema: { type: integer } }], responses: { '200': { $ref: '#/components/responses/Header' } } } }
  /text: { get: { parameters: [{ name: page, in: query, schema: { type: string } }], responses: { '200': { $ref: '#/components/responses/Counted' } } } }
  /next: { get: { responses: { '200': { $ref: '#/components/responses/Cursor' } } } }
components:
  responses:
    Cursor: { description: A page, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: {} }, meta: { type: object, properties: { next: { type: [string, 'null'] } } } } } } } }
    Counted: { description: A page, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: {} }, total: { type: integer }, total_pages: { type: integer } } } } } }
    Link: { description: A page, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: {} }, links: { type: object, properties: { next: { type: string, format: uri } } } } } } } }
    Header: { description: A page, headers: { Link: { schema: { type: string } } }, content: { application/json: { schema: { type: array, items: {} } } } }
";

fn source(text: &str) -> Source {
    Source { name: "lists.yaml".to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The rules that `lint` proposes, as lines of `codegen.toml`.
fn proposed(settings: &Settings) -> Vec<String> {
    let report = check(&source(DOCUMENT), &[], &NoFiles, settings);
    let found = report.diagnostics.iter().filter(|found| found.rule == Rule::LooksPaginated);
    let help = found.map(|found| found.help.clone().unwrap());
    help.map(|help| help.split('`').nth(1).unwrap().to_owned()).collect()
}

/// The operations that have `pages`, as the tables of the emitted crate state them.
fn paged(text: &str, settings: Settings) -> Vec<String> {
    let options = Options { settings, ..Options::new("lists") };
    let report = generate(&source(text), &[], &NoFiles, &options);
    let files = report.product.expect("the document is fine").files;
    let all: String = files.iter().filter(|file| !file.path.contains("runtime")).map(|file| &*file.contents).collect();
    let mut path = "";
    let mut found = Vec::new();
    for line in all.lines() {
        path = line.split_once(" = GET \"").map_or(path, |(_, rest)| rest.split('"').next().unwrap());
        if let Some((_, way)) = line.split_once("pages Paging::") {
            found.push(format!("{path} {}", way.split(" =>").next().unwrap()));
        }
    }
    found
}

#[test]
fn a_proposed_rule_pages_the_operations_that_it_names() {
    assert_eq!(paged(DOCUMENT, Settings::default()), Vec::<String>::new(), "nothing is paged by a guess");
    let lines = proposed(&Settings::default());
    assert_eq!(
        lines,
        [
            r#"pagination = [{ style = "cursor", parameter = "after", next = "/meta/next" }]"#,
            r#"pagination = [{ style = "page", parameter = "page", total = "/total_pages", first = 0 }]"#,
            r#"pagination = [{ style = "offset", parameter = "offset", total = "/total" }]"#,
            r#"pagination = [{ style = "link" }]"#,
            r#"pagination = [{ style = "link", next = "/links/next" }]"#,
        ]
    );
    let stated = lines.iter().map(|line| toml::from_str::<Settings>(line).expect("a line of codegen.toml"));
    let all: Vec<_> = stated.flat_map(|settings| settings.pagination).collect();
    let all = Settings { pagination: all, ..Settings::default() };
    assert_eq!(
        paged(DOCUMENT, all.clone()),
        [
            r#"/cursor cursor("after", "/meta/next").items("/data")"#,
            "/header LINK",
            r#"/link url("/links/next").items("/data")"#,
            r#"/offset offset("offset").items("/data").total("/total")"#,
            r#"/page page("page", 0).items("/data").total("/total_pages")"#,
        ]
    );
    assert_eq!(proposed(&all), Vec::<String>::new(), "there is nothing left to propose");
}

#[test]
fn a_rule_at_the_root_is_the_same_and_an_operation_says_otherwise() {
    let rule = "x-clientwright-pagination: [{ style: cursor, parameter: after, next: /meta/next }]\n";
    let with_rule = format!("{}{rule}", DOCUMENT.trim_start());
    assert_eq!(paged(&with_rule, Settings::default()), [r#"/cursor cursor("after", "/meta/next").items("/data")"#]);
    let off = with_rule.replace("/cursor: { get: {", "/cursor: { get: { x-clientwright-pagination: false,");
    assert_ne!(off, with_rule);
    assert_eq!(paged(&off, Settings::default()), Vec::<String>::new());
}

#[test]
fn a_wrong_rule_is_an_error_where_it_stands() {
    let text = format!("{}x-clientwright-pagination: [{{ style: page, next: /a }}]\n", DOCUMENT.trim_start());
    let report = check(&source(&text), &[], &NoFiles, &Settings::default());
    let found: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|found| found.rule == Rule::PaginationUnclear)
        .map(|found| (found.pointer().as_str().to_owned(), found.message.clone()))
        .collect();
    assert_eq!(
        found,
        [(
            "/x-clientwright-pagination/0/next".to_owned(),
            "`page` has no `next`, but parameter, first, total".to_owned()
        )]
    );
}
