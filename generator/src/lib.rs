//! Compiles API descriptions (OpenAPI 3.0, 3.1 and 3.2, Swagger 2.0) into Rust client crates.
//!
//! The library is a pure function from text to files and findings: it reads only its arguments, and writes nothing.
//!
//! ```
//! use clientwright::{NoFiles, Options, Source, generate};
//!
//! let spec = Source {
//!     name: "status.yaml".to_owned(),
//!     bytes: b"openapi: 3.1.0
//! info: { title: Status, version: '1' }
//! paths:
//!   /status: { get: { responses: { '204': { description: Well } } } }
//! "
//!     .to_vec(),
//! };
//! let report = generate(&spec, &[], &NoFiles, &Options::new("status-api"));
//! let generated = report.product.expect("the document is fine");
//! assert_eq!(generated.summary.operations, 1);
//! assert!(generated.files.iter().any(|file| file.path == "src/lib.rs"));
//! ```
//!
//! [`generate`] is for build scripts and other tools; [`effective`] returns a document in normal form; [`analyse`] returns
//! the meaning of a document, which [`compare::compare`] compares. References to other files are read through [`Files`], and
//! [`Options`] has the strictness and the limits with which a document is read. A faulty document gives findings,
//! never a panic.
//!
//! The public API is what these docs show. Other modules are public for the command line and the tests of this
//! workspace, and may change in any version.

#[doc(hidden)]
pub mod carried;
pub mod compare;
pub mod diagnostics;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emit;
pub mod ir;
#[doc(hidden)]
pub mod lower;
mod media_type;
#[doc(hidden)]
pub mod normalize;
mod options;
mod overlays;
#[doc(hidden)]
pub mod package;
#[doc(hidden)]
pub mod place;
#[doc(hidden)]
pub mod plan;
pub mod render;
#[doc(hidden)]
pub mod rust;
pub mod samples;
mod stack;
mod stage;
#[doc(hidden)]
pub mod written;

use std::collections::HashMap;

pub use diagnostics::Allowance;
use diagnostics::{Diagnostics, Rule};
pub use document::{FileError, Files, Limits, NoFiles};
pub use emit::{File, Requirement};
use ir::{Api, SchemaId};
use normalize::Tree;
pub use normalize::{Selection, Settings, Stated};
pub use options::{Fault, Options};
pub use overlays::{Permission, Proposal};
use place::Origins;
pub use place::{Pointer, Source};
use plan::{Chosen, ChosenNames, KnownNames, Package};
use render::{Format, Style};
pub use rust::{
    Additions, ExtraDependency, Formats, ItemKind, Layout, Metadata, NamedType, Origin, Renames, TypeSelection,
    TypeSet, Untyped,
};
use rust::{NameLock, Type};
pub use stage::Stage;

/// The result of a run: the product, unless the document was rejected, and the findings.
#[derive(Debug)]
pub struct Report<T> {
    /// The result.
    pub product: Option<T>,
    /// The findings.
    pub diagnostics: Diagnostics,
    origins: Origins,
}

impl<T> Report<T> {
    /// The findings as text. `sources` are the texts that the run was given.
    pub fn render(&self, sources: &[&Source], format: Format, color: bool) -> String {
        render::render(&self.diagnostics, sources, &self.origins, format, color)
    }

    /// The findings as text, in a style.
    pub fn render_as(&self, sources: &[&Source], style: Style) -> String {
        render::render_as(&self.diagnostics, sources, &self.origins, style)
    }
}

impl<T> Report<T> {
    /// The file, and the pointer in it, that a place in the normalized document came from.
    pub fn origin(&self, pointer: &Pointer) -> (String, Pointer) {
        let (file, place) = self.origins.source_of(pointer);
        (file.to_owned(), place)
    }
}

/// The meaning of a document, and the crate generated from it.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The meaning of the document.
    pub api: Api,
    /// The crate.
    pub generated: Generated,
    /// The crate as planned, which [`compare::compare_crates`] compares.
    pub plan: rust::Crate,
    /// The types of the crate that schemas became, each with its catch-all variant where it has one. A schema without a type of its
    /// own is not among them.
    pub types: HashMap<SchemaId, NamedType>,
}

/// A client crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files, sorted by path.
    pub files: Vec<File>,
    /// The dependencies that the crate around embedded code has to have.
    pub requirements: Vec<Requirement>,
    /// The size of the crate.
    pub summary: Summary,
    /// The assigned names, to be kept for the next run.
    pub names: NameLock,
}

impl Generated {
    /// The names as YAML, to be stored and passed as [`Options::names`] to the next run.
    pub fn names_text(&self) -> String {
        document::to_yaml(&self.names.to_tree())
    }
}

/// The size of a client crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
    /// The number of members, parameters and bodies without a type, with reasons.
    pub untyped: Untyped,
}

