//! `corpus --values`: instances of unions and enumerations, made from the document and judged by a validator, read as the types of
//! the crate.
//!
//! Only two facts come from the generator: the crate, and the name of the type that stands for a place of the document.

pub(super) mod document;
pub(super) mod instances;
mod pattern;
pub(super) mod program;
mod verdict;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::thread;

use clientwright::{NoFiles, Options, Source, analyse};
use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};
use document::Document;
use verdict::{Named, Tally};

use super::name::name;

/// Deep documents need more stack than a thread has.
const STACK: usize = 256 << 20;

/// Judges every document, and prints the exceptions with the reason.
pub(super) fn run(documents: &[PathBuf], work: &Path, jobs: u16, ui: &Ui) -> Result<Exit, Failure> {
    let mut all = Tally::default();
    for path in documents {
        let judged = thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK);
            let judged = thread.spawn_scoped(scope, || judge(path, work, jobs));
            judged.map_err(|error| error.to_string())?.join().unwrap_or_else(|_| Err("the judge panicked".to_owned()))
        });
        match judged {
            Ok((tally, about)) => {
                ui.print(&format!("{}: {}{about}\n", name(path), tally.share()));
                all.add(&tally);
            }
            Err(why) => ui.print(&format!("{}: not judged: {why}\n", name(path))),
        }
    }
    ui.print(&format!("in all: {}\n", all.share()));
    for (why, lines) in &all.exceptions {
        ui.print(&format!("    {} {why}\n", lines.len()));
    }
    Ok(if all.exceptions.is_empty() { Exit::Done } else { Exit::Refused })
}

/// Judges a document; the text lists what is left out and what is an exception.
fn judge(path: &Path, work: &Path, jobs: u16) -> Result<(Tally, String), String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let document = Document::read(&String::from_utf8_lossy(&bytes)).ok_or("it is no document of OpenAPI 3")?;
    let source = Source { name: "document".to_owned(), bytes };
    let report = analyse(&source, &[], &NoFiles, &Options::new("subject"));
    let analysis = report.product.as_ref().ok_or("it is rejected")?;
    let mut types: HashMap<String, Named> = HashMap::new();
    for (id, schema) in analysis.api.schemas.iter() {
        let Some(ty) = analysis.types.get(&id) else { continue };
        let (_, pointer) = report.origin(&schema.pointer);
        let named = Named {
            name: ty.name.clone(),
            catch_all: ty.catch_all.clone(),
            sent: schema.direction == clientwright::ir::Direction::Sent,
        };
        // Of two types for one schema, the received one represents it.
        if types.get(pointer.as_str()).is_none_or(|known| known.sent) {
            types.insert(pointer.as_str().to_owned(), named);
        }
    }
    let cases = verdict::cases(&document, &types);
    let files: Vec<program::File> =
        analysis.generated.files.iter().map(|file| (file.path.clone(), file.contents.clone())).collect();
    let readings = program::read(&files, &cases.instances(), &work.join("judge"), jobs)?;
    let tally = verdict::judge(&cases, &readings);
    let mut about = String::new();
    for (why, (alternatives, values)) in &cases.left_out {
        about.push_str(&format!("\n    not judged: {alternatives} alternatives and {values} values: {why}"));
    }
    for (why, lines) in &tally.exceptions {
        about.push_str(&format!("\n    {} {why}", lines.len()));
        lines.iter().for_each(|line| about.push_str(&format!("\n        {line}")));
    }
    Ok((tally, about))
}
