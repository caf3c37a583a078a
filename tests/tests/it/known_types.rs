//! Types of well-known crates, and of a crate of one's own, in an emitted crate.

use std::fs;

use clientwright::{ExtraDependency, Formats, Options, Origin, Source, TypeSet};
use clientwright_tests::inputs::{compile_with, file};
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::{Value, json};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Values, version: '1' }
paths:
  /values/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
      - { name: since, in: query, schema: { type: string, format: date-time } }
      - { name: for, in: query, schema: { type: string, format: duration } }
      - { name: days, in: query, schema: { type: array, items: { type: string, format: date } } }
      - { name: price, in: header, schema: { type: number, format: decimal } }
      - { name: key, in: query, schema: { type: string, format: byte } }
    post:
      operationId: send
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [at]
              properties:
                at: { type: string, format: time }
                span: { type: string, format: duration }
                amounts: { type: array, items: { type: string, format: decimal } }
      responses:
        '200':
          description: spans
          content: { application/json: { schema: { type: array, items: { type: string, format: duration } } } }
        '400':
          description: a value
          content: { application/json: { schema: { $ref: '#/components/schemas/Values' } } }
    put:
      operationId: replace
      requestBody:
        required: true
        content: { application/json: { schema: { type: array, items: { type: number, format: decimal } } } }
      responses: { '204': { description: done } }
components:
  schemas:
    Values:
      type: object
      required: [id]
      properties:
        id: { type: string, format: uuid }
        url: { type: string, format: uri }
        point: { type: string, format: date-time }
        day: { type: string, format: date }
        clock: { type: [string, 'null'], format: time }
        number: { type: number, format: decimal }
        text: { type: string, format: decimal }
        bytes: { type: string, contentEncoding: base64 }
        span: { type: string, format: duration }
        list: { type: array, items: { type: number, format: decimal128 } }
        either: { oneOf: [{ type: string, format: uuid }, { type: string, format: date }] }
";

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

fn source(text: &str) -> Source {
    Source { name: "values.yaml".to_owned(), bytes: text.as_bytes().to_vec() }
}

fn options(types: &[TypeSet]) -> Options {
    let mut formats = Formats::default();
    types.iter().for_each(|types| formats.add_types(*types));
    Options { formats, mock: true, wire_tests: true, ..Options::new("subject") }
}

fn with_times(times: TypeSet) -> Options {
    use TypeSet::{Base64, Duration, RustDecimal, Url, Uuid};
    options(&[times, Base64, Duration, RustDecimal, Url, Uuid])
}

#[test]
fn a_word_sets_the_types_of_its_formats() {
    for (times, [point, day, clock]) in [
        (TypeSet::Chrono, ["chrono::DateTime<chrono::Utc>", "chrono::NaiveDate", "chrono::NaiveTime"]),
        (TypeSet::Time, ["time::OffsetDateTime", "time::Date", "time::Time"]),
        (TypeSet::Jiff, ["jiff::Timestamp", "jiff::civil::Date", "jiff::civil::Time"]),
    ] {
        let generated = compile_with(&with_times(times), &source(DOCUMENT), &[]);
        let types = file(&generated, "src/types.rs");
        for line in [
            "pub id: uuid::Uuid".to_owned(),
            "pub url: Option<url::Url>".to_owned(),
            format!("pub point: Option<{point}>"),
            format!("pub day: Option<{day}>"),
            format!("pub clock: Presence<{clock}>"),
            "pub number: Option<rust_decimal::Decimal>".to_owned(),
            "pub text: Option<DecimalText>".to_owned(),
            "pub bytes: Option<Base64>".to_owned(),
            "pub span: Option<std::time::Duration>".to_owned(),
            "object! { Values: Eq {".to_owned(),
        ] {
            assert!(types.contains(&line), "no {line} in\n{types}");
        }
    }
    let plain = compile_with(&options(&[]), &source(DOCUMENT), &[]);
    assert!(file(&plain, "src/types.rs").contains("pub id: String"));
    assert!(!file(&plain, "Cargo.toml").contains("uuid"));
}

