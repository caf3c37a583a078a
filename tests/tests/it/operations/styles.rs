//! RFC 6570's own cases, through a generated client and a socket: what is on the wire is what the template expands to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientwright::diagnostics::Diagnostics;
use clientwright::plan::{Package, plan};
use clientwright::rust::Operation;
use clientwright_tests::emitted::{Emitted, LISTENER};
use clientwright_tests::front::{named, shared};
use serde_json::{Map, Value, json};

/// A case: a template as a path and parameters, and what it may expand to.
struct Case {
    path: String,
    parameters: Vec<Value>,
    expected: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let read: Vec<Value> = serde_json::from_str(text).unwrap();
    let text = |value: &Value| value.as_str().unwrap().trim_start_matches('/').to_owned();
    let case = |value: &Value| {
        let mut case = Case {
            path: text(&value["path"]),
            parameters: value["params"].as_array().unwrap().clone(),
            expected: value["expected"].as_array().unwrap().iter().map(text).collect(),
        };
        // `{&x}` continues a query, so there has to be one.
        if case.expected.iter().any(|expected| expected.starts_with('&')) {
            case.path.push_str("?z=0");
            case.expected.iter_mut().for_each(|expected| expected.insert_str(0, "?z=0"));
        }
        case
    };
    read.iter().map(case).collect()
}

/// Each case is an operation under a path of its own.
fn document(cases: &[Case]) -> Value {
    let mut paths = Map::new();
    for (index, case) in cases.iter().enumerate() {
        let parameters: Vec<Value> = case.parameters.iter().map(parameter).collect();
        let operation = json!({
            "operationId": format!("run_case_{index}"),
            "parameters": parameters,
            "responses": { "204": { "description": "Seen" } },
        });
        paths.insert(format!("/c{index}/{}", case.path), json!({ "get": operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Cases", "version": "1" },
        "servers": [{ "url": "https://cases.example" }],
        "paths": paths,
    })
}

fn parameter(source: &Value) -> Value {
    let schema = match &source["value"] {
        Value::String(_) => json!({ "type": "string" }),
        Value::Array(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Value::Object(_) => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Value::Number(number) if number.is_i64() => json!({ "type": "integer" }),
        _ => json!({ "type": "number" }),
    };
    json!({
        "name": source["name"], "in": source["in"], "required": source["in"] == "path",
        "style": source["style"], "explode": source["explode"], "schema": schema,
    })
}

/// The value as an argument of Rust.
fn argument(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("{item}.to_owned()")).collect();
            format!("&[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("({key:?}.to_owned(), {value}.to_owned())")).collect();
            format!("&std::collections::BTreeMap::from([{}])", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// `client.run_case_7("value").x("1024")`
fn call(operation: &Operation, case: &Case) -> String {
    let value = |wire: &str, place: &str| {
        let found = case.parameters.iter().find(|found| found["name"] == wire && found["in"] == place);
        argument(&found.unwrap()["value"])
    };
    let name = |wire: &str| operation.arguments.iter().find(|argument| argument.wire == wire).unwrap().name.clone();
    let required = operation.arguments.iter().filter(|argument| argument.required);
    let required: Vec<String> = required.map(|argument| value(&argument.wire, "path")).collect();
    let mut text = format!("client.{}({})", operation.method_name.as_str(), required.join(", "));
    for optional in case.parameters.iter().filter(|found| found["in"] == "query") {
        let wire = optional["name"].as_str().unwrap();
        write!(text, ".{}({})", name(wire).as_str(), argument(&optional["value"])).unwrap();
    }
    text
}

#[test]
#[ignore = "needs CLIENTWRIGHT_SHARED; compiles a client"]
fn every_case_of_rfc_6570_is_on_the_wire_as_it_expands() {
    let shared = shared();
    let text = std::fs::read_to_string(shared.join("suites/uritemplate-openapi-cases.json")).unwrap();
    let cases = cases(&text);
    let document = document(&cases).to_string();

    let api = named("cases.json", document.clone()).run().api.expect("the document is fine");
    let mut diagnostics = Diagnostics::default();
    let api = clientwright::lower::lower(api, &|_| false, &mut diagnostics);
    let package = Package::new("styles");
    let planned = plan(&api, &package, &mut diagnostics);
    let operations: BTreeMap<&str, &Operation> = planned
        .ungrouped
        .iter()
        .flat_map(|group| &group.operations)
        .map(|found| (found.id.as_deref().unwrap(), found))
        .collect();

    let mut program = LISTENER.to_owned();
    program.push_str(
        "fn main() {\n    let (url, seen) = listen(NOTHING);\n    let client = styles::Client::builder().base_url(url).build().unwrap();\n    wait(async {\n",
    );
    for (index, case) in cases.iter().enumerate() {
        let call = call(operations[format!("run_case_{index}").as_str()], case);
        writeln!(
            program,
            "        match {call}.await {{ Ok(()) => println!(\"{{}}\", seen.recv().unwrap().target()), Err(error) => println!(\"{{error}}\") }}"
        )
        .unwrap();
    }
    program.push_str("    });\n}\n");
    let printed =
        Emitted::of_text("styles", "cases.json", document.into_bytes()).run(env!("CARGO_TARGET_TMPDIR"), &program);

    let sent: Vec<&str> = printed.lines().collect();
    assert_eq!(sent.len(), cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .zip(&sent)
        .enumerate()
        .filter(|(index, (case, sent))| {
            let target = sent.strip_prefix(&format!("/c{index}/")).unwrap_or("?");
            !case.expected.iter().any(|expected| expected == target)
        })
        .map(|(index, (case, sent))| format!("{index}: {} is {sent}, not {:?}", case.path, case.expected))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
