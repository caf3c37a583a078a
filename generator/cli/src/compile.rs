//! Calls of the generator.

mod drawing;
mod names;
mod revision;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clientwright::compare::ChangeRule;
pub(crate) use clientwright::compare::{Bump, ItemKind, RustChange, Verb};
use clientwright::diagnostics::{Kind, Rule, Severity};
pub use clientwright::package;
use clientwright::render::{Format, Style};
pub use clientwright::{
    Allowance, Fault, FileError, Files, Layout, Limits, Options, Pointer, Renames, Requirement, Source, Stage, Stated,
    Untyped,
};
use clientwright::{Analysis, Permission, Proposal, Report};

pub use clientwright::written;
pub(crate) use drawing::{Drawn, drawn};
pub(crate) use names::is_names_file;
pub(crate) use revision::{Documents, Place, Revision, WireChange, rust_changes, wire_changes};

use crate::cli::MessageFormat;
use crate::hash::hash;
use crate::output::{Aside, File};
use crate::reading::{self, Folder};
use crate::report::{Failure, Ui};
use crate::request::Request;
use crate::settings::Settings;

/// The outcome for a document. All findings have been printed.
pub struct Outcome<T> {
    /// The product, unless the document was rejected.
    pub product: Option<T>,
    pub findings: Findings,
    /// The findings, as printed.
    pub said: String,
    /// The files that were read, each with the hash of what it held; `None` for one that can't be read.
    pub read: BTreeMap<PathBuf, Option<u64>>,
}

/// Findings, as the library wrote them in the format of the run.
pub(crate) struct Rendered(String);

impl Rendered {
    /// Takes what the library wrote.
    pub(crate) fn of(said: String) -> Self {
        Rendered(said)
    }
}

impl written::Product for Rendered {
    fn printed(&self) -> &str {
        &self.0
    }
}

/// The number of findings of each severity.
#[derive(Clone, Debug)]
pub struct Findings {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Repaired faults of the document.
    pub repaired: usize,
    /// Parts of the document that are degraded or ignored.
    pub lost: usize,
    /// The rules of the findings for which an overlay can be written.
    pub settled_by_overlay: BTreeSet<&'static str>,
}

/// A crate, and its size.
pub struct Compiled {
    pub files: Vec<File>,
    /// The dependencies that the enclosing crate of embedded code must have.
    pub requirements: Vec<Requirement>,
    /// The necessary change of the file that keeps the names, if there is one.
    pub(crate) names: Option<Aside>,
    pub operations: usize,
    pub types: usize,
    pub untyped: Untyped,
}

/// Compiles a document into the files of a crate.
pub fn generate(request: &Request, ui: &Ui) -> Result<Outcome<Compiled>, Failure> {
    generate_observed(request, ui, &|_| {})
}

/// As [`generate`], and calls `observe` at the end of each stage.
pub fn generate_observed(request: &Request, ui: &Ui, observe: &dyn Fn(Stage)) -> Result<Outcome<Compiled>, Failure> {
    let input = Input::read(request)?;
    let options = Options { names: input.names.clone(), ..request.options.clone() };
    let report = clientwright::generate_observed(&input.source, &input.overlays, &input.folder, &options, observe);
    let (findings, said) = input.say(&report, ui);
    let names_file = |generated: &clientwright::Generated| {
        let path = request.names.as_ref()?;
        let before = input.names.as_ref().map(|source| source.bytes.clone());
        names::change(generated, request.root.join(path), path.display().to_string(), before)
    };
    let product = report.product.map(|generated| Compiled {
        names: names_file(&generated),
        requirements: generated.requirements,
        files: generated.files.into_iter().map(|file| File { path: file.path, contents: file.contents }).collect(),
        operations: generated.summary.operations,
        types: generated.summary.types,
        untyped: generated.summary.untyped,
    });
    Ok(Outcome { product, findings, said, read: input.read_so_far(request) })
}

/// The document as the generator sees it, as YAML.
pub fn effective(request: &Request, ui: &Ui) -> Result<Outcome<String>, Failure> {
    let input = Input::read(request)?;
    let report = clientwright::effective(&input.source, &input.overlays, &input.folder, &request.options.settings);
    let (findings, said) = input.say(&report, ui);
    Ok(Outcome { product: report.product, findings, said, read: input.read_so_far(request) })
}

/// Checks a document.
pub fn check(request: &Request, ui: &Ui) -> Result<Outcome<()>, Failure> {
    let input = Input::read(request)?;
    let report = clientwright::check(&input.source, &input.overlays, &input.folder, &request.options.settings);
    let (findings, said) = input.say(&report, ui);
    Ok(Outcome { product: report.product, findings, said, read: input.read_so_far(request) })
}

/// The meaning of a document and the crate that follows from it; `None` if it is rejected, which has then been reported. Other
/// findings are for `lint`.
pub fn analyse(request: &Request, ui: &Ui) -> Result<Option<Analysis>, Failure> {
    let input = Input::read(request)?;
    let mut report = clientwright::analyse(&input.source, &input.overlays, &input.folder, &request.options);
    let analysis = report.product.take();
    if analysis.is_none() {
        input.say(&report, ui);
    }
    Ok(analysis)
}

