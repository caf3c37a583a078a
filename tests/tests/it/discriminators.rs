//! The alternatives that a discriminator tells apart.

use clientwright::Source;
use clientwright_tests::inputs::compile;

use crate::unions::{item, table, types_of};

/// The types of a document whose operation returns an object with a member of each of the named schemas.
fn types(version: &str, returned: &[&str], schemas: &str) -> String {
    let member = |name: &&str| format!("{name}: {{$ref: '#/components/schemas/{name}'}}");
    let members = returned.iter().map(member).collect::<Vec<_>>().join(", ");
    let text = format!(
        r##"
openapi: {version}
info: {{title: T, version: "1"}}
paths:
  /all:
    get:
      responses:
        '200':
          description: ok
          content: {{application/json: {{schema: {{type: object, properties: {{{members}}}}}}}}}
components:
  schemas:{schemas}"##
    );
    let document = Source { name: "api.yaml".to_owned(), bytes: text.into_bytes() };
    types_of(&compile("subject", &document, &[]))
}

#[test]
fn a_subtype_of_two_bases_that_list_it_has_the_members_of_both() {
    let schemas = r##"
    Flyer:
      type: object
      required: [kind, wings]
      properties: {kind: {type: string}, wings: {type: integer}}
      discriminator: {propertyName: kind, mapping: {duck: '#/components/schemas/Duck', bat: '#/components/schemas/Bat'}}
      oneOf: [{$ref: '#/components/schemas/Duck'}, {$ref: '#/components/schemas/Bat'}]
    Swimmer:
      type: object
      required: [kind]
      properties: {kind: {type: string}, depth: {type: integer}}
      discriminator: {propertyName: kind, mapping: {duck: '#/components/schemas/Duck'}}
      oneOf: [{$ref: '#/components/schemas/Duck'}]
    Duck: {allOf: [{$ref: '#/components/schemas/Flyer'}, {$ref: '#/components/schemas/Swimmer'}]}
    Bat: {allOf: [{$ref: '#/components/schemas/Flyer'}, {properties: {range: {type: number}}}]}
"##;
    let types = types("3.1.0", &["Swimmer", "Flyer"], schemas);
    let duck = item(&types, "pub struct Duck");
    assert!(duck.contains("pub wings: i64") && duck.contains("pub depth: Option<i64>"), "{duck}");
    assert!(!item(&types, "pub struct Bat").contains("depth"), "{types}");
    let flyer = table(&types, "tagged_union! { Flyer");
    assert!(flyer.ends_with(r#"by "kind" { Duck = "duck", Bat = "bat" } else Other }"#), "{flyer}");
    let swimmer = table(&types, "tagged_union! { Swimmer");
    assert!(swimmer.ends_with(r#"by "kind" { Duck = "duck" } else Other }"#), "{swimmer}");
}

#[test]
fn a_listed_value_within_a_name_tells_alternatives_apart_whose_names_are_not_listed() {
    let schemas = r##"
    Runner:
      oneOf: [{$ref: '#/components/schemas/RunnerSidecarBody'}, {$ref: '#/components/schemas/RunnerRunBookBody'}]
      discriminator: {propertyName: kind}
    RunnerSidecarBody: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}, port: {type: integer}}}
    RunnerRunBookBody: {type: object, required: [kind, uri], properties: {kind: {$ref: '#/components/schemas/Kind'}, uri: {type: string}}}
    Kind: {type: string, enum: [run_book, sidecar]}
    Other:
      oneOf: [{$ref: '#/components/schemas/Chosen'}, {$ref: '#/components/schemas/Taken'}]
      discriminator: {propertyName: kind}
    Chosen: {type: object, required: [kind, choice], properties: {kind: {$ref: '#/components/schemas/Kind'}, choice: {type: string}}}
    Taken: {type: object, required: [kind, uri], properties: {kind: {$ref: '#/components/schemas/Kind'}, uri: {type: string}}}
"##;
    let types = types("3.0.3", &["Runner", "Other"], schemas);
    let runner = table(&types, "tagged_union! { Runner ");
    assert!(
        runner.contains(r#"by "kind""#) && runner.contains(r#" = "sidecar""#) && runner.contains(r#" = "run_book""#),
        "{runner}"
    );
    // No name says which is meant, but their required members do.
    assert!(types.contains("untagged_union! { Other "), "{types}");
}

/// Names are no tags where the property lists its one value: with two messages, the names would tell apart what nobody sends.
#[test]
fn alternatives_that_share_the_value_of_the_tag_are_told_apart_by_the_rest() {
    let schemas = r##"
    Item:
      type: object
      oneOf: [{$ref: '#/components/schemas/Question'}, {$ref: '#/components/schemas/Answer'}, {$ref: '#/components/schemas/ToolCall'}]
      discriminator: {propertyName: type}
    Question: {type: object, required: [type, role], properties: {type: {type: string, enum: [message]}, role: {type: string, enum: [user]}}}
    Answer: {type: object, required: [type, role, id], properties: {type: {type: string, enum: [message]}, role: {type: string, enum: [assistant]}, id: {type: string}}}
    ToolCall: {type: object, required: [type], properties: {type: {type: string, enum: [tool_call]}}}
"##;
    let types = types("3.1.0", &["Item"], schemas);
    let item = table(&types, "untagged_union! { Item ");
    for (variant, value) in [("Question", "user"), ("Answer", "assistant"), ("ToolCall", "tool_call")] {
        let rest = item.split(&format!(" {variant}")).nth(1).unwrap_or_default();
        let own = rest.split_once(", ").map_or(rest, |(own, _)| own);
        assert!(own.contains(&format!(r#""{value}""#)), "{variant}: {item}");
    }
}

/// Overrides add `oneOf` beside the `anyOf` that a framework wrote.
#[test]
fn two_lists_of_the_same_components_are_one() {
    let schemas = r##"
    Text:
      anyOf: [{$ref: '#/components/schemas/Chunk'}, {$ref: '#/components/schemas/Channels'}, {$ref: '#/components/schemas/Webhook'}]
      oneOf: [{$ref: '#/components/schemas/Channels'}, {$ref: '#/components/schemas/Chunk'}]
    Chunk: {type: object, required: [words], properties: {words: {type: string}}}
    Channels: {type: object, required: [channels], properties: {channels: {type: integer}}}
    Webhook: {type: object, required: [request], properties: {request: {type: string}}}
"##;
    let types = types("3.1.0", &["Text"], schemas);
    let text = item(&types, "pub enum Text");
    assert!(text.contains("Chunk(Chunk)") && text.contains("Channels(Channels)"), "{text}");
    assert!(text.contains("Webhook(Webhook)") && !text.contains('2'), "{text}");
}

#[test]
fn a_base_with_one_subtype_keeps_its_other_values() {
    let schemas = r##"
    Limit:
      type: object
      required: [type]
      properties: {type: {type: string, enum: [daily_limit, weekly_limit]}, seconds: {type: integer}}
      discriminator: {propertyName: type}
    WeeklyLimit: {allOf: [{$ref: '#/components/schemas/Limit'}, {type: object, required: [day], properties: {day: {type: integer}}}]}
"##;
    let types = types("3.0.3", &["Limit"], schemas);
    let limit = table(&types, "tagged_union! { Limit ");
    assert!(limit.ends_with(r#"by "type" { WeeklyLimit = "weekly_limit" } else Other }"#), "{limit}");
}

/// NSwag and others describe the own members of a base that extends another beside it, with the discriminator among them.
#[test]
fn a_discriminator_in_a_part_of_a_base_is_that_of_the_base() {
    let schemas = r##"
    Named: {type: object, properties: {id: {type: string}}}
    Animal:
      allOf:
        - $ref: '#/components/schemas/Named'
        - type: object
          required: [kind]
          properties: {kind: {type: string}}
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
    Cat: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {lives: {type: integer}}}]}
    Dog: {x-discriminator-value: dog, allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {barks: {type: boolean}}}]}
"##;
    for version in ["3.0.3", "3.1.0"] {
        let types = types(version, &["Animal"], schemas);
        let animal = table(&types, "tagged_union! { Animal");
        assert!(animal.ends_with(r#"by "kind" { Cat = "cat", Dog = "dog" } else Other }"#), "{animal}");
        let cat = item(&types, "pub struct Cat");
        assert!(cat.contains("pub id: Option<String>") && cat.contains("pub lives: Option<i64>"), "{cat}");
    }
}

#[test]
fn a_value_that_an_alternative_lists_beside_the_mapped_one_means_it_too() {
    let schemas = r##"
    Animal:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog, puppy]}}}
    Part:
      oneOf: [{$ref: '#/components/schemas/Wheel'}, {$ref: '#/components/schemas/Seat'}]
      discriminator: {propertyName: kind, mapping: {wheel: '#/components/schemas/Wheel', seat: '#/components/schemas/Seat'}}
    Base: {type: object, required: [kind], properties: {kind: {type: string, enum: [wheel, seat, frame]}}}
    Wheel: {allOf: [{$ref: '#/components/schemas/Base'}]}
    Seat: {type: object, required: [kind], properties: {kind: {type: string, enum: [seat]}}}
"##;
    let types = types("3.0.3", &["Animal", "Part"], schemas);
    let animal = table(&types, "tagged_union! { Animal");
    assert!(animal.contains(r#"Cat = "cat", Dog = "dog" | "puppy""#), "{animal}");
    let part = table(&types, "tagged_union! { Part");
    assert!(part.contains(r#"Wheel = "wheel", Seat = "seat""#), "the base's frame is no wheel: {part}");
}

#[test]
fn the_constants_by_which_alternatives_are_tried_are_written_by_them() {
    let schemas = r##"
    Job:
      oneOf:
        - {title: Once, type: object, required: [kind, mode], properties: {kind: {const: run}, mode: {const: once}, at: {type: string}}}
        - {title: Often, type: object, required: [kind, mode], properties: {kind: {const: run}, mode: {const: often}, each: {type: integer}}}
        - {title: Stop, type: object, required: [kind], properties: {kind: {const: stop}}}
"##;
    let types = types("3.1.0", &["Job"], schemas);
    assert!(types.contains("untagged_union! { Job "), "{types}");
    let once = item(&types, "pub struct JobOnce");
    assert!(once.contains("pub at: Option<String>") && !once.contains("mode") && !once.contains("kind"), "{once}");
    let table = table(&types, "object! { JobOnce");
    assert!(table.contains(r#""kind" = "run""#) && table.contains(r#""mode" = "once""#), "{table}");
}

/// Pydantic states constants with a default, and does not require them. Without them, the first alternative would be read.
#[test]
fn a_constructor_writes_the_optional_constant_of_its_alternative() {
    let document = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /pets:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Cat: {type: object, properties: {kind: {type: string, const: cat, default: cat}, name: {type: string}}}
    Dog: {type: object, required: [age], properties: {kind: {type: string, const: dog, default: dog}, name: {type: string}, age: {type: integer}}}
"##;
    let document = Source { name: "api.yaml".to_owned(), bytes: document.as_bytes().to_vec() };
    let types = types_of(&compile("subject", &document, &[]));
    assert!(types.contains(r#"Self { kind: Some("cat".into()), name: None }"#), "{types}");
    assert!(types.contains(r#"Self { age, kind: Some("dog".into()), name: None }"#), "{types}");
    assert!(table(&types, "object! { Cat").contains("Cat: Eq {}"), "its default is the constructor's: {types}");
}

/// A base whose subtypes are listed without it, some of which have subtypes of their own: `Dog` is a `Dog` or a `Puppy` there.
#[test]
fn a_list_of_subtypes_is_told_apart_by_the_discriminator_of_their_base() {
    for kind in ["{type: string}", "{type: string, enum: [Cat, Dog, Puppy]}"] {
        let schemas = format!(
            r##"
    Animal:
      type: object
      required: [kind]
      properties: {{kind: {kind}}}
      discriminator: {{propertyName: kind}}
    Cat: {{allOf: [{{$ref: '#/components/schemas/Animal'}}, {{properties: {{lives: {{type: integer}}}}}}]}}
    Dog: {{allOf: [{{$ref: '#/components/schemas/Animal'}}, {{properties: {{loud: {{type: boolean}}}}}}]}}
    Puppy: {{allOf: [{{$ref: '#/components/schemas/Dog'}}, {{properties: {{age: {{type: integer}}}}}}]}}
    Pet: {{anyOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]}}
"##
        );
        let types = types("3.0.3", &["Animal", "Pet"], &schemas);
        let pet = table(&types, "tagged_union! { Pet");
        assert!(pet.ends_with(r#"by "kind" { Cat = "Cat", AnyDog = "Dog" | "Puppy" } else Other }"#), "{pet}");
    }
}
