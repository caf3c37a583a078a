//! Random graphs of schemas compile, whatever leads where: hundreds to a crate, with warnings denied.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use clientwright::render::Format;
use clientwright::{Generated, NoFiles, Options, Source, generate};
use clientwright_tests::dice::Dice;
use serde_json::{Map, Value, json};

/// Names of members: some meet in one spelling, some are no names, some are words of Rust.
const MEMBERS: &[&str] = &[
    "id", "name", "Name", "type", "self", "my-item", "my_item", "1st", "", "+1", "é", "kind", "data", "new", "validate",
];
const VALUES: &[&str] = &["a", "A", "b-c", "b_c", "Other", "", "+", "self", "1"];
const FORMATS: &[&str] = &["date-time", "date", "password", "uuid", "byte", "binary", "colour"];

/// A graph: components that refer to one another, the first of them sent and received.
struct Graph<'d> {
    dice: &'d mut Dice,
    prefix: String,
    count: usize,
}

impl Graph<'_> {
    fn components(&mut self) -> Map<String, Value> {
        (0..self.count).map(|index| (format!("{}N{index}", self.prefix), self.schema(3))).collect()
    }

    fn reference(&mut self) -> Value {
        json!({ "$ref": format!("#/components/schemas/{}N{}", self.prefix, self.dice.roll(self.count)) })
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth == 0 {
            return if self.dice.once_in(2) { self.reference() } else { self.scalar() };
        }
        let mut schema = match self.dice.roll(12) {
            0 => self.scalar(),
            1 => self.reference(),
            2 => self.array(depth - 1),
            3 => json!({ "type": "object", "additionalProperties": self.schema(depth - 1) }),
            4 => self.composition(depth - 1),
            5 => json!({ "type": "object", "patternProperties": { "^x-": self.schema(depth - 1) } }),
            6 => self.dice.pick(&[&json!({}), &json!(true), &json!(false), &json!({ "type": "object" })]).clone(),
            _ => self.object(depth - 1),
        };
        if let Some(members) = schema.as_object_mut().filter(|members| !members.contains_key("$ref")) {
            if self.dice.once_in(8) {
                members.insert("description".to_owned(), json!("Says `this`:\n\n    let x = 1;\n"));
            }
            if self.dice.once_in(16) {
                members.insert("deprecated".to_owned(), json!(true));
            }
        }
        schema
    }

    fn scalar(&mut self) -> Value {
        match self.dice.roll(7) {
            0 => json!({ "type": "string", "format": self.dice.pick(FORMATS) }),
            1 => json!({ "type": "integer", "minimum": 0, "maximum": self.dice.roll(9) }),
            2 => json!({ "type": ["number", "null"] }),
            3 => json!({ "type": "boolean" }),
            4 => {
                let values: Vec<&str> = (0..=self.dice.roll(4)).map(|_| self.dice.pick(VALUES)).collect();
                json!({ "type": "string", "enum": values })
            }
            5 => json!({ "enum": [1, "a", null, { "b": [2.5] }] }),
            _ => json!({ "type": "string", "minLength": self.dice.roll(3), "pattern": "^[a-z]*$" }),
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        match self.dice.roll(4) {
            0 => {
                let places: Vec<Value> = (0..=self.dice.roll(3)).map(|_| self.schema(depth)).collect();
                json!({ "type": "array", "minItems": self.dice.roll(4), "prefixItems": places, "items": self.dice.once_in(2) })
            }
            1 => json!({ "type": "array" }),
            _ => json!({ "type": "array", "items": self.schema(depth), "uniqueItems": self.dice.once_in(3) }),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for _ in 0..self.dice.roll(6) {
            let name = self.dice.pick(MEMBERS);
            let mut member = self.schema(depth);
            if let Some(said) = member.as_object_mut() {
                match self.dice.roll(10) {
                    0 => drop(said.insert("readOnly".to_owned(), json!(true))),
                    1 => drop(said.insert("writeOnly".to_owned(), json!(true))),
                    _ => {}
                }
            }
            properties.insert(name.to_owned(), member);
            if self.dice.once_in(2) {
                required.push(name);
            }
        }
        let mut object = json!({ "type": "object", "properties": properties, "required": required });
        match self.dice.roll(5) {
            0 => object["additionalProperties"] = json!(false),
            1 => object["additionalProperties"] = self.schema(depth),
            2 => object["type"] = json!(["object", "null"]),
            _ => {}
        }
        object
    }

    fn composition(&mut self, depth: usize) -> Value {
        let members: Vec<Value> = (0..=self.dice.roll(3)).map(|_| self.schema(depth)).collect();
        match self.dice.roll(5) {
            0 => json!({ "allOf": [self.object(depth), self.object(depth)] }),
            1 => json!({ "allOf": [self.reference(), self.object(depth)] }),
            2 => json!({ "anyOf": members }),
            3 => {
                let kinds = (0..2).map(|index| {
                    let mut object = self.object(depth);
                    object["properties"]["kind"] = json!({ "const": format!("k{index}") });
                    object["required"] = json!(["kind"]);
                    object
                });
                json!({ "oneOf": kinds.collect::<Vec<_>>(), "discriminator": { "propertyName": "kind" } })
            }
            _ => json!({ "oneOf": members }),
        }
    }
}

/// The components of a graph by its number, and how many operations it takes to send and receive them.
fn graph(seed: u64) -> Map<String, Value> {
    let dice = &mut Dice::of(seed);
    let count = 1 + dice.roll(8);
    Graph { dice, prefix: format!("G{seed}"), count }.components()
}

fn document(graphs: &[(u64, Map<String, Value>)]) -> Source {
    let (mut schemas, mut paths) = (Map::new(), Map::new());
    for (seed, components) in graphs {
        for name in components.keys() {
            let content =
                json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
            let operation = match seed % 3 {
                0 => json!({ "requestBody": { "content": content }, "responses": { "204": { "description": "d" } } }),
                1 => json!({ "responses": { "200": { "description": "d", "content": content } } }),
                _ => {
                    json!({ "requestBody": { "content": content }, "responses": { "200": { "description": "d", "content": content } } })
                }
            };
            paths.insert(format!("/{name}"), json!({ "post": operation }));
        }
        schemas.extend(components.clone());
    }
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "Graphs", "version": "1" }, "paths": paths, "components": { "schemas": schemas },
    });
    Source { name: "graphs.json".to_owned(), bytes: document.to_string().into_bytes() }
}

