//! Tests of types that differ by direction.

use clientwright::render::Format;
use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::inputs::{file, source};
use serde_json::{Value, json};

fn document() -> Value {
    serde_yaml::from_slice(&source("tests/cases/directions.yaml").bytes).unwrap()
}

fn generated(document: &Value, names: Option<&Generated>) -> Generated {
    let source = Source { name: "directions.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|before| Source { name: "names.yaml".to_owned(), bytes: before.names_text().into_bytes() });
    let report = generate(&source, &[], &NoFiles, &Options { names, ..Options::new("directions") });
    let findings = report.render(&[&source], Format::Short, false);
    report.product.unwrap_or_else(|| panic!("{findings}"))
}

/// The fields of a struct, each as it is written.
fn fields(generated: &Generated, name: &str) -> Vec<String> {
    let types = file(generated, "src/types.rs");
    let (_, rest) = types.split_once(&format!("pub struct {name} {{")).unwrap_or_else(|| panic!("no {name}:\n{types}"));
    let (body, _) = rest.split_once("\n}").unwrap();
    body.lines()
        .filter_map(|line| line.trim().strip_prefix("pub "))
        .map(|line| line.trim_end_matches(',').to_owned())
        .collect()
}

#[test]
fn a_read_only_member_cannot_be_sent_and_a_write_only_one_does_not_come_back() {
    let generated = generated(&document(), None);
    let (pet, input) = (fields(&generated, "Pet"), fields(&generated, "PetInput"));
    assert!(pet.contains(&"id: String".to_owned()) && !pet.iter().any(|field| field.starts_with("secret")), "{pet:?}");
    assert!(input.contains(&"secret: String".to_owned()), "{input:?}");
    assert!(!input.iter().any(|field| field.starts_with("id")), "{input:?}");
}

#[test]
fn what_holds_a_type_that_is_two_is_two_and_nothing_else() {
    let generated = generated(&document(), None);
    let input = fields(&generated, "PetInput");
    for field in ["friends: Option<Vec<PetInput>>", "collar: Option<CollarInput>", "tag: Tag"] {
        assert!(input.contains(&field.to_owned()), "{field}: {input:?}");
    }
    assert_eq!(fields(&generated, "Collar"), ["colour: String", "serial: String"]);
    assert_eq!(fields(&generated, "CollarInput"), ["colour: String"]);
    let types = file(&generated, "src/types.rs");
    assert!(!types.contains("TagInput"), "it is the same both ways");
}

#[test]
fn operations_send_the_one_and_give_the_other() {
    let generated = generated(&document(), None);
    let code = file(&generated, "src/operations.rs");
    assert!(code.contains("&types::PetInput"), "{code}");
    assert!(code.contains("=> types::Pet { 201 => output }"), "{code}");
}

#[test]
fn a_schema_that_goes_one_way_needs_no_other() {
    let generated = generated(&document(), None);
    assert_eq!(fields(&generated, "NewOwner"), ["name: String"]);
    assert_eq!(fields(&generated, "Owner"), ["id: String"]);
}

#[test]
fn a_member_that_tells_a_union_apart_is_always_there() {
    let generated = generated(&document(), None);
    assert_eq!(fields(&generated, "House"), ["kind: String", "rooms: Option<i64>"]);
    assert!(!file(&generated, "src/types.rs").contains("HouseInput2"));
}

#[test]
fn an_object_that_has_nothing_else_keeps_what_it_has() {
    let generated = generated(&document(), None);
    assert_eq!(fields(&generated, "Made"), ["at: Timestamp"]);
    assert_eq!(fields(&generated, "MadeInput"), ["at: Option<Timestamp>"]);
}

#[test]
fn a_component_of_the_same_name_takes_it_unless_it_is_new() {
    let other = json!({ "type": "object", "properties": { "other": { "type": "string" } } });
    let mut document = document();
    let before = generated(&document, None);
    document["components"]["schemas"]["PetInput"] = other;
    let fresh = generated(&document, None);
    assert_eq!(fields(&fresh, "PetInput"), ["other: Option<String>"]);
    assert!(fields(&fresh, "PetSent").contains(&"secret: String".to_owned()));
    let kept = generated(&document, Some(&before));
    assert!(fields(&kept, "PetInput").contains(&"secret: String".to_owned()));
    assert_eq!(fields(&kept, "PetInput2"), ["other: Option<String>"]);
    assert!(before.names.renamed(&kept.names).is_empty());
}
