//! `codegen --watch`: generates again whenever a source of the clients changes.
//!
//! It polls instead of using notifications: polling a few files is cheap, and works on every file system, also for
//! editors that replace a file instead of writing it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::bounded;
use crate::cli::Codegen;
use crate::codegen;
use crate::compile;
use crate::exit::Exit;
use crate::report::{Failure, Ui};

/// The time between two polls.
const PAUSE: Duration = Duration::from_millis(150);

/// The metadata of a file: modification time and length; `None` for a missing file.
type Look = Option<(SystemTime, u64)>;

/// Runs until it is stopped. Changes and failures are reported; after a failure, the folder stays as it was until the next change.
pub(crate) fn run(args: &Codegen, ui: &Ui) -> Result<Exit, Failure> {
    if args.spec.as_deref() == Some(Path::new("-")) {
        return Err(Failure::Usage("standard input does not change; --watch needs a file".to_owned()));
    }
    let mut contents = Contents::new();
    let mut looks = BTreeMap::new();
    if watched(args).is_empty() {
        // Without a configuration there is nothing to wait for.
        return codegen::run(args, ui);
    }
    loop {
        let watched = watched(args);
        let now: BTreeMap<PathBuf, Look> = watched.into_iter().map(|path| (path.clone(), look(&path))).collect();
        if now != looks {
            // A file that was saved without a change does not cause a run.
            let read: BTreeMap<PathBuf, Option<Vec<u8>>> =
                now.keys().map(|path| (path.clone(), bounded::bytes(path).ok())).collect();
            if read != contents {
                if let Some(changed) = changed(&contents, &read) {
                    ui.progress(&changed);
                }
                if let Err(failure) = codegen::run(args, ui) {
                    ui.failure(&failure);
                }
                // Reported once.
                if contents.is_empty() {
                    ui.progress(&format!("waiting for changes of {}; Ctrl-C ends this", files(read.len())));
                }
                contents = read;
                absorb(args, &mut contents);
            }
            looks = now;
        }
        thread::sleep(PAUSE);
    }
}

/// The contents of the files that are watched; `None` for a missing file.
type Contents = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// The files that changed, in words; `None` before the first run.
fn changed(before: &Contents, now: &Contents) -> Option<String> {
    const SHOWN: usize = 3;
    let differs = |path: &&PathBuf| before.get(*path) != now.get(*path);
    let paths: BTreeSet<&PathBuf> = before.keys().chain(now.keys()).filter(differs).collect();
    if before.is_empty() || paths.is_empty() {
        return None;
    }
    let mut names: Vec<String> = paths.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
    if paths.len() > SHOWN {
        names.push(format!("{} more", paths.len() - SHOWN));
    }
    Some(format!("{} changed", names.join(", ")))
}

/// Updates the known contents of the names files that the run itself wrote, so that they do not cause another run.
fn absorb(args: &Codegen, contents: &mut Contents) {
    for path in watched(args) {
        let now = fs::read(&path).ok();
        if now.as_deref().is_some_and(compile::is_names_file) {
            contents.insert(path, now);
        }
    }
}

fn files(count: usize) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
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
