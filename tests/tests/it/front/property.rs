//! The order in which a document has its members decides nothing.

use clientwright_tests::front::{Outcome, named};
use serde_json::{Map, Value, json};

/// A small generator of numbers (xorshift64*), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.roll(end + 1));
        }
    }
}

const NAMES: &[&str] = &["A", "B", "C", "A_x", "a/b", "x"];

/// Targets of references: components, parts of components, places that do not exist.
const TARGETS: &[&str] = &[
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/C/properties/x",
    "#/components/schemas/A/items",
    "#/components/schemas/a~1b",
    "#/components/schemas/A/properties/x/properties/y",
    "#/paths/~1a~1{id}/get/responses/200",
    "#/components/schemas/Gone",
    "#/components/responses/R",
];

fn schema(dice: &mut Dice, depth: usize) -> Value {
    let mut members = Map::new();
    for _ in 0..1 + dice.roll(4) {
        let inner = |dice: &mut Dice| if depth == 0 { json!({ "type": "string" }) } else { schema(dice, depth - 1) };
        let (key, value) = match dice.roll(17) {
            0 => (
                "type",
                json!(
                    dice.pick(&["string", "integer", "object", "array", "null", "Int", "object", "boolean", "string"])
                ),
            ),
            1 => ("type", json!([dice.pick(&["string", "null"]), dice.pick(&["integer", "number", "null"])])),
            2 if dice.roll(40) == 0 => {
                ("$ref", json!(dice.pick(&["#/components/schemas/Gone", "#/components/responses/R"])))
            }
            2 => ("$ref", json!(dice.pick(TARGETS))),
            3 => ("properties", json!({ "x": inner(dice), "y": inner(dice) })),
            4 => ("items", inner(dice)),
            5 => ("anyOf", json!([inner(dice), { "type": "null" }])),
            6 => ("oneOf", json!([inner(dice), inner(dice)])),
            7 => ("const", json!(dice.roll(3))),
            8 => ("enum", json!(["a", null, 1])),
            9 => ("exclusiveMinimum", json!(dice.roll(9))),
            10 => ("minimum", json!(dice.roll(9))),
            11 => ("nullable", json!(true)),
            12 => ("prefixItems", json!([inner(dice), true])),
            13 => ("description", json!("d")),
            14 => ("maxLength", json!("7")),
            15 => ("unknown", json!(1)),
            _ => ("additionalProperties", json!(dice.roll(2) == 0)),
        };
        members.insert(key.to_owned(), value);
    }
    Value::Object(members)
}

fn operation(dice: &mut Dice) -> Value {
    let mut operation = json!({ "responses": {} });
    for (status, rare) in [("200", 2), ("5xx", 3), ("default", 3), ("2XXX", 100)] {
        if dice.roll(rare) == 0 {
            operation["responses"][status] =
                json!({ "description": "d", "content": { "application/json": { "schema": schema(dice, 1) } } });
        }
    }
    if dice.roll(2) == 0 {
        operation["operationId"] = json!(dice.pick(&["one", "two", "three"]));
    }
    if dice.roll(2) == 0 {
        let parameter = |dice: &mut Dice| json!({ "name": dice.pick(&["id", "q"]), "in": dice.pick(&["path", "query", "header"]), "schema": schema(dice, 0) });
        operation["parameters"] = json!([parameter(dice), parameter(dice)]);
    }
    if dice.roll(20) == 0 {
        operation["security"] = json!([{ "key": [] }, { "ghost": [] }]);
    }
    operation
}

fn document(dice: &mut Dice) -> Value {
    let mut root = json!({
        "openapi": dice.pick(&["3.0.3", "3.1.0", "3.2.0"]),
        "info": { "title": "A", "version": "1" },
        "paths": {},
        "components": { "schemas": {}, "securitySchemes": { "key": { "type": "apiKey", "name": "k", "in": "header" } } },
    });
    for (path, rare) in [("/a/{id}", 2), ("/a/:id", 6), ("/a/{other}", 3), ("/b", 3), ("c", 3)] {
        if dice.roll(rare) == 0 {
            for method in ["get", "put", "query"] {
                if dice.roll(2) == 0 {
                    root["paths"][path][method] = operation(dice);
                }
            }
        }
    }
    for name in NAMES {
        if dice.roll(3) > 0 {
            root["components"]["schemas"][*name] = schema(dice, 2);
        }
    }
    root
}

fn shuffled(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| shuffled(item, dice)).collect(),
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> =
                members.iter().map(|(key, member)| (key.clone(), shuffled(member, dice))).collect();
            dice.shuffle(&mut members);
            Value::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// The findings without their order, and without lines, which the order of the text decides.
fn findings(outcome: &Outcome) -> Vec<String> {
    let mut findings: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(|found| format!("{:?} {} {} {:?}", found.rule, found.pointer(), found.message, found.related))
        .collect();
    findings.sort();
    findings
}

#[test]
fn shuffled_documents_come_out_the_same() {
    // `CLIENTWRIGHT_DOCUMENTS=10000` for a long run.
    let count: u64 = std::env::var("CLIENTWRIGHT_DOCUMENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(250);
    let mut passed = 0;
    for seed in 1..=count {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let written = document(&mut dice);
        let other = shuffled(&written, &mut dice);
        let first = named("api.json", written.to_string()).run();
        let second = named("api.json", other.to_string()).run();
        let (one, two) = (findings(&first), findings(&second));
        let differ: Vec<_> = one
            .iter()
            .filter(|found| !two.contains(found))
            .chain(two.iter().filter(|found| !one.contains(found)))
            .collect();
        assert!(differ.is_empty() && one.len() == two.len(), "seed {seed}: {differ:#?}\n{written}\n{other}");
        // Maps compare without regard to order.
        assert_eq!(first.root, second.root, "seed {seed}:\n{written:#}\n{other:#}");
        passed += u64::from(first.passes());
    }
    // Enough of each kind to mean something.
    assert!((count / 20..count - count / 20).contains(&passed), "{passed} of {count} pass");
}
