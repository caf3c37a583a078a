//! The builder of a client.

use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clientwright::render::Format;
use clientwright::{Layout, Options, Source, generate, package};

use crate::folder::{self, Folder};
use crate::host;

/// The reason why there is no client.
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As [`Display`](fmt::Display), because a build script shows an error of its `main` in this way.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

/// Compiles a document, whose path is relative to the package, with the usual options.
///
/// # Errors
/// If the document is rejected, or a file cannot be read or written.
pub fn compile(spec: impl AsRef<Path>) -> Result<(), Error> {
    configure().compile(spec)
}

/// Returns the default options, to be changed.
pub fn configure() -> Builder {
    Builder { overlays: Vec::new(), names: None, root: None, module: None, out_dir: None, change: Vec::new() }
}

/// A change of the options.
type Change = Box<dyn FnOnce(&mut Options)>;

/// The options of a client.
pub struct Builder {
    overlays: Vec<PathBuf>,
    names: Option<PathBuf>,
    root: Option<PathBuf>,
    module: Option<String>,
    out_dir: Option<PathBuf>,
    change: Vec<Change>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("overlays", &self.overlays)
            .field("module", &self.module)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// Applies an OpenAPI Overlay, after those before it.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// Sets the module that includes the code, such as `crate::apis::museum`. The default is a module of the root that is named after
    /// the document's file.
    #[must_use]
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// Keeps the names in a file that `codegen` wrote. The default is `NAME.names.yaml` beside the document, if it exists. A
    /// build script does not write it.
    #[must_use]
    pub fn names(mut self, path: impl Into<PathBuf>) -> Self {
        self.names = Some(path.into());
        self
    }

    /// Sets the folder to whose files the document may refer, if that is not its own.
    #[must_use]
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Sets the folder of the code. The default is `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Changes any option of the generator. With `Layout::Module`, the code is a folder of modules, `NAME/mod.rs` below the folder of
    /// the code, for a `mod` item in a file beside it; with the other layouts it is `NAME.rs`.
    #[must_use]
    pub fn options(mut self, change: impl FnOnce(&mut Options) + 'static) -> Self {
        self.change.push(Box::new(change));
        self
    }

    /// Compiles a document, whose path is relative to the package.
    ///
    /// # Errors
    /// If the document is rejected, or a file cannot be read or written.
    pub fn compile(self, spec: impl AsRef<Path>) -> Result<(), Error> {
        let spec = spec.as_ref();
        let stem = spec.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let name = package::name_from_file(&stem);
        let file = name.replace('-', "_");
        let out = self.out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out =
            out.ok_or_else(|| Error("OUT_DIR is not set; call this from a build script, or set `out_dir`".to_owned()))?;
        if self.module.is_none() && is_renamed(&stem, &name) {
            warn(&format!(
                "no module can be named after {}: include its client in `crate::{file}`, or say in which by `module`",
                spec.display()
            ));
        }
        let mut options = Options { layout: Layout::Included, module: self.module, ..Options::new(&*name) };
        self.change.into_iter().for_each(|change| change(&mut options));
        if options.layout == Layout::Crate {
            return Err(Error(
                "a build script writes modules; a crate is written by `clientwright codegen`".to_owned(),
            ));
        }
        let limit = options.settings.limits.bytes;
        let source = read(spec, limit)?;
        let overlays = self.overlays.iter().map(|path| read(path, limit)).collect::<Result<Vec<_>, _>>()?;
        let names = self.names.unwrap_or_else(|| spec.with_file_name(format!("{name}.names.yaml")));
        if names.exists() {
            options.names = Some(read(&names, limit)?);
        }
        let folder = Folder::of(spec, self.root.as_deref(), limit).map_err(|error| Error(error.to_string()))?;

        let report = generate(&source, &overlays, &folder, &options);
        folder.seen().keys().for_each(|path| rerun_if_changed(path));
        let sources: Vec<&Source> = std::iter::once(&source).chain(&overlays).collect();
        let Some(generated) = report.product.as_ref() else {
            let findings = report.render(&sources, Format::Human, false);
            return Err(Error(format!("{} is rejected\n{findings}", spec.display())));
        };
        report.render(&sources, Format::Short, false).lines().filter(|line| line.contains(" warning[")).for_each(warn);
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(|folder| Path::new(&folder).join("Cargo.toml"));
        if let Some(missing) = manifest.and_then(|manifest| host::missing(&manifest, &generated.requirements)) {
            missing.iter().for_each(|it| warn(&format!("the client of {} needs: {}", spec.display(), it.cargo_add())));
        }
        match options.layout {
            Layout::Module => generated.files.iter().try_for_each(|code| {
                let path = out.join(&file).join(&code.path);
                path.parent().map_or(Ok(()), make_folder)?;
                write(&path, &code.contents)
            }),
            // `include_client!` takes the name of the document, and of the module.
            _ => generated.files.iter().try_for_each(|code| {
                let written = write(&out.join(format!("{file}.rs")), &code.contents);
                if *stem == file {
                    written
                } else {
                    written.and(write(&out.join(format!("{stem}.rs")), &code.contents))
                }
            }),
        }
    }
}

/// Returns whether a name is not made of the words of a file's name alone, which would be no name of a module: `box`, `3scale`.
fn is_renamed(stem: &str, name: &str) -> bool {
    let words = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    !words(&stem.to_ascii_lowercase()).starts_with(&words(name))
}

fn read(path: &Path, limit: usize) -> Result<Source, Error> {
    rerun_if_changed(path);
    let bytes = folder::read_plain(path, limit);
    let bytes = bytes.map_err(|error| Error(format!("cannot read {}: {error}", path.display())))?;
    Ok(Source { name: path.display().to_string(), bytes })
}

fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error(format!("cannot make {}: {error}", path.display())))
}

/// Writes a file unless it is up to date, so that unchanged code is not compiled again.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Error(format!("cannot write {}: {error}", path.display())))
}

fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Prints a warning of Cargo, which is one line.
fn warn(text: &str) {
    println!("cargo::warning={}", text.replace(char::is_control, " "));
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{configure, is_renamed};

    #[test]
    fn code_has_the_name_of_its_document_too() {
        let place = tempfile::tempdir().unwrap();
        let spec = place.path().join("box.json");
        fs::write(&spec, r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}}"#).unwrap();
        configure().out_dir(place.path()).module("crate::api").compile(&spec).unwrap();
        let written = |name: &str| fs::read_to_string(place.path().join(name)).unwrap();
        assert_eq!(written("box.rs"), written("box_client.rs"));
    }

    #[test]
    fn a_name_that_is_no_modules_is_told() {
        assert!(is_renamed("box", "box-client") && is_renamed("3scale", "api-3scale"));
        assert!(!is_renamed("My_API.v2", "my-api-v2") && !is_renamed("museum", "museum"));
    }
}