#[test]
fn a_choice_for_a_format_goes_before_a_word() {
    let mut options = with_times(TypeSet::Chrono);
    options.formats.choose("time", "String").unwrap();
    let types = file(&compile_with(&options, &source(DOCUMENT), &[]), "src/types.rs").to_owned();
    assert!(types.contains("pub clock: Presence<String>") && types.contains("chrono::NaiveDate"), "{types}");
}

/// Members, with values that are written as they are read, and values that are none.
const MEMBERS: &[(&str, &[&str], &[&str])] = &[
    ("id", &[ID], &["", "x", "67e55044", "67e55044-10b1-426f-9247-bb680e5fe0cg"]),
    ("url", &["https://example.com/", "mailto:a@example.com"], &["", "example.com", "https://"]),
    (
        "point",
        &["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.5Z"],
        &["", "2026-11-24", "2026-02-30T10:00:00Z", "2026-11-24T10:00:60Z"],
    ),
    ("day", &["2026-11-24", "2024-02-29"], &["", "2026-02-29", "24.11.2026", "2026-11-24T00:00:00Z"]),
    ("clock", &["10:00:00", "23:59:59.25"], &["", "10:00", "24:00:00", "10:00:00Z"]),
    ("text", &["0.10", "79228162514264337593543950335"], &["", "x", "1,5", "79228162514264337593543950336"]),
    ("bytes", &["", "Zm9v", "Zg=="], &["Z", "%", "Zm9v!"]),
    ("span", &["PT0S", "PT36H", "PT1M30.5S"], &["", "P1M", "P", "-PT1S", "1h"]),
];

fn instances() -> Vec<(Instance, bool)> {
    let mut found = Vec::new();
    let mut add = |member: &str, value: Value, good: bool| {
        let mut whole = json!({ "id": ID });
        whole[member] = value.clone();
        let name = format!("{member}: {value}");
        found.push((Instance { ty: "subject::types::Values".to_owned(), name, value: whole }, good));
    };
    for (member, good, bad) in MEMBERS {
        good.iter().for_each(|text| add(member, json!(text), true));
        bad.iter().for_each(|text| add(member, json!(text), false));
        [json!(true), json!(7), json!([]), json!({})].into_iter().for_each(|value| add(member, value, false));
    }
    for number in [json!(0), json!(-1), json!(0.5), json!(12.25)] {
        add("number", number, true);
    }
    for other in [json!("1"), json!(1e300), json!([])] {
        add("number", other, false);
    }
    add("either", json!(ID), true);
    add("either", json!("2026-11-24"), true);
    add("either", json!("neither"), true);
    add("clock", json!(null), true);
    found
}

fn check(times: TypeSet) {
    let generated = compile_with(&with_times(times), &source(DOCUMENT), &[]);
    let (instances, good): (Vec<Instance>, Vec<bool>) = instances().into_iter().unzip();
    let folder = std::env::temp_dir().join("clientwright-round-trip/known-types");
    let verdicts = judge(&generated, &instances, &folder);
    for ((instance, good), verdict) in instances.iter().zip(good).zip(verdicts) {
        let expected = if good { verdict == Verdict::Same } else { matches!(verdict, Verdict::Refused(_)) };
        assert!(expected, "{times:?}, {}: {verdict:?}", instance.name);
    }
}

#[test]
#[ignore = "compiles a crate"]
fn known_types_compile_and_survive_with_chrono() {
    check(TypeSet::Chrono);
}

#[test]
#[ignore = "compiles a crate"]
fn known_types_compile_and_survive_with_time() {
    check(TypeSet::Time);
}

#[test]
#[ignore = "compiles a crate"]
fn known_types_compile_and_survive_with_jiff() {
    check(TypeSet::Jiff);
}

/// A crate with a type that has nothing but what it must have, and reads no text that is an example of a format.
const OURS: &str = r#"
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};

