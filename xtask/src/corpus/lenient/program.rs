//! The program that gives answers to the decoders of a crate, and prints what each reads.

use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::cargo::run_program;
use super::super::values::program::{File, groups};
use super::breaks::Case;
use super::operations::Operation;

/// The reading of an answer.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    /// A value, as it is written again.
    Value(Value),
    /// `Error::Decode`.
    Refused(String),
    /// Another error.
    Other(String),
    Panic,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(_) => f.write_str("read"),
            Self::Refused(why) => write!(f, "Decode: {why}"),
            Self::Other(why) => write!(f, "other: {why}"),
            Self::Panic => f.write_str("panic"),
        }
    }
}

/// The readings of an answer by a strict and a lenient client, and the lapses that the latter told.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) strict: Reading,
    pub(super) lenient: Reading,
    pub(super) told: Vec<String>,
}

/// Reads all answers.
///
/// # Errors
/// The output of the compiler or the program.
pub(super) fn read(
    files: &[File],
    cases: &[(&Operation, Case)],
    folder: &Path,
    jobs: u16,
) -> Result<Vec<Outcome>, String> {
    write(files, cases, folder).map_err(|error| error.to_string())?;
    let features = groups(files).join(",");
    let found = run_program(folder, &["-p", "subject", "--no-default-features", "--features", &features], jobs)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let reading = |found: &Value| match found[0].as_str() {
        Some("value") => Reading::Value(found[1].clone()),
        Some("refused") => Reading::Refused(text(&found[1])),
        Some("other") => Reading::Other(text(&found[1])),
        _ => Reading::Panic,
    };
    let outcome = |found: &Value| Outcome {
        strict: reading(&found["strict"]),
        lenient: reading(&found["lenient"]),
        told: found["told"].as_array().into_iter().flatten().map(text).collect(),
    };
    Ok(found.iter().map(outcome).collect())
}

fn write(files: &[File], cases: &[(&Operation, Case)], folder: &Path) -> io::Result<()> {
    let put = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)
    };
    let _ = fs::remove_dir_all(folder.join("subject"));
    for (path, text) in files {
        let text = match path.as_str() {
            "src/lib.rs" => format!("{text}\npub mod judge;\n"),
            _ => text.clone(),
        };
        put(folder.join("subject").join(path), &text)?;
    }
    put(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"subject\"]\n")?;
    put(folder.join("subject/src/judge.rs"), &program(files))?;
    put(folder.join("subject/src/main.rs"), "fn main() { subject::judge::main() }\n")?;
    let given: Vec<Value> = cases
        .iter()
        .map(|(operation, case)| json!([operation.method, operation.path, operation.status, case.body]))
        .collect();
    put(folder.join("subject/src/answers.json"), &Value::Array(given).to_string())
}

fn program(files: &[File]) -> String {
    let mut entries = String::new();
    for (path, text) in files {
        let Some(module) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        if module.starts_with("runtime") {
            continue;
        }
        for marker in markers(text) {
            let _ = writeln!(entries, "        Entry::of::<crate::{}::{marker}>(),", module.replace('/', "::"));
        }
    }
    PROGRAM.replace("// entries\n", entries.trim_start())
}

/// The operations in a file that have one success, which is JSON.
fn markers(text: &str) -> Vec<&str> {
    let table = text.split_once("operations! {\n").map_or("", |(_, rest)| rest);
    let table = table.split_once("\n}").map_or(table, |(table, _)| table);
    let entries = table.split("    /// `").skip(1).filter_map(|entry| entry.split_once('\n')).map(|(_, entry)| entry);
    let plain = entries.filter(|entry| {
        let successes = entry.split(" else ").next().unwrap_or_default();
        successes.contains("=> output }") || successes.contains("=> output,")
    });
    plain.filter_map(|entry| entry.trim_start().split(' ').next()).collect()
}

const PROGRAM: &str = r#"
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use serde::Serialize;
use serde_json::{Value, json};

use crate::runtime::transport::Limits;
use crate::runtime::{Client, Error, Operation, Reply};

struct Entry {
    method: &'static str,
    path: &'static str,
    read: fn(&Client, u16, &str, bool) -> Value,
}

impl Entry {
    fn of<O: Operation>() -> Self where O::Output: Serialize {
        let spec = &O::SPEC;
        Entry { method: spec.method.as_str(), path: spec.path.text, read: read::<O> }
    }
}

fn read<O: Operation>(client: &Client, status: u16, body: &str, lenient: bool) -> Value where O::Output: Serialize {
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", http::HeaderValue::from_static("application/json"));
    let reply = Reply {
        client: client.clone(),
        spec: &O::SPEC,
        named: None,
        status: http::StatusCode::from_u16(status).unwrap(),
        headers,
        body: bytes::Bytes::copy_from_slice(body.as_bytes()),
        limits: Limits { lenient, ..client.0.limits },
        cut: None,
        attempts: 1,
        repeatable: false,
        live: None,
    };
    match catch_unwind(AssertUnwindSafe(|| O::decode(reply))) {
        Err(_) => json!(["panic"]),
        Ok(Ok(value)) => match serde_json::to_value(value) {
            Ok(value) => json!(["value", value]),
            Err(error) => json!(["other", error.to_string()]),
        },
        Ok(Err(Error::Decode { cause, .. })) => json!(["refused", cause.to_string()]),
        Ok(Err(_)) => json!(["other", "another error"]),
    }
}

/// Reads each answer and prints the results.
pub fn main() {
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let sink = told.clone();
    let client = crate::Client::builder()
        .base_url("http://127.0.0.1:1")
        .on_lenient(move |lapse| sink.lock().unwrap().push(format!("{} {}", lapse.kind.as_str(), lapse.pointer)))
        .build()
        .unwrap();
    let entries = [
        // entries
    ];
    let answers: Vec<(String, String, u16, String)> = serde_json::from_str(include_str!("answers.json")).unwrap();
    let mut found = Vec::new();
    for (method, path, status, body) in &answers {
        let entry = entries.iter().find(|entry| entry.method == method && entry.path == path);
        found.push(match entry {
            None => json!({ "strict": ["other", "no such operation"], "lenient": ["other", ""], "told": [] }),
            Some(entry) => {
                told.lock().unwrap().clear();
                let strict = (entry.read)(&client, *status, body, false);
                let early = !told.lock().unwrap().is_empty();
                let lenient = (entry.read)(&client, *status, body, true);
                let strict = if early { json!(["other", "a strict call told a lapse"]) } else { strict };
                json!({ "strict": strict, "lenient": lenient, "told": told.lock().unwrap().clone() })
            }
        });
    }
    println!("{}", Value::Array(found));
}
"#;
