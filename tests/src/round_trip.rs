//! Checks generated types with JSON that another validator accepts: a value that is read must be written unchanged.
//!
//! A judge is compiled once for many types. It is a program beside the generated crate that reads each instance as its type,
//! writes it, and compares the two; numbers are compared by value.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use clientwright::Generated;
use serde_json::{Value, json};

/// An instance and its type.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The type in the judge's source: `subject::types::Pet`, `Vec<String>`.
    pub ty: String,
    /// The name in messages.
    pub name: String,
    /// The JSON.
    pub value: Value,
}

/// The result for an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was written unchanged.
    Same,
    /// It could not be read or written.
    Refused(String),
    /// It was changed.
    Changed(String),
}

/// The result for an instance, and the value that it was read as.
#[derive(Clone, Debug)]
pub struct Read {
    /// The result.
    pub verdict: Verdict,
    /// The value as `Debug` shows it; empty where it was refused.
    pub debug: String,
}

/// Judges share a build folder, so only one runs at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Judges instances of the types of a crate. The judge is built in `folder`, which is kept to make the next build faster.
///
/// # Panics
/// When files can't be written, or the crate does not compile; the message has what the compiler said.
#[must_use]
pub fn judge(generated: &Generated, instances: &[Instance], folder: &Path) -> Vec<Verdict> {
    read(generated, instances, folder).into_iter().map(|read| read.verdict).collect()
}

/// The same, with what each instance was read as.
///
/// # Panics
/// As [`judge`].
#[must_use]
pub fn read(generated: &Generated, instances: &[Instance], folder: &Path) -> Vec<Read> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    write(generated, instances, folder);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "-p", "judge"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.parent().unwrap_or(folder).join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .expect("cargo starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the judge did not come to an end:\n{errors}");
    let verdicts: Vec<Value> = serde_json::from_slice(&output.stdout).expect("the judge prints a list");
    assert_eq!(verdicts.len(), instances.len());
    let text = |value: &Value, at: usize| value[at].as_str().unwrap_or_default().to_owned();
    let verdict = |found: &Value| match found[0].as_str() {
        Some("same") => Verdict::Same,
        Some("refused") => Verdict::Refused(text(found, 1)),
        _ => Verdict::Changed(text(found, 1)),
    };
    verdicts.iter().map(|found| Read { verdict: verdict(found), debug: text(found, 2) }).collect()
}

fn write(generated: &Generated, instances: &[Instance], folder: &Path) {
    let put = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().expect("files are in folders")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    let _ = fs::remove_dir_all(folder.join("subject"));
    for file in &generated.files {
        put(folder.join("subject").join(&file.path), &file.contents);
    }
    put(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"subject\", \"judge\"]\n");
    let manifest = format!(
        "[package]\nname = \"judge\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = \"1\"\nserde_json = \"1\"\n\
         subject = {{ path = \"../subject\", default-features = false, features = {:?} }}\n",
        groups(generated)
    );
    put(folder.join("judge/Cargo.toml"), &manifest);
    put(folder.join("judge/src/main.rs"), &program(instances));
    let texts: Vec<Value> = instances.iter().map(|instance| json!([instance.ty, instance.value.to_string()])).collect();
    put(folder.join("judge/instances.json"), &Value::Array(texts).to_string());
}

/// Returns the features of the groups, which enable their types; reading needs no others.
fn groups(generated: &Generated) -> Vec<&str> {
    let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml").expect("there is a manifest");
    let defaults = manifest.contents.lines().find_map(|line| line.strip_prefix("default = [")).unwrap_or_default();
    let quoted = defaults.split('"').skip(1).step_by(2);
    quoted.filter(|feature| !["rustls", "http2"].contains(feature)).collect()
}

fn program(instances: &[Instance]) -> String {
    let mut types: Vec<&str> = instances.iter().map(|instance| instance.ty.as_str()).collect();
    types.sort_unstable();
    types.dedup();
    let mut arms = String::new();
    for ty in types {
        let _ = writeln!(arms, "        {ty:?} => judge::<{ty}>(text),");
    }
    JUDGE.replace("// arms\n", arms.trim_start())
}

const JUDGE: &str = r#"
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn main() {
    let instances: Vec<(String, String)> = serde_json::from_str(include_str!("../instances.json")).unwrap();
    let verdicts: Vec<Value> = instances.iter().map(|(ty, text)| one(ty, text)).collect();
    println!("{}", Value::Array(verdicts));
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
    let written = match serde_json::to_value(&read) {
        Ok(written) => written,
        Err(error) => return json!(["refused", error.to_string()]),
    };
    if same(&serde_json::from_str(text).unwrap(), &written) {
        json!(["same", "", format!("{read:?}")])
    } else {
        json!(["changed", written.to_string(), format!("{read:?}")])
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