/// The overlay that turns one document into another, which is empty where they are equal; `None` if one can't be read, which has then
/// been explained.
pub fn overlay_between(old: &Path, new: &Path, wanted: &Settings, ui: &Ui) -> Result<Option<String>, Failure> {
    let mut options = Options::new("overlay");
    wanted.apply(&mut options);
    let limits = &options.settings.limits;
    let read = |path: &Path| reading::source(Path::new(""), path, limits.bytes);
    let (old, new) = (read(old)?, read(new)?);
    let report = clientwright::overlay_between(&old, &new, limits);
    ui.say(&Rendered::of(report.render_as(&[&old, &new], style(ui))));
    Ok(report.product)
}

/// The overlay that permits what a report says of answers; `None` if the document cannot be read.
pub fn overlay_from_report(
    spec: &Path,
    report: &Path,
    wanted: &Settings,
    ui: &Ui,
) -> Result<Option<Permission>, Failure> {
    let mut options = Options::new("overlay");
    wanted.apply(&mut options);
    let limits = &options.settings.limits;
    let read = |path: &Path| reading::source(Path::new(""), path, limits.bytes);
    let (spec, lines) = (read(spec)?, read(report)?);
    let report = clientwright::overlay_from_report(&spec, &String::from_utf8_lossy(&lines.bytes), limits);
    ui.say(&Rendered::of(report.render_as(&[&spec], style(ui))));
    Ok(report.product)
}

/// The overlay that settles the findings of a rule; `None` if there is no such rule.
pub fn overlay_for(request: &Request, code: &str) -> Result<Option<Proposal>, Failure> {
    let Some(rule) = Rule::by_code(code) else { return Ok(None) };
    let input = Input::read(request)?;
    let settings = &request.options.settings;
    Ok(clientwright::overlay_for(rule, &input.source, &input.overlays, &input.folder, settings).product)
}

/// Returns the explanation of a rule of findings or of changes, or `None` if there is no such rule.
pub fn explain(code: &str) -> Option<String> {
    let of_changes = || ChangeRule::by_id(code).map(ChangeRule::explain);
    Rule::by_code(code).map(Rule::explain).or_else(of_changes)
}

/// Returns the style in which findings are printed.
fn style(ui: &Ui) -> Style {
    let format = match ui.format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Short => Format::Short,
        MessageFormat::Json => Format::Json,
        MessageFormat::Github => Format::Github,
    };
    Style { format, color: ui.color, verbose: ui.verbose }
}

/// The contents of the files that a request names.
struct Input {
    source: Source,
    overlays: Vec<Source>,
    names: Option<Source>,
    folder: Folder,
}

impl Input {
    /// Reads the files that a request names.
    fn read(request: &Request) -> Result<Self, Failure> {
        let limit = request.options.settings.limits.bytes;
        let read = |path: &Path| reading::source(&request.root, path, limit);
        Ok(Input {
            source: read(&request.spec)?,
            overlays: request.overlays.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
            names: request
                .names
                .as_ref()
                .map_or(Ok(None), |path| reading::source_if_any(&request.root, path, limit))?,
            folder: Folder::of(&request.root.join(&request.spec), request.files.as_deref(), limit)?,
        })
    }

    /// The files that were read for a request, including those to which the document refers.
    fn read_so_far(self, request: &Request) -> BTreeMap<PathBuf, Option<u64>> {
        let mut read = self.folder.seen();
        let named = std::iter::once(&request.spec).chain(&request.overlays);
        let sources = std::iter::once(&self.source).chain(&self.overlays);
        read.extend(named.zip(sources).map(|(path, source)| (request.root.join(path), Some(hash(&source.bytes)))));
        let names = self.names.as_ref().map(|source| hash(&source.bytes));
        read.extend(request.names.iter().map(|path| (request.root.join(path), names)));
        read
    }

    /// Prints the findings, and returns the printed text.
    fn say<T>(&self, report: &Report<T>, ui: &Ui) -> (Findings, String) {
        let sources: Vec<&Source> = std::iter::once(&self.source).chain(&self.overlays).collect();
        let said = Rendered::of(report.render_as(&sources, style(ui)));
        ui.say(&said);
        let of_kind = |kind: Kind| report.diagnostics.iter().filter(|found| found.rule.kind() == kind).count();
        let findings = Findings {
            errors: report.diagnostics.count(Severity::Error),
            warnings: report.diagnostics.count(Severity::Warning),
            notes: report.diagnostics.count(Severity::Note),
            repaired: of_kind(Kind::Repaired),
            lost: of_kind(Kind::Lost),
            settled_by_overlay: report
                .diagnostics
                .iter()
                .filter(|found| clientwright::has_overlay(found.rule))
                .map(|found| found.rule.code())
                .collect(),
        };
        (findings, said.0)
    }
}
