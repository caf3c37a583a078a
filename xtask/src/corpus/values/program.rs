//! The program beside a crate that reads instances as types of it, and says what came of each.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A file of a crate: its path and text.
pub(crate) type File = (String, String);

/// The outcome for an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It could not be read or written.
    Refused(String),
    /// It was read; the name that its `Debug` form begins with, and what was written instead, where that is something else.
    Read { head: String, changed: Option<String> },
}

/// Reads instances, each as a type of `subject::types`. The crate is compiled in `folder`.
///
/// # Errors
/// The output of the compiler or the program.
pub(crate) fn read(
    files: &[File],
    instances: &[(String, Value)],
    folder: &Path,
    jobs: u16,
) -> Result<Vec<Reading>, String> {
    write(files, instances, folder).map_err(|error| error.to_string())?;
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--offline", "-p", "judge", "--jobs", &jobs.to_string()])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.parent().unwrap_or(folder).join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "--cap-lints=allow")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).chars().take(4000).collect());
    }
    let found: Vec<Value> = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let reading = |found: &Value| match found[0].as_str() {
        Some("read") => Reading::Read { head: text(&found[1]), changed: found[2].as_str().map(str::to_owned) },
        _ => Reading::Refused(text(&found[1])),
    };
    Ok(found.iter().map(reading).collect())
}

fn write(files: &[File], instances: &[(String, Value)], folder: &Path) -> io::Result<()> {
    let put = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)
    };
    let _ = fs::remove_dir_all(folder.join("subject"));
    for (path, text) in files {
        put(folder.join("subject").join(path), text)?;
    }
    put(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"subject\", \"judge\"]\n")?;
    let manifest = format!(
        "[package]\nname = \"judge\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = \"1\"\nserde_json = \"1\"\n\
         subject = {{ path = \"../subject\", default-features = false, features = {:?} }}\n",
        groups(files)
    );
    put(folder.join("judge/Cargo.toml"), &manifest)?;
    put(folder.join("judge/src/main.rs"), &program(instances))?;
    let texts: Vec<Value> = instances.iter().map(|(ty, value)| json!([ty, value.to_string()])).collect();
    put(folder.join("judge/instances.json"), &Value::Array(texts).to_string())
}

/// The features of the groups, which bring their types; TLS and the like are not needed to read.
fn groups(files: &[File]) -> Vec<&str> {
    let manifest = files.iter().find(|(path, _)| path == "Cargo.toml").map_or("", |(_, text)| text.as_str());
    let defaults =
        manifest.split_once("\ndefault = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    defaults.split('"').skip(1).step_by(2).filter(|feature| !["rustls", "http2"].contains(feature)).collect()
}

fn program(instances: &[(String, Value)]) -> String {
    let types: BTreeSet<&str> = instances.iter().map(|(ty, _)| ty.as_str()).collect();
    let mut arms = String::new();
    for ty in types {
        let _ = writeln!(arms, "        {ty:?} => judge::<subject::types::{ty}>(text),");
    }
    PROGRAM.replace("// arms\n", arms.trim_start())
}

const PROGRAM: &str = r#"
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn main() {
    let instances: Vec<(String, String)> = serde_json::from_str(include_str!("../instances.json")).unwrap();
    let found: Vec<Value> = instances.iter().map(|(ty, text)| one(ty, text)).collect();
    println!("{}", Value::Array(found));
}

fn one(ty: &str, text: &str) -> Value {
    match ty {
        // arms
        _ => json!(["refused", "no such type"]),
    }
}

fn judge<T: Serialize + DeserializeOwned + std::fmt::Debug>(text: &str) -> Value {
    let read: T = match serde_json::from_str(text) {
        Ok(read) => read,
        Err(error) => return json!(["refused", error.to_string()]),
    };
    let head = format!("{read:?}");
    let end = head.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(head.len());
    let written = match serde_json::to_value(&read) {
        Ok(written) => written,
        Err(error) => return json!(["refused", error.to_string()]),
    };
    if same(&serde_json::from_str(text).unwrap(), &written) {
        json!(["read", head[..end], null])
    } else {
        json!(["read", head[..end], written.to_string()])
    }
}

fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (left, right) => left == right,
    }
}
"#;
