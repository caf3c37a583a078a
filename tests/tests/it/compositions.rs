//! The meaning of compositions: hierarchies, members by pattern or under a condition, null among alternatives, and the names that come
//! of them. The values of the same documents are read in `unions`.

use clientwright::diagnostics::Rule;
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_tests::inputs::compile;

use crate::unions::{forms, item, table, types_of};

#[test]
fn a_place_for_a_component_within_a_hierarchy_may_hold_its_descendants() {
    let types = types_of(&forms("unions-30"));
    let any = table(&types, "tagged_union! { AnySubA");
    assert!(any.ends_with(r#"by "kind" { Sub = "a", SubSub = "c" } else Other }"#), "{any}");
    let crew = item(&types, "pub struct Crew {");
    for field in
        ["first: Option<AnySubA>", "rest: Option<Vec<AnySubA>>", "noted: Option<AnySubA>", "leaf: Option<SubB>"]
    {
        assert!(crew.contains(field), "no `{field}` in {crew}");
    }
    let base = item(&types, "pub enum Base {");
    assert!(base.contains("SubA(SubA)") && base.contains("SubSubA(SubSubA)"), "the hierarchy is as it was: {base}");
    let older = types_of(&forms("unions-20"));
    assert!(older.contains("pub dog: Option<AnyDog>"), "{older}");
    assert!(table(&older, "tagged_union! { AnyDog").contains(r#"Puppy = "Puppy""#), "{older}");
}

#[test]
fn the_fields_of_a_form_and_of_a_patch_are_those_of_the_component_itself() {
    let text = r##"
openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /dogs:
    post:
      operationId: addDog
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Dog'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}
    patch:
      operationId: changeDog
      requestBody: {content: {application/merge-patch+json: {schema: {$ref: '#/components/schemas/Dog'}}}}
      responses: {'200': {description: ok}}
components:
  schemas:
    Animal: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {bark: {type: boolean}}}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {cute: {type: boolean}}}]}
"##;
    let document = Source { name: "api.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let generated = compile("subject", &document, &[]);
    let types = types_of(&generated);
    assert!(types.contains("pub bark: Presence<bool>"), "a patch removes members: {types}");
    let text: String =
        generated.files.iter().filter(|file| file.path.starts_with("src/")).map(|it| it.contents.as_str()).collect();
    assert!(
        text.contains("AnyDog") && !text.contains("body: AnyDog") && !text.contains("body: impl Into<AnyDog>"),
        "{text}"
    );
}

#[test]
fn a_base_that_its_own_mapping_names_is_an_alternative() {
    let types = types_of(&forms("unions-30"));
    let whole = table(&types, "tagged_union! { Whole ");
    assert!(whole.ends_with(r#"by "$type" { Whole = "Whole", Half = "Half" } else Other }"#), "{whole}");
    assert!(item(&types, "pub enum Whole {").contains("Whole(WholePlain)"), "{types}");
    assert!(item(&types, "pub struct WholeOrHalf {").contains("it: Option<Whole>"), "the base has all of these");
}

#[test]
fn a_mapping_that_leaves_some_out_leaves_them_their_names() {
    let partly = table(&types_of(&forms("unions-30")), "tagged_union! { Partly");
    for entry in [r#"One = "one""#, r#"Two = "PartTwo""#, r#"Three = "PartThree""#] {
        assert!(partly.contains(entry), "no `{entry}` in {partly}");
    }
}

#[test]
fn null_among_alternatives_is_no_alternative() {
    let empties = item(&types_of(&forms("unions-30")), "pub struct Empties {");
    for field in ["a", "b", "c", "d", "e"].map(|name| format!("pub {name}: Option<Owned>")) {
        assert!(empties.contains(&field), "no `{field}` in {empties}");
    }
    assert!(empties.contains("pub f: Presence<String>"), "{empties}");
}

#[test]
fn alternatives_are_named_by_what_only_they_are_made_of_or_require() {
    let types = types_of(&forms("unions-30"));
    for (head, variants) in [
        ("pub enum ByRequired {", ["Mail(ByRequiredMail)", "Phone(ByRequiredPhone)"].as_slice()),
        ("pub enum ByPart {", &["Loosely(ByPartLoosely)", "Owned(Owned)"]),
        ("pub enum Nested {", &["KindedOrOwned(NestedKindedOrOwned)", "Text(String)"]),
        ("pub enum ByParts {", &["Owner(ByPartsOwner)", "Kind(ByPartsKind)"]),
        (
            "pub enum Combined {",
            &["OwnedLeft(", "OwnedRightHand(", "KindedLeft(", "KindedRightHand(CombinedKindedRightHand)"],
        ),
    ] {
        let found = item(&types, head);
        assert!(variants.iter().all(|variant| found.contains(variant)), "{found}");
    }
}

/// The types of a component `Node` with these members, beside an object `Leaf` and an object `Part`; and the findings.
fn node(members: &str) -> (String, Vec<Rule>) {
    let text = format!(
        r##"
openapi: 3.0.3
info: {{title: T, version: "1"}}
paths: {{}}
components:
  schemas:
    Leaf: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [leaf]}}}}}}
    Node: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [node]}}, {members}}}}}
    Either: {{type: object, oneOf: [{{$ref: '#/components/schemas/Node'}}, {{$ref: '#/components/schemas/Leaf'}}]}}
    Part: {{type: object, properties: {{size: {{type: integer}}, whole: {{type: object, allOf: [{{$ref: '#/components/schemas/Node'}}]}}}}}}
