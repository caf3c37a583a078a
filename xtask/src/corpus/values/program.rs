//! The program beside a crate that reads instances as its types, and prints the result of each.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::cargo::run_program;
/// A file of a crate: its path and text.
pub(crate) type File = (String, String);

/// The outcome for an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It could not be read or written.
    Refused(String),
    /// It was read; the name that its `Debug` form begins with, the one within that, and what was written instead, where that is
    /// something else.
    Read { head: String, inner: String, changed: Option<String> },
}

/// Reads instances, each as a type of `subject::types`. The types are compiled in `folder`, and of the runtime what reads them.
///
/// # Errors
/// The output of the compiler or the program.
pub(crate) fn read(
    files: &[File],
    instances: &[(String, Value)],
    folder: &Path,
    jobs: u16,
) -> Result<Vec<Reading>, String> {
    if instances.is_empty() {
        return Ok(Vec::new());
    }
    write(files, instances, folder).map_err(|error| error.to_string())?;
    let found = run_program(folder, &["-p", "judge"], jobs)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let reading = |found: &Value| match found[0].as_str() {
        Some("read") => Reading::Read {
            head: text(&found[1]),
            inner: text(&found[2]),
            changed: found[3].as_str().map(str::to_owned),
        },
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
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/types")) {
        put(folder.join("subject").join(path), text)?;
    }
    for (path, text) in runtime(files) {
        put(folder.join("subject").join(path), &text)?;
    }
    put(folder.join("subject/src/lib.rs"), "pub mod types;\nmod runtime;\n")?;
    let features: String = groups(files).iter().map(|group| format!("{group} = []\n")).collect();
    put(folder.join("subject/Cargo.toml"), &format!("{SUBJECT}\n[features]\n{features}"))?;
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

/// The manifest of the types alone: what a call needs is not compiled.
const SUBJECT: &str = r#"[package]
name = "subject"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "1.0", default-features = false, features = ["std"] }
secrecy = "0.10.3"
serde = { version = "1.0", features = ["derive"] }
serde_json = "1.0"
"#;

/// The modules of the runtime by which types are read and written.
const READING: &[&str] = &[
    "constant",
    "decimal",
    "digits",
    "foreign",
    "number_text",
    "object",
    "plain_digits",
    "presence",
    "random",
    "secret",
    "table",
    "tag",
    "text_enum",
    "timestamp",
    "kept",
    "union",
    "untagged",
    "wire",
    "wire_read",
    "wire_tuples",
    "wire_write",
];

/// The runtime with these modules alone.
fn runtime(files: &[File]) -> Vec<File> {
    let is_kept = |name: &str| READING.contains(&name);
    let mut found = Vec::new();
    for (path, text) in files {
        if path == "src/runtime.rs" {
            let module = |line: &str| {
                let rest = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub "))?;
                let rest = rest.strip_prefix("mod ").or_else(|| rest.strip_prefix("use "))?;
                rest.split([':', ';', ' ']).next().map(str::to_owned)
            };
            // Last come the crates of the client's public types, which are not all among those of the types.
            let text = text.split_once("\npub mod dependencies {").map_or(text.as_str(), |(before, _)| before);
            let mut lines = text.lines().filter(|line| !line.starts_with("#[cfg(")).collect::<Vec<_>>();
            lines.retain(|line| module(line).is_none_or(|name| is_kept(&name)));
            while lines.pop_if(|line| line.is_empty() || line.starts_with("///")).is_some() {}
            found.push((path.clone(), lines.join("\n")));
        } else if let Some(name) = path.strip_prefix("src/runtime/").and_then(|name| name.strip_suffix(".rs"))
            && is_kept(name)
        {
            found.push((path.clone(), text.clone()));
        }
    }
    found
}

/// The features of the groups, which bring their types; TLS and the like are not needed to read.
pub(crate) fn groups(files: &[File]) -> Vec<&str> {
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
    let shown = format!("{read:?}");
    let (head, rest) = word(&shown);
    let (inner, _) = word(rest.strip_prefix('(').unwrap_or_default());
    let written = match serde_json::to_value(&read) {
        Ok(written) => written,
        Err(error) => return json!(["refused", error.to_string()]),
    };
    if same(&serde_json::from_str(text).unwrap(), &written) {
        json!(["read", head, inner, null])
    } else {
        json!(["read", head, inner, written.to_string()])
    }
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(text.len()))
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

#[cfg(test)]
mod tests {
    use clientwright::{NoFiles, Options, Source, generate};

    use super::*;

    #[test]
    fn what_is_left_of_the_runtime_is_rust() {
        let document = b"{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {}}".to_vec();
        let source = Source { name: "t.yaml".to_owned(), bytes: document };
        let product = generate(&source, &[], &NoFiles, &Options::new("subject")).product.expect("it is valid");
        let files: Vec<File> = product.files.into_iter().map(|file| (file.path, file.contents)).collect();
        let left = runtime(&files);
        assert!(left.iter().any(|(path, _)| path == "src/runtime.rs"));
        for (path, text) in left {
            assert!(syn::parse_file(&text).is_ok(), "{path}: {text}");
        }
    }
}
