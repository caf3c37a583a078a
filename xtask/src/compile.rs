//! The one place that calls the generator.

use std::path::{Path, PathBuf};

use clientwright::Report;
use clientwright::diagnostics::{Format, Rule, Severity};
use clientwright::normalize::Settings;
pub(crate) use clientwright::{FileError, Files, Source};

use crate::cli::{MessageFormat, Rigour};
use crate::output::File;
use crate::reading::{self, Folder};
use crate::report::{Failure, Ui};

/// A document to work on, with everything that was said about it.
#[derive(Debug)]
pub(crate) struct Request {
    /// The folder that the paths are relative to.
    pub(crate) root: PathBuf,
    pub(crate) spec: PathBuf,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) package: String,
    pub(crate) version: Option<String>,
    pub(crate) rigour: Rigour,
}

/// What became of a document.
pub(crate) struct Outcome<T> {
    /// The product, unless the document was rejected.
    pub(crate) product: Option<T>,
    /// How many findings are warnings.
    pub(crate) warnings: usize,
}

/// A crate, and how big it is.
pub(crate) struct Compiled {
    pub(crate) files: Vec<File>,
    pub(crate) operations: usize,
    pub(crate) types: usize,
}

/// Compiles a document into the files of a crate, and says what was found on the way.
pub(crate) fn generate(request: &Request, ui: &Ui) -> Result<Outcome<Compiled>, Failure> {
    let input = Input::read(request)?;
    let report = clientwright::generate(&input.source, &input.overlays, &input.folder, &request.options());
    Ok(input.report(report, ui).map(|generated| Compiled {
        files: generated.files.into_iter().map(|file| File { path: file.path, contents: file.contents }).collect(),
        operations: generated.summary.operations,
        types: generated.summary.types,
    }))
}

/// The document as the generator sees it, as YAML.
pub(crate) fn effective(request: &Request, ui: &Ui) -> Result<Outcome<String>, Failure> {
    let input = Input::read(request)?;
    let report = clientwright::effective(&input.source, &input.overlays, &input.folder, &request.settings());
    Ok(input.report(report, ui))
}

/// What a rule means; `None` if there is no such rule.
pub(crate) fn explain(code: &str) -> Option<String> {
    Rule::by_code(code).map(Rule::explain)
}

struct Input {
    source: Source,
    overlays: Vec<Source>,
    folder: Folder,
}

impl Input {
    fn read(request: &Request) -> Result<Self, Failure> {
        let read = |path: &Path| reading::source(&request.root, path);
        Ok(Input {
            source: read(&request.spec)?,
            overlays: request.overlays.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
            folder: Folder::of(&request.root.join(&request.spec)),
        })
    }

    fn report<T>(&self, report: Report<T>, ui: &Ui) -> Outcome<T> {
        let format = match ui.format {
            MessageFormat::Human => Format::Human,
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
            MessageFormat::Github => Format::Github,
        };
        let sources: Vec<&Source> = std::iter::once(&self.source).chain(&self.overlays).collect();
        ui.say(&report.render(&sources, format, ui.color));
        Outcome { product: report.product, warnings: report.diagnostics.count(Severity::Warning) }
    }
}

impl<T> Outcome<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { product: self.product.map(change), warnings: self.warnings }
    }
}

impl Request {
    fn options(&self) -> clientwright::Options {
        clientwright::Options {
            version: self.version.clone(),
            settings: self.settings(),
            ..clientwright::Options::new(&self.package)
        }
    }

    fn settings(&self) -> Settings {
        Settings { strict: self.rigour.strict, deny_loss: self.rigour.deny_loss, ..Settings::default() }
    }
}
