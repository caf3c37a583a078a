//! The examples of real documents survive the types made of them.
//!
//! The documents are not part of the project: `CLIENTWRIGHT_SHARED` names the folder that has them, `CLIENTWRIGHT_ONLY` some of them by
//! parts of their names. Each is compiled, so this runs only when asked for. What is listed is to be judged: examples are often wrong.

use std::fs;

use clientwright::document::Limits;
use clientwright::normalize::Settings;
use clientwright::rust::name::{Case, Scope};
use clientwright::{Generated, NoFiles, Options, Source, effective, generate};
use clientwright_tests::front::shared;
use clientwright_tests::round_trip::{Instance, Verdict, judge};
use serde_json::{Map, Value};

#[test]
#[ignore = "compiles crates"]
fn examples_survive() {
    let Some(shared) = shared() else { return };
    let only = std::env::var("CLIENTWRIGHT_ONLY").unwrap_or_default();
    let mut paths: Vec<_> = fs::read_dir(shared.join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if only.is_empty() || only.split(',').any(|part| name.contains(part)) {
            let source = Source { bytes: fs::read(&path).unwrap(), name: name.clone() };
            std::thread::Builder::new()
                .stack_size(64 << 20)
                .spawn(move || document(&name, &source))
                .unwrap()
                .join()
                .unwrap();
        }
    }
}

fn document(name: &str, source: &Source) {
    let settings = Settings { limits: Limits::default(), ..Settings::default() };
    let Some(text) = effective(source, &[], &NoFiles, &settings).product else { return };
    let root: Value = serde_yaml::from_str(&text).unwrap();
    let generated: Generated = generate(source, &[], &NoFiles, &Options::new("subject")).product.unwrap();
    let instances = instances(&root);
    if instances.is_empty() {
        return println!("{name}: no examples");
    }
    let folder = std::env::temp_dir().join("clientwright-round-trip/real");
    let verdicts = judge(&generated, &instances, &folder);
    let survived = verdicts.iter().filter(|verdict| **verdict == Verdict::Same).count();
    println!("{name}: {survived} of {} examples survive", instances.len());
    for (instance, verdict) in instances.iter().zip(verdicts).filter(|(_, verdict)| *verdict != Verdict::Same) {
        let line = format!("{} {verdict:?} of {}", instance.name, instance.value);
        println!("    {}", line.chars().take(700).collect::<String>());
    }
}

/// The examples of components, and those of bodies that are a component.
fn instances(root: &Value) -> Vec<Instance> {
    let nothing = Map::new();
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object).unwrap_or(&nothing);
    let mut components: Vec<&String> = schemas.keys().collect();
    components.sort_unstable();
    let names = Scope::new().claim_all(components.iter().map(|name| name.as_str()), Case::Type);
    let ty = |component: &str| {
        let index = components.iter().position(|name| *name == component)?;
        Some(names[index].as_str().to_owned())
    };
    let mut found = Vec::new();
    let mut add = |component: &str, value: &Value, place: &str| {
        // Null is said where a type is used.
        if let Some(ty) = ty(component).filter(|_| !value.is_null()) {
            found.push(Instance { ty, name: format!("{component} at {place}"), value: value.clone() });
        }
    };
    for (component, schema) in schemas {
        let several = schema.get("x-oas31-examples").and_then(Value::as_array).into_iter().flatten();
        several.chain(schema.get("example")).for_each(|value| add(component, value, "itself"));
    }
    bodies(root, "", &mut add);
    found
}

fn bodies(value: &Value, place: &str, add: &mut dyn FnMut(&str, &Value, &str)) {
    match value {
        Value::Object(members) => {
            let reference = value.pointer("/schema/$ref").and_then(Value::as_str);
            if let Some(component) = reference.and_then(|text| text.strip_prefix("#/components/schemas/"))
                && !members.contains_key("in")
            {
                let component = component.replace("~1", "/").replace("~0", "~");
                let several = members.get("examples").and_then(Value::as_object).into_iter().flatten();
                let values = several.filter_map(|(_, example)| example.get("value")).chain(members.get("example"));
                values.for_each(|example| add(&component, example, place));
            }
            let inner = members.iter().filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "schema"));
            inner.for_each(|(key, value)| bodies(value, &format!("{place}/{key}"), add));
        }
        Value::Array(items) => items.iter().for_each(|item| bodies(item, place, add)),
        _ => {}
    }
}
