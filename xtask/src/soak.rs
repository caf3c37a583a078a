//! `soak`: documents that are changed at random, shapes and fuzz targets, for as long as there is time. Every find becomes a file.

mod changes;
mod dice;
mod targets;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::grows_too_fast;
use crate::cli::Soak;
use crate::measure::{self, Run};
use clientwright_cli::Exit;
use clientwright_cli::output::LIST;
use clientwright_cli::report::{Failure, Ui};
use dice::Dice;

/// A time on the clock that only a run that hangs takes, on a machine with other work as well.
const LIMIT: Duration = Duration::from_secs(600);

/// CPU seconds that no document takes, changed or not.
const SLOW: f64 = 60.0;

/// The memory in MB that a run may hold whatever its document.
const BASE: f64 = 128.0;

/// The memory that a run may hold beside that, as a multiple of its document and of the crate that it makes.
const MEMORY: f64 = 30.0;

/// The number of documents after which a shape is tried.
const DOCUMENTS_PER_SHAPE: u64 = 40;

/// Runs until the time is over, and prints the finds.
pub(crate) fn run(args: &Soak, ui: &Ui) -> Result<Exit, Failure> {
    let failed = |error| Failure::Unreadable(args.work.clone(), error);
    let finds = args.work.join("finds");
    fs::create_dir_all(&finds).map_err(failed)?;
    let (work, finds) = (args.work.canonicalize().map_err(failed)?, finds.canonicalize().map_err(failed)?);
    let end = Instant::now() + args.time;
    let mut soak = Soaking { work, finds, tried: 0, accepted: 0, found: Vec::new() };
    soak.found.extend(targets::run(&soak.finds, args.time / 3, ui));
    let usual = [fixtures()];
    let documents = documents(if args.documents.is_empty() { &usual } else { &args.documents })?;
    let seed = args.seed.unwrap_or_else(|| u64::from(std::process::id()));
    while Instant::now() < end {
        let round = seed.wrapping_add(soak.tried);
        let mut dice = Dice::new(round);
        if soak.tried % DOCUMENTS_PER_SHAPE == DOCUMENTS_PER_SHAPE - 1 {
            soak.shape(&mut dice).map_err(failed)?;
        }
        soak.document(&documents, round, &mut dice).map_err(failed)?;
    }
    for find in &soak.found {
        ui.print(&format!("FOUND {find}\n"));
    }
    let Soaking { tried, accepted, found, finds, .. } = &soak;
    ui.print(&format!(
        "{tried} documents from seed {seed}, {accepted} accepted; {} finds, in {}\n",
        found.len(),
        finds.display()
    ));
    Ok(if found.is_empty() { Exit::Done } else { Exit::Refused })
}

/// The documents of some folders.
fn documents(folders: &[PathBuf]) -> Result<Vec<Value>, Failure> {
    let mut found = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder).map_err(|error| Failure::Unreadable(folder.clone(), error))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let texts = paths.into_iter().filter_map(|path| fs::read(path).ok());
        found.extend(texts.filter_map(|text| serde_yaml::from_slice::<Value>(&text).ok()).filter(Value::is_object));
    }
    if found.is_empty() {
        return Err(Failure::Usage("there is no document to start from".to_owned()));
    }
    Ok(found)
}

struct Soaking {
    work: PathBuf,
    finds: PathBuf,
    tried: u64,
    accepted: u64,
    found: Vec<String>,
}

impl Soaking {
    /// Changes a document, and generates from it with everything that a crate can have.
    fn document(&mut self, documents: &[Value], round: u64, dice: &mut Dice) -> std::io::Result<()> {
        self.tried += 1;
        let mut document = dice.of(documents).clone();
        for _ in 0..=dice.below(6) {
            changes::change(&mut document, dice);
        }
        let (file, out) = (self.work.join("case.json"), self.work.join("crate"));
        let text = document.to_string();
        fs::write(&file, &text)?;
        if out.join(LIST).is_file() {
            fs::remove_dir_all(&out)?;
        }
        let mut command: Vec<OsString> = vec![std::env::current_exe()?.into(), "codegen".into()];
        command.extend(["--spec".into(), file.clone().into(), "--out".into(), out.clone().into()]);
        command.extend(["--package", "soak", "--wire-tests", "--cli", "--mock", "--validation"].map(OsString::from));
        let run = measure::run(&command, &self.work, &[], LIMIT)?;
        self.accepted += u64::from(run.code == Some(0));
        if let Some(fault) = fault(&run, text.len() as u64 + measure::size(&out)?) {
            let kept = self.finds.join(format!("{}-{round}.json", fault.replace(' ', "-")));
            fs::copy(&file, &kept)?;
            self.found.push(format!("{fault}: {}", kept.display()));
        }
        Ok(())
    }

    /// Generates from a document that has many of one thing, and from one that has ten times as many.
    fn shape(&mut self, dice: &mut Dice) -> std::io::Result<()> {
        if let Some(fault) = grows_too_fast(dice.below(usize::MAX), &self.work)? {
            let kept = self.finds.join(format!("growth-{}.txt", self.tried));
            fs::write(&kept, &fault)?;
            self.found.push(fault);
        }
        Ok(())
    }
}

/// The reason why a run is a find.
#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2⁵²")]
fn fault(run: &Run, bytes: u64) -> Option<&'static str> {
    match (run.timed_out, run.code) {
        (true, _) => Some("too slow"),
        (false, _) if run.cost.cpu > SLOW => Some("too slow"),
        (false, Some(0 | 1)) if run.cost.peak > BASE + MEMORY * bytes as f64 / 1e6 => Some("too much memory"),
        (false, Some(0 | 1)) => None,
        (false, _) => Some("aborted"),
    }
}

/// Returns the fixtures of this repository.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases")
}
