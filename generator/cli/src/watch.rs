//! `codegen --watch`: generates again whenever what the clients are made from changes.
//!
//! It looks rather than being told: a handful of files costs nothing to look at, and works on every file system, also for
//! editors that replace a file instead of writing it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::cli::Codegen;
use crate::codegen;
use crate::exit::Exit;
use crate::report::{Failure, Ui};

/// Short enough to feel immediate.
const PAUSE: Duration = Duration::from_millis(150);

/// The metadata of a file: modification time and length; `None` for a missing file.
type Look = Option<(SystemTime, u64)>;

/// Runs until it is stopped. What fails is said, leaves its folder as it was, and is tried again after the next change.
pub(crate) fn run(args: &Codegen, ui: &Ui) -> Result<Exit, Failure> {
    if args.spec.as_deref() == Some(Path::new("-")) {
        return Err(Failure::Usage("standard input does not change; --watch needs a file".to_owned()));
    }
    let mut contents = BTreeMap::new();
    let mut looks = BTreeMap::new();
    loop {
        let watched = watched(args);
        let now: BTreeMap<PathBuf, Look> = watched.into_iter().map(|path| (path.clone(), look(&path))).collect();
        if now != looks {
            // Saving without a change, or checking out what was there, is no reason to generate.
            let read: BTreeMap<PathBuf, Option<Vec<u8>>> =
                now.keys().map(|path| (path.clone(), fs::read(path).ok())).collect();
            if read != contents {
                if let Err(failure) = codegen::run(args, ui) {
                    ui.failure(&failure);
                }
                contents = read;
            }
            looks = now;
        }
        thread::sleep(PAUSE);
    }
}

/// Returns the inputs of the clients, and the documents beside them, to which references may lead.
fn watched(args: &Codegen) -> Vec<PathBuf> {
    let sources = codegen::sources(args);
    let folders = sources.iter().filter(|path| is_description(path)).filter_map(|path| path.parent());
    let beside = folders.flat_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| is_description(path)).collect::<Vec<_>>()
    });
    let beside: Vec<PathBuf> = beside.collect();
    sources.into_iter().chain(beside).collect()
}

fn is_description(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json")
}

fn look(path: &Path) -> Look {
    let meta = fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}
