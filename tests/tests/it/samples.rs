//! Samples keep to the schemas that they are made from, and to the examples that are valid.

use clientwright::ir::{Api, Media};
use clientwright::samples::{Direction, Fill, Sampler, inputs};
use clientwright::{NoFiles, Options, Source, analyse};
use clientwright_tests::emitted::Emitted;
use clientwright_tests::inputs::source;
use serde_json::{Value, json};

fn api() -> Api {
    let spec = source("tests/cases/samples.yaml");
    analyse(&spec, &[], &NoFiles, &Options::new("samples")).product.expect("the fixture is fine").api
}

fn received(api: &Api, response: usize, fill: Fill) -> Value {
    let media: &Media = &api.operations[0].responses[response].content[0];
    Sampler::new(&api.schemas, Direction::Received, fill).media(media).expect("the schema admits something")
}

#[test]
fn parameters_keep_to_patterns_bounds_and_lists() {
    let api = api();
    let given = |fill| -> Vec<(String, Value)> {
        let sample = inputs(&api, &api.operations[0], fill).expect("all that is required has a value");
        sample.parameters.into_iter().map(|(parameter, value)| (parameter.name.clone(), value)).collect()
    };
    let pair = |name: &str, value: Value| (name.to_owned(), value);
    let everything = given(Fill::Everything);
    assert!(everything.contains(&pair("sort", json!("title"))), "{everything:?}");
    let copies = everything.iter().find(|(name, _)| name == "copies").and_then(|(_, value)| value.as_i64());
    assert!(copies.is_some_and(|number| number % 7 == 0 && (3..=50).contains(&number)), "{everything:?}");
    assert!(everything.iter().all(|(name, _)| name != "never"), "nothing is both above five and below four");
    let mut least = given(Fill::RequiredOnly);
    least.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(least, [pair("shelf", json!("AA-000")), pair("sort", json!("year"))]);
}

#[test]
fn the_valid_example_that_says_most_is_taken_as_it_goes_that_way() {
    let api = api();
    let sample = inputs(&api, &api.operations[0], Fill::Everything).expect("there is a value");
    let expected = json!({
        "added": "2020-01-01T00:00:00Z", "isbn": "978-0-00-000000-1", "kind": "novel", "note": null, "title": "Ulysses"
    });
    // What the schema doesn't name, and what only comes back, isn't sent.
    assert_eq!(sample.bodies[0].1, expected);
}

#[test]
fn a_sample_without_a_valid_example_is_made_from_the_schema() {
    let api = api();
    // Its examples lack `id`, which comes back.
    let book = received(&api, 0, Fill::Everything);
    assert_eq!(book["id"], "123e4567-e89b-12d3-a456-426614174000");
    assert_eq!(book.get("secret"), None, "it is for the server only");
    assert_eq!(book.get("sequel"), None, "it would hold itself");
    assert_eq!(book["isbn"], "978-0-00-000000-0");
    assert_eq!(book["added"], "2024-05-17T09:30:00Z", "`yesterday` is no date-time");
    assert!((3..=8).contains(&book["title"].as_str().expect("text").len()), "{book}");
    assert!(book["rating"].as_f64().is_some_and(|rating| 0.0 < rating && rating < 1.0), "{book}");
    assert!(book["price"].as_f64().is_some_and(|price| price >= 0.01), "{book}");
    let chapters = book["chapters"].as_array().expect("a list");
    assert!(chapters.len() == 2 && chapters[0] != chapters[1], "{book}");
    assert_eq!(book["places"].as_object().map(serde_json::Map::len), Some(1));
    assert_eq!((&book["form"]["medium"], book["form"]["pages"].is_i64()), (&json!("paper"), true));
}

#[test]
fn the_least_is_what_is_required_and_nulls_are_null() {
    let api = api();
    let names = |book: &Value| book.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&received(&api, 0, Fill::RequiredOnly)), ["id", "isbn", "kind", "title"]);
    let nulls = received(&api, 0, Fill::Nulls);
    assert_eq!((&nulls["kind"], &nulls["note"]), (&Value::Null, &Value::Null));
    assert!(names(&nulls).len() > 10 && nulls["title"].is_string(), "{nulls}");
}

#[test]
fn what_holds_itself_ends() {
    let problem = received(&api(), 1, Fill::Everything);
    assert_eq!(problem, json!({ "cause": "some cause", "parts": [] }));
}

/// Parameters of texts whose schemas are composed, or only have a name.
const COMPOSED: &str = r##"
openapi: 3.1.0
info: {title: Bank, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /accounts/{account}/{either}/{number}:
    get:
      operationId: getAccount
      parameters:
        - {in: path, name: account, required: true, schema: {$ref: '#/components/schemas/AccountId'}}
        - {in: path, name: either, required: true, schema: {anyOf: [{type: integer}, {type: string, format: uuid}]}}
        - {in: path, name: number, required: true, schema: {$ref: '#/components/schemas/Number'}}
        - {in: query, name: since, required: true, schema: {$ref: '#/components/schemas/When'}}
        - {in: query, name: only, schema: {$ref: '#/components/schemas/Names'}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}}
components:
  schemas:
    Prefixed: {type: string, pattern: '^bank_[a-z0-9]+$', minLength: 8}
    AccountId: {allOf: [{$ref: '#/components/schemas/Prefixed'}, {type: string, minLength: 12}, {description: Of the account}]}
    Number: {allOf: [{type: integer, minimum: 7}, {type: integer, maximum: 7}]}
    When: {type: string, anyOf: [{format: date-time}, {format: date}]}
    Names: {type: array, items: {type: string}}
    Account: {type: object, properties: {id: {$ref: '#/components/schemas/AccountId'}, n: {$ref: '#/components/schemas/Number'}}}
"##;

#[test]
fn bounds_of_all_parts_and_of_one_alternative_hold() {
    let spec = Source { name: "bank.yaml".to_owned(), bytes: COMPOSED.as_bytes().to_vec() };
    let api = analyse(&spec, &[], &NoFiles, &Options::new("bank")).product.expect("the document is fine").api;
    let sample = inputs(&api, &api.operations[0], Fill::Everything).expect("there is a value");
    let value = |name: &str| {
        let found = sample.parameters.iter().find(|(parameter, _)| parameter.name == name);
        found.map(|(_, value)| value.clone()).expect("the parameter has a value")
    };
    let account = value("account").as_str().map(str::to_owned).expect("text");
    assert!(account.starts_with("bank_") && account.len() >= 12, "{account}");
    assert_eq!(value("either"), json!("123e4567-e89b-12d3-a456-426614174000"));
    assert_eq!(value("number"), json!(7));
    assert_eq!(value("since"), json!("2024-05-17T09:30:00Z"));
}

#[test]
fn an_argument_is_passed_as_what_its_type_is_a_name_of() {
    let emitted = Emitted::of_text("bank", "bank.yaml", COMPOSED.as_bytes().to_vec());
    let operations: String = emitted.file("src/operations.rs").split_whitespace().collect::<Vec<_>>().join(" ");
    let declared = "account: impl AsRef<str>, either: impl AsRef<str>, number: types::Number, since: impl AsRef<str>";
    assert!(operations.contains(declared), "{operations}");
    assert!(operations.contains("fn only(self, value: &[String])"), "{operations}");
    let types = emitted.file("src/types.rs");
    assert!(types.contains("Bounds: minLength `12`, pattern `^bank_[a-z0-9]+$`"), "{types}");
}
