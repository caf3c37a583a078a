//! A request: a document, its overlays and the options.

use std::path::PathBuf;

use crate::compile::Options;
use crate::settings::Settings;

/// A request: a document, its overlays and the options.
#[derive(Debug)]
pub struct Request {
    /// The folder that the paths are relative to.
    pub root: PathBuf,
    pub spec: PathBuf,
    pub overlays: Vec<PathBuf>,
    /// The file that keeps the names.
    pub names: Option<PathBuf>,
    /// The folder to which the document may refer, if that is not its own.
    pub files: Option<PathBuf>,
    pub options: Options,
}

impl Request {
    /// A document by itself, under the options of the command line.
    pub fn of(spec: PathBuf, package: impl Into<String>, line: &Settings) -> Self {
        let mut options = Options::new(package);
        line.apply(&mut options);
        let (root, overlays, names, files) = (PathBuf::new(), Vec::new(), None, line.root.clone());
        Request { root, spec, overlays, names, files, options }
    }
}
