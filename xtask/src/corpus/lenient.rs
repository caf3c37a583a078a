//! `corpus --lenient`: answers that break the document, read by a strict and by a lenient client.
//!
//! For some operations of each document, an answer is made from the schema and then broken at each of its places in turn. The
//! expected results follow from the schema alone; the decoders of the crate are given each answer.

mod answers;
mod breaks;
mod meaning;
mod operations;
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::normalize::Selection;
use clientwright::{NoFiles, Options, Source, generate};
use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};

use super::name::name;
use super::values::document::{Document, Judge};
use super::values::program::File;
use answers::Tally;
use breaks::Case;
use operations::Operation;

/// Breaks the answers of some operations of every document, and prints the results and the exceptions.
pub(super) fn run(documents: &[PathBuf], most: usize, work: &Path, jobs: u16, ui: &Ui) -> Result<Exit, Failure> {
    let (mut all, mut lines, mut unjudged) = (Tally::default(), String::new(), 0);
    ui.print(&format!("{}\n", Tally::HEADING));
    for path in documents {
        match judge(path, most, work, jobs, &mut lines) {
            Ok(tallies) => {
                for (operation, tally) in tallies {
                    ui.print(&format!("{} {operation}: {tally}\n", name(path)));
                    all.add(&tally);
                }
            }
            Err(why) => {
                unjudged += 1;
                ui.print(&format!("{}: not judged: {why}\n", name(path)));
            }
        }
    }
    ui.print(&format!("in all: {all}\n"));
    let file = work.join("lenient.tsv");
    fs::write(&file, lines).map_err(|error| Failure::Unreadable(file, error))?;
    let is_good = all.exceptions.is_empty() && unjudged == 0;
    all.exceptions.iter().for_each(|line| ui.print(&format!("    {line}\n")));
    Ok(if is_good { Exit::Done } else { Exit::Refused })
}

/// Judges a document: each operation and its results. `lines` gets a line for each answer.
fn judge(path: &Path, most: usize, work: &Path, jobs: u16, lines: &mut String) -> Result<Vec<(String, Tally)>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let document = Document::read(&String::from_utf8_lossy(&bytes)).ok_or("it is no document of OpenAPI 3")?;
    let mut validator = Judge::of(&document).ok_or("the validator cannot read it")?;
    let chosen = operations::choose(&document, &mut validator, most);
    if chosen.is_empty() {
        return Err("no operation has an answer of JSON".to_owned());
    }
    let files = generated(bytes, &chosen)?;
    let cases: Vec<(&Operation, Case)> = chosen
        .iter()
        .flat_map(|operation| {
            breaks::cases(&document, &mut validator, operation).into_iter().map(move |it| (operation, it))
        })
        .collect();
    let found = program::read(&files, &cases, &work.join("judge"), jobs)?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for ((operation, case), outcome) in cases.iter().zip(found) {
        let tally = tallies.entry(operation.to_string()).or_default();
        tally.count(&name(path), operation, case, &outcome, lines);
    }
    Ok(tallies.into_iter().collect())
}

/// The files of a lenient client that has these operations alone.
fn generated(bytes: Vec<u8>, chosen: &[Operation]) -> Result<Vec<File>, String> {
    let source = Source { name: "document".to_owned(), bytes };
    let mut options = Options { lenient: true, examples: false, ..Options::new("subject") };
    let paths = chosen.iter().map(ToString::to_string).collect();
    options.settings.operations = Selection { paths, ..Selection::default() };
    let report = generate(&source, &[], &NoFiles, &options);
    let product = report.product.ok_or_else(|| {
        let first = report.diagnostics.iter().next().map(|found| found.message.clone());
        format!("it is rejected: {}", first.unwrap_or_default())
    })?;
    Ok(product.files.into_iter().map(|file| (file.path, file.contents)).collect())
}
