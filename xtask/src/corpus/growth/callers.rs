//! Callers of two versions of a crate, compiled: code that used the old version must compile with the new one, unless `diff` requires
//! a major version.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clientwright::File;
use serde_json::Value;

use super::caller::caller;
use crate::measure;

/// A workspace of three packages: the new crate, the program that calls it, and the program that called the old one.
pub(super) struct Callers {
    folder: PathBuf,
}

/// The errors of one step, each in a line.
pub(super) struct Errors {
    /// Those of the crate itself, and of the program that was made for it.
    pub(super) own: Vec<String>,
    /// Those of the program that was made for the old crate.
    pub(super) old: Vec<String>,
}

const LIMIT: Duration = Duration::from_secs(1200);

impl Callers {
    /// Prepares the workspace in a folder.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let folder = folder.join("callers");
        fs::create_dir_all(&folder)?;
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"grown\", \"now\", \"before\"]\n";
        fs::write(folder.join("Cargo.toml"), members)?;
        // The versions of this repository, so that nothing is resolved or fetched.
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock"))?;
        for name in ["now", "before"] {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                 grown = {{ path = \"../grown\" }}\n"
            );
            fs::create_dir_all(folder.join(name).join("src"))?;
            fs::write(folder.join(name).join("Cargo.toml"), manifest)?;
        }
        Ok(Callers { folder: folder.canonicalize()? })
    }

    /// Compiles the callers of both versions with the new one.
    pub(super) fn compile(&self, old: &[File], new: &[File]) -> io::Result<Errors> {
        let grown = self.folder.join("grown");
        if grown.exists() {
            fs::remove_dir_all(&grown)?;
        }
        for file in new {
            let path = grown.join(&file.path);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            // TLS and HTTP/2 are no part of the API, and most of what there is to compile.
            let is_manifest = file.path == "Cargo.toml";
            let text =
                if is_manifest { file.contents.replace("\"rustls\", \"http2\", ", "") } else { file.contents.clone() };
            fs::write(path, text)?;
        }
        for (name, files) in [("now", new), ("before", old)] {
            fs::write(self.folder.join(name).join("src/lib.rs"), caller(files).map_err(io::Error::other)?)?;
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let arguments =
            ["check", "--quiet", "--offline", "--keep-going", "-p", "now", "-p", "before", "--message-format=json"];
        let command: Vec<OsString> = std::iter::once(cargo).chain(arguments.iter().map(OsString::from)).collect();
        let target = self.folder.join("target");
        let environment = [("CARGO_TARGET_DIR", &*target.to_string_lossy()), ("CARGO_INCREMENTAL", "0")];
        let run = measure::run(&command, &self.folder, &environment, LIMIT)?;
        let of = |package: &str| errors(&run.stdout, &self.folder.join(package).join("Cargo.toml"));
        let (mut own, old) = ([of("grown"), of("now")].concat(), of("before"));
        if run.code != Some(0) && own.is_empty() && old.is_empty() {
            own.push(run.stderr.lines().take(3).collect::<Vec<&str>>().join(" "));
        }
        Ok(Errors { own, old })
    }
}

fn errors(messages: &str, manifest: &Path) -> Vec<String> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let ours = messages.filter(|it| it["manifest_path"].as_str().is_some_and(|path| Path::new(path) == manifest));
    let errors = ours.filter(|it| it["message"]["level"] == "error" && !it["message"]["spans"][0].is_null());
    errors.map(|it| one_line(&it["message"])).collect()
}

/// The text of an error with its label, and the end of the code in front of it.
fn one_line(message: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let span = &message["spans"][0];
    format!("{} ({}, line {})", text(&message["message"]), text(&span["label"]), span["line_start"])
}