/// Compiles a document, corrected by overlays in their order, into a client crate.
///
/// `files` has the files beside the document to which its references may lead.
pub fn generate(source: &Source, overlays: &[Source], files: &dyn Files, options: &Options) -> Report<Generated> {
    generate_observed(source, overlays, files, options, &|_| {})
}

/// As [`generate`], and calls `observe` at the end of each stage, for tools that measure. A stage that an error prevents has no end.
pub fn generate_observed(
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    options: &Options,
    observe: &dyn Fn(Stage),
) -> Report<Generated> {
    let mut run = Pipeline { observe, ..Pipeline::new(source, &options.settings) };
    let compiled = run.compile(source, overlays, files, options);
    // The meaning of the document is dropped before the files are made, so that they can use its memory.
    let plan = compiled.map(|(_, plan)| plan);
    run.report(plan.as_ref().map(emitted).inspect(|_| observe(Stage::Emitting)))
}

/// As [`generate`], and returns the meaning of the document as well, for tools that inspect it, such as
/// [`compare::compare`].
pub fn analyse(source: &Source, overlays: &[Source], files: &dyn Files, options: &Options) -> Report<Analysis> {
    let mut run = Pipeline::new(source, &options.settings);
    let compiled = run.compile(source, overlays, files, options);
    run.report(compiled.map(|(api, plan)| {
        let types = plan.named_types();
        Analysis { api, generated: emitted(&plan), plan, types }
    }))
}

fn emitted(plan: &rust::Crate) -> Generated {
    let summary = Summary { operations: plan.operation_count, types: plan.types.len(), untyped: plan.untyped.clone() };
    let requirements = emit::requirements(plan);
    Generated { files: emit::emit(plan), requirements, summary, names: plan.names.clone() }
}

/// Checks a document up to its meaning, without planning a crate. A document that `generate` would reject is rejected here.
pub fn check(source: &Source, overlays: &[Source], files: &dyn Files, settings: &Settings) -> Report<()> {
    let mut run = Pipeline::new(source, settings);
    let api = run.normal_form(source, overlays, files).and_then(|tree| run.meaning(tree, |_| false));
    if let Some(api) = &api {
        lower::report_proposals(api, &mut run.diagnostics);
        run.diagnostics.finish_stage(&run.origins);
    }
    run.report(api.map(drop))
}

/// The document in normal form: OpenAPI 3.0.3, as YAML that other tools can serve.
pub fn effective(source: &Source, overlays: &[Source], files: &dyn Files, settings: &Settings) -> Report<String> {
    let mut run = Pipeline::new(source, settings);
    let tree = run.normal_form(source, overlays, files).filter(|_| !run.diagnostics.has_errors());
    run.report(tree.map(|tree| tree.to_yaml()))
}

/// Writes the overlay that turns one document into another (OpenAPI Overlay Specification 1.0.0), as YAML; its descriptions are for an
/// author to complete. An overlay has an action, so the product of documents with the same contents is empty.
///
/// Files that the documents refer to are not looked at. A document that can't be read has no product.
pub fn overlay_between(old: &Source, new: &Source, limits: &Limits) -> Report<String> {
    let mut diagnostics = Diagnostics::default();
    let origins = Origins::new(old.name.clone());
    let mut read = |source: &Source| document::read(source, limits, &mut diagnostics);
    let (before, after) = (read(old), read(new));
    let product = before.zip(after).and_then(|(before, after)| {
        let Some(actions) = overlays::between(&before.root, &after.root) else {
            diagnostics
                .push(Rule::NotOpenApi.in_file(&old.name, Pointer::root()).message("both documents are objects"));
            return None;
        };
        if actions.is_empty() {
            return Some(String::new());
        }
        let title = after.root.pointer("/info/title").and_then(serde_json::Value::as_str).unwrap_or("the document");
        Some(document::to_yaml(&overlays::overlay(&format!("Changes to {title}"), &old.name, actions)))
    });
    diagnostics.finish_stage(&origins);
    Report { product, diagnostics, origins }
}

/// Writes the overlay after which a document permits what the answers in a report had.
///
/// The report is what the hook `on_lenient` of an emitted client was called with: a line of JSON for each
/// (`{"method":"GET","path":"/pets","status":200,"pointer":"/0/name","kind":"missing"}`). A member that was missing is no longer
/// required, and one that was null is nullable. A document that can't be read has no product.
pub fn overlay_from_report(source: &Source, report: &str, limits: &Limits) -> Report<Permission> {
    let mut diagnostics = Diagnostics::default();
    let origins = Origins::new(source.name.clone());
    let product = document::read(source, limits, &mut diagnostics).map(|document| {
        let (after, left) = overlays::permit_report(&document.root, report);
        let actions = overlays::between(&document.root, &after).unwrap_or_default();
        let overlay = (!actions.is_empty())
            .then(|| document::to_yaml(&overlays::overlay("Permits what answers had", &source.name, actions)));
        Permission { overlay, left }
    });
    diagnostics.finish_stage(&origins);
    Report { product, diagnostics, origins }
}

