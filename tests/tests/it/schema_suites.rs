//! JSON-Schema-Test-Suite, each group's schema as a component: what is valid must survive the type made of it.
//!
//! The suite is not part of the project: `CLIENTWRIGHT_SHARED` names the folder that has it. The tests compile crates, so they run only
//! when asked for: `cargo test -p clientwright-tests --test it schema_suites:: -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::render::Format;
use clientwright::{FileError, Files, Generated, Options, Source, generate};
use clientwright_tests::front::shared;
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::{Map, Value, json};

/// A group of the suite.
struct Group {
    component: String,
    about: String,
    schema: Value,
    valid: Vec<(String, Value)>,
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; compiles crates"]
fn draft_2020_12() {
    suite("draft2020-12", "3.1.0");
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; compiles crates"]
fn draft_4() {
    suite("draft4", "3.0.3");
}

fn suite(draft: &str, version: &str) {
    let shared = shared();
    let folder = shared.join("suites/json-schema");
    let groups = groups(&folder.join("tests").join(draft), version == "3.0.3");
    let total: usize = groups.iter().map(|group| group.valid.len()).sum();
    let remotes = Remotes(folder.join("remotes"));

    let mut left = BTreeMap::<String, Vec<String>>::new();
    let mut wanted: Vec<&Group> = Vec::new();
    for group in &groups {
        match generated(&[group], version, &remotes) {
            Ok(_) => wanted.push(group),
            Err(why) => left.entry("rejected".to_owned()).or_default().push(format!(
                "{} ({} valid): {why}",
                group.about,
                group.valid.len()
            )),
        }
    }
    // Groups use the same addresses for their schemas; in one document they have to share them.
    let (accepted, generated) = loop {
        match generated(&wanted, version, &remotes) {
            Ok(generated) => break (wanted, generated),
            Err(why) => {
                let before = wanted.len();
                wanted.retain(|group| !why.contains(&group.component));
                assert!(wanted.len() < before, "{why}");
                left.entry("rejected with the others".to_owned()).or_default().push(why);
            }
        }
    };

    let mut instances = Vec::new();
    for group in &accepted {
        for (name, value) in &group.valid {
            let name = format!("{} | {name} | {value} | {}", group.about, group.schema);
            instances.push(Instance {
                ty: format!("subject::types::{}", list(&group.component)),
                name,
                value: json!([value]),
            });
        }
    }
    let verdicts = judge(&generated, &instances, &std::env::temp_dir().join("clientwright-round-trip").join(draft));
    let mut survived = 0;
    for (instance, verdict) in instances.iter().zip(verdicts) {
        let (kind, why) = match verdict {
            Verdict::Same => {
                survived += 1;
                continue;
            }
            Verdict::Refused(why) => ("refused", why),
            Verdict::Changed(why) => ("changed", why),
        };
        left.entry(kind.to_owned()).or_default().push(format!("{} => {why}", instance.name));
    }
    for (reason, instances) in &left {
        println!("{reason}: {}", instances.len());
        instances.iter().for_each(|line| println!("    {line}"));
    }
    println!("{draft}: {} of {} groups generated and compiled", accepted.len(), groups.len());
    println!("{draft}: {survived} of {total} valid instances survive ({:.1} %)", percent(survived, total));
    assert!(percent(survived, total) >= 95.0);
}

#[allow(clippy::cast_precision_loss, reason = "hundreds")]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn groups(folder: &Path, rewrite_references: bool) -> Vec<Group> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let content: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        for group in content.as_array().unwrap() {
            let component = format!("G{:04}", groups.len());
            let mut schema = group["schema"].clone();
            if rewrite_references {
                rebase(&mut schema, &component);
            } else if let Value::Object(members) = &mut schema {
                members.entry("$id").or_insert_with(|| json!(format!("https://suite.example/{component}")));
            }
            local_remotes(&mut schema);
            let tests = group["tests"].as_array().unwrap().iter().filter(|test| test["valid"] == true);
            groups.push(Group {
                about: format!(
                    "{component} {} / {}",
                    file.file_stem().unwrap().to_string_lossy(),
                    group["description"]
                ),
                valid: tests
                    .map(|test| (test["description"].as_str().unwrap().to_owned(), test["data"].clone()))
                    .collect(),
                component,
                schema,
            });
        }
    }
    groups
}

/// `#/definitions/a` is relative to the schema; in a document of ours that is not the root.
fn rebase(schema: &mut Value, component: &str) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(rest) = reference.strip_prefix('#')
                && (rest.is_empty() || rest.starts_with('/'))
            {
                *reference = format!("#/components/schemas/{component}{rest}");
            }
            members.iter_mut().filter(|(key, _)| *key != "enum").for_each(|(_, value)| rebase(value, component));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rebase(item, component)),
        _ => {}
    }
}

/// The suite's other files stand on a server that nobody runs; here they stand beside the document.
fn local_remotes(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for keyword in ["$ref", "$id"] {
                if let Some(Value::String(reference)) = members.get_mut(keyword)
                    && let Some(path) = reference.strip_prefix("http://localhost:1234/")
                {
                    *reference = path.to_owned();
                }
            }
            members.values_mut().for_each(local_remotes);
        }
        Value::Array(items) => items.iter_mut().for_each(local_remotes),
        _ => {}
    }
}

/// A list of the component: `null` is said where a type is used, not where it is defined.
fn list(component: &str) -> String {
    component.replace('G', "L")
}

/// The crate with the types of these groups; else the errors.
fn generated(groups: &[&Group], version: &str, remotes: &Remotes) -> Result<Generated, String> {
    let mut schemas = Map::new();
    for group in groups {
        let reference = format!("#/components/schemas/{}", group.component);
        schemas.insert(group.component.clone(), group.schema.clone());
        schemas.insert(list(&group.component), json!({ "type": "array", "items": { "$ref": reference } }));
    }
    let document = json!({
        "openapi": version,
        "info": { "title": "Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let source = Source { name: "suite.json".to_owned(), bytes: document.to_string().into_bytes() };
    let options = Options { keep_everything: true, ..Options::new("subject") };
    let report = generate(&source, &[], remotes, &options);
    let findings = report.render(&[&source], Format::Short, false);
    let errors: Vec<&str> = findings.lines().filter(|line| line.contains("error[")).collect();
    let generated = report.product.ok_or_else(|| errors.join("\n"))?;
    // A component on another host is left out.
    let types = &generated.files.iter().find(|file| file.path == "src/types.rs").ok_or("there are no types")?.contents;
    let missing = groups.iter().find(|group| !types.contains(&format!(" {}", group.component)));
    missing.map_or(Ok(generated.clone()), |group| Err(format!("{}: left out", group.component)))
}

struct Remotes(PathBuf);

impl Files for Remotes {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let bytes = fs::read(self.0.join(path)).map_err(|_| FileError::Missing)?;
        let mut schema = serde_json::from_slice(&bytes).map_err(|error| FileError::Other(error.to_string()))?;
        local_remotes(&mut schema);
        Ok(schema.to_string().into_bytes())
    }
}
