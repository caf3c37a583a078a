//! The names of variants of unions and enumerations, and of components with type arguments.

use clientwright::Source;
use clientwright_tests::inputs::compile;
use serde_json::{Value, json};

use crate::expected_names;
use crate::unions::{item, table, types_of};

/// A document of version 3.1 whose operation returns an object with these members.
fn with_members(members: &str) -> String {
    let text = format!(
        r##"
openapi: 3.1.0
info: {{title: T, version: "1"}}
paths:
  /all:
    get:
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/All'}}}}}}}}
components:
  schemas:
    All:
      type: object
      properties:{members}"##
    );
    types_of(&compile("subject", &Source { name: "api.yaml".to_owned(), bytes: text.into_bytes() }, &[]))
}

#[test]
fn variants_of_plain_values_have_names_without_numbers() {
    let types = with_members(
        r"
        part:
          oneOf:
            - {type: object, required: [type], properties: {type: {const: text}, text: {type: string}}}
            - {type: object, required: [type], properties: {type: {const: image}, url: {type: string}}}
            - {type: string}
        id: {oneOf: [{type: string, format: uuid}, {type: string}]}
        key: {oneOf: [{type: string, title: Slug, maxLength: 8}, {type: string, title: Long Key, minLength: 9}]}
",
    );
    for (head, rest) in [
        ("untagged_union! { Part", r#"{ Text if "type" = "text", Image if "type" = "image", TextValue } else Other }"#),
        ("untagged_union! { Id", r#"{ Uuid if (text 36 36) = "--" | "09" | "AF" | "af", Text } else Other }"#),
    ] {
        assert!(table(&types, head).ends_with(rest), "{}", table(&types, head));
    }
    let key = item(&types, "pub enum Key");
    assert!(key.contains("Slug(String)") && key.contains("LongKey(String)"), "{key}");
}

#[test]
fn values_that_are_lists_or_objects_are_named_by_what_is_in_them() {
    let types = with_members(
        r#"
        pairs: {enum: [["a"], ["b", 1], []]}
        boxes: {enum: [{"a": 1}, {"b": true}]}
        alone: {enum: [["a"], "a"]}
"#,
    );
    for (head, variants) in [
        ("pub enum Pairs", ["ListA", "ListB1", "EmptyList"].as_slice()),
        ("pub enum Boxes", &["ObjectA1", "ObjectBTrue"]),
        ("pub enum Alone", &["List", "A"]),
    ] {
        let found = item(&types, head);
        assert!(variants.iter().all(|variant| found.contains(&format!("    {variant},"))), "{found}");
    }
}

#[test]
fn values_that_share_a_stated_name_are_told_apart_by_themselves() {
    let types = with_members("\n        scale: {type: integer, enum: [0, 1], x-enum-varnames: [Zero, Zero]}\n");
    let scale = table(&types, "number_enum! { Scale");
    assert!(scale.ends_with("{ Zero = 0, Value1 = 1 } }"), "{scale}");
}

/// Zalando's guidelines have `x-extensible-enum` in place of `enum` for texts that may come to have other values.
#[test]
fn the_values_of_an_extensible_text_are_an_enumeration() {
    let types = with_members(
        r"
        payment: {type: string, x-extensible-enum: [card, bank]}
        other: {type: string, x-extensible-enum: {a: b}}
",
    );
    let payment = table(&types, "text_enum! { Payment");
    assert!(payment.ends_with(r#"{ Card = "card", Bank = "bank" } }"#), "{payment}");
    assert!(types.contains("pub other: Option<String>"), "{types}");
}

/// API Platform states the vocabulary of Hydra.
#[test]
fn a_link_that_is_a_constant_names_no_alternative() {
    let types = with_members(
        r"
        vocabulary:
          oneOf:
            - {type: string}
            - {type: object, required: [vocab, hydra], properties: {vocab: {type: string}, hydra: {enum: ['http://www.w3.org/ns/hydra/core#']}}}
",
    );
    let vocabulary = item(&types, "pub enum Vocabulary");
    assert!(vocabulary.contains("Object(VocabularyObject)"), "{vocabulary}");
}

#[test]
fn values_that_differ_in_a_sign_or_in_a_letter_behind_a_digit_say_so() {
    let types = with_members(
        r"
        zone: {type: string, enum: [Etc/GMT, Etc/GMT+1, Etc/GMT-1, Etc/GMT-14, America/New_York]}
        interval: {type: string, enum: [1m, 1h, 1M]}
        model: {type: string, enum: [gpt-4, gpt-5]}
",
    );
    for (name, expected) in [
        (
            "Zone",
            r#"EtcGmt = "Etc/GMT", EtcGmtPlus1 = "Etc/GMT+1", EtcGmtMinus1 = "Etc/GMT-1", EtcGmtMinus14 = "Etc/GMT-14", AmericaNewYork = "America/New_York""#,
        ),
        ("Interval", r#"N1m = "1m", N1h = "1h", N1M = "1M""#),
        ("Model", r#"Gpt4 = "gpt-4", Gpt5 = "gpt-5""#),
    ] {
        let start = types.find(&format!("text_enum! {{ {name} {{")).unwrap_or_else(|| panic!("{name}: {types}"));
        let table = types[start..].split("} ").next().unwrap_or_default();
        let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(table.contains(expected), "{table}");
    }
}

/// Frameworks of .NET and Java name components after types with arguments.
#[test]
fn components_of_types_with_arguments_are_called_by_their_names() {
    let key = "Pair`2[[System.String, mscorlib, Version=4.0.0.0],[Shop.Models.Pet, Shop]]";
    let keys = ["Page<Shop.Models.Pet>", key, "Plain"];
    let schemas =
        keys.map(|key| (key.to_owned(), json!({ "type": "object", "properties": { "x": { "type": "string" } } })));
    let refer = |key: &str| json!({ "$ref": format!("#/components/schemas/{key}") });
    let all =
        json!({ "type": "object", "properties": { "a": refer(keys[0]), "b": refer(keys[1]), "c": refer(keys[2]) } });
    let content = json!({ "application/json": { "schema": all } });
    let get = json!({ "operationId": "getAll", "responses": { "200": { "description": "ok", "content": content } } });
    let paths = json!({ "/all": { "get": get } });
    let found = expected_names::types(&expected_names::generated(
        &expected_names::document(paths, Value::Object(schemas.into_iter().collect())),
        None,
    ));
    for name in ["PagePet", "PairStringPet", "Plain"] {
        assert!(found.contains(&name.to_owned()), "{name}: {found:?}");
    }
}
