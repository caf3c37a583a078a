//! The options of a run.

use serde::Deserialize;

use crate::normalize::Settings;
use crate::package;
use crate::place::{Pointer, Source};
use crate::rust::{self, Additions, Embedding, Formats, Layout, Metadata, Renames};

/// Options for the crate that is generated from a document.
///
/// `codegen.toml` has them under the same names, in kebab case. Those of [`Metadata`], [`Settings`], [`Limits`](crate::Limits),
/// [`Formats`], [`Additions`] and [`Renames`] are beside them there. A missing option has its default.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Options {
    /// The name of the package to write.
    pub package: String,
    /// The version of the package to write. The default is `0.1.0`.
    pub version: Option<String>,
    /// The package metadata that registries show, such as license and repository.
    #[serde(skip)]
    pub metadata: Metadata,
    /// The settings for the document.
    #[serde(skip)]
    pub settings: Settings,
    /// Keeps everything that a schema permits: members that it does not name, and, if it states no `type`, values that are
    /// not objects. If this is off, the former are ignored, and the latter are errors.
    #[serde(default)]
    pub keep_everything: bool,
    /// The chosen types of formats and of places.
    #[serde(skip)]
    pub formats: Formats,
    /// The derives and attributes of types besides the usual ones.
    #[serde(skip)]
    pub additions: Additions,
    /// The chosen names.
    #[serde(skip)]
    pub renames: Renames,
    /// The names of the last run, as [`Generated::names_text`](crate::Generated::names_text) returned them, which are
    /// kept. `None` if there are none.
    #[serde(skip)]
    pub names: Option<Source>,
    /// Assigns another name, with a warning, if a recorded one cannot be kept. If this is off, that is an error.
    #[serde(skip)]
    pub accept_renames: bool,
    /// Adds a program to `examples/` for each of the first groups of operations.
    #[serde(default = "yes")]
    pub examples: bool,
    /// Adds wire tests to the crate: tests of the request and the responses of each operation.
    #[serde(default)]
    pub wire_tests: bool,
    /// Emits the client. If this is off, the crate has types alone, and does not depend on an HTTP client.
    #[serde(default = "yes")]
    pub client: bool,
    /// The form in which the code is written.
    #[serde(default)]
    pub layout: Layout,
    /// The path of the module in another crate that has the code, such as `crate::api`. The default is named after the package.
    pub module: Option<String>,
    /// The features of a client that are on if the code is part of another crate, which has no such features itself.
    #[serde(default)]
    pub features: Vec<String>,
    /// Adds validation of values against the document's bounds, behind a feature.
    #[serde(default)]
    pub validation: bool,
    /// Adds a lenient reader, which is on: answers that lack what the document promises are read as far as what is missing has an
    /// empty value, and each such place is told.
    #[serde(default)]
    pub lenient: bool,
    /// Adds a command line that calls each operation, behind a feature.
    #[serde(default)]
    pub cli: bool,
    /// Adds a mock server for the tests of programs that use the crate, behind a feature.
    #[serde(default)]
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
            additions: Additions::default(),
            renames: Renames::default(),
            names: None,
            accept_renames: false,
            examples: true,
            wire_tests: false,
            client: true,
            layout: Layout::default(),
            module: None,
            features: Vec::new(),
            lenient: false,
            cli: false,
            mock: false,
            validation: false,
        }
    }

    /// Returns the first invalid option, with the reason and a way to correct it; `None` if all are valid.
    pub fn fault(&self) -> Option<Fault> {
        let at =
            |key: &str, message: Option<String>| Some(Fault { key: Pointer::root().child(key), message: message? });
        let formats = || {
            let (key, message) = self.formats.fault()?;
            Some(Fault { key, message })
        };
        let additions = || {
            let (key, message) = self.additions.fault(&self.formats, crate::emit::attribute_fault)?;
            Some(Fault { key, message })
        };
        let renames = || {
            let (key, message) = self.renames.fault()?;
            Some(Fault { key, message })
        };
        at("package", package::name_fault(&self.package))
            .or_else(|| at("version", self.version.as_deref().and_then(package::version_fault)))
            .or_else(|| at("keywords", self.metadata.keywords.as_deref().and_then(package::keywords_fault)))
            .or_else(|| at("module", self.module.as_deref().and_then(rust::root_fault)))
            .or_else(|| at("features", rust::features_fault(&self.features)))
            .or_else(|| self.misplaced())
            .or_else(formats)
            .or_else(additions)
            .or_else(renames)
    }

    /// The first option that the layout does not permit.
    fn misplaced(&self) -> Option<Fault> {
        let is_crate = self.layout == Layout::Crate;
        let of_crates = [("cli", self.cli), ("wire-tests", self.wire_tests)].into_iter().filter(|_| !is_crate);
        let of_modules = [("module", self.module.is_some()), ("features", !self.features.is_empty())];
        let of_modules = of_modules.into_iter().filter(|_| is_crate);
        let (key, _) = of_crates.chain(of_modules).find(|(_, is_set)| *is_set)?;
        let message = match is_crate {
            true => format!("`{key}` is for code in another crate; add `layout = \"module\"`"),
            false => format!("`{key}` is for a crate of its own, and this code is part of another"),
        };
        Some(Fault { key: Pointer::root().child(key), message })
    }

    /// The place of the code in another crate, unless it is a standalone crate.
    pub(crate) fn embedding(&self) -> Option<Embedding> {
        let usual = || format!("crate::{}", self.package.replace('-', "_"));
        Some(Embedding {
            form: self.layout.form()?,
            root: self.module.clone().unwrap_or_else(usual),
            features: self.features.clone(),
        })
    }
}

fn yes() -> bool {
    true
}

/// An option that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the client's table of `codegen.toml`.
    pub key: Pointer,
    /// The reason, and the correction.
    pub message: String,
}
