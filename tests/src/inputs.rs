//! The documents that the tests read, and the crates generated from them.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::render::Format;
use clientwright::{File, Generated, NoFiles, Options, Source, generate};

/// The Webhooks API, the project's main document.
pub const WEBHOOKS_API: &str = "specs/webhooks-api.yaml";
/// The overlay of the Webhooks API.
pub const WEBHOOKS_OVERLAY: &str = "specs/webhooks-api.overlay.yaml";
/// One operation of the Webhooks API.
pub const ACTIVATE_SLICE: &str = "tests/cases/activate-slice.yaml";

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("this package is a folder of the workspace").to_owned()
}

/// Reads a file of the workspace, with the name that findings show.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn source(path: &str) -> Source {
    let bytes = fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source { name: path.to_owned(), bytes }
}

/// Generates the crate `package` from a document.
///
/// # Panics
/// When the document is rejected; the message has the findings.
#[must_use]
pub fn compile(package: &str, spec: &Source, overlays: &[Source]) -> Generated {
    compile_with(&Options::new(package), spec, overlays)
}

/// Generates a crate from a document.
///
/// # Panics
/// When the document is rejected; the message has the findings.
#[must_use]
pub fn compile_with(options: &Options, spec: &Source, overlays: &[Source]) -> Generated {
    let report = generate(spec, overlays, &NoFiles, options);
    let sources: Vec<&Source> = std::iter::once(spec).chain(overlays).collect();
    let findings = report.render(&sources, Format::Short, false);
    report.product.unwrap_or_else(|| panic!("{} was rejected:\n{findings}", spec.name))
}

/// Generates the crate of the Webhooks API with these overlays.
#[must_use]
pub fn webhooks_api(overlays: &[&str]) -> Generated {
    let overlays: Vec<Source> = overlays.iter().map(|path| source(path)).collect();
    compile("webhooks-api", &source(WEBHOOKS_API), &overlays)
}

/// Returns the text of one file of a crate.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn file<'a>(generated: &'a Generated, path: &str) -> &'a str {
    let found = generated.files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("the crate has no {path}")).contents
}

/// Returns the files that depend on the API: all sources except the runtime.
pub fn api_files(generated: &Generated) -> impl Iterator<Item = &File> {
    let is_api = |path: &str| path.starts_with("src/") && !path.starts_with("src/runtime");
    generated.files.iter().filter(move |file| is_api(&file.path))
}