/// Returns whether [`overlay_for`] can settle findings of a rule.
pub fn has_overlay(rule: Rule) -> bool {
    overlays::can_settle(rule)
}

/// Writes the overlay that settles the findings of a rule, as far as actions can be derived from the document, for use after `overlays`.
///
/// The findings of the report are those without it.
pub fn overlay_for(
    rule: Rule,
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    settings: &Settings,
) -> Report<Proposal> {
    let report = check(source, overlays, files, settings);
    let count = |found: &Diagnostics| found.iter().filter(|found| found.rule == rule).count();
    let before = count(&report.diagnostics);
    let none = Proposal { overlay: None, settled: 0, left: before };
    let proposal =
        document::read(source, &settings.limits, &mut Diagnostics::default()).map_or(none.clone(), |document| {
            let is_own = |place: &place::Place| matches!(place, place::Place::File(file, _) if *file == source.name);
            let found: Vec<_> =
                report.diagnostics.iter().filter(|found| found.rule == rule && is_own(&found.place)).collect();
            let actions = overlays::settle(&found, &document.root);
            if actions.is_empty() {
                return none.clone();
            }
            let title = format!("Settles {}: {}", rule.code(), rule.entry().title);
            let overlay = document::to_yaml(&overlays::overlay(&title, &source.name, actions));
            let written = Source { name: "overlay.yaml".to_owned(), bytes: overlay.clone().into_bytes() };
            let all: Vec<Source> = overlays.iter().cloned().chain([written]).collect();
            let left = count(&check(source, &all, files, settings).diagnostics);
            Proposal { overlay: Some(overlay), settled: before.saturating_sub(left), left }
        });
    Report { product: Some(proposal), diagnostics: report.diagnostics, origins: report.origins }
}

/// One run over a document.
struct Pipeline<'a> {
    settings: &'a Settings,
    diagnostics: Diagnostics,
    origins: Origins,
    /// Called at the end of each stage.
    observe: &'a dyn Fn(Stage),
}

impl<'a> Pipeline<'a> {
    fn new(source: &Source, settings: &'a Settings) -> Self {
        let mut diagnostics = Diagnostics::default();
        diagnostics.set_policy(settings.policy());
        if let Some(stated) = &settings.stated {
            diagnostics.keep(stated.source.clone());
        }
        Pipeline { settings, diagnostics, origins: Origins::new(source.name.clone()), observe: &|_| {} }
    }

    /// Ends the run with its product.
    fn report<T>(self, product: Option<T>) -> Report<T> {
        Report { product, diagnostics: self.diagnostics, origins: self.origins }
    }

    /// Reads the document and its overlays, and converts it to normal form. If there are errors, the result only serves to find more.
    fn normal_form(&mut self, source: &Source, overlays: &[Source], files: &dyn Files) -> Option<Tree> {
        let mut read = |source: &Source| document::read(source, &self.settings.limits, &mut self.diagnostics);
        let document = read(source);
        let overlays: Vec<_> = overlays.iter().map(read).collect();
        let overlays = overlays.into_iter().collect::<Option<Vec<_>>>()?;
        (self.observe)(Stage::Reading);
        let tree = normalize::tree(document?, overlays, files, self.settings, &mut self.diagnostics)?;
        self.origins = tree.origins.clone();
        Some(tree)
    }

    /// The meaning of a document; `None` where there is an error.
    fn meaning(&mut self, tree: Tree, has_type: impl Fn(&str) -> bool) -> Option<Api> {
        let openapi = normalize::typed(tree, &mut self.diagnostics)?;
        (self.observe)(Stage::Normalizing);
        let api = lower::lower(openapi, &has_type, &mut self.diagnostics);
        self.diagnostics.finish_stage(&self.origins);
        (self.observe)(Stage::Lowering);
        (!self.diagnostics.has_errors()).then_some(api)
    }

