//! `codegen.toml`: the clients that a repository keeps current.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::bounded;
use crate::compile::{ExtraDependency, Formats, Metadata, package};
use crate::settings::{Allow, Settings};

/// The name that is looked for, upward from the current folder.
pub const FILE_NAME: &str = "codegen.toml";

/// The JSON Schema of the file, for editors.
pub(crate) const SCHEMA: &str = include_str!("codegen.schema.json");

/// The version of a crate of which nothing else is said.
pub const DEFAULT_VERSION: &str = "0.1.0";

/// The clients of one `codegen.toml`, with every path made relative to where the command runs from.
#[derive(Debug)]
pub struct Config {
    /// The clients, in the order in which they are written.
    pub clients: Vec<Client>,
}

/// One `[[client]]`.
#[derive(Debug)]
pub struct Client {
    /// The document, as `codegen.toml` names it.
    pub spec: PathBuf,
    /// OpenAPI Overlays, in the order in which they apply.
    pub overlays: Vec<PathBuf>,
    /// The folder of the crate; emitted whole.
    pub out: PathBuf,
    /// The crate's name.
    pub package: String,
    /// The crate's version; `0.1.0` unless told otherwise.
    pub version: Option<String>,
    /// The metadata that registries show.
    pub metadata: Metadata,
    /// The types of formats and places that are not the usual ones.
    pub formats: Formats,
    /// The path of the names file.
    pub names: PathBuf,
    /// The settings for the document.
    pub settings: Settings,
    /// The folder that the paths are relative to.
    pub root: PathBuf,
}

/// An error in a `codegen.toml`.
#[derive(Debug)]
pub struct ConfigError {
    file: PathBuf,
    message: String,
}

impl ConfigError {
    /// The configuration that is at fault, or the folder that the search for one began in.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.message)
    }
}

impl std::error::Error for ConfigError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyEncoding {
    #[serde(default)]
    client: Vec<WrittenClient>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenClient {
    spec: PathBuf,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    out: Spanned<PathBuf>,
    package: Spanned<String>,
    version: Option<Spanned<String>>,
    description: Option<String>,
    license: Option<String>,
    repository: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    keywords: Option<Spanned<Vec<String>>>,
    categories: Option<Vec<String>>,
    names: Option<Spanned<PathBuf>>,
    #[serde(default)]
    formats: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    dependencies: BTreeMap<String, WrittenDependency>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    deny_loss: bool,
    #[serde(default)]
    keep_everything: bool,
    #[serde(default)]
    wire_tests: bool,
    #[serde(default)]
    mock: bool,
    #[serde(default)]
    validation: bool,
    #[serde(default)]
    root: Option<PathBuf>,
    #[serde(default)]
    allow: Vec<Allow>,
    max_bytes: Option<usize>,
    max_depth: Option<usize>,
    max_nodes: Option<usize>,
    max_alias_nodes: Option<usize>,
}

/// The `codegen.toml` in `folder` or the nearest folder above it.
///
/// # Errors
///
/// When there is none.
pub fn find(folder: &Path) -> Result<PathBuf, ConfigError> {
    let found = folder.ancestors().map(|above| above.join(FILE_NAME)).find(|file| file.is_file());
    found.ok_or_else(|| ConfigError {
        file: folder.to_owned(),
        message: format!("no {FILE_NAME} here or in any folder above; name a document with --spec, or write one"),
    })
}

/// Reads a configuration.
///
/// # Errors
///
/// When the file can't be read, isn't TOML, has a key that means nothing, lacks one that is needed, or names output
/// folders that would overwrite one another.
pub fn read(file: &Path) -> Result<Config, ConfigError> {
    let fail = |message: String| ConfigError { file: file.to_owned(), message };
    let text = bounded::text(file).map_err(|error| fail(error.to_string()))?;
    let written: BodyEncoding = toml::from_str(&text).map_err(|error| fail(error.to_string().trim_end().to_owned()))?;
    let fail_at = |span: Range<usize>, message: String| fail(format!("line {}: {message}", line_of(&text, &span)));
    if written.client.is_empty() {
        return Err(fail("no [[client]] in it, so there is nothing to generate".to_owned()));
    }
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    let mut clients: Vec<Client> = Vec::new();
    for client in written.client {
        let (out_span, package_span) = (client.out.span(), client.package.span());
        let (out, package) = (client.out.into_inner(), client.package.into_inner());
        check_out(&out).map_err(|message| fail_at(out_span.clone(), message))?;
        if let Some(other) = clients.iter().find(|other| overlaps(&other.out, &out)) {
            let (ours, theirs) = (out.display(), other.out.display());
            return Err(fail_at(out_span, format!("the folder `{ours}` overlaps with `{theirs}` of another client")));
        }
        if let Some(fault) = package::name_fault(&package) {
            return Err(fail_at(package_span, fault));
        }
        if let Some(version) = &client.version
            && let Some(fault) = package::version_fault(version.as_ref())
        {
            return Err(fail_at(version.span(), fault));
        }
        if clients.iter().any(|other| other.package == package) {
            return Err(fail_at(package_span, format!("two clients are called `{package}`")));
        }
        if let Some(keywords) = &client.keywords {
            check_keywords(keywords.as_ref()).map_err(|message| fail_at(keywords.span(), message))?;
        }
        if let Some(names) = &client.names {
            check_names(names.as_ref(), &client.spec).map_err(|message| fail_at(names.span(), message))?;
        }
        let names = client
            .names
            .map(Spanned::into_inner)
            .unwrap_or_else(|| client.spec.with_file_name(format!("{package}.names.yaml")));
        if let Some(other) = clients.iter().find(|other| other.names == names) {
            let (file, other) = (names.display(), &other.package);
            let message = format!(
                "`{file}` keeps the names of `{other}`; say with `names = …` where to keep those of `{package}`"
            );
            return Err(fail_at(package_span, message));
        }
        let formats = formats(client.formats, client.dependencies);
        let formats = formats.map_err(|(span, message)| fail_at(span, message))?;
        clients.push(Client {
            formats,
            names,
            spec: client.spec,
            overlays: client.overlays,
            out,
            package,
            version: client.version.map(Spanned::into_inner),
            metadata: Metadata {
                description: client.description,
                license: client.license,
                repository: client.repository,
                homepage: client.homepage,
                documentation: client.documentation,
                authors: client.authors,
                keywords: client.keywords.map(Spanned::into_inner),
                categories: client.categories,
            },
            settings: Settings {
                strict: client.strict,
                deny_loss: client.deny_loss,
                keep_everything: client.keep_everything,
                wire_tests: client.wire_tests,
                mock: client.mock,
                validation: client.validation,
                root: client.root.map(|folder| root.join(folder)),
                allow: client.allow,
                max_bytes: client.max_bytes,
                max_depth: client.max_depth,
                max_nodes: client.max_nodes,
                max_alias_nodes: client.max_alias_nodes,
            },
            root: root.clone(),
        });
    }
    Ok(Config { clients })
}

/// The version that a client has in the text of a configuration: `None` where it is not in it, or the text is no configuration.
pub fn version_in(text: &str, package: &str) -> Option<String> {
    let table: toml::Table = text.parse().ok()?;
    let client = table
        .get("client")?
        .as_array()?
        .iter()
        .find(|it| it.get("package").is_some_and(|name| name.as_str() == Some(package)))?;
    let version = client.get("version").and_then(toml::Value::as_str);
    Some(version.unwrap_or(DEFAULT_VERSION).to_owned())
}

/// A version, or a version with more.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenDependency {
    Version(String),
    #[serde(rename_all = "kebab-case")]
    Whole {
        version: String,
        #[serde(default = "yes")]
        default_features: bool,
        #[serde(default)]
        features: Vec<String>,
    },
}

