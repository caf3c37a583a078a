//! `codegen`: compile, then write or compare.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;

use crate::Exit;
use crate::cli::{Codegen, MessageFormat};
use crate::compile::{self, Compiled, Findings, Metadata, Request};
use crate::config::{self, Client};
use crate::output::{self, Change, LIST};
use crate::package;
use crate::report::{Failure, Ui};
use crate::workspace;

/// One crate to generate.
struct Job {
    request: Request,
    /// The folder, as it is shown.
    shown: String,
    /// The folder, where it is.
    out: PathBuf,
}

/// Generates or checks every crate that was asked for. One that is rejected does not keep the others from being
/// current: each is written whole or not at all.
pub(crate) fn run(args: &Codegen, ui: &Ui) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for job in jobs(args)? {
        match run_job(&job, args, ui) {
            Ok(Exit::Done) => {}
            Ok(other) => exit = other,
            Err(failure) => {
                ui.failure(&failure);
                exit = failure.exit();
            }
        }
    }
    Ok(exit)
}

fn jobs(args: &Codegen) -> Result<Vec<Job>, Failure> {
    if let (Some(spec), Some(out)) = (&args.spec, &args.out) {
        return Ok(vec![stand_alone(spec, out, args)?]);
    }
    let file = match &args.config {
        Some(file) => file.clone(),
        None => {
            let here = env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
            config::find(&here)?
        }
    };
    let clients = config::read(&file)?.clients;
    let names: Vec<String> = clients.iter().map(|client| client.package.clone()).collect();
    let wanted = |client: &Client| args.package.as_ref().is_none_or(|name| *name == client.package);
    let jobs: Vec<Job> = clients.into_iter().filter(wanted).map(|client| configured(client, args)).collect();
    match &args.package {
        Some(name) if jobs.is_empty() => {
            Err(Failure::Usage(format!("no client is called `{name}`; {} has {}", file.display(), names.join(", "))))
        }
        _ => Ok(jobs),
    }
}

fn stand_alone(spec: &Path, out: &Path, args: &Codegen) -> Result<Job, Failure> {
    let stem = spec.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let package = args.package.clone().unwrap_or_else(|| package::name_from_file(&stem));
    let request = Request {
        root: PathBuf::new(),
        spec: spec.to_owned(),
        overlays: args.overlays.clone(),
        package,
        version: None,
        metadata: Metadata::default(),
        settings: args.settings.clone(),
    };
    Ok(Job { request, shown: shown(out), out: out.to_owned() })
}

fn configured(client: Client, args: &Codegen) -> Job {
    let out = client.root.join(&client.out);
    let request = Request {
        root: client.root,
        spec: client.spec,
        overlays: client.overlays,
        package: client.package,
        version: client.version,
        metadata: client.metadata,
        settings: client.settings.overridden_by(&args.settings),
    };
    Job { request, shown: shown(&client.out), out }
}

/// The files that the clients are made from, the configuration included: what `--watch` looks at. A configuration that
/// can't be read stands for itself alone.
pub(crate) fn sources(args: &Codegen) -> Vec<PathBuf> {
    if let Some(spec) = &args.spec {
        return std::iter::once(spec.clone()).chain(args.overlays.iter().cloned()).collect();
    }
    let found = args.config.clone().or_else(|| config::find(&env::current_dir().ok()?).ok());
    let Some(file) = found else { return Vec::new() };
    let clients = config::read(&file).map(|config| config.clients).unwrap_or_default();
    let wanted = clients.iter().filter(|client| args.package.as_ref().is_none_or(|name| *name == client.package));
    let named = wanted
        .flat_map(|client| std::iter::once(&client.spec).chain(&client.overlays).map(|path| client.root.join(path)));
    let named: Vec<PathBuf> = named.collect();
    std::iter::once(file).chain(named).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/").trim_end_matches('/').to_owned()
}

fn run_job(job: &Job, args: &Codegen, ui: &Ui) -> Result<Exit, Failure> {
    let start = Instant::now();
    let outcome = compile::generate(&job.request, ui)?;
    let Some(mut compiled) = outcome.product else {
        let line = format!("{}: rejected; {} is as it was", job.request.spec.display(), job.shown);
        ui.fact(&json!({ "reason": "rejected", "package": job.request.package, "out": job.shown }), &line);
        return Ok(Exit::Refused);
    };
    if workspace::needs_own_table(&job.out) {
        stand_apart(&mut compiled);
    }
    let changes = output::compare(&job.out, &compiled.files, args.force)?;
    if !args.check {
        output::apply(&job.out, &changes)?;
    }
    let ms = start.elapsed().as_millis();
    if args.check {
        show_stale(job, &changes, ui);
    }
    summarise(job, &compiled, outcome.findings, &changes, (args.check, ms), ui);
    Ok(if args.check && !changes.is_empty() { Exit::Refused } else { Exit::Done })
}

/// Keeps Cargo from taking the crate for a member of a workspace around it that does not know it.
fn stand_apart(compiled: &mut Compiled) {
    for file in compiled.files.iter_mut().filter(|file| file.path == "Cargo.toml") {
        if !file.contents.lines().any(|line| line.trim() == "[workspace]") {
            file.contents.push_str("\n# The workspace around this folder does not list it as a member.\n[workspace]\n");
        }
    }
}

fn show_stale(job: &Job, changes: &[Change], ui: &Ui) {
    if ui.format == MessageFormat::Json {
        for change in changes {
            let diff = output::unified(&job.shown, std::slice::from_ref(change));
            let path = format!("{}/{}", job.shown, change.path);
            ui.product(&format!(
                "{}\n",
                json!({ "reason": "stale", "kind": change.kind(), "path": path, "diff": diff })
            ));
        }
        return;
    }
    ui.product(&output::unified(&job.shown, changes));
    if ui.format == MessageFormat::Github {
        for change in changes {
            ui.product(&format!(
                "::error file={}/{}::{}: run `cargo xtask codegen` and commit the result\n",
                job.shown,
                change.path,
                change.kind()
            ));
        }
    }
}

fn summarise(
    job: &Job,
    compiled: &Compiled,
    findings: Findings,
    changes: &[Change],
    (check, ms): (bool, u128),
    ui: &Ui,
) {
    let files = changes.iter().filter(|change| change.path != LIST);
    let removed = files.clone().filter(|change| change.after.is_none()).count();
    let written = files.count() - removed;
    let Compiled { operations, types, files } = compiled;
    let current = files.len() - written;
    let package = &job.request.package;
    let done = match (check, changes.is_empty()) {
        (true, true) => "current".to_owned(),
        (true, false) => format!("STALE: {written} to write, {removed} to remove"),
        (false, true) => "nothing to write".to_owned(),
        (false, false) => format!("{written} written, {removed} removed, {current} as they were"),
    };
    let line = format!(
        "{package}: {}, {}, {}; {done} in {} ({ms} ms)",
        count(*operations, "operation"),
        count(*types, "type"),
        count(findings.warnings, "warning"),
        job.shown,
    );
    let fields = json!({
        "reason": "client", "package": package, "out": job.shown, "operations": operations, "types": types,
        "warnings": findings.warnings,
        "repaired": findings.repaired, "lost": findings.lost, "files": files.len(), "written": written, "removed": removed, "check": check,
        "stale": check && !changes.is_empty(), "ms": u64::try_from(ms).unwrap_or(u64::MAX),
    });
    ui.fact(&fields, &line);
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
