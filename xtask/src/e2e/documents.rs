//! Every operation of other people's documents, called through its generated client against Prism.
//!
//! Prism serves the document in its `effective` form and refuses what that does not allow. What it refuses all the same is a fault of
//! the client, of the document or of Prism: the last two are excused one by one, with the reason, in `tests/e2e/known_failures.tsv`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use super::commands::say;
use super::driver;
use super::program::{self, Source};
use super::servers::Servers;
use crate::cli::E2e;
use clientwright_cli::Exit;
use clientwright_cli::compile;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;
use clientwright_cli::settings::Settings;

/// The outcome of a call.
#[derive(Debug, Deserialize)]
struct Said {
    operation: String,
    answered: bool,
    /// True if the client read a documented error.
    #[serde(default)]
    documented: bool,
    status: Option<u16>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    objections: Vec<String>,
}

/// One document's figures.
#[derive(Debug, Default)]
struct Row {
    name: String,
    operations: usize,
    answered: usize,
    excused: usize,
    faults: Vec<String>,
}

/// An operation whose fault is not the client's.
struct Excuse {
    document: String,
    operation: String,
    reason: String,
}

/// Messages of Prism that do not concern the request.
const BESIDE_THE_POINT: &[(&str, &str)] = &[
    ("VIOLATIONS", "the answer that Prism makes of the document's own examples is not what the document allows"),
    ("NO_RESPONSE_RESPONSE_DEFINED", "the document describes no response that Prism could give"),
    ("NO_COMPLEX_OBJECT_TEXT", "Prism cannot write the answer that the document describes"),
];

/// Tries the documents of a folder.
pub(super) fn run(args: &E2e, folder: &Path, servers: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let documents = documents(folder, &args.only)?;
    fs::create_dir_all(&args.work).map_err(|error| Failure::Unreadable(args.work.clone(), error))?;
    let excuses = excuses(&servers.join("known_failures.tsv"))?;
    let mut used = BTreeSet::new();
    let mut rows = Vec::new();
    for document in &documents {
        let row = try_document(document, args, servers, &excuses, &mut used, ui)?;
        ui.print(&format!(
            "{}: {} operations, {} answered, {} excused, {} faults\n",
            row.name,
            row.operations,
            row.answered,
            row.excused,
            row.faults.len()
        ));
        row.faults.iter().for_each(|fault| ui.print(&format!("  {fault}\n")));
        rows.push(row);
    }
    let tried: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let idle = excuses
        .iter()
        .enumerate()
        .filter(|(index, excuse)| tried.contains(excuse.document.as_str()) && !used.contains(index));
    let idle: Vec<String> = idle.map(|(_, excuse)| format!("{} {}", excuse.document, excuse.operation)).collect();
    idle.iter().for_each(|excuse| ui.print(&format!("an excuse that excuses nothing: {excuse}\n")));
    let sum = |count: fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    ui.print(&format!(
        "{} documents: {} operations, {} answered, {} excused, {} faults\n",
        rows.len(),
        sum(|row| row.operations),
        sum(|row| row.answered),
        sum(|row| row.excused),
        sum(|row| row.faults.len())
    ));
    let good = idle.is_empty() && rows.iter().all(|row| row.faults.is_empty());
    Ok(if good { Exit::Done } else { Exit::Refused })
}

fn documents(folder: &Path, only: &[String]) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::Unreadable(folder.to_owned(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_document = path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json");
        if is_document && (only.is_empty() || only.contains(&name(&path))) {
            found.push(path.canonicalize().map_err(failed)?);
        }
    }
    found.sort();
    let lacking: Vec<&str> =
        only.iter().map(String::as_str).filter(|wanted| !found.iter().any(|path| name(path) == *wanted)).collect();
    if found.is_empty() || !lacking.is_empty() {
        return Err(Failure::Usage(format!("{} has no such document: {}", folder.display(), lacking.join(", "))));
    }
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Document, operation, and why it is no fault of the client: a line each, with tabs between.
fn excuses(file: &Path) -> Result<Vec<Excuse>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::Unreadable(file.to_owned(), error))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [document, operation, reason] => Ok(Excuse {
                document: (*document).to_owned(),
                operation: (*operation).to_owned(),
                reason: (*reason).to_owned(),
            }),
            _ => Err(Failure::Other(format!("{}: not three fields: {line}", file.display()))),
        })
        .collect()
}

