//! Clients of servers that other people's frameworks describe: `tests/frameworks/` has a small server for each framework, and a program
//! that calls every operation of it.
//!
//! The document is what the framework emits, unchanged, and the framework's own validation is the verdict on what is sent. What is a fault
//! of the framework or of its document has a line in `tests/frameworks/exceptions.tsv`, with the reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use super::commands::{cargo, check_node, npm, say, succeed};
use super::program::{self, Source};
use super::servers::Servers;
use crate::cli::E2e;
use clientwright_cli::Exit;
use clientwright_cli::compile;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;
use clientwright_cli::settings::Settings;

/// The language of a framework, which determines how its server is installed and started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Python,
    Node,
    Rust,
}

/// The frameworks, each the name of a folder.
const FRAMEWORKS: &[(&str, Kind)] = &[
    ("fastapi", Kind::Python),
    ("django", Kind::Python),
    ("hono", Kind::Node),
    ("nestjs", Kind::Node),
    ("axum", Kind::Rust),
    ("dropshot", Kind::Rust),
    ("aide", Kind::Rust),
    ("poem", Kind::Rust),
];

/// The outcome of a call, as the program prints it.
#[derive(Debug, Deserialize)]
struct Said {
    /// The operation, and in brackets what is special about the call, if something is.
    call: String,
    accepted: bool,
    typed: bool,
    said: String,
}

impl Said {
    fn operation(&self) -> &str {
        self.call.split(" [").next().unwrap_or_default()
    }
}

/// A framework's figures.
#[derive(Debug, Default)]
struct Row {
    name: String,
    operations: usize,
    called: usize,
    calls: usize,
    accepted: usize,
    typed: usize,
    excepted: Vec<String>,
    faults: Vec<String>,
}

impl Row {
    /// A framework whose server or client did not come about.
    fn failed(name: &str, failure: &Failure) -> Self {
        Self { name: name.to_owned(), faults: vec![failure.to_string()], ..Self::default() }
    }
}

/// A call whose fault is not the client's.
struct Exception {
    framework: String,
    call: String,
    reason: String,
}

/// Tries the frameworks, and prints a table.
pub(super) fn run(args: &E2e, folder: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let known: Vec<&str> = FRAMEWORKS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = args.only.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Failure::Usage(format!("there is no framework `{unknown}`; there are {}", known.join(", "))));
    }
    let work = args.work.join("frameworks");
    fs::create_dir_all(&work).map_err(|error| Failure::Unreadable(work.clone(), error))?;
    let work = work.canonicalize().map_err(|error| Failure::Unreadable(work.clone(), error))?;
    let exceptions = exceptions(&folder.join("exceptions.tsv"))?;
    let mut used = BTreeSet::new();
    let mut rows = Vec::new();
    for (name, kind) in FRAMEWORKS {
        if args.only.is_empty() || args.only.iter().any(|only| only == name) {
            let server = command(*kind, name, folder, &work, args.no_install, ui);
            let said = server.and_then(|mut server| call(&mut server, name, folder, &work, ui));
            let row = match said {
                Ok(said) => judge(name, said, &exceptions, &mut used),
                Err(failure) => Row::failed(name, &failure),
            };
            row.excepted.iter().for_each(|said| ui.print(&format!("  {name}: excepted: {said}\n")));
            row.faults.iter().for_each(|fault| ui.print(&format!("  {name}: FAULT {fault}\n")));
            rows.push(row);
        }
    }
    let tried: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let idle: Vec<&Exception> = exceptions
        .iter()
        .enumerate()
        .filter(|(index, exception)| tried.contains(exception.framework.as_str()) && !used.contains(index))
        .map(|(_, exception)| exception)
        .collect();
    for exception in &idle {
        ui.print(&format!("an exception that excepts nothing: {} {}\n", exception.framework, exception.call));
    }
    table(&rows, ui);
    let good = idle.is_empty() && rows.iter().all(|row| row.faults.is_empty());
    Ok(if good { Exit::Done } else { Exit::Refused })
}

/// The command that starts a framework's server, installed unless `installed`.
fn command(kind: Kind, name: &str, folder: &Path, work: &Path, installed: bool, ui: &Ui) -> Result<Command, Failure> {
    let home = folder.join(name);
    match kind {
        Kind::Python => {
            let environment = work.join(format!("{name}-python"));
            let python = environment.join("bin/python");
            if !installed {
                say(ui, &format!("installing {name}"));
                let mut make = Command::new("python3");
                succeed(make.args(["-m", "venv"]).arg(&environment), "python3 -m venv")?;
                let mut install = Command::new(&python);
                install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
                succeed(install.arg(home.join("requirements.txt")), "pip install")?;
            }
            let mut server = Command::new(python);
            server.arg("-W").arg("ignore").arg(home.join("server.py"));
            Ok(server)
        }
        Kind::Node => {
            check_node()?;
            if !installed {
                say(ui, &format!("installing {name}"));
                let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
                succeed(npm().args(arguments).current_dir(&home), "npm ci")?;
            }
            let mut server = Command::new("node");
            server.arg("server.mjs").current_dir(&home);
            Ok(server)
        }
        Kind::Rust => {
            say(ui, &format!("building the server of {name}"));
            let package = format!("{name}-server");
            let target = work.join("servers");
            let mut build = cargo();
            build.args(["build", "--quiet", "--locked", "--package", &package]).current_dir(folder);
            succeed(build.env("CARGO_TARGET_DIR", &target), &format!("cargo build of {package}"))?;
            Ok(Command::new(target.join("debug").join(package)))
        }
    }
}