fn yes() -> bool {
    true
}

/// The choice of types, each of the crate, of what every crate has, or of a dependency.
fn formats(
    chosen: BTreeMap<String, Spanned<String>>,
    dependencies: BTreeMap<String, WrittenDependency>,
) -> Result<Formats, (Range<usize>, String)> {
    let mut formats = Formats::default();
    for (name, written) in dependencies {
        let (version, default_features, features) = match written {
            WrittenDependency::Version(version) => (version, true, Vec::new()),
            WrittenDependency::Whole { version, default_features, features } => (version, default_features, features),
        };
        formats.add_dependency(ExtraDependency { name, version, default_features, features });
    }
    for (place, ty) in chosen {
        formats.choose(&place, ty.as_ref()).map_err(|message| (ty.span(), message))?;
    }
    Ok(formats)
}

/// An output folder is emitted whole, so it has to be a folder of its own, below the configuration.
fn check_out(out: &Path) -> Result<(), String> {
    let inside = out.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return Err(format!("`{}` has to be a folder below this file, without `..`", out.display()));
    }
    if !out.components().any(|part| matches!(part, Component::Normal(_))) {
        return Err("a client needs a folder of its own, not the one that this file is in".to_owned());
    }
    Ok(())
}

/// The names file is overwritten, so that it has to be where a client's files are: below the configuration, or beside the document.
fn check_names(names: &Path, spec: &Path) -> Result<(), String> {
    let below = names.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if below || names.parent() == spec.parent() {
        return Ok(());
    }
    Err(format!("`{}` has to be a file below this one's folder, without `..`, or beside the document", names.display()))
}

/// Checks keywords by the registry's rules, so that an error is found before the crate is published.
fn check_keywords(keywords: &[String]) -> Result<(), String> {
    const MOST: usize = 5;
    const LONGEST: usize = 20;
    if keywords.len() > MOST {
        return Err(format!("the registry takes {MOST} keywords at most, not {}", keywords.len()));
    }
    let fits = |word: &&String| {
        let begins = word.starts_with(|character: char| character.is_ascii_alphanumeric());
        begins && word.len() <= LONGEST && word.chars().all(|it| it.is_ascii_alphanumeric() || "_-+".contains(it))
    };
    match keywords.iter().find(|word| !fits(word)) {
        None => Ok(()),
        Some(word) => Err(format!(
            "`{word}` is no keyword that the registry takes: {LONGEST} ASCII letters, digits, `_`, `-` or `+` at most, the first a letter or digit"
        )),
    }
}

fn overlaps(one: &Path, other: &Path) -> bool {
    let plain = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    let (one, other) = (plain(one), plain(other));
    one.starts_with(&other) || other.starts_with(&one)
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
}
