//! Compiles API descriptions (OpenAPI 3.0, 3.1, 3.2) into Rust client crates.
//!
//! The library is a pure function from text to files and findings: it reads nothing but what it is handed, and writes nothing.
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
//! [`generate`] is what a build script or another tool needs; [`effective`] gives a document in normal form; [`analyse`] hands
//! out what a document means, which [`compare::compare`] compares. References to other files go through [`Files`], and
//! [`Options`] say how strictly a document is taken and how much it may ask for. A document that is at fault gives findings,
//! never a panic.
//!
//! What these docs show is the public API. Modules that they don't show are public for the command line and the tests of this
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
#[doc(hidden)]
pub mod normalize;
#[doc(hidden)]
pub mod place;
#[doc(hidden)]
pub mod plan;
pub mod render;
#[doc(hidden)]
pub mod rust;
pub mod samples;

use std::collections::HashMap;

use diagnostics::{Diagnostics, Rule};
pub use document::{FileError, Files, Limits, NoFiles};
pub use emit::File;
use ir::Api;
pub use normalize::Settings;
use normalize::Tree;
use place::Origins;
pub use place::{Pointer, Source};
use plan::{Chosen, KnownNames, Package};
use render::Format;
pub use rust::{ExtraDependency, Formats, Metadata, Untyped};
use rust::{NameLock, Type};

/// Options for the crate that is generated from a document.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name of the package to write.
    pub package: String,
    /// The version of the package to write; `0.1.0` unless told otherwise.
    pub version: Option<String>,
    /// The package metadata that registries show, such as license and repository.
    pub metadata: Metadata,
    /// The settings for the document.
    pub settings: Settings,
    /// Keeps everything that a schema permits: members that it does not name, and, if it states no `type`, values that are
    /// not objects. If this is off, the former are ignored, and the latter are errors.
    pub keep_everything: bool,
    /// The types of formats and of places that are not to be the usual ones.
    pub formats: Formats,
    /// The names that were given before, as [`Generated::names_text`] gave them: they are kept. `None` where none are written down.
    pub names: Option<Source>,
    /// Assigns another name, with a warning, where a recorded one cannot be kept. If this is off, that is an error.
    pub accept_renames: bool,
    /// Adds wire tests to the crate: tests of the request and the responses of each operation.
    pub wire_tests: bool,
    /// Adds validation of values against the document's bounds, behind a feature.
    pub validation: bool,
    /// Adds a mock server for the tests of programs that use the crate, behind a feature.
    pub mock: bool,
}

impl Options {
    /// The defaults for a package of this name.
    pub fn new(package: impl Into<String>) -> Self {
        Options {
            package: package.into(),
            version: None,
            metadata: Metadata::default(),
            settings: Settings::default(),
            keep_everything: false,
            formats: Formats::default(),
            names: None,
            accept_renames: false,
            wire_tests: false,
            mock: false,
            validation: false,
        }
    }
}

/// The result of a run: the product, unless the document was rejected, and the findings.
#[derive(Debug)]
pub struct Report<T> {
    /// The result.
    pub product: Option<T>,
    /// Everything that was found.
    pub diagnostics: Diagnostics,
    origins: Origins,
}

impl<T> Report<T> {
    /// The findings as text. `sources` are the texts that the run was given.
    pub fn render(&self, sources: &[&Source], format: Format, color: bool) -> String {
        render::render(&self.diagnostics, sources, &self.origins, format, color)
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
}

/// A client crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files, sorted by path.
    pub files: Vec<File>,
    /// The size of the crate.
    pub summary: Summary,
    /// The names of what the document describes, to be kept.
    pub names: NameLock,
}

