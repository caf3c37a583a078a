//! Update of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::below::{below, is_absent};
use super::folders::Made;
use super::lock::Lock;
use super::staging::{Staging, beside, sweep_beside, write_new};
use super::undo::Undo;
use super::{Change, LIST, OutputError, existing, list};
use crate::interrupt::Critical;

/// A change of a file elsewhere, which is made together with those of a folder.
#[derive(Clone, Debug)]
pub struct Aside {
    /// The file.
    pub path: PathBuf,
    /// The change, with the path as it is shown.
    pub change: Change,
}

/// Makes the changes that [`super::compare`] found.
///
/// `first` is changed before the folder, and `last` after it. Every file is first written whole in a folder of its own, and only when all of them are there does the first one take its place,
/// each in one step. A full disk or a lost permission therefore leaves the folder as it was. If the process is killed, the list names
/// every file that it wrote, so that the next run completes the folder.
///
/// # Errors
///
/// If something cannot be written, if a link has appeared since the comparison, or if the user interrupts the run before
/// the first file takes its place.
pub fn apply(out: &Path, changes: &[Change], first: Option<&Aside>, last: Option<&Aside>) -> Result<(), OutputError> {
    if changes.is_empty() && first.is_none() && last.is_none() {
        return Ok(());
    }
    let critical = Critical::enter();
    let mut staging = Staging::within(out, &critical)?;
    let steps = staged(out, changes, (first, last), &mut staging)?;
    let (mut undo, mut made) = (Undo::default(), Made::default());
    let done = commit(out, steps, &mut undo, &mut made);
    if done.is_err() {
        undo.restore(&mut staging);
    }
    done
}

/// A change that has been prepared.
enum Step<'a> {
    /// A file below the output folder.
    Place { path: &'a str, before: Option<Vec<u8>>, staged: PathBuf },
    /// A file elsewhere.
    Aside { path: &'a Path, before: Option<Vec<u8>>, staged: PathBuf },
    /// The removal of a file below the output folder.
    Remove { path: &'a str, before: Option<Vec<u8>> },
    /// The removal of the folders that these files were in, where they are empty.
    Prune(BTreeSet<String>),
}

/// Writes everything, and returns the steps that then make the folder current, in order.
fn staged<'a>(
    out: &Path,
    changes: &'a [Change],
    (first, last): (Option<&'a Aside>, Option<&'a Aside>),
    staging: &mut Staging<'_>,
) -> Result<Vec<Step<'a>>, OutputError> {
    let mut steps = Vec::new();
    steps.extend(first.map(|aside| step_aside(aside, staging)).transpose()?.flatten());
    // The list is written first and last: in between it names too many files rather than too few, so that an interrupted run leaves no file
    // that is never removed.
    let listed = list::read(out)?.unwrap_or_default();
    if let Some(wider) = widened(&listed, changes) {
        let before = existing(out, LIST)?;
        steps.push(Step::Place { path: LIST, before, staged: staging.write(wider.as_bytes())? });
    }
    let (lists, files): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.path == LIST);
    for change in files {
        steps.push(step(out, change, staging)?);
    }
    steps.push(Step::Prune(listed));
    for change in lists {
        steps.push(step(out, change, staging)?);
    }
    steps.extend(last.map(|aside| step_aside(aside, staging)).transpose()?.flatten());
    Ok(steps)
}

fn step_aside<'a>(aside: &'a Aside, staging: &mut Staging<'_>) -> Result<Option<Step<'a>>, OutputError> {
    let Aside { path, change: Change { before, after: Some(after), .. } } = aside else { return Ok(None) };
    refuse_link(path)?;
    let staged = staging.write_beside(path, after.as_bytes())?;
    keep_permissions(path, &staged).map_err(|error| OutputError::Io(path.clone(), error))?;
    Ok(Some(Step::Aside { path, before: before.clone(), staged }))
}

fn step<'a>(out: &Path, change: &'a Change, staging: &mut Staging<'_>) -> Result<Step<'a>, OutputError> {
    let (path, before) = (change.path.as_str(), change.before.clone());
    below(out, path)?;
    Ok(match &change.after {
        None => Step::Remove { path, before },
        Some(text) => Step::Place { path, before, staged: staging.write(text.as_bytes())? },
    })
}

