//! The one place that calls the generator.

mod standin;

use std::path::{Path, PathBuf};

pub(crate) use standin::{FileError, Files, Source};

use crate::cli::MessageFormat;
use crate::output::File;
use crate::reading::{self, Folder};
use crate::report::{Failure, Ui};
use crate::settings::Settings;

/// A document to work on, with everything that was said about it.
#[derive(Debug)]
pub(crate) struct Request {
    /// The folder that the paths are relative to.
    pub(crate) root: PathBuf,
    pub(crate) spec: PathBuf,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) package: String,
    pub(crate) version: Option<String>,
    pub(crate) settings: Settings,
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
    let outcome = standin::generate(&input.source, &input.overlays, &input.folder, &request.options());
    Ok(input.report(outcome, ui).map(|generated| Compiled {
        files: generated.files.into_iter().map(|file| File { path: file.path, contents: file.contents }).collect(),
        operations: generated.summary.operations,
        types: generated.summary.types,
    }))
}

/// The document as the generator sees it, as YAML.
pub(crate) fn effective(request: &Request, ui: &Ui) -> Result<Outcome<String>, Failure> {
    let input = Input::read(request)?;
    let outcome = standin::effective(&input.source, &input.overlays, &input.folder, &request.options());
    Ok(input.report(outcome, ui))
}

/// What a rule means; `None` if there is no such rule.
pub(crate) fn explain(code: &str) -> Option<String> {
    standin::explain(code)
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

    fn report<T>(&self, outcome: standin::Outcome<T>, ui: &Ui) -> Outcome<T> {
        let format = match ui.format {
            MessageFormat::Human => standin::Format::Human,
            MessageFormat::Short => standin::Format::Short,
            MessageFormat::Json => standin::Format::Json,
            MessageFormat::Github => standin::Format::Github,
        };
        ui.say(&standin::render(&outcome.diagnostics, &self.source, format, ui.color));
        Outcome { product: outcome.value, warnings: outcome.diagnostics.iter().filter(|found| !found.error).count() }
    }
}

impl<T> Outcome<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { product: self.product.map(change), warnings: self.warnings }
    }
}

impl Request {
    fn options(&self) -> standin::Options {
        standin::Options {
            package: self.package.clone(),
            version: self.version.clone(),
            settings: self.settings.clone(),
        }
    }
}
