//! Trying one document.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::cargo::{self, Tool};
use super::documents::Document;
use super::facts;
use super::row::{self, Outcome, Row};
use crate::cli::Corpus;
use crate::measure::{self, Run};
use clientwright_cli::compile::package;
use clientwright_cli::output;

/// The settings of a run over a folder of documents.
pub(super) struct Bench<'a> {
    pub(super) args: &'a Corpus,
    pub(super) work: &'a Path,
    pub(super) binary: &'a Path,
}

impl Bench<'_> {
    fn limit(&self) -> Duration {
        Duration::from_secs(self.args.timeout)
    }

    /// Generates from one document, and runs the requested checks of the crate.
    pub(super) fn try_document(&self, document: &Document, worker: usize) -> io::Result<Row> {
        let name = document.name.clone();
        let folder = self.work.join("crates").join(&name);
        let mut runs = Vec::new();
        for _ in 0..self.args.reps {
            clear(&folder)?;
            runs.push(self.generate(document, &folder)?);
        }
        runs.sort_by(|one, other| one.cost.cpu.total_cmp(&other.cost.cpu));
        let run = runs.swap_remove(runs.len() / 2);
        let mut row = Row {
            name,
            facts: facts::facts(&document.path).unwrap_or_default(),
            outcome: row::outcome(&run),
            cost: run.cost,
            lines: lines(&folder.join("src")),
            summary: row::summary(&run),
            check: None,
            clippy: None,
            doc: None,
            examples: None,
        };
        if matches!(row.outcome, Outcome::Generated) {
            self.look(&folder, worker, &mut row)?;
        }
        Ok(row)
    }

    fn generate(&self, document: &Document, folder: &Path) -> io::Result<Run> {
        let mut command: Vec<OsString> =
            vec![self.binary.into(), "codegen".into(), "--spec".into(), document.path.clone().into()];
        command.extend(["--out".into(), folder.into(), "--package".into()]);
        command.push(package::name_from_file(&format!("corpus-{}", document.name)).into());
        if let Some(root) = &document.root {
            command.extend(["--root".into(), root.into()]);
        }
        command.extend(["--message-format".into(), "json".into()]);
        measure::run(&command, self.work, &[("RUST_BACKTRACE", "0")], self.limit())
    }

    fn look(&self, folder: &Path, worker: usize, row: &mut Row) -> io::Result<()> {
        // Dependencies are resolved once for all, so that they are compiled once.
        let (lock, shared) = (folder.join("Cargo.lock"), self.work.join("Cargo.lock.shared"));
        if shared.exists() {
            fs::copy(&shared, &lock)?;
        }
        let target = self.work.join(format!("target-{worker}"));
        let look = |wanted: bool, tool| wanted.then(|| cargo::look(tool, folder, &target, self.limit())).transpose();
        row.check = look(self.args.check, Tool::Check)?;
        row.clippy = look(self.args.clippy, Tool::Clippy)?;
        row.doc = look(self.args.doc, Tool::Doc)?;
        row.examples = look(self.args.examples, Tool::Examples)?;
        if lock.exists() {
            fs::copy(&lock, &shared)?;
        }
        Ok(())
    }
}

/// Removes an earlier crate, if it is one that clientwright wrote.
fn clear(folder: &Path) -> io::Result<()> {
    if folder.join(output::LIST).is_file() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// The lines of Rust below a folder.
fn lines(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .map(|path| match path.is_dir() {
            true => lines(&path),
            false if path.extension().is_some_and(|kind| kind == "rs") => {
                fs::read(&path).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count())
            }
            false => 0,
        })
        .sum()
}
