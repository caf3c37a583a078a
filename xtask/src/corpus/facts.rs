//! Facts of a document, counted without the generator.

use std::path::Path;

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
    let bytes = std::fs::read(file).ok()?;
    let json = file.extension().is_some_and(|extension| extension == "json");
    let root: Value = if json { serde_json::from_slice(&bytes).ok()? } else { serde_yaml::from_slice(&bytes).ok()? };
    Some(count(&root))
}

fn count(root: &Value) -> Facts {
    let version = match &root["openapi"] {
        Value::String(version) => version.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let items = root["paths"].as_object().into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
    let operations = items.map(|(_, item)| operations(root, item)).sum();
    Facts { version, operations }
}

fn operations(root: &Value, item: &Value) -> usize {
    // A path item may stand elsewhere; a chain of more than a few steps goes in a circle.
    let mut item = item;
    for _ in 0..8 {
        match item["$ref"].as_str().and_then(|target| target.strip_prefix('#')).and_then(|target| root.pointer(target))
        {
            Some(target) => item = target,
            None => break,
        }
    }
    let additional = item["additionalOperations"].as_object().map_or(0, serde_json::Map::len);
    METHODS.iter().filter(|method| item[**method].is_object()).count() + additional
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Facts, count};

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
        assert_eq!(count(&document), Facts { version: "3.2.0".into(), operations: 5 });
    }
}