/// The list with the files to be written; `None` if it names them already.
fn widened(listed: &BTreeSet<String>, changes: &[Change]) -> Option<String> {
    let written = changes.iter().filter(|change| change.after.is_some() && change.path != LIST);
    let wanted: BTreeSet<&str> =
        listed.iter().map(String::as_str).chain(written.map(|change| change.path.as_str())).collect();
    (wanted.len() > listed.len()).then(|| list::text(wanted))
}

fn commit(out: &Path, steps: Vec<Step<'_>>, undo: &mut Undo, made: &mut Made) -> Result<(), OutputError> {
    for step in steps {
        match step {
            Step::Place { path, before, staged } => {
                let target = below(out, path)?;
                let failed = |error| OutputError::Io(target.clone(), error);
                made.add(target.parent().unwrap_or(out)).map_err(failed)?;
                fs::rename(staged, &target).map_err(failed)?;
                undo.note(target, before);
            }
            Step::Aside { path, before, staged } => {
                fs::rename(staged, path).map_err(|error| OutputError::Io(path.to_owned(), error))?;
                undo.note(path.to_owned(), before);
            }
            Step::Remove { path, before } => {
                let target = below(out, path)?;
                fs::remove_file(&target).map_err(|error| OutputError::Io(target.clone(), error))?;
                undo.note(target, before);
            }
            Step::Prune(paths) => prune(out, &paths),
        }
    }
    Ok(())
}

/// Removes the folders of files that are not there, up to the output folder, if they are empty. A killed run may have left some.
fn prune(out: &Path, paths: &BTreeSet<String>) {
    let gone = paths.iter().filter_map(|path| below(out, path).ok()).filter(|file| !file.exists());
    for file in gone {
        for folder in file.ancestors().skip(1).take_while(|folder| *folder != out) {
            if fs::remove_dir(folder).is_err_and(|error| !is_absent(&error)) {
                break;
            }
        }
    }
}

/// Writes one file in one step, and makes the folders that it is in. Two runs that do so wait for each other.
///
/// # Errors
///
/// If it cannot be written, or is a link.
pub fn replace(file: &Path, contents: &str) -> Result<(), OutputError> {
    let made = Made::folders(folder_of(file)).map_err(|error| OutputError::Io(file.to_owned(), error))?;
    let lock = Lock::of(folder_of(file), || ());
    let done = replace_under(&lock, file, contents);
    drop(made);
    done
}

/// As [`replace`], if the caller already holds the lock.
///
/// # Errors
///
/// As [`replace`], and when the folder is missing.
pub fn replace_under(_lock: &Lock, file: &Path, contents: &str) -> Result<(), OutputError> {
    refuse_link(file)?;
    let _critical = Critical::enter();
    sweep_beside(file)?;
    let staged = beside(file);
    let failed = |error| OutputError::Io(file.to_owned(), error);
    let done = write_new(&staged, contents.as_bytes())
        .and_then(|()| keep_permissions(file, &staged).map_err(failed))
        .and_then(|()| fs::rename(&staged, file).map_err(failed));
    if done.is_err() {
        let _ = fs::remove_file(staged);
    }
    done
}

/// Writes a file that is not there yet, in one step.
///
/// # Errors
///
/// If there is one, or it cannot be written.
pub fn create(file: &Path, contents: &str) -> Result<(), OutputError> {
    let lock = Lock::of(folder_of(file), || ());
    match fs::symlink_metadata(file) {
        Ok(_) => Err(OutputError::Io(file.to_owned(), io::ErrorKind::AlreadyExists.into())),
        Err(_) => replace_under(&lock, file, contents),
    }
}

/// Gives the new file the permissions of the existing one.
fn keep_permissions(file: &Path, staged: &Path) -> io::Result<()> {
    match fs::metadata(file) {
        Ok(meta) => fs::set_permissions(staged, meta.permissions()),
        Err(_) => Ok(()),
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn refuse_link(file: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(file) {
        Ok(meta) if meta.file_type().is_symlink() => Err(OutputError::Link(file.to_owned())),
        Ok(meta) if !meta.is_file() => Err(OutputError::InTheWay(file.to_owned())),
        _ => Ok(()),
    }
}