fn try_document(
    document: &Path,
    args: &E2e,
    servers: &Path,
    excuses: &[Excuse],
    used: &mut BTreeSet<usize>,
    ui: &Ui,
) -> Result<Row, Failure> {
    let mut row = Row { name: name(document), ..Row::default() };
    let request = Request::of(
        document.to_owned(),
        clientwright_cli::compile::package::name_from_file(&format!("e2e-{}", row.name)),
        &Settings::default(),
    );
    let quiet = Ui::quiet();
    let (Some(driver), Some(effective)) =
        (driver::driver(&request, &quiet)?, compile::effective(&request, &quiet)?.product)
    else {
        row.faults.push("the document is rejected".to_owned());
        return Ok(row);
    };
    row.operations = driver.calls + driver.without_input.len();
    say(ui, &format!("building the client of {} and the program that calls it", row.name));
    let program = program::build(
        &driver.files,
        &[Source { path: "main.rs", text: &driver.program }],
        &args.work,
        &request.options.package,
    )?;
    let served = args.work.join(format!("{}.effective.yaml", row.name));
    fs::write(&served, effective).map_err(|error| Failure::Unreadable(served.clone(), error))?;
    let running = match Servers::start(servers, &served.canonicalize().unwrap_or(served)) {
        Ok(running) => running,
        Err(failure) => {
            row.faults.push(failure.to_string());
            return Ok(row);
        }
    };
    let place: Value = serde_json::from_str(running.whereabouts()).unwrap_or_default();
    let of = |server: &str| place[server].as_str().unwrap_or_default().to_owned();
    let output = Command::new(program).arg(of("api")).arg(of("observed")).output();
    let output = output.map_err(|error| Failure::Other(format!("the program did not run: {error}")))?;
    drop(running);

    let mut judge = |operation: &str, fault: String| {
        let known = excuses.iter().position(|excuse| excuse.document == row.name && excuse.operation == operation);
        match known {
            Some(index) => {
                used.insert(index);
                row.excused += 1;
                ui.print(&format!("  excused: {operation}: {}\n", excuses[index].reason));
            }
            None => match BESIDE_THE_POINT.iter().find(|(kind, _)| fault.split(' ').next() == Some(kind)) {
                Some((_, reason)) => {
                    row.excused += 1;
                    ui.print(&format!("  excused: {operation}: {reason}\n"));
                }
                None => row.faults.push(format!("{operation}: {fault}")),
            },
        }
    };
    let mut called = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(said) = serde_json::from_str::<Said>(line) else { continue };
        called += 1;
        match fault(&said) {
            None => row.answered += 1,
            Some(fault) => judge(&said.operation, fault),
        }
    }
    driver.without_input.iter().for_each(|operation| judge(operation, "no valid input could be made".to_owned()));
    if called != driver.calls {
        row.faults.push(format!("the program ended after {called} of {} calls", driver.calls));
    }
    Ok(row)
}

/// Returns the fault of an outcome, if any. A documented status is no fault, unless Prism sent it to report a violation.
fn fault(said: &Said) -> Option<String> {
    if said.answered {
        return None;
    }
    let problem: Value = serde_json::from_str(&said.body).unwrap_or_default();
    if let Some(kind) =
        problem["type"].as_str().and_then(|kind| kind.strip_prefix("https://stoplight.io/prism/errors#"))
    {
        let complaint = match &problem["validation"] {
            Value::Null => problem["detail"].to_string(),
            found => found.to_string(),
        };
        // A violation of both sides is one of the request.
        let ours =
            problem["validation"].as_array().into_iter().flatten().any(|found| found["location"][0] == "request");
        let kind = if ours { "REQUEST" } else { kind };
        return Some(format!("{kind} {complaint}"));
    }
    // Some operations describe nothing but failures.
    if said.documented && said.objections.is_empty() {
        return None;
    }
    let objections = said.objections.iter().map(|objection| format!("; Prism: {objection}")).collect::<String>();
    Some(format!("{} {}{objections}", said.status.unwrap_or_default(), said.error))
}
