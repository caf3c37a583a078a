//! Names stay: neither the order of a document nor what is added to it or taken away renames anything.

use std::ops::RangeInclusive;

use clientwright::diagnostics::Rule;
use clientwright::{Analysis, Generated, NoFiles, Options, Report, Source, analyse};
use clientwright_tests::dice::Dice;
use clientwright_tests::inputs::{file, root};
use serde_json::{Value, json};

/// Few names, many spellings, so that they meet.
const MEMBERS: &[&str] = &["state", "kind", "owner", "list", "my-item", "myItem", "my_item", "value", "Pet", "error"];
const COMPONENTS: &[&str] = &["Pet", "pet", "PetState", "State", "Owner", "MyItem", "my_item", "ListPetsResponse"];
const PATHS: &[&str] =
    &["/pets", "/pets/{id}", "/pets/{id}/owner", "/owners", "/state", "/pets/all", "/owners/{id}/pets"];
const IDS: &[&str] = &["listPets", "list_pets", "getPet", "list", "petsError", "owner", "getOwner"];
const VALUES: &[&str] = &["new", "New", "NEW", "in-use", "in_use", "inUse", "other", "unknown", "+", "-"];

fn schema(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth == 0 { 3 } else { 7 }) {
        0 => json!({ "type": "string" }),
        1 | 2 => {
            let values: Vec<&str> = (0..1 + dice.roll(3)).map(|_| dice.pick(VALUES)).collect();
            json!({ "type": "string", "enum": values })
        }
        3 => json!({ "type": "array", "items": schema(dice, depth - 1) }),
        4 => json!({ "$ref": format!("#/components/schemas/{}", COMPONENTS[0]) }),
        _ => object(dice, depth - 1),
    }
}

fn object(dice: &mut Dice, depth: usize) -> Value {
    let mut object = json!({ "type": "object", "properties": {} });
    for _ in 0..1 + dice.roll(4) {
        let mut member = schema(dice, depth);
        if member.get("$ref").is_none() {
            match dice.roll(8) {
                0 => member["readOnly"] = json!(true),
                1 => member["writeOnly"] = json!(true),
                _ => {}
            }
        }
        object["properties"][dice.pick(MEMBERS)] = member;
    }
    object
}

fn operation(dice: &mut Dice, path: &str) -> Value {
    let content = |dice: &mut Dice| json!({ "application/json": { "schema": schema(dice, 3) } });
    let mut operation = json!({ "responses": { "200": { "description": "d", "content": content(dice) } } });
    if dice.roll(2) == 0 {
        operation["responses"]["404"] = json!({ "description": "d", "content": content(dice) });
    }
    if dice.roll(2) == 0 {
        operation["tags"] = json!([dice.pick(&["Pets", "pets", "Owners"])]);
    }
    let mut parameters = Vec::new();
    if path.contains('{') {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    }
    for name in ["page-size", "page_size", "kind"] {
        if dice.roll(3) == 0 {
            parameters.push(json!({ "name": name, "in": "query", "schema": schema(dice, 1) }));
        }
    }
    operation["parameters"] = json!(parameters);
    operation
}

fn grow(document: &mut Value, dice: &mut Dice) {
    for _ in 0..1 + dice.roll(4) {
        let component = dice.pick(COMPONENTS);
        if document["components"]["schemas"].get(component).is_none() {
            document["components"]["schemas"][component] = object(dice, 2);
        }
    }
    for _ in 0..1 + dice.roll(4) {
        let (path, method) = (dice.pick(PATHS), dice.pick(&["get", "post", "put"]));
        if document["paths"].get(path).is_some_and(|item| item.get(method).is_some()) {
            continue;
        }
        let id = dice.pick(IDS);
        let taken = document.to_string().contains(&format!("\"operationId\":\"{id}\""));
        document["paths"][path][method] = operation(dice, path);
        if !taken && dice.roll(2) == 0 {
            document["paths"][path][method]["operationId"] = json!(id);
        }
    }
    // What is there gets more members and values as well.
    let component = dice.pick(COMPONENTS);
    if let Some(known) = document["components"]["schemas"].get_mut(component) {
        let member = dice.pick(MEMBERS);
        if known["properties"].get(member).is_none() {
            known["properties"][member] = schema(dice, 1);
        }
    }
}

