//! `codegen.toml`: the clients of a repository.

mod table;

use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::bounded;
use crate::compile::{Fault, Layout, Options, Pointer, Source, Stated};
use crate::module_path;
use crate::request::Request;
use crate::settings::Settings;
use table::{Misplaced, Table};

/// The name of the file, which is searched from the current folder upward.
pub const FILE_NAME: &str = "codegen.toml";

/// The JSON Schema of the file, for editors.
pub(crate) const SCHEMA: &str = include_str!("codegen.schema.json");

/// The default version of a crate.
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
    /// The folder of the crate, which belongs to clientwright.
    pub out: PathBuf,
    /// The path of the names file.
    pub names: PathBuf,
    /// The folder that the document may refer to, if that is not its own.
    pub files: Option<PathBuf>,
    /// The options of the crate.
    pub options: Options,
    /// The folder that the paths are relative to.
    pub root: PathBuf,
}

impl Client {
    /// The crate's name.
    pub fn package(&self) -> &str {
        &self.options.package
    }

    /// The request to generate it, with the options of the command line.
    pub fn request(self, line: &Settings) -> Request {
        let mut options = self.options;
        line.apply(&mut options);
        Request {
            root: self.root,
            spec: self.spec,
            overlays: self.overlays,
            names: Some(self.names),
            files: line.root.clone().or(self.files),
            options,
        }
    }
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

/// The keys of a client that name files.
#[derive(Deserialize)]
struct Paths {
    spec: PathBuf,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    out: PathBuf,
    names: Option<PathBuf>,
    root: Option<PathBuf>,
}

/// The `codegen.toml` in `folder` or the nearest folder above it.
///
/// # Errors
///
/// If there is none.
pub fn find(folder: &Path) -> Result<PathBuf, ConfigError> {
    let found = folder.ancestors().map(|above| above.join(FILE_NAME)).find(|file| file.is_file());
    found.ok_or_else(|| ConfigError {
        file: folder.to_owned(),
        message: format!(
            "no {FILE_NAME} here or in any folder above; `init DOCUMENT` writes one, and `codegen --spec DOCUMENT` needs none"
        ),
    })
}

/// Reads a configuration.
///
/// # Errors
///
/// If the file cannot be read, is not TOML, has an unknown key, lacks a required one, or names output
/// folders that would overwrite one another.
pub fn read(file: &Path) -> Result<Config, ConfigError> {
    let text = bounded::text(file);
    let text = text.map_err(|error| ConfigError { file: file.to_owned(), message: error.to_string() })?;
    parse(file, &text)
}

/// Reads the text of a configuration, which may be an earlier one of the file.
///
/// # Errors
///
/// As [`read`].
pub fn parse(file: &Path, text: &str) -> Result<Config, ConfigError> {
    let fail = |message: String| ConfigError { file: file.to_owned(), message };
    let fail_at = |(span, message): Misplaced| fail(format!("line {}: {message}", line_of(text, &span)));
    let tables = table::clients(text).map_err(&fail_at)?;
    if tables.is_empty() {
        return Err(fail("no [[client]] in it, so there is nothing to generate".to_owned()));
    }
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    let mut clients: Vec<Client> = Vec::new();
    let source = Source { name: file.display().to_string(), bytes: text.to_owned().into_bytes() };
    for (index, table) in tables.into_iter().enumerate() {
        let mut client = client(table, &root, &clients).map_err(&fail_at)?;
        let table = Pointer::root().child(table::CLIENTS).child(index);
        client.options.settings.stated = Some(Stated { source: source.clone(), table });
        clients.push(client);
    }
    Ok(Config { clients })
}

/// Reads one client, which must not conflict with the others.
fn client(mut table: Table<'_>, root: &Path, others: &[Client]) -> Result<Client, Misplaced> {
    let Paths { spec, overlays, out, names, root: files } = table.take()?;
    let mut options: Options = table.take()?;
    options.metadata = table.take()?;
    options.settings = table.take()?;
    options.settings.limits = table.take()?;
    options.formats = table.take()?;
    options.additions = table.take()?;
    options.renames = table.take()?;
    table.finish()?;
    let at = |key: &str, message: String| (table.span(&[key]), message);
    if let Some(Fault { key, message }) = options.fault() {
        let key: Vec<String> = key.tokens().map(Into::into).collect();
        return Err((table.span(&key), message));
    }
    check_out(&out).map_err(|message| at("out", message))?;
    if options.layout != Layout::Crate && options.module.is_none() {
        options.module = Some(module_path::module(&out, options.layout).map_err(|message| at("out", message))?);
    }
    if let Some(other) = others.iter().find(|other| overlaps(&other.out, &out)) {
        let (ours, theirs) = (out.display(), other.out.display());
        return Err(at("out", format!("the folder `{ours}` overlaps with `{theirs}` of another client")));
    }
    let package = &options.package;
    if others.iter().any(|other| other.package() == package) {
        return Err(at("package", format!("two clients are called `{package}`")));
    }
    if let Some(names) = &names {
        check_names(names, &spec).map_err(|message| at("names", message))?;
    }
    let names = names.unwrap_or_else(|| spec.with_file_name(format!("{package}.names.yaml")));
    if let Some(other) = others.iter().find(|other| other.names == names) {
        let (file, other) = (names.display(), other.package());
        let message =
            format!("`{file}` keeps the names of `{other}`; say with `names = …` where to keep those of `{package}`");
        return Err(at("package", message));
    }
    if options.layout == Layout::Crate {
        options.formats.relocate(|path| upward(&out, path));
    }
    let files = files.map(|folder| root.join(folder));
    Ok(Client { spec, overlays, out, names, files, options, root: root.to_owned() })
}

/// A path that is relative to the configuration, as one that is relative to a folder below it.
fn upward(folder: &Path, path: &str) -> String {
    let path_is_whole = Path::new(path).is_absolute();
    let levels = folder.components().filter(|part| matches!(part, Component::Normal(_))).count();
    if path_is_whole { path.to_owned() } else { format!("{}{path}", "../".repeat(levels)) }
}

/// Checks that an output folder is a folder of its own, below the configuration, since clientwright owns it.
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

/// Checks that the names file, which is overwritten, is below the configuration or beside the document.
fn check_names(names: &Path, spec: &Path) -> Result<(), String> {
    let below = names.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if below || names.parent() == spec.parent() {
        return Ok(());
    }
    Err(format!("`{}` has to be a file below this one's folder, without `..`, or beside the document", names.display()))
}

fn overlaps(one: &Path, other: &Path) -> bool {
    let plain = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    let (one, other) = (plain(one), plain(other));
    one.starts_with(&other) || other.starts_with(&one)
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
}