"##
    );
    let document = Source { name: "api.yaml".to_owned(), bytes: text.into_bytes() };
    let report = generate(&document, &[], &NoFiles, &Options::new("subject"));
    let rules = report.diagnostics.iter().map(|found| found.rule).collect();
    (report.product.map(|generated| types_of(&generated)).unwrap_or_default(), rules)
}

#[test]
fn a_reference_with_the_type_of_its_target_is_a_reference() {
    let part = "{type: object, allOf: [{$ref: '#/components/schemas/Part'}], nullable: true}";
    let itself = "{type: object, allOf: [{$ref: '#/components/schemas/Node'}], description: The one above}";
    let (types, rules) = node(&format!("part: {part}, up: {itself}, all: {{type: array, items: {itself}}}"));
    let found = item(&types, "pub struct Node {");
    for field in ["part: Presence<Box<Part>>", "up: Option<Box<Node>>", "all: Option<Vec<Node>>"] {
        assert!(found.contains(field), "no `{field}` in {found}");
    }
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn an_object_may_be_an_alternative_of_its_own_member() {
    let either = "oneOf: [{$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Leaf'}]";
    let (types, rules) = node(&format!("below: {{type: object, {either}}}"));
    let below = table(&types, "tagged_union! { Below");
    assert!(below.ends_with(r#"by "kind" { Node = "node", Leaf = "leaf" } else Other }"#), "{below}");
    assert!(rules.is_empty(), "{rules:?}");
    let (types, _) = node("below: {type: object, allOf: [{$ref: '#/components/schemas/Either'}]}");
    assert!(item(&types, "pub struct Node {").contains("below: Option<Box<Either>>"), "{types}");
    let own = "{properties: {note: {type: string}}}";
    let (types, rules) = node(&format!("below: {{allOf: [{{$ref: '#/components/schemas/Either'}}, {own}]}}"));
    assert!(item(&types, "pub enum Below {").contains("Node(Box<Node>)"), "{types}");
    assert_eq!(rules, [Rule::CompositionUnclear]);
    // Members beside the alternatives can't be joined with those of the object, which are not known yet.
    let (types, rules) = node(&format!("below: {{type: object, properties: {{note: {{type: string}}}}, {either}}}"));
    assert!(item(&types, "pub struct Node {").contains("below: Presence<serde_json::Value>"), "{types}");
    assert_eq!(rules, [Rule::CompositionUnclear]);
    let (_, rules) = node("below: {allOf: [{$ref: '#/components/schemas/Node'}], required: [note]}");
    assert_eq!(rules, [Rule::CompositionUnclear]);
}

#[test]
fn dependencies_are_members_under_a_condition() {
    let found = item(&types_of(&forms("unions-31")), "pub struct Depending {");
    for field in ["address: Option<String>", "card: Option<String>", "ribbon: Option<bool>"] {
        assert!(found.contains(field), "no `{field}` in {found}");
    }
}

#[test]
fn members_by_patterns_of_one_type_are_a_map_of_it() {
    let types = types_of(&forms("unions-31"));
    assert!(types.contains("pub type Headers = ::std::collections::BTreeMap<String, String>;"), "{types}");
    assert!(types.contains("pub type Labels = ::std::collections::BTreeMap<String, i64>;"), "{types}");
    let marked = item(&types, "pub struct Marked {");
    assert!(marked.contains("additional_properties: ::std::collections::BTreeMap<String, Wrapped>"), "{marked}");
}

#[test]
fn an_alternative_that_only_a_mapping_names_stands_where_the_mapping_names_it() {
    let text = r##"
openapi: 3.0.3
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
    Job:
      type: object
      required: [kind]
      properties: {kind: {type: string}, size: {type: integer}}
      discriminator: {propertyName: kind, mapping: {print: '#/components/schemas/Print'}}
    Print: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: boolean}}}
"##;
    let document = Source { name: "api.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let report = generate(&document, &[], &NoFiles, &Options::new("subject"));
    let found = report.diagnostics.iter().find(|found| found.rule == Rule::AllOfConflict).unwrap();
    let place = format!("{:?}", found.place);
    assert!(place.contains("/components/schemas/Job/discriminator/mapping/print"), "{place}");
    assert!(types_of(&compile("subject", &document, &[])).contains("pub struct JobPrint {"));
}
