//! Runs the front end on documents that are written in the tests.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clientwright::diagnostics::Diagnostics;
use clientwright::document::{Document, FileError, Files, read};
use clientwright::normalize::{Settings, Tree, tree, typed};
use clientwright::place::{Origins, Source};
use clientwright::render::{Format, render};
use serde_json::Value;

/// A document with its overlays, files and settings.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The document; its name decides its format.
    pub spec: Option<Source>,
    /// The overlays, in order.
    pub overlays: Vec<Source>,
    /// The files beside the document, by path.
    pub files: BTreeMap<String, String>,
    /// The settings.
    pub settings: Settings,
}

/// The result of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The normal form, if it was reached.
    pub root: Option<Value>,
    /// The model, if it was reached.
    pub api: Option<openapiv3::OpenAPI>,
    /// The findings.
    pub diagnostics: Diagnostics,
    sources: Vec<Source>,
}

/// Creates a document named `api.yaml`.
pub fn yaml(text: impl Into<Vec<u8>>) -> Case {
    named("api.yaml", text)
}

/// Creates a document with a name.
pub fn named(name: &str, text: impl Into<Vec<u8>>) -> Case {
    Case { spec: Some(Source { name: name.to_owned(), bytes: text.into() }), ..Case::default() }
}

impl Case {
    /// Adds an overlay, named by its number.
    #[must_use]
    pub fn overlay(mut self, text: &str) -> Self {
        let name = format!("overlay{}.yaml", self.overlays.len() + 1);
        self.overlays.push(Source { name, bytes: text.as_bytes().to_vec() });
        self
    }

    /// Adds a file beside the spec.
    #[must_use]
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Turns on `strict`.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.settings.strict = true;
        self
    }

    /// Runs the front end.
    pub fn run(self) -> Outcome {
        let mut diagnostics = Diagnostics::default();
        diagnostics.set_policy(self.settings.policy());
        let sources: Vec<Source> = self.spec.into_iter().chain(self.overlays).collect();
        let limits = self.settings.limits.clone();
        let documents: Option<Vec<Document>> =
            sources.iter().map(|source| read(source, &limits, &mut diagnostics)).collect();
        let made: Option<Tree> = documents.and_then(|mut documents| {
            let overlays = documents.split_off(1);
            tree(documents.remove(0), overlays, &Map(self.files), &self.settings, &mut diagnostics)
        });
        let root = made.as_ref().map(|made| made.root.clone());
        let api = made.and_then(|made| typed(made, &mut diagnostics));
        Outcome { root, api, diagnostics, sources }
    }
}

impl Outcome {
    /// Returns the findings as text.
    pub fn text(&self, format: Format) -> String {
        let sources: Vec<&Source> = self.sources.iter().collect();
        render(&self.diagnostics, &sources, &Origins::default(), format, false)
    }

    /// Returns the findings, one per line.
    pub fn short(&self) -> String {
        self.text(Format::Short)
    }

    /// Returns the value at a pointer into the normal form.
    ///
    /// # Panics
    /// Where the document was rejected, with the findings.
    pub fn at(&self, pointer: &str) -> Value {
        let Some(root) = &self.root else { panic!("rejected:\n{}", self.short()) };
        root.pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// Returns the codes of the findings, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|found| found.rule.code()).collect()
    }

    /// Returns whether the document reached the model without an error.
    pub fn passes(&self) -> bool {
        self.api.is_some() && !self.diagnostics.has_errors()
    }
}

struct Map(BTreeMap<String, String>);

impl Files for Map {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(FileError::Missing)
    }
}

/// Returns the folder of documents that are not part of the project, for ignored tests.
///
/// # Panics
/// Where `CLIENTWRIGHT_SHARED` does not name it.
pub fn shared() -> PathBuf {
    let folder = std::env::var_os("CLIENTWRIGHT_SHARED").map(PathBuf::from).filter(|folder| folder.is_dir());
    folder.expect("CLIENTWRIGHT_SHARED names the folder of documents that this test needs")
}
