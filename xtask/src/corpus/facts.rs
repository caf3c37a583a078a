//! Facts of a document, counted without the generator.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The facts of a document that a generator has to cover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The version of OpenAPI.
    pub(super) version: String,
    /// The operations under `paths`.
    pub(super) operations: usize,
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Counts; `None` for a document that can't be read.
pub(super) fn facts(file: &Path) -> Option<Facts> {
    let root = read(file)?;
    let mut files = HashMap::from([(file.to_owned(), root.clone())]);
    Some(count(&root, file, &mut files))
}

/// Returns whether a file has the field `openapi` or `swagger`.
pub(super) fn is_document(file: &Path) -> bool {
    let Ok(bytes) = std::fs::read(file) else { return false };
    let says = |field: &[u8]| bytes.windows(field.len()).any(|window| window == field);
    (says(b"openapi") || says(b"swagger"))
        && read(file).is_some_and(|root| {
            let has = |field: &str| root.get(field).is_some();
            (has("openapi") || has("swagger")) && (has("paths") || has("webhooks") || has("components"))
        })
}

/// Reads a file, which may begin with a byte order mark.
fn read(file: &Path) -> Option<Value> {
    let bytes = std::fs::read(file).ok()?;
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match file.extension().is_some_and(|extension| extension == "json") {
        true => serde_json::from_slice(text).ok(),
        false => serde_yaml::from_slice(text).ok(),
    }
}

/// Files by their paths, as far as they were read.
type Files = HashMap<PathBuf, Value>;

fn count(root: &Value, file: &Path, files: &mut Files) -> Facts {
    let version = match root.get("openapi").or_else(|| root.get("swagger")).unwrap_or(&Value::Null) {
        Value::String(version) => version.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let mut operations = 0;
    for section in ["paths", "x-ms-paths"] {
        let (paths, file) = followed(&root[section], file, files);
        let items = paths.as_object().into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
        operations += items.map(|(_, item)| self::operations(&followed(item, &file, files).0)).sum::<usize>();
    }
    Facts { version, operations }
}

/// The target of a reference, and its file. A chain of more than a few steps is taken for a cycle.
fn followed(value: &Value, file: &Path, files: &mut Files) -> (Value, PathBuf) {
    let (mut value, mut file) = (value.clone(), file.to_owned());
    for _ in 0..8 {
        let Some(reference) = value["$ref"].as_str() else { break };
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let path = if path.is_empty() { file.clone() } else { file.parent().unwrap_or(&file).join(decoded(path)) };
        if !files.contains_key(&path) {
            files.insert(path.clone(), read(&path).unwrap_or_default());
        }
        let Some(target) = files[&path].pointer(&decoded(pointer)) else { break };
        (value, file) = (target.clone(), path);
    }
    (value, file)
}

/// A part of a URI as text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        let (byte, length) = code.filter(|_| *first == b'%').map_or((*first, 1), |code| (code, 3));
        bytes.push(byte);
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn operations(item: &Value) -> usize {
    let additional = item["additionalOperations"].as_object().map_or(0, serde_json::Map::len);
    METHODS.iter().filter(|method| item[**method].is_object()).count() + additional
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::json;

    use super::super::documents::documents;
    use super::{Facts, Files, count, facts};

    #[test]
    fn operations_are_counted_wherever_they_stand() {
        let document = json!({
            "openapi": "3.2.0",
            "paths": {
                "/a": { "get": {}, "query": {}, "summary": "no operation", "parameters": [] },
                "/b": { "$ref": "#/components/pathItems/B" },
                "/c": { "additionalOperations": { "COPY": {}, "LINK": {} } },
                "x-not-a-path": { "get": {} },
            },
            "components": { "pathItems": { "B": { "$ref": "#/components/pathItems/C" }, "C": { "post": {} } } },
            "webhooks": { "called": { "post": {} } },
        });
        let path = Path::new("openapi.json");
        let mut files = Files::from([(path.to_owned(), document.clone())]);
        assert_eq!(count(&document, path, &mut files), Facts { version: "3.2.0".into(), operations: 5 });
    }

    #[test]
    fn a_folder_of_several_files_is_the_document_that_they_belong_to() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("pets/spec");
        fs::create_dir_all(spec.join("paths")).unwrap();
        let document =
            "\u{FEFF}swagger: '2.0'\npaths:\n  /a{b}: {$ref: 'paths/all.yaml#/~1a%7Bb%7D'}\n  /c: {get: {}}\n";
        fs::write(spec.join("pets.yaml"), document).unwrap();
        fs::write(spec.join("paths/all.yaml"), "/a{b}: {get: {}, post: {}}\n").unwrap();
        let found = documents(folder.path()).unwrap();
        let [pets] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((pets.name.as_str(), pets.root.as_deref()), ("pets", Some(&*folder.path().join("pets"))));
        assert_eq!(facts(&pets.path), Some(Facts { version: "2.0".into(), operations: 3 }));
    }
}