fn generated(source: &Source, package: &str) -> Result<Generated, String> {
    let options = Options { validation: true, ..Options::new(package) };
    let report = generate(source, &[], &NoFiles, &options);
    let findings = report.render(&[source], Format::Short, false);
    report.product.ok_or(findings)
}

#[test]
fn a_graph_is_generated_or_rejected_with_a_reason() {
    let mut rejected = 0;
    for seed in 1..=100 {
        if let Err(why) = generated(&document(&[(seed, graph(seed))]), "graph") {
            // What is made of itself, by references alone or by allOf, says nothing.
            assert!(why.contains("error[CW0801]") || why.contains("error[CW0303]"), "graph {seed}: {why}");
            rejected += 1;
        }
    }
    assert!(rejected < 20, "{rejected} of 100 graphs say nothing of compiling");
}

#[test]
#[ignore = "compiles crates"]
fn a_thousand_graphs_compile_without_a_warning() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("graphs");
    let (mut members, mut seed, mut types) = (String::new(), 0, 0);
    for batch in 0..10 {
        let name = format!("graphs-{batch}");
        let mut graphs = Vec::new();
        let generated = loop {
            while graphs.len() < 100 {
                seed += 1;
                graphs.push((seed, graph(seed)));
            }
            match generated(&document(&graphs), &name) {
                Ok(generated) => break generated,
                // Those that say nothing give way to others.
                Err(why) => graphs.retain(|(seed, _)| !why.contains(&format!("G{seed}N"))),
            }
        };
        types += generated.summary.types;
        write(&home.join(&name), &generated);
        let _ = write!(members, "{name:?}, ");
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\n");
    fs::write(home.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(clientwright_tests::inputs::root().join("Cargo.lock"), home.join("Cargo.lock")).expect("it can be copied");
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--quiet", "--offline", "--features", "validate", "--", "-Dwarnings"])
        .current_dir(&home)
        .env("CARGO_TARGET_DIR", home.parent().expect("it is below another").join("emitted/target"))
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    println!("1,000 of {seed} graphs, {types} types: no warning");
}

fn write(folder: &Path, generated: &Generated) {
    let _ = fs::remove_dir_all(folder.join("src"));
    for file in &generated.files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("files are in folders")).expect("it can be made");
        fs::write(path, &file.contents).expect("it can be written");
    }
}
