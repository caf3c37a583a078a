//! The names of variants of unions and enumerations.

use clientwright::Source;
use clientwright_tests::inputs::compile;

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