/// Takes something away: an operation, a component that nothing refers to, a member of a component.
fn shrink(document: &mut Value, dice: &mut Dice) {
    let paths = document["paths"].as_object_mut().unwrap();
    paths.remove(dice.pick(PATHS));
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    schemas.remove(dice.pick(&COMPONENTS[1..]));
    if let Some(known) = schemas.get_mut(dice.pick(COMPONENTS)) {
        known["properties"].as_object_mut().unwrap().remove(dice.pick(MEMBERS));
    }
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(reversed).collect(),
        Value::Object(members) => members.iter().rev().map(|(key, member)| (key.clone(), reversed(member))).collect(),
        other => other.clone(),
    }
}

fn run(document: &Value, names: Option<&Generated>) -> Report<Analysis> {
    let source = Source { name: "pets.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names =
        names.map(|before| Source { name: "pets.names.yaml".to_owned(), bytes: before.names_text().into_bytes() });
    analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("pets") })
}

fn generated(document: &Value, names: Option<&Generated>) -> Generated {
    let report = run(document, names);
    let codes: Vec<_> =
        report.diagnostics.iter().map(|found| format!("{} {}", found.rule.code(), found.message)).collect();
    report.product.unwrap_or_else(|| panic!("rejected: {codes:#?}\n{document:#}")).generated
}

#[test]
fn neither_growth_nor_removals_nor_order_rename_anything() {
    documents_that_grow(1..=4);
}

/// The same, a thousand times.
#[test]
#[ignore = "takes minutes"]
fn neither_growth_nor_removals_nor_order_rename_anything_in_a_thousand_documents() {
    documents_that_grow(1..=1000);
}

fn documents_that_grow(seeds: RangeInclusive<u64>) {
    for seed in seeds {
        let dice = &mut Dice::of(seed);
        let mut document = json!({
            "openapi": "3.1.0", "info": { "title": "Pets", "version": "1" }, "paths": {},
            "components": { "schemas": { "Pet": object(dice, 2) } },
        });
        grow(&mut document, dice);
        let mut last = generated(&document, None);
        for step in 0..4 {
            grow(&mut document, dice);
            if step % 2 == 1 {
                shrink(&mut document, dice);
            }
            let next = generated(&document, Some(&last));
            let renamed = last.names.renamed(&next.names);
            assert!(renamed.is_empty(), "seed {seed}, step {step}: {renamed:#?}\n{document:#}");
            let permuted = generated(&reversed(&document), Some(&last));
            assert_eq!(permuted.names_text(), next.names_text(), "seed {seed}, step {step}");
            let again = generated(&document, Some(&next));
            assert_eq!(again.names, next.names, "seed {seed}, step {step}");
            let types = |generated: &Generated| file(generated, "src/types.rs").to_owned();
            assert_eq!(types(&again), types(&next), "seed {seed}, step {step}");
            last = next;
        }
    }
}

fn pets(owner: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": { "title": "Pets", "version": "1" }, "paths": {},
        "components": { "schemas": {
            "Pet": { "type": "object", "properties": { "mood": { "type": "object", "properties": { "a": { "type": "string" } } } } },
            "Owner": owner,
        } },
    })
}

#[test]
fn without_what_was_written_down_growth_does_rename() {
    let before = pets(json!({ "type": "object" }));
    let after =
        pets(json!({ "type": "object", "properties": { "mood": { "type": "object", "properties": { "b": {} } } } }));
    let first = generated(&before, None);
    assert!(file(&first, "src/types.rs").contains("pub struct Mood {"));
    assert!(!file(&generated(&after, None), "src/types.rs").contains("pub struct Mood {"), "there are two moods now");
    let kept = generated(&after, Some(&first));
    let types = file(&kept, "src/types.rs");
    assert!(types.contains("pub struct Mood {") && types.contains("pub struct OwnerMood {"), "{types}");
}