#[derive(Clone, Debug, PartialEq)]
pub struct Code(u32);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.strip_prefix("code-").and_then(|number| number.parse().ok()).map(Self).ok_or_else(|| D::Error::custom("no code"))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0 == 13 {
            return Err(S::Error::custom("nobody writes 13"));
        }
        to.collect_str(&format_args!("code-{}", self.0))
    }
}
"#;

const ORDERS: &str = "
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders/{code}:
    get:
      parameters: [{ name: code, in: path, required: true, schema: { type: string, format: code } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
components:
  schemas:
    Order:
      type: object
      required: [code, parts]
      properties:
        code: { type: string, format: code }
        parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
        last: { $ref: '#/components/schemas/Part' }
        either: { anyOf: [{ $ref: '#/components/schemas/Part' }, { type: string, format: code }] }
        price: { type: number, format: decimal }
      additionalProperties: { type: string, format: code }
    Part:
      type: object
      required: [code]
      properties:
        code: { type: string, format: code }
        pair: { type: array, prefixItems: [{ type: string, format: code }, { type: integer }], minItems: 2, items: false }
    Codes: { type: array, items: { anyOf: [{ type: string, format: code }, { $ref: '#/components/schemas/Codes' }] } }
";

#[test]
#[ignore = "compiles a crate"]
fn a_type_without_a_default_is_read_and_written_wherever_it_is() {
    let folder = std::env::temp_dir().join("clientwright-round-trip/own-types");
    let ours = folder.join("ours");
    fs::create_dir_all(ours.join("src")).unwrap();
    fs::write(ours.join("src/lib.rs"), OURS).unwrap();
    let manifest =
        "[package]\nname = \"our-types\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\n";
    fs::write(ours.join("Cargo.toml"), manifest).unwrap();
    let mut options = Options::new("subject");
    let dependency = ExtraDependency::of_registry("our-types", "0.1", &[]);
    options.formats.add_dependency(ExtraDependency {
        origin: Origin::Path("../ours".to_owned()),
        version: None,
        ..dependency
    });
    options.formats.choose("code", "our_types::Code").unwrap();
    let generated = compile_with(&options, &source(ORDERS), &[]);
    let order = |more: Value| {
        let mut order = json!({ "code": "code-1", "parts": [{ "code": "code-2", "pair": ["code-3", 3] }] });
        order.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        order
    };
    let good = [
        order(json!({})),
        order(json!({ "last": { "code": "code-4" } })),
        order(json!({ "either": { "code": "code-4" } })),
        order(json!({ "either": "code-4" })),
        order(json!({ "either": "other" })),
        order(json!({ "x": "code-5" })),
        order(json!({ "price": 1.5 })),
        order(json!({ "parts": [] })),
    ];
    let bad = [
        json!(null),
        json!({}),
        json!({ "code": "code-1" }),
        order(json!({ "code": null })),
        order(json!({ "code": 1 })),
        order(json!({ "code": "1" })),
        order(json!({ "code": "code-13" })),
        order(json!({ "last": {} })),
        order(json!({ "last": { "code": "x" } })),
        order(json!({ "parts": [{ "code": "code-2", "pair": ["code-3"] }] })),
        order(json!({ "parts": [{ "code": "code-2", "pair": ["x", 3] }] })),
        order(json!({ "x": "5" })),
        order(json!({ "price": "1.5" })),
    ];
    let instances = good.iter().chain(&bad).map(|value| Instance {
        ty: "subject::types::Order".to_owned(),
        name: value.to_string(),
        value: value.clone(),
    });
    let instances: Vec<Instance> = instances.collect();
    for (index, verdict) in judge(&generated, &instances, &folder).into_iter().enumerate() {
        let expected =
            if index < good.len() { verdict == Verdict::Same } else { matches!(verdict, Verdict::Refused(_)) };
        assert!(expected, "{}: {verdict:?}", instances[index].name);
    }
}
