//! The generator as a function of a page: texts in, texts out.

use std::collections::HashMap;

use clientwright::package::{name_fault, name_from_file};
use clientwright::render::Format;
use clientwright::{FileError, Files, Options, Source, generate};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;

/// A request of the page.
#[derive(Debug, Deserialize)]
struct Request {
    /// The files, the description first.
    files: Vec<Given>,
    /// The name of the package; empty for one made of the description's file name.
    package: String,
}

/// A file that the page was given.
#[derive(Debug, Deserialize)]
struct Given {
    path: String,
    text: String,
}

/// The result that the page shows.
#[derive(Debug, Default, Serialize)]
struct Answer {
    package: String,
    /// The files of the crate; none where the description is rejected.
    files: Vec<Emitted>,
    /// The findings, as the command line prints them.
    findings: String,
    operations: usize,
    types: usize,
}

#[derive(Debug, Serialize)]
struct Emitted {
    path: String,
    text: String,
}

/// The files beside the description.
struct Beside(HashMap<String, String>);

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(FileError::Missing)
    }
}

/// Generates a crate: a [`Request`] as JSON in, an [`Answer`] as JSON out.
#[wasm_bindgen]
#[must_use]
pub fn run(request: &str) -> String {
    let answer = match serde_json::from_str::<Request>(request) {
        Ok(request) => answer(request),
        Err(error) => Answer { findings: format!("the page asked for something else: {error}"), ..Answer::default() },
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

fn answer(request: Request) -> Answer {
    let mut files = request.files.into_iter();
    let Some(first) = files.next() else { return Answer::default() };
    let stem = first.path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    let package = match request.package.trim() {
        "" => name_from_file(stem),
        given => given.to_owned(),
    };
    if let Some(message) = name_fault(&package) {
        return Answer { package, findings: format!("error: {message}"), ..Answer::default() };
    }
    let source = Source { name: first.path, bytes: first.text.into_bytes() };
    let beside = Beside(files.map(|file| (file.path, file.text)).collect());
    let report = generate(&source, &[], &beside, &Options::new(&package));
    let findings = report.render(&[&source], Format::Human, false);
    match report.product {
        None => Answer { package, findings, ..Answer::default() },
        Some(made) => Answer {
            package,
            findings,
            operations: made.summary.operations,
            types: made.summary.types,
            files: made.files.into_iter().map(|file| Emitted { path: file.path, text: file.contents }).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::run;
    use serde_json::{Value, json};

    fn ask(request: &Value) -> Value {
        serde_json::from_str(&run(&request.to_string())).expect("the answer is JSON")
    }

    const SPEC: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: getA, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'parts.yaml#/A'}}}}}}}\n";

    #[test]
    fn a_description_of_two_files_becomes_a_crate() {
        let parts = json!({"path": "parts.yaml", "text": "A: {type: object, properties: {b: {type: string}}}"});
        let answer = ask(&json!({"package": "", "files": [{"path": "My_API.yaml", "text": SPEC}, parts]}));
        assert_eq!(answer["package"], "my-api");
        assert_eq!(answer["operations"], 1);
        let paths = answer["files"].as_array().expect("files").iter().map(|file| file["path"].as_str());
        assert!(paths.into_iter().any(|path| path == Some("src/types.rs")), "{answer}");
    }

    #[test]
    fn what_is_rejected_is_explained() {
        let answer = ask(&json!({"package": "", "files": [{"path": "a.yaml", "text": SPEC}]}));
        assert!(answer["findings"].as_str().expect("text").contains("parts.yaml"), "{answer}");
        let answer = ask(&json!({"package": "a=b", "files": [{"path": "a.yaml", "text": SPEC}]}));
        assert!(answer["files"].as_array().expect("files").is_empty());
        assert!(answer["findings"].as_str().expect("text").contains("a=b"), "{answer}");
    }
}
