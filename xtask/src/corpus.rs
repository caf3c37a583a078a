//! `corpus`: every document of a folder, generated, compiled, and measured.

mod bench;
mod cargo;
mod documents;
mod facts;
mod growth;
mod lenient;
mod name;
mod row;
mod table;
mod values;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::cli::Corpus;
use bench::Bench;
use clientwright_cli::Exit;
use clientwright_cli::cli::MessageFormat;
use clientwright_cli::compile::written::{Product, Terminal, Written};
use clientwright_cli::report::{Failure, Ui};
use documents::Document;
use name::matches;
use row::Row;

/// Tries every document, and prints the results.
pub(crate) fn run(args: &Corpus, ui: &Ui) -> Result<Exit, Failure> {
    let documents = documents(args)?;
    if documents.is_empty() {
        return Err(Failure::Usage(format!("{} has no document that was asked for", args.folder.display())));
    }
    let paths = || documents.iter().map(|document| document.path.clone()).collect::<Vec<PathBuf>>();
    if let Some(edits) = args.growth {
        let folders = growth::Folders { keep: args.keep.as_deref(), callers: args.callers.then_some(&*args.work) };
        return growth::run(&paths(), edits, args.seed, folders, ui);
    }
    let work = prepare(&args.work).map_err(|error| Failure::Unreadable(args.work.clone(), error))?;
    if args.values {
        return values::run(&paths(), &work, args.jobs, ui);
    }
    if let Some(operations) = args.lenient {
        return lenient::run(&paths(), operations, &work, args.jobs, ui);
    }
    let binary = match &args.bin {
        Some(binary) => binary.canonicalize(),
        None => std::env::current_exe(),
    }
    .map_err(|error| Failure::Other(format!("cannot find the command line to try: {error}")))?;

    let rows = try_all(args, &documents, &Bench { args, work: &work, binary: &binary })?;
    let write = |name: &str, text: &dyn Product| {
        let text = text.printed();
        fs::write(work.join(name), text).map_err(|error| Failure::Unreadable(work.join(name), error))
    };
    write("results.tsv", &table::tsv(&rows))?;
    write("results.json", &table::json(&rows))?;
    write("results.html", &table::html(&rows, &summary(&rows)))?;
    match ui.format {
        MessageFormat::Json => ui.product(&table::json(&rows)),
        MessageFormat::Human | MessageFormat::Short | MessageFormat::Github => ui.print(&table::text(&rows)),
    }
    let good = rows.iter().filter(|row| row.shortfall().is_none()).count();
    if ui.format != MessageFormat::Json {
        ui.print(&format!("{}\n", summary(&rows)));
        let told = format!("results.tsv, results.json and results.html are in {}\n", args.work.display());
        ui.say(&Written::<Terminal>::lines(&told));
    }
    Ok(if good == rows.len() { Exit::Done } else { Exit::Refused })
}

/// The summary of all documents in a sentence.
fn summary(rows: &[Row]) -> String {
    let good = rows.iter().filter(|row| row.shortfall().is_none()).count();
    let emitted: usize = rows.iter().filter_map(Row::operations).sum();
    let written: usize = rows.iter().map(|row| row.facts.operations).sum();
    let cpu: f64 = rows.iter().map(|row| row.cost.cpu).sum();
    let total = rows.len();
    format!(
        "{good} of {total} documents as they should be, {emitted} of {written} operations, {cpu:.2} CPU s\n{}",
        untyped(rows)
    )
}

/// Returns the summary of untyped places over all documents, with reasons.
fn untyped(rows: &[Row]) -> String {
    let places: usize = rows.iter().filter_map(|row| Some(row.untyped()?.1)).sum();
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for (reason, count) in rows.iter().filter_map(|row| row.summary["untyped"].as_object()).flatten() {
        *reasons.entry(reason).or_default() += count.as_u64().unwrap_or_default();
    }
    let all: u64 = reasons.values().sum();
    let listed: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    let listed = if listed.is_empty() { "none".to_owned() } else { listed.join("; ") };
    format!("untyped: {all} of {places} members, alternatives, parameters and bodies: {listed}")
}

/// The requested documents, the smallest first.
fn documents(args: &Corpus) -> Result<Vec<Document>, Failure> {
    let failed = |error| Failure::Unreadable(args.folder.clone(), error);
    let mut found = documents::documents(&args.folder.canonicalize().map_err(failed)?).map_err(failed)?;
    found.retain(|document| args.only.is_empty() || args.only.iter().any(|only| matches(only, &document.name)));
    Ok(found)
}

/// Cargo must not take what is generated here for a part of a workspace around it, nor its lock file.
fn prepare(work: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(work.join("crates"))?;
    work.canonicalize()
}

fn try_all(args: &Corpus, documents: &[Document], bench: &Bench<'_>) -> Result<Vec<Row>, Failure> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let worker = |worker: usize| -> io::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(index) else { return Ok(()) };
            show_progress(index, documents.len(), &document.name);
            let row = bench.try_document(document, worker)?;
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, row));
        }
    };
    let outcome: io::Result<()> = thread::scope(|scope| {
        let workers: Vec<_> = (0..usize::from(args.jobs)).map(|id| scope.spawn(move || worker(id))).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker ended"))))
    });
    clear_progress();
    outcome.map_err(|error| Failure::Other(format!("cannot go on: {error}")))?;
    let mut rows = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    rows.sort_by_key(|(index, _)| *index);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn show_progress(index: usize, total: usize, name: &str) {
    const WIDTH: usize = 30;
    if io::stderr().is_terminal() {
        let filled = WIDTH * index / total;
        eprint!("\r\x1b[K[{}{}] {}/{total} {name}", "=".repeat(filled), " ".repeat(WIDTH - filled), index + 1);
    }
}

fn clear_progress() {
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}