impl Generated {
    /// The names as YAML, to be written down and handed over as [`Options::names`] the next time.
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
/// `files` gives the files beside the document that its references may lead to.
pub fn generate(source: &Source, overlays: &[Source], files: &dyn Files, options: &Options) -> Report<Generated> {
    let mut diagnostics = Diagnostics::default();
    let mut origins = Origins::new(source.name.clone());
    let compiled = compile(source, overlays, files, options, &mut origins, &mut diagnostics);
    // What the document means is let go before the files are made, so that they can have its memory.
    let plan = compiled.map(|(_, plan)| plan);
    Report { product: plan.map(emitted), diagnostics, origins }
}

/// As [`generate`], and hands out what the document means as well: for tools that look rather than write, such as
/// [`compare::compare`].
pub fn analyse(source: &Source, overlays: &[Source], files: &dyn Files, options: &Options) -> Report<Analysis> {
    let mut diagnostics = Diagnostics::default();
    let mut origins = Origins::new(source.name.clone());
    let compiled = compile(source, overlays, files, options, &mut origins, &mut diagnostics);
    let product = compiled.map(|(api, plan)| Analysis { api, generated: emitted(plan) });
    Report { product, diagnostics, origins }
}

fn emitted(plan: rust::Crate) -> Generated {
    let summary = Summary { operations: plan.operation_count, types: plan.types.len(), untyped: plan.untyped.clone() };
    Generated { files: emit::emit(&plan), summary, names: plan.names }
}

fn compile(
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    options: &Options,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) -> Option<(Api, rust::Crate)> {
    let tree = normal_form(source, overlays, files, &options.settings, diagnostics)?;
    *origins = tree.origins.clone();
    let openapi = normalize::typed(tree, diagnostics)?;
    let mut api = lower::lower(openapi, &|format| options.formats.of_format(format).is_some(), diagnostics);
    if options.keep_everything {
        lower::keep_everything(&mut api);
    }
    diagnostics.finish_stage(origins);
    if diagnostics.has_errors() {
        return None;
    }
    let version = options.version.clone().unwrap_or_else(|| "0.1.0".to_owned());
    let names = known_names(options, diagnostics)?;
    let chosen = chosen_types(options, &api, origins, diagnostics);
    let package = Package {
        name: options.package.clone(),
        version,
        metadata: options.metadata.clone(),
        names,
        chosen,
        exchanges: options.wire_tests.then(|| samples::exchanges(&api)),
        validation: options.validation,
        examples: options.mock.then(|| samples::examples(&api)),
    };
    let mut plan = plan::plan(&api, &package, diagnostics);
    check_untyped(&mut plan, &package.names, diagnostics);
    diagnostics.finish_stage(origins);
    diagnostics.report_unused_allowances();
    if diagnostics.has_errors() {
        return None;
    }
    Some((api, plan))
}

/// Keeps the number of places without a type beside the names. That it rose is worth a look.
fn check_untyped(plan: &mut rust::Crate, before: &KnownNames, diagnostics: &mut Diagnostics) {
    let count = plan.untyped.count();
    if let Some(known) = before.lock.untyped().filter(|known| *known < count) {
        let places = if count == 1 { "place has" } else { "places have" };
        let message = format!("{count} {places} no type; in the last run it was {known}");
        diagnostics.push(Rule::UntypedRose.in_file(&before.file, Pointer::root().child("untyped")).message(message));
    }
    plan.names.record_untyped(count);
}

/// The types that were chosen, each for its schema. A place that is none of a schema is worth a warning.
fn chosen_types(options: &Options, api: &Api, origins: &Origins, diagnostics: &mut Diagnostics) -> Chosen {
    let mut chosen = Chosen { formats: options.formats.clone(), places: HashMap::new() };
    let mut open: HashMap<&str, &Type> = options.formats.places().collect();
    if open.is_empty() {
        return chosen;
    }
    for (id, schema) in api.schemas.iter() {
        let (file, pointer) = origins.source_of(&schema.pointer);
        let ty = options.formats.places().find(|(place, _)| *place == pointer.as_str() && file == origins.spec());
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
        diagnostics.push(Rule::TypeForNothing.in_file(origins.spec(), pointer).message(message));
    }
    chosen
}

/// The names that were given before; `None` if what is written down can't be used, which has then been said.
fn known_names(options: &Options, diagnostics: &mut Diagnostics) -> Option<KnownNames> {
    let mut names = KnownNames { accept_renames: options.accept_renames, ..KnownNames::default() };
    if let Some(source) = &options.names {
        let written = document::read(source, &options.settings.limits, diagnostics)?;
        diagnostics.keep(source.clone());
        names.file = written.name;
        match NameLock::from_tree(&written.root) {
            Ok(given) => names.lock = given,
            Err((pointer, message)) => {
                diagnostics.push(Rule::NamesUnreadable.in_file(&names.file, pointer).message(message));
                return None;
            }
        }
    }
    Some(names)
}

/// Looks at a document, up to what it means, and makes nothing of it: what would be rejected is rejected here.
pub fn check(source: &Source, overlays: &[Source], files: &dyn Files, settings: &Settings) -> Report<()> {
    let mut diagnostics = Diagnostics::default();
    let tree = normal_form(source, overlays, files, settings, &mut diagnostics);
    let origins = tree.as_ref().map_or_else(|| Origins::new(source.name.clone()), |tree| tree.origins.clone());
    let openapi = tree.and_then(|tree| normalize::typed(tree, &mut diagnostics));
    let api = openapi.map(|openapi| lower::lower(openapi, &|_| false, &mut diagnostics));
    diagnostics.finish_stage(&origins);
    Report { product: api.filter(|_| !diagnostics.has_errors()).map(drop), diagnostics, origins }
}

/// The document in normal form: OpenAPI 3.0.3, as YAML that other tools can serve.
pub fn effective(source: &Source, overlays: &[Source], files: &dyn Files, settings: &Settings) -> Report<String> {
    let mut diagnostics = Diagnostics::default();
    let tree = normal_form(source, overlays, files, settings, &mut diagnostics);
    let origins = tree.as_ref().map_or_else(|| Origins::new(source.name.clone()), |tree| tree.origins.clone());
    Report { product: tree.map(|tree| tree.to_yaml()), diagnostics, origins }
}

fn normal_form(
    source: &Source,
    overlays: &[Source],
    files: &dyn Files,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    diagnostics.set_policy(settings.policy());
    let document = document::read(source, &settings.limits, diagnostics);
    let read: Vec<_> = overlays.iter().map(|overlay| document::read(overlay, &settings.limits, diagnostics)).collect();
    let overlays = read.into_iter().collect::<Option<Vec<_>>>()?;
    normalize::tree(document?, overlays, files, settings, diagnostics)
}