#[test]
fn a_component_that_takes_the_place_of_an_inline_schema_takes_its_name() {
    let mood = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let first = generated(&pets(json!({ "type": "object" })), None);
    let mut document = pets(json!({ "type": "object" }));
    document["components"]["schemas"]["Mood"] = mood;
    let second = generated(&document, Some(&first));
    assert_eq!(file(&second, "src/types.rs").matches("pub struct Mood").count(), 1);
    assert!(first.names.renamed(&second.names).is_empty());
    document["components"]["schemas"]["Pet"]["properties"]["mood"] = json!({ "$ref": "#/components/schemas/Mood" });
    let third = generated(&document, Some(&second));
    assert_eq!(file(&third, "src/types.rs"), file(&second, "src/types.rs"));
}

#[test]
fn names_that_are_no_names_are_refused_with_their_place() {
    let document = pets(json!({ "type": "object" }));
    for (text, rule) in [
        ("types: [Pet]", Rule::NamesUnreadable),
        ("colours:\n  Pet: Red", Rule::NamesUnreadable),
        ("types:\n  Pet > mood: 'not a name'", Rule::NamesUnreadable),
        ("types:\n  Pet > mood: Self", Rule::NamesUnreadable),
    ] {
        let source = Source { name: "pets.json".to_owned(), bytes: document.to_string().into_bytes() };
        let names = Some(Source { name: "pets.names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
        let report = analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("pets") });
        assert!(report.product.is_none(), "{text}");
        let found: Vec<Rule> = report.diagnostics.iter().map(|found| found.rule).collect();
        assert!(found.contains(&rule), "{text}: {found:?}");
    }
}

/// Things with the same name in the document or in Rust keep their distinct names in the next run.
#[test]
fn what_is_called_alike_keeps_its_own_name() {
    let keyword = |values: [&str; 2]| json!({ "type": "string", "enum": values });
    let list = |item: Value| json!({ "type": "array", "items": item });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Alike", "version": "1" },
        "paths": { "/alike/{at}": { "get": {
            "parameters": [
                { "name": "at", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "at", "in": "query", "schema": { "type": "string" } },
                { "name": "at", "in": "header", "schema": { "type": "string" } },
            ],
            "responses": { "200": { "description": "Well", "content": { "application/json": { "schema": { "properties": {
                "of_lists": { "anyOf": [list(json!({ "type": "string" })), list(json!({ "type": "integer" })), { "type": "string" }] },
                "of_keywords": { "anyOf": [keyword(["a", "b"]), keyword(["c", "d"])] },
            } } } } } },
        } } },
    });
    stays("alike.json", document.to_string().into_bytes());
}

#[test]
fn a_document_that_did_not_change_gives_the_same_files_again() {
    for folder in ["tests/cases", "tests/accepted"] {
        documents(&root().join(folder));
    }
}

/// The same for real documents.
#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; takes a minute"]
fn a_real_document_that_did_not_change_gives_the_same_files_again() {
    documents(&clientwright_tests::front::shared().join("corpus"));
}

fn documents(folder: &std::path::Path) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "json"));
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        stays(&name, std::fs::read(&path).unwrap());
    }
}

/// Generates twice, the second time with the names that the first gave, and expects the same files.
fn stays(name: &str, bytes: Vec<u8>) {
    let source = Source { name: name.to_owned(), bytes };
    let once = |names: Option<Source>| {
        analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("stays") })
            .product
            .map(|found| found.generated)
    };
    let Some(first) = once(None) else { return };
    let names = Source { name: "names.yaml".to_owned(), bytes: first.names_text().into_bytes() };
    let again = once(Some(names)).unwrap_or_else(|| panic!("{name} is rejected with the names that it was given"));
    assert_eq!(again.names_text(), first.names_text(), "{name}");
    for (one, other) in first.files.iter().zip(&again.files) {
        assert!(one.path == other.path && one.contents == other.contents, "{name}: {} differs", one.path);
    }
    assert_eq!(again.files.len(), first.files.len(), "{name}");
}
