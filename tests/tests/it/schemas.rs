//! Tests of the Rust types of schemas, and of values that are read and written without loss.

use clientwright::Generated;
use clientwright_tests::inputs::{compile, file, source};
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::Value;

fn schemas() -> Generated {
    compile("subject", &source("tests/cases/schemas.yaml"), &[])
}

/// An item of the types, from its first line to the first that closes it.
fn item(head: &str) -> String {
    let generated = schemas();
    let types = file(&generated, "src/types.rs");
    let start = types.find(head).unwrap_or_else(|| panic!("no {head} in\n{types}"));
    let text = &types[start..];
    let end = text.find("\n}").or_else(|| text.find(';')).unwrap_or(text.len());
    let line = text.find('\n').unwrap_or(text.len());
    if text[..line].ends_with(';') { text[..line].to_owned() } else { text[..end].to_owned() }
}

#[test]
fn what_is_sent_has_a_constructor_with_what_is_required() {
    let constructor = item("impl OrderInput {");
    assert!(
        constructor.contains("pub fn new(count: i64, item: impl Into<String>, token: impl Into<String>) -> Self"),
        "{constructor}"
    );
    let generated = schemas();
    assert!(!file(&generated, "src/types.rs").contains("impl Ticket {"), "it is never sent");
}

#[test]
fn the_rest_of_an_object_may_be_in_a_part_of_an_all_of() {
    let extras = item("pub struct ExtrasOfPart {");
    assert!(extras.contains("pub additional_properties: ::std::collections::BTreeMap<String, i64>"), "{extras}");
}

#[test]
fn a_part_of_an_all_of_may_require_what_another_describes() {
    let ticket = item("pub struct Ticket {");
    assert!(ticket.contains("pub seat: String"), "{ticket}");
}

#[test]
fn a_part_of_an_all_of_that_only_describes_makes_no_other_type() {
    let expression = item("pub struct Expression {");
    assert!(expression.contains("pub not: Option<Box<Expression>>"), "{expression}");
    assert!(expression.contains("/// What must not hold"), "{expression}");
}

#[test]
fn a_member_that_extends_what_holds_it_is_left_untyped() {
    let expression = item("pub struct Expression {");
    assert!(expression.contains("pub labelled: Presence<serde_json::Value>"), "{expression}");
}

#[test]
fn unions_that_are_members_of_one_another_are_one_without_one_another() {
    let union = item("pub enum Chicken {");
    assert!(union.contains("Text(String)") && union.contains("Integer(i64)"), "{union}");
    assert!(!union.contains("Box"), "{union}");
    assert_eq!(item("pub type Egg"), "pub type Egg = Chicken;");
}

#[test]
fn a_list_is_a_tuple_only_where_it_has_all_items() {
    assert_eq!(item("pub type Pair "), "pub type Pair = (String, i64);");
    assert_eq!(item("pub type UpToTwo "), "pub type UpToTwo = Vec<serde_json::Value>;");
}

#[test]
fn an_integer_whose_bounds_need_64_bits_without_sign_has_them() {
    assert_eq!(item("pub type Huge "), "pub type Huge = u64;");
}

#[test]
fn a_whole_number_of_an_enumeration_is_sent_as_one() {
    let table = item("crate::runtime::json_enum! { Ratio");
    assert!(table.contains("= \"1\"") && table.contains("= \"2.5\""), "{table}");
}

#[test]
fn plain_text_beside_an_open_enumeration_is_no_choice() {
    assert_eq!(item("pub enum Sort ").matches("(").count(), 1, "an enumeration, no union");
}

#[test]
fn what_would_have_to_hold_itself_for_ever_may_be_absent() {
    let link = item("pub struct Link {");
    assert!(link.contains("pub next: Option<Box<Link>>"), "{link}");
    assert!(link.contains("pub all: Vec<Link>"), "{link}");
}

#[test]
fn a_schema_that_only_limits_objects_admits_everything_else() {
    assert_eq!(item("pub type Vague "), "pub type Vague = serde_json::Value;");
}

#[test]
fn a_choice_among_choices_is_one_choice_each_with_what_they_share() {
    let reply = item("pub enum Reply {");
    for variant in ["ByEmail(", "ByUser("] {
        assert!(reply.contains(variant), "{reply}");
    }
    assert!(item("pub struct ReplyByEmail {").contains("pub quiet: Option<bool>"));
}

#[test]
fn members_beside_a_choice_concern_the_objects_among_it() {
    let returned = item("pub enum Returned {");
    assert!(returned.contains("Boolean(bool)"), "{returned}");
    let stated = item("pub enum Stated {");
    assert!(stated.contains("Boolean(bool)"), "it is listed: {stated}");
}

#[test]
#[ignore = "compiles a crate"]
fn every_example_survives_its_type() {
    let read: Value = serde_yaml::from_slice(&source("tests/cases/schemas.yaml").bytes).unwrap();
    let mut instances = Vec::new();
    for (name, schema) in read["components"]["schemas"].as_object().unwrap() {
        for value in schema["examples"].as_array().into_iter().flatten() {
            instances.push(Instance {
                ty: format!("subject::types::{name}"),
                name: format!("{name}: {value}"),
                value: value.clone(),
            });
        }
    }
    let folder = std::env::temp_dir().join("clientwright-round-trip/schemas");
    let verdicts = judge(&schemas(), &instances, &folder);
    let lost: Vec<_> = instances
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| *verdict != Verdict::Same)
        .map(|(i, v)| (&i.name, v))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