/// Starts a server, generates a client from its document, and calls it. Returns the operations of the document and the calls.
fn call(
    server: &mut Command,
    name: &str,
    folder: &Path,
    work: &Path,
    ui: &Ui,
) -> Result<(BTreeSet<String>, Vec<Said>), Failure> {
    let document = work.join(format!("{name}.json"));
    let running = Servers::spawn(server.arg(&document))?;
    let text = fs::read(&document).map_err(|error| Failure::Unreadable(document.clone(), error))?;
    let text: Value =
        serde_json::from_slice(&text).map_err(|error| Failure::Other(format!("{}: {error}", document.display())))?;
    let request = Request::of(document, format!("{name}-api"), &Settings::default());
    let client = compile::generate(&request, &Ui::quiet())?.product;
    let client = client.ok_or_else(|| Failure::Other(format!("the document of {name} is rejected")))?;
    say(ui, &format!("building the client of {name} and the program that calls it"));
    let read = |file: PathBuf| fs::read_to_string(&file).map_err(|error| Failure::Unreadable(file, error));
    let program = [
        Source { path: "main.rs", text: &read(folder.join(name).join("client.rs"))? },
        Source { path: "report.rs", text: &read(folder.join("report.rs"))? },
    ];
    // All clients share their dependencies.
    let program = program::build(&client.files, &program, work.parent().unwrap_or(work), &request.options.package)?;
    let output = Command::new(program).arg(running.whereabouts()).output();
    let output = output.map_err(|error| Failure::Other(format!("the program did not run: {error}")))?;
    drop(running);
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Failure::Other(format!("the program that calls {name} ended early: {said}")));
    }
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((operations(&text), lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()))
}

/// The operations of a document, as method and path.
fn operations(document: &Value) -> BTreeSet<String> {
    const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect()
}

/// Framework, call, and why it is no fault of the client: a line each, with tabs between.
fn exceptions(file: &Path) -> Result<Vec<Exception>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::Unreadable(file.to_owned(), error))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [framework, call, reason] => Ok(Exception {
                framework: (*framework).to_owned(),
                call: (*call).to_owned(),
                reason: (*reason).to_owned(),
            }),
            _ => Err(Failure::Other(format!("{}: not three fields: {line}", file.display()))),
        })
        .collect()
}

/// Counts what became of the calls. An operation that was not called is a fault too.
fn judge(
    name: &str,
    (operations, calls): (BTreeSet<String>, Vec<Said>),
    exceptions: &[Exception],
    used: &mut BTreeSet<usize>,
) -> Row {
    let called: BTreeSet<&str> = calls.iter().map(Said::operation).collect();
    let mut row = Row {
        name: name.to_owned(),
        operations: operations.len(),
        called: operations.iter().filter(|operation| called.contains(operation.as_str())).count(),
        calls: calls.len(),
        ..Row::default()
    };
    for operation in operations.iter().filter(|operation| !called.contains(operation.as_str())) {
        row.faults.push(format!("{operation}: not called"));
    }
    for operation in called.iter().filter(|operation| !operations.contains(**operation)) {
        row.faults.push(format!("{operation}: called, and not in the document"));
    }
    for said in &calls {
        row.accepted += usize::from(said.accepted);
        row.typed += usize::from(said.typed);
        if said.typed {
            continue;
        }
        match exceptions.iter().position(|exception| exception.framework == name && exception.call == said.call) {
            Some(index) => {
                used.insert(index);
                row.excepted.push(format!("{}: {}", said.call, exceptions[index].reason));
            }
            None => {
                let verdict = if said.accepted { "not read as typed" } else { "not accepted" };
                row.faults.push(format!("{}: {verdict}: {}", said.call, said.said));
            }
        }
    }
    row
}

fn table(rows: &[Row], ui: &Ui) {
    let figures = ["operations", "called", "calls", "accepted", "typed", "excepted", "faults"];
    ui.print(&format!("\n{:<10}{}\n", "framework", figures.map(|name| format!("{name:>12}")).concat()));
    for row in rows {
        let (excepted, faults) = (row.excepted.len(), row.faults.len());
        let figures = [row.operations, row.called, row.calls, row.accepted, row.typed, excepted, faults];
        ui.print(&format!("{:<10}{}\n", row.name, figures.map(|figure| format!("{figure:>12}")).concat()));
    }
}