    /// The meaning of a document, and the crate that follows from it.
    fn compile(
        &mut self,
        source: &Source,
        overlays: &[Source],
        files: &dyn Files,
        options: &Options,
    ) -> Option<(Api, rust::Crate)> {
        if let Some(fault) = options.fault() {
            self.diagnostics.push(Rule::UnusablePackage.in_file(&source.name, Pointer::root()).message(fault.message));
            return None;
        }
        let tree = self.normal_form(source, overlays, files)?;
        let mut api = self.meaning(tree, |format| options.formats.of_format(format).is_some())?;
        if options.keep_everything {
            lower::keep_everything(&mut api);
        }
        let renames = self.chosen_names(options, &api);
        renames.state(&mut api);
        let recorded = self.known_names(options)?;
        let untyped = recorded.lock.untyped();
        let package = Package {
            name: options.package.clone(),
            version: options.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
            metadata: options.metadata.clone(),
            names: names_of_all(recorded, source, overlays, files, options),
            renames,
            chosen: self.chosen_types(options, &api),
            client: options.client,
            embedding: options.embedding(),
            additions: options.additions.clone(),
            programs: options.examples,
            exchanges: (options.client && options.wire_tests).then(|| samples::exchanges(&api)),
            validation: options.validation,
            lenient: options.client && options.lenient,
            prune: options.settings.prunes(),
            command_line: options.client && options.cli,
            examples: (options.client && options.mock).then(|| samples::examples(&api)),
        };
        let mut plan = plan::plan(&api, &package, &mut self.diagnostics);
        plan::record_untyped(&mut plan, untyped, &package.names.file, &mut self.diagnostics);
        self.diagnostics.finish_stage(&self.origins);
        self.diagnostics.report_unused_allowances();
        (self.observe)(Stage::Planning);
        (!self.diagnostics.has_errors()).then_some((api, plan))
    }

    /// The chosen types, each with its schema. A place without a schema is a warning.
    fn chosen_types(&mut self, options: &Options, api: &Api) -> Chosen {
        let mut chosen = Chosen { formats: options.formats.clone(), places: HashMap::new() };
        let mut open: HashMap<&str, &Type> = options.formats.places().collect();
        if open.is_empty() {
            return chosen;
        }
        for (id, schema) in api.schemas.iter() {
            let (file, pointer) = self.origins.source_of(&schema.pointer);
            let ty =
                options.formats.places().find(|(place, _)| *place == pointer.as_str() && file == self.origins.spec());
            if let Some((place, ty)) = ty {
                chosen.places.insert(id, ty.clone());
                open.remove(place);
            }
        }
        let mut unused: Vec<&str> = open.into_keys().collect();
        unused.sort_unstable();
        for place in unused {
            let pointer = Pointer::parse(place).unwrap_or_else(Pointer::root);
            let message = format!("no schema that becomes a type stands at {place}");
            self.diagnostics.push(Rule::TypeForNothing.in_file(self.origins.spec(), pointer).message(message));
        }
        chosen
    }

    /// The chosen names, with the schemas and operations that they are for.
    fn chosen_names(&self, options: &Options, api: &Api) -> ChosenNames {
        let renames = &options.renames;
        if renames.is_empty() && !options.additions.has_places() {
            return ChosenNames::default();
        }
        let at = |pointer: &Pointer| {
            let (file, pointer) = self.origins.source_of(pointer);
            (file == self.origins.spec()).then(|| pointer.as_str().to_owned())
        };
        let mut schemas: HashMap<String, Vec<SchemaId>> = HashMap::new();
        for (id, schema) in api.schemas.iter() {
            at(&schema.pointer).into_iter().for_each(|at| schemas.entry(at).or_default().push(id));
        }
        let operations = api.operations.iter().enumerate();
        let operations = operations.filter_map(|(index, operation)| Some((at(&operation.pointer)?, index))).collect();
        ChosenNames { renames: renames.clone(), stated: options.settings.table(), schemas, operations }
    }

    /// The names of former runs; `None` if their file can't be used, which is then reported.
    fn known_names(&mut self, options: &Options) -> Option<KnownNames> {
        let mut names = KnownNames { accept_renames: options.accept_renames, ..KnownNames::default() };
        if let Some(source) = &options.names {
            let written = document::read(source, &options.settings.limits, &mut self.diagnostics)?;
            self.diagnostics.keep(source.clone());
            names.file = written.name;
            match NameLock::from_tree(&written.root) {
                Ok(given) => names.lock = given,
                Err((pointer, message)) => {
                    self.diagnostics.push(Rule::NamesUnreadable.in_file(&names.file, pointer).message(message));
                    return None;
                }
            }
        }
        Some(names)
    }
}

/// The recorded names, and those of a crate that has all operations, if some are chosen: the choice of an operation gives no other part
/// another name. If there is no such crate, the recorded names.
fn names_of_all(
    recorded: KnownNames,
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    options: &Options,
) -> KnownNames {
    if !options.settings.operations.chooses() {
        return recorded;
    }
    let options = Options { settings: options.settings.of_all(), wire_tests: false, ..options.clone() };
    let mut all = Pipeline::new(source, &options.settings);
    match all.compile(source, overlays, files, &options) {
        // A recorded name that cannot be kept is reported for the crate that is asked for.
        Some(_) if all.diagnostics.iter().any(|found| found.rule == Rule::NameNotKept) => recorded,
        Some((_, plan)) => KnownNames { lock: plan.names, ..recorded },
        None => recorded,
    }
}
