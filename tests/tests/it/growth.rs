//! Growth without surprises: an edit of a document, with the names kept, changes nothing that it does not touch.
//!
//! An edit may add, copy, rename or remove. Afterwards no place has lost its type, and each operation that the edit left alone has
//! the method, the arguments and the types that it had. `CLIENTWRIGHT_SHARED=… cargo test --release -p clientwright-tests --test it
//! growth:: -- --ignored --nocapture` edits real documents; `CLIENTWRIGHT_EDITS` says how often each, `CLIENTWRIGHT_ONLY` which.

use std::collections::{BTreeMap, BTreeSet};

use clientwright::{Analysis, NoFiles, Options, Source, analyse};
use clientwright_tests::dice::Dice;
use clientwright_tests::front::shared;
use clientwright_tests::inputs::root;
use serde_json::{Map, Value, json};

const METHODS: &[&str] = &["get", "put", "post", "delete", "patch"];

/// An operation: its path and its method.
type Place = (String, String);

/// An edit: a name for messages, and the operations that it touches.
struct Edit {
    about: String,
    touched: BTreeSet<Place>,
}

#[test]
fn edits_of_fixtures_change_nothing_else() {
    let mut faults = Vec::new();
    for name in ["activate-slice", "parameters", "bodies", "replies", "samples", "homes", "directions"] {
        let text = std::fs::read_to_string(root().join(format!("tests/cases/{name}.yaml"))).unwrap();
        faults.extend(edited(name, &serde_yaml::from_str(&text).unwrap(), 12));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; takes minutes"]
fn edits_of_real_documents_change_nothing_else() {
    let edits = std::env::var("CLIENTWRIGHT_EDITS").ok().and_then(|text| text.parse().ok()).unwrap_or(34);
    let only = std::env::var("CLIENTWRIGHT_ONLY").unwrap_or_default();
    let (mut documents, mut faults) = (0, Vec::new());
    for folder in ["corpus", "corpus2"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(shared().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json"));
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let is_wanted = only.is_empty() || only.split(',').any(|wanted| wanted == name);
            let document: Option<Value> = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
            if let Some(document) = document.filter(|_| is_wanted) {
                documents += 1;
                let found = edited(&name, &document, edits);
                println!("{name}: {} faults", found.len());
                found.iter().for_each(|fault| println!("    {fault}"));
                faults.extend(found);
            }
        }
    }
    println!("{documents} documents, {edits} edits each, {} faults", faults.len());
    assert!(faults.is_empty(), "{} faults", faults.len());
}

/// Edits a document again and again, each time with the names of the time before.
fn edited(name: &str, document: &Value, edits: usize) -> Vec<String> {
    let mut dice = Dice::of(7 + name.len() as u64);
    let mut document = document.clone();
    let Some(mut before) = run(&document, None) else { return Vec::new() };
    let mut removed: Option<(Place, Value, String)> = None;
    let mut faults = Vec::new();
    for number in 0..edits {
        let mut changed = document.clone();
        let mut again = None;
        let edit = match removed.take() {
            // What was taken away comes back as it was.
            Some(((path, method), operation, signature)) if dice.once_in(2) => {
                if changed["paths"].get(&path).is_none() {
                    changed["paths"][&path] = json!({});
                }
                changed["paths"][&path][&method] = operation;
                again = Some(((path.clone(), method.clone()), signature));
                let touched = BTreeSet::from([(path, method)]);
                Some(Edit { about: "add again".to_owned(), touched })
            }
            kept => {
                removed = kept;
                edit(&mut changed, &mut dice, &before, &mut removed)
            }
        };
        let Some(edit) = edit else { continue };
        let Some(after) = run(&changed, Some(&before.names)) else { continue };
        let at = |what: String| format!("{name}, edit {number} ({}): {what}", edit.about);
        if let Some(fresh) = run(&changed, None)
            && after.untyped > fresh.untyped
        {
            faults.push(at(format!("{} places without a type, {} without the names", after.untyped, fresh.untyped)));
        }
        for (place, signature) in before.signatures.iter().filter(|(place, _)| !edit.touched.contains(place)) {
            match after.signatures.get(place) {
                Some(now) if now == signature => {}
                Some(now) => faults.push(at(format!("{place:?} was {signature} and is {now}"))),
                None => faults.push(at(format!("{place:?} is gone"))),
            }
        }
        if let Some((place, signature)) = again
            && after.signatures.get(&place) != Some(&signature)
        {
            faults.push(at(format!("{place:?} was {signature} and is {:?}", after.signatures.get(&place))));
        }
        for (pointer, ty) in &before.types {
            let touched = edit.touched.iter().any(|(path, _)| pointer.starts_with(&pointer_of(path)));
            if let Some(now) = after.types.get(pointer).filter(|now| *now != ty && !touched) {
                faults.push(at(format!("{pointer} was {ty} and is {now}")));
            }
        }
        (document, before) = (changed, after);
    }
    faults
}

/// A crate, as far as it is compared.
struct Made {
    names: String,
    untyped: usize,
    /// The signature of each operation's method, with its group.
    signatures: BTreeMap<Place, String>,
    /// The type of each place that has one of its own.
    types: BTreeMap<String, String>,
}

/// Generates from a document; `None` where it is rejected.
fn run(document: &Value, names: Option<&str>) -> Option<Made> {
    let source = Source { name: "api.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|text| Source { name: "names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
    let report = analyse(&source, &[], &NoFiles, &Options { names, ..Options::new("grown") });
    let analysis = report.product.as_ref()?;
    let types = analysis
        .api
        .schemas
        .iter()
        .filter(|(_, schema)| schema.direction != clientwright::ir::Direction::Sent)
        .filter_map(|(id, schema)| {
            let pointer = report.origin(&schema.pointer).1.as_str().to_owned();
            Some((pointer, analysis.types.get(&id)?.name.clone()))
        });
    Some(Made {
        names: analysis.generated.names_text(),
        untyped: analysis.generated.summary.untyped.count(),
        signatures: signatures(analysis),
        types: types.collect(),
    })
}

/// The methods of the groups: the line of docs that has method and path says which operation each is of.
fn signatures(analysis: &Analysis) -> BTreeMap<Place, String> {
    let mut found = BTreeMap::new();
    for file in &analysis.generated.files {
        let mut place = None;
        let mut lines = file.contents.lines();
        while let Some(line) = lines.next() {
            let text = line.trim_start();
            if let Some((method, path)) =
                text.strip_prefix("/// `").and_then(|rest| rest.split('`').next()?.split_once(' '))
            {
                if path.starts_with('/') {
                    place = Some((path.to_owned(), method.to_lowercase()));
                }
            } else if let (Some(_), true) = (&place, text.starts_with("pub fn ")) {
                let mut signature = text.to_owned();
                while !signature.contains('{') {
                    signature.push_str(lines.next().unwrap_or("{").trim());
                }
                let signature = format!("{}: {}", file.path, signature.split('{').next().unwrap_or_default().trim());
                if let Some(place) = place.take() {
                    // Of several methods of one operation, the first stands for it.
                    found.entry(place).or_insert(signature);
                }
            }
        }
    }
    found
}

fn edit(
    document: &mut Value,
    dice: &mut Dice,
    before: &Made,
    removed: &mut Option<(Place, Value, String)>,
) -> Option<Edit> {
    let operations = operations(document);
    if operations.is_empty() {
        return None;
    }
    let (path, method) = operations[dice.roll(operations.len())].clone();
    let pointer = format!("{}/{method}", pointer_of(&path));
    let one = |about: &str| {
        Some(Edit {
            about: format!("{about} {method} {path}"),
            touched: BTreeSet::from([(path.clone(), method.clone())]),
        })
    };
    match dice.roll(8) {
        0 => {
            let mut copy = document.pointer(&pointer)?.clone();
            copy.as_object_mut()?.remove("operationId");
            let place = format!("{}/copied", path.trim_end_matches('/'));
            if document["paths"].get(&place).is_some() {
                return None;
            }
            // Parameters of the path itself are needed as well.
            let shared = document["paths"][&path].get("parameters").cloned().unwrap_or_else(|| json!([]));
            document["paths"][&place] = json!({ "parameters": shared, &method: copy });
            Some(Edit { about: format!("copy {method} {path}"), touched: BTreeSet::from([(place, method.clone())]) })
        }
        1 => {
            let operation = document.pointer(&pointer)?.clone();
            document["paths"][&path].as_object_mut()?.remove(&method);
            let signature = before.signatures.get(&(path.clone(), method.clone())).cloned();
            if let Some(signature) = signature {
                *removed = Some(((path.clone(), method.clone()), operation, signature));
            }
            one("remove")
        }
        2 => {
            let operation = document.pointer_mut(&pointer)?.as_object_mut()?;
            let parameters = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
            let new = json!({ "name": "added", "in": "query", "schema": { "type": "string" } });
            if parameters.contains(&new) {
                return None;
            }
            parameters.insert(0, new);
            one("add a query parameter to")
        }
        3 => component(document, dice, |schema| {
            let members = schema.get_mut("properties")?.as_object_mut()?;
            let free = (0..).map(|number| format!("addedMember{number}")).find(|name| !members.contains_key(name))?;
            members.insert(free, json!({ "type": "object", "properties": { "inner": { "type": "string" } } }));
            Some("add a member to")
        }),
        4 => component(document, dice, |schema| {
            schema.get_mut("required")?.as_array_mut()?.pop()?;
            Some("make a member optional in")
        }),
        5 => component(document, dice, |schema| {
            let values = schema.get_mut("enum")?.as_array_mut().filter(|values| values.iter().all(Value::is_string))?;
            let free = (0..).map(|number| json!(format!("added{number}"))).find(|value| !values.contains(value))?;
            values.push(free);
            Some("add a value to")
        }),
        6 => {
            let schemas = document.pointer_mut("/components/schemas")?.as_object_mut()?;
            let names: Vec<String> = schemas.keys().cloned().collect();
            let name = &names[dice.roll(names.len().max(1)).min(names.len().checked_sub(1)?)];
            let copy = schemas[name].clone();
            schemas.insert(format!("CopyOf{name}"), copy);
            Some(Edit { about: format!("copy component {name}"), touched: BTreeSet::new() })
        }
        _ => {
            // An inline schema of a response becomes a component, under a name of its own.
            let responses = document.pointer(&format!("{pointer}/responses"))?.as_object()?.clone();
            let inline = responses.iter().find_map(|(status, response)| {
                let schema = response.pointer("/content/application~1json/schema")?;
                schema.get("properties").is_some().then(|| (status.clone(), schema.clone()))
            });
            let (status, schema) = inline?;
            let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)?;
            let name = (0..).map(|number| format!("MovedHere{number}")).find(|name| !schemas.contains_key(name))?;
            schemas.insert(name.clone(), schema);
            let place = format!("{pointer}/responses/{status}/content/application~1json/schema");
            *document.pointer_mut(&place)? = json!({ "$ref": format!("#/components/schemas/{name}") });
            // Other operations may have shared the type of the inline schema: they keep it.
            one("move a schema to a component in")
        }
    }
}

/// Edits a component. What an operation takes and gives is then another value, and its signature the same.
fn component(
    document: &mut Value,
    dice: &mut Dice,
    change: impl Fn(&mut Map<String, Value>) -> Option<&'static str>,
) -> Option<Edit> {
    let schemas = document.pointer_mut("/components/schemas")?.as_object_mut()?;
    let names: Vec<String> = schemas.keys().cloned().collect();
    let from = dice.roll(names.len().max(1));
    for offset in 0..names.len().min(40) {
        let name = &names[(from + offset) % names.len()];
        if let Some(about) = schemas.get_mut(name).and_then(Value::as_object_mut).and_then(&change) {
            return Some(Edit { about: format!("{about} {name}"), touched: BTreeSet::new() });
        }
    }
    None
}

fn operations(document: &Value) -> Vec<Place> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let mut found = Vec::new();
    for (path, item) in paths {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            found.push((path.clone(), (*method).to_owned()));
        }
    }
    found
}

fn pointer_of(path: &str) -> String {
    format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"))
}
