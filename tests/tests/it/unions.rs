//! The Rust forms of unions and enumerations, and the alternative that a value is read as.

use clientwright::{Generated, Options, Source};
use clientwright_tests::inputs::{compile, compile_with, source};
use clientwright_tests::round_trip::{Instance, Verdict, read};
use serde_json::json;

fn unions() -> Generated {
    compile("subject", &source("tests/cases/unions.yaml"), &[])
}

/// The text of all types.
fn types() -> String {
    types_of(&unions())
}

pub(crate) fn types_of(generated: &Generated) -> String {
    let files = generated.files.iter().filter(|file| file.path.starts_with("src/types"));
    files.map(|file| file.contents.as_str()).collect()
}

/// A table of the runtime, on one line.
pub(crate) fn table(types: &str, head: &str) -> String {
    let start = types.find(head).unwrap_or_else(|| panic!("no `{head}` in\n{types}"));
    let end = types[start..].find(" }\n").map_or(types.len(), |end| start + end + 2);
    let line = types[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(", }", " }")
}

/// An item, from its first line to the one that closes it.
pub(crate) fn item(types: &str, head: &str) -> String {
    let start = types.find(head).unwrap_or_else(|| panic!("no `{head}` in\n{types}"));
    let end = types[start..].find("\n}").unwrap_or(types.len() - start);
    types[start..start + end].to_owned()
}

#[test]
fn alternatives_that_are_values_are_one_enumeration() {
    let types = types();
    for (head, entries) in [
        ("text_enum! { Priority", r#"{ Relaxed = "low", Urgent = "high" }"#),
        ("text_enum! { Size", r#"{ S = "s", M = "m", L = "l", Xl = "xl" }"#),
        ("number_enum! { Offset", "i64 { Before = -1, After = 1 }"),
        ("number_enum! { Steps", "i64 { Minus1 = -1, Value0 = 0, Value1 = 1 }"),
        ("text_enum! { Typed", r#"{ On = "on", Off = "off" }"#),
        ("text_enum! { Maybe", r#"{ On = "on", Off = "off", Empty = "" }"#),
        ("text_enum! { Described", r#"{ First = "a", Second = "b" }"#),
    ] {
        assert!(table(&types, head).ends_with(&format!("{entries} }}")), "{}", table(&types, head));
    }
    assert!(types.contains("pub type Open = Typed;"), "{types}");
    assert!(types.contains("pub maybe: Presence<Maybe>"), "{types}");
}

#[test]
fn values_have_the_descriptions_of_their_schemas() {
    let types = types();
    for (head, docs) in [
        ("pub enum Priority", ["/// Next week will do.\n    Relaxed", "/// Now.\n    Urgent"]),
        ("pub enum Described", ["/// The first.\n    First", "/// The second.\n    Second"]),
        ("pub enum Size", ["/// The largest.\n    Xl", "{\n    S"]),
    ] {
        let found = item(&types, head);
        assert!(docs.iter().all(|docs| found.contains(docs)), "{found}");
    }
}

#[test]
fn tags_are_the_values_that_the_alternatives_admit() {
    let types = types();
    for (head, rest) in [
        ("tagged_union! { Shape", r#"by "kind" { Circle = "circle", Square = "square" } else Other }"#),
        (
            "tagged_union! { Event",
            r#"by "type" { Opened = "opened" | "reopened", ClosedAlias = "closed" } else Other }"#,
        ),
        ("tagged_union! { Outcome", r#"by (json "ok") { Success = "true", Failure = "false" } else Other }"#),
        ("tagged_union! { Versioned", r#"by (json "v") { Old = "1", New = "2" } else Other }"#),
        ("tagged_union! { Fallback", r#"by "type" { Known = "known" } or AnyOther = "AnyOther" else Other }"#),
        ("tagged_union! { Vehicle", r#"by "model" { Bike = "bike", Car = "car" } else Other }"#),
        ("tagged_union! { Parent", r#"by "t" { Son = "son", Guest = "guest" } else Other }"#),
        ("untagged_union! { Loose", r#"{ Mail if "via" = "mail", Text if "via" = "text", Object } else Other }"#),
        ("untagged_union! { External", "{ Created, Deleted } else Other }"),
    ] {
        assert!(table(&types, head).ends_with(rest), "{}", table(&types, head));
    }
}

#[test]
fn what_can_have_no_other_value_is_no_field() {
    let types = types();
    assert!(!item(&types, "pub struct Circle").contains("kind"), "{types}");
    assert!(table(&types, "object! { Circle").ends_with(r#"{ radius } optional { note } tag { "kind" = "circle" } }"#));
    assert!(types.contains("pub fn new(radius: f64) -> Self"), "{types}");
    assert!(!types.contains("CircleKind"), "{types}");
    let opened = item(&types, "pub struct Opened");
    assert!(opened.contains("pub r#type: OpenedType"), "it has two: {opened}");
    assert!(types.contains("from_members! { Shape { Circle(Circle), Square(Square) } }"), "{types}");
}

#[test]
fn a_base_is_the_union_of_its_subtypes_and_none_loses_a_member() {
    let types = types();
    assert!(item(&types, "pub struct Car").contains("pub doors: Option<i64>"));
    for subtype in ["pub struct Car", "pub struct Bike"] {
        let found = item(&types, subtype);
        assert!(found.contains("pub wheels: Option<i64>") && found.contains("pub model: String"), "{found}");
    }
    assert!(types.contains("pub type MaybeVehicle = Vehicle;"), "it is no subtype: the base doesn't name it");
    assert!(item(&types, "pub struct Son").contains("pub shared: Option<String>"));
    assert!(item(&types, "pub struct ParentGuest").contains("pub shared: Option<String>"));
}

#[test]
fn nothing_is_copied_that_says_the_same() {
    let types = types();
    let stated = item(&types, "pub enum Stated");
    assert!(stated.contains("Circle(Circle)") && stated.contains("Square(Square)"), "{stated}");
    assert!(item(&types, "pub struct Contact").contains("pub fax: Option<String>"));
    assert!(!types.contains("ContactVariant"), "{types}");
    let copies = |line: &&str| {
        line.strip_prefix("pub type ").and_then(|line| line.split_once(" = ")).is_some_and(|(name, of)| {
            of.strip_prefix(name).is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
        })
    };
    assert_eq!(types.lines().find(copies), None);
}

#[test]
fn members_under_a_condition_are_optional_members() {
    let payment = item(&types(), "pub struct Payment");
    for field in ["address: Option<String>", "gift: Option<bool>", "iban: Option<String>", "number: Option<String>"] {
        assert!(payment.contains(field), "no `{field}` in {payment}");
    }
    assert!(payment.contains("pub method: String"), "what is there anyway stays as it is: {payment}");
}

#[test]
fn a_number_that_may_be_text_is_a_number() {
    let generated = unions();
    let types = types();
    assert!(types.contains("pub type Count = i32;") && types.contains("pub ratio: Presence<f64>"), "{types}");
    let runtime = generated.files.iter().find(|file| file.path == "src/runtime.rs").unwrap();
    assert!(runtime.contents.contains("const NUMBERS_AS_TEXT: bool = true;"), "{}", runtime.contents);
}

/// Texts told apart by their patterns, formats and lengths.
const TEXTS: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /texts:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Everything'}}}
components:
  schemas:
    Everything:
      type: object
      properties:
        route: {$ref: '#/components/schemas/Route'}
        currency: {$ref: '#/components/schemas/Currency'}
        name: {$ref: '#/components/schemas/NameOrMail'}
        same: {$ref: '#/components/schemas/Same'}
    Route: {oneOf: [{$ref: '#/components/schemas/V6'}, {$ref: '#/components/schemas/V4'}, {type: integer}]}
    V4: {type: string, pattern: '^(\d{1,3}\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])$'}
    V6: {type: string, pattern: '^([0-9a-f]{0,4}:){2,7}[0-9a-f.]{0,4}/[0-9]{1,3}$'}
    Currency: {anyOf: [{$ref: '#/components/schemas/Own'}, {$ref: '#/components/schemas/Iso'}]}
    Iso: {type: string, pattern: '^[A-Z]{3}$'}
    Own: {type: string, minLength: 4, maxLength: 24}
    NameOrMail: {oneOf: [{$ref: '#/components/schemas/PlainName'}, {$ref: '#/components/schemas/Mail'}]}
    PlainName: {type: string}
    Mail: {type: string, format: email}
    Same: {oneOf: [{$ref: '#/components/schemas/Lower'}, {$ref: '#/components/schemas/Short'}]}
    Lower: {type: string, pattern: '^[a-z]+$'}
    Short: {type: string, maxLength: 3}
"##;

fn texts() -> Generated {
    compile("subject", &Source { name: "api.yaml".to_owned(), bytes: TEXTS.as_bytes().to_vec() }, &[])
}

#[test]
fn texts_are_told_apart_by_their_form() {
    let types = types_of(&texts());
    for (head, rest) in [
        (
            "untagged_union! { Currency",
            r#"{ Iso if (text 3 3) = "AZ", Own if (text 4 24) = "\0\u{10ffff}" } else Other }"#,
        ),
        ("untagged_union! { NameOrMail", "PlainName } else Other }"),
    ] {
        assert!(table(&types, head).ends_with(rest), "{}", table(&types, head));
    }
    assert!(types.contains("pub type Same = String;"), "a text can be both: {types}");
}

#[test]
#[ignore = "compiles a crate"]
fn a_text_is_read_as_the_alternative_whose_form_it_has() {
    let values = [
        ("Route", json!("192.168.1.0/24"), "V4("),
        ("Route", json!("fd12:3456::/64"), "V6("),
        ("Route", json!("anywhere"), "Other("),
        ("Route", json!(7), "Integer("),
        ("Currency", json!("USD"), "Iso("),
        ("Currency", json!("POINTS"), "Own("),
        ("NameOrMail", json!("me@example.com"), "Mail("),
        ("NameOrMail", json!("me"), "PlainName("),
    ];
    read_as(&texts(), &values, "texts");
}

#[test]
#[ignore = "compiles a crate"]
fn a_value_is_read_as_the_alternative_that_it_is_of() {
    let values = [
        ("Priority", json!("low"), "Relaxed"),
        ("Size", json!("xl"), "Xl"),
        ("Offset", json!(-1), "Before"),
        ("Typed", json!("on"), "On"),
        ("Maybe", json!(""), "Empty"),
        ("Shape", json!({ "kind": "circle", "radius": 1.5 }), "Circle("),
        ("Shape", json!({ "kind": "oval", "radius": 1.5 }), "Other("),
        ("Event", json!({ "type": "reopened", "by": "me" }), "Opened("),
        ("Event", json!({ "type": "closed" }), "ClosedAlias("),
        ("Outcome", json!({ "ok": false, "why": "rain" }), "Failure("),
        ("Versioned", json!({ "v": 2, "b": "b" }), "New("),
        ("Fallback", json!({ "type": "known", "bark": "loud" }), "Known("),
        ("Fallback", json!({ "type": "lizard", "what": "scales" }), "AnyOther("),
        ("Fallback", json!({ "what": "scales" }), "AnyOther("),
        ("Vehicle", json!({ "model": "car", "wheels": 4, "doors": 5 }), "Car("),
        ("Vehicle", json!({ "model": "bike", "wheels": 2 }), "Bike("),
        ("Parent", json!({ "t": "guest", "shared": "s", "y": "y" }), "Guest("),
        ("Loose", json!({ "via": "mail", "subject": "Hello" }), "Mail("),
        ("Loose", json!({ "via": "text", "body": "Hello" }), "Text("),
        ("Loose", json!({ "more": [1] }), "Object("),
        ("External", json!({ "deleted": true }), "Deleted("),
        ("Stated", json!({ "kind": "square", "side": 2.0 }), "Square("),
    ];
    let folder = read_as(&unions(), &values, "unions");
    let text = Instance {
        ty: "subject::types::Everything".into(),
        name: String::new(),
        value: json!({ "count": "42", "ratio": "0.5" }),
    };
    let found = read(&unions(), &[text], &folder);
    assert_eq!(found[0].verdict, Verdict::Changed(json!({ "count": 42, "ratio": 0.5 }).to_string()));
}

/// Documents of each version, with the values of each type and the variants that they are.
const FORMS: [&str; 3] = ["unions-20", "unions-30", "unions-31"];

pub(crate) fn forms(name: &str) -> Generated {
    compile("subject", &source(&format!("tests/cases/{name}.yaml")), &[])
}

#[test]
fn keys_of_a_mapping_are_values_of_the_property() {
    let types = types_of(&forms("unions-31"));
    for (head, rest) in [
        ("tagged_union! { Ints", r#"by (json "v") { I1 = "1", I2 = "2" | "3" } else Other }"#),
        ("tagged_union! { Bools", r#"by (json "ok") { B1 = "true", B2 = "false" } else Other }"#),
    ] {
        assert!(table(&types, head).ends_with(rest), "{}", table(&types, head));
    }
}

#[test]
fn an_alternative_is_known_by_the_tag_that_another_union_gives_it() {
    let union = table(&types_of(&forms("unions-30")), "tagged_union! { EUnion");
    assert!(union.ends_with(r#"by "type" { Ea = "ea", Eb = "eb" } else Other }"#), "{union}");
}

#[test]
fn an_alternative_is_known_by_what_its_members_hold() {
    let types = types_of(&forms("unions-31"));
    let nested = table(&types, "untagged_union! { NestedConst");
    assert!(nested.contains(r#"First if (at "/meta/kind") = "f", Second if (at "/meta/kind") = "s""#), "{nested}");
    let pattern = table(&types, "untagged_union! { ByPattern");
    assert!(pattern.contains(r#"Vm if (text 4 4294967295 at "/id")"#), "{pattern}");
}

#[test]
fn numbers_in_quotes_are_numbers_where_the_type_says_so() {
    for name in FORMS {
        let types = types_of(&forms(name));
        let head = if name == "unions-20" { "number_enum! { Quoted" } else { "number_enum! { IntAsText" };
        assert!(table(&types, head).ends_with("i64 { Value1 = 1, Value2 = 2 } }"), "{types}");
    }
}

#[test]
fn true_and_false_are_a_boolean_and_a_nullable_list_has_one_null() {
    assert!(types_of(&forms("unions-31")).contains("pub type Truth = bool;"));
    assert!(types_of(&forms("unions-30")).contains("pub other: Presence<StatusEnum>"));
}

#[test]
fn lists_of_texts_beside_other_types_are_one_alternative() {
    let types = types_of(&forms("unions-31"));
    let units = item(&types, "pub enum Units");
    assert!(units.contains("Keyword(UnitsKeyword)") && !types.contains("UnitsKeyword2"), "{units}");
    let keyword = table(&types, "text_enum! { UnitsKeyword");
    assert!(keyword.ends_with(r#"{ North = "north", South = "south" } }"#), "{keyword}");
    let mixed = table(&types, "untagged_union! { ListOrText");
    assert!(mixed.contains(r#"Keyword if (at "") = "auto" | "none""#), "{mixed}");
}

#[test]
fn variants_that_are_no_names_of_their_own_are_named_by_their_types() {
    let types = types_of(&forms("unions-31"));
    for (head, rest) in [
        ("untagged_union! { Vague", "{ Integer, Text } else Other }"),
        ("untagged_union! { Maps", "{ IntegerMap, TextMap } else Other }"),
        ("untagged_union! { SimpleLists", "{ TextList, IntegerList, Text } else Other }"),
    ] {
        assert!(table(&types, head).ends_with(rest), "{}", table(&types, head));
    }
}

#[test]
fn a_union_is_made_of_each_member_whose_type_stands_once() {
    let types = types_of(&forms("unions-31"));
    for from in [
        "{ NestedFree { CatOrDog(CatOrDog), CatOrDogList(Vec<CatOrDog>), Text(String) } }",
        "{ Nested { CatOrDog(CatOrDog), Puppy(Puppy) } }",
        "{ Vague { Integer(i64), Text(String) } }",
    ] {
        let table = table(&types, &format!("from_members! {}", from.split(" {").next().unwrap_or_default()));
        assert!(table.contains(from.trim_end_matches('}').trim_end()), "{table}");
    }
    let wrapped = table(&types_of(&forms("unions-30")), "from_members! { Wrapped");
    assert!(wrapped.contains("CatWrap(CatWrap), DogWrap(DogWrap)"), "{wrapped}");
}

#[test]
fn tags_that_are_no_texts_are_no_fields_and_new_gives_those_that_are() {
    let types = types_of(&forms("unions-30"));
    let ok = table(&types, "object! { ResultTrue");
    assert!(ok.ends_with(r#"optional { data } tag { "ok" = (json "true") } }"#), "{ok}");
    let blue = item(&types_of(&forms("unions-20")), "impl Blue");
    assert!(blue.contains("pub fn new() -> Self") && blue.contains(r#"kind: "Blue".into()"#), "{blue}");
}

#[test]
fn tuples_are_told_apart_by_their_items() {
    let types = types_of(&forms("unions-31"));
    let moves = table(&types, "untagged_union! { Move");
    assert!(moves.ends_with(r#"{ To if (at "/0") = "to", By if (at "/0") = "by" } else Other }"#), "{moves}");
}

#[test]
fn components_that_only_require_members_are_no_alternatives() {
    let types = types_of(&forms("unions-31"));
    let reachable = item(&types, "pub struct Reachable {");
    assert!(reachable.contains("mail: Option<String>") && reachable.contains("phone: Option<String>"), "{reachable}");
    let callable = item(&types, "pub struct Callable {");
    assert!(callable.contains("phone: String") && callable.contains("mail: Option<String>"), "{callable}");
}

#[test]
fn values_in_another_spelling_than_their_type_has_are_those_of_the_type() {
    let types = types_of(&forms("unions-31"));
    assert!(types.contains("pub type Tags = Vec<TagsItem>;"), "{types}");
    let document = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
        "paths": {"/g": {"get": {"responses": {"200": {"description": "ok", "content": {"application/json": {"schema":
            {"type": "object", "properties": {"grade": {"type": "string", "enum": [1, true, "x"]}}}}}}}}}}}"##;
    let document = Source { name: "api.json".to_owned(), bytes: document.as_bytes().to_vec() };
    let grade = table(&types_of(&compile("subject", &document, &[])), "text_enum! { Grade");
    assert!(grade.ends_with(r#"{ N1 = "1", True = "true", X = "x" } }"#), "{grade}");
}

#[test]
fn values_are_named_by_the_extensions_of_other_tools() {
    let types = types_of(&forms("unions-31"));
    assert!(item(&types, "pub enum Light").contains("    R,\n    /// Go.\n    Green"), "{types}");
    assert!(item(&types, "pub enum Lamp").contains("/// Stop.\n    Red,\n    G,"), "{types}");
    assert!(table(&types, "text_enum! { Signal").ends_with(r#"{ Red = "r", Green = "g" } }"#), "{types}");
    let switch = table(&types, "json_enum! { Switch");
    assert!(switch.ends_with(r#"{ True = "true", Auto = "\"auto\"" } }"#), "{switch}");
}

#[test]
fn a_mapping_alone_names_subtypes_with_the_members_of_the_base() {
    let types = types_of(&forms("unions-30"));
    let job = table(&types, "tagged_union! { Job");
    assert!(job.ends_with(r#"by "kind" { Print = "print", Scan = "scan" } else Other }"#), "{job}");
    let print = item(&types, "pub struct JobPrint {");
    assert!(print.contains("pub id: String") && print.contains("pub pages: Option<i64>"), "{print}");
}

#[test]
fn members_of_choices_under_a_condition_are_optional_members() {
    let found = item(&types_of(&forms("unions-31")), "pub struct Conditional {");
    for field in ["number: Option<String>", "iban: Option<String>", "account: Option<String>"] {
        assert!(found.contains(field), "no `{field}` in {found}");
    }
}

#[test]
fn the_wire_tests_say_which_variant_a_value_is() {
    let options = Options { wire_tests: true, ..Options::new("subject") };
    let generated = compile_with(&options, &source("tests/cases/unions-31.yaml"), &[]);
    let file = generated.files.iter().find(|file| file.path == "tests/wire/unions.rs").unwrap();
    let tests = file.contents.split_whitespace().collect::<Vec<_>>().join(" ");
    for (union, value, variant) in [
        ("CatOrDog", r#"{"kind":"dog"}"#, "Dog"),
        ("NestedConst", r#""kind":"s""#, "Second"),
        ("Ints", r#""v":2"#, "I2"),
        ("ListOrText", "px", "Text"),
        ("Bools", r#""ok":false"#, "B2"),
    ] {
        let check = format!("matches!(value, api::types::{union}::{variant}(_))");
        let before = tests.split(&check).next().filter(|before| before.len() < tests.len());
        let value_before = before.and_then(|before| before.rsplit("harness::alternative").next());
        assert!(value_before.is_some_and(|text| text.contains(value)), "{union}: {value_before:?}");
    }
    assert!(!tests.contains("api::types::Vague::Text("), "a text may be either");
}

#[test]
#[ignore = "compiles crates"]
fn a_value_of_each_form_is_read_as_its_alternative() {
    for name in FORMS {
        let source = source(&format!("tests/cases/{name}.yaml"));
        let document: serde_json::Value = serde_yaml::from_slice(&source.bytes).unwrap();
        let schemas = document.pointer("/components/schemas").or(document.get("definitions")).unwrap();
        let values: Vec<(&str, serde_json::Value, &str)> = schemas
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(ty, schema)| schema["x-reads"].as_array().into_iter().flatten().map(move |read| (ty, read)))
            .map(|(ty, read)| (ty.as_str(), read[0].clone(), read[1].as_str().unwrap()))
            .collect();
        assert!(!values.is_empty());
        read_as(&forms(name), &values, name);
    }
}

/// Reads values as types of a crate, and expects each to be read as a variant and written as it was. Returns the crate's folder.
fn read_as(generated: &Generated, values: &[(&str, serde_json::Value, &str)], name: &str) -> std::path::PathBuf {
    let instance = |(ty, value, _): &(&str, serde_json::Value, &str)| Instance {
        ty: format!("subject::types::{ty}"),
        name: (*ty).to_owned(),
        value: value.clone(),
    };
    let instances: Vec<Instance> = values.iter().map(instance).collect();
    let folder = std::env::temp_dir().join("clientwright-round-trip").join(name);
    for ((ty, value, variant), found) in values.iter().zip(read(generated, &instances, &folder)) {
        assert_eq!(found.verdict, Verdict::Same, "{ty}: {value}");
        assert!(found.debug.starts_with(variant), "{ty}: {value} was read as {}", found.debug);
    }
    folder
}

/// ASP.NET Core writes `short` and `byte` in the same way as `int`.
#[test]
fn a_small_number_that_may_be_text_is_a_number() {
    let document = r#"
openapi: 3.1.1
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
    Stock:
      type: object
      required: [a, b]
      properties:
        a: {type: [integer, string], format: int16, pattern: '^-?(?:0|[1-9]\d*)$'}
        b: {type: [integer, string], format: uint8, pattern: '^(?:0|[1-9]\d*)$'}
"#;
    let document = Source { name: "api.yaml".to_owned(), bytes: document.as_bytes().to_vec() };
    let types = types_of(&compile("subject", &document, &[]));
    let stock = item(&types, "pub struct Stock");
    assert!(stock.contains("pub a: i16") && stock.contains("pub b: u8"), "{stock}");
}
