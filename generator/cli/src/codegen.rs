//! `codegen`: compile, then write or compare.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cli::{Codegen, MessageFormat};
use crate::compile::written::{Workflow, Written};
use crate::compile::{self, Compiled, Findings, Layout, package};
use crate::config::{self, Client};
use crate::embedded;
use crate::exit::Exit;
use crate::fingerprint::{self, Summary};
use crate::hash::hash;
use crate::messages::{self, Message};
use crate::module_path;
use crate::output::{self, Aside, Change, LIST, Lock, Made, OutputError};
use crate::report::{Failure, Ui};
use crate::request::Request;
use crate::timings::Timings;
use crate::workspace::Standing;

/// One crate to generate.
struct Job {
    request: Request,
    /// The folder that paths of the configuration are relative to; `None` if they come from the command line.
    root: Option<PathBuf>,
    /// The folder, as messages show it.
    shown: String,
    /// The path of the folder.
    out: PathBuf,
}

/// Generates or checks every requested crate. A rejected one does not prevent the others from being
/// updated: each is written completely or not at all.
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
    if let Some(spec) = &args.spec {
        let below_src = || args.module.as_deref().map(module_path::folder);
        let out = args.out.clone().or_else(below_src);
        let out = out.ok_or_else(|| Failure::Usage("name the folder of the crate by --out".to_owned()))?;
        return Ok(vec![stand_alone(spec, &out, args)?]);
    }
    let file = match &args.config {
        Some(file) => file.clone(),
        None => {
            let here = env::current_dir().map_err(|error| Failure::Unreadable(PathBuf::from("."), error))?;
            config::find(&here)?
        }
    };
    let clients = config::read(&file)?.clients;
    let names: Vec<String> = clients.iter().map(|client| client.package().to_owned()).collect();
    let wanted = |client: &Client| args.package.as_ref().is_none_or(|name| name == client.package());
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
    let mut request = Request::of(spec.to_owned(), package, &args.settings);
    request.overlays.clone_from(&args.overlays);
    request.names.clone_from(&args.names);
    request.options.accept_renames = args.accept_renames;
    if args.module.is_some() {
        request.options.layout = Layout::Module;
        request.options.module.clone_from(&args.module);
    }
    match request.options.fault() {
        Some(fault) => Err(Failure::Usage(fault.message)),
        None => Ok(Job { request, root: None, shown: shown(out), out: out.to_owned() }),
    }
}

fn configured(client: Client, args: &Codegen) -> Job {
    let (out, shown) = (client.root.join(&client.out), shown(&client.out));
    let root = Some(client.root.clone());
    let mut request = client.request(&args.settings);
    request.options.accept_renames = args.accept_renames;
    Job { request, root, shown, out }
}

/// The files from which the clients are made, including the configuration, for `--watch`. If a configuration
/// cannot be read, it is the only file.
pub(crate) fn sources(args: &Codegen) -> Vec<PathBuf> {
    if let Some(spec) = &args.spec {
        return std::iter::once(spec.clone()).chain(args.overlays.iter().cloned()).collect();
    }
    let found = args.config.clone().or_else(|| config::find(&env::current_dir().ok()?).ok());
    let Some(file) = found else { return Vec::new() };
    let clients = config::read(&file).map(|config| config.clients).unwrap_or_default();
    let wanted = clients.iter().filter(|client| args.package.as_ref().is_none_or(|name| name == client.package()));
    let named = wanted
        .flat_map(|client| std::iter::once(&client.spec).chain(&client.overlays).map(|path| client.root.join(path)));
    let named: Vec<PathBuf> = named.collect();
    std::iter::once(file).chain(named).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/").trim_end_matches('/').to_owned()
}

/// Generates or checks one crate. It waits for another run on the same folder, before it reads anything that the run may change.
fn run_job(job: &Job, args: &Codegen, ui: &Ui) -> Result<Exit, Failure> {
    let start = Instant::now();
    if let Some(root) = &job.root {
        for path in std::iter::once(Path::new(&job.shown)).chain(job.request.names.as_deref()) {
            output::refuse_links(root, path)?;
        }
    }
    let waiting = || ui.progress(&format!("waiting for another run that writes to {}", job.shown));
    let lock = Lock::above(&job.out, waiting);
    if !args.check {
        sweep(job)?;
    }
    let is_crate = job.request.options.layout == Layout::Crate;
    let standing = Standing::of(&job.out);
    // A client of a configuration is permanent, so it becomes a member; another one may be a trial.
    let joins = job.root.is_some() && is_crate;
    let manifest = if joins { standing.join() } else { None };
    let own_table = is_crate && manifest.is_none() && !standing.is_settled();
    let asked = format!("{:?} {own_table} {:?} {:?} {}", job.request, manifest, ui.format, ui.color);
    // For a client without a codegen.toml, nothing is kept.
    let kept = !args.check && !args.timings && args.spec.is_none() && is_crate;
    let place = fingerprint::Place::of(&job.request.root, &job.out, &asked).filter(|_| kept);
    if let Some(place) = &place {
        place.sweep();
    }
    if let Some(last) = place.as_ref().and_then(|place| place.current(&job.out)) {
        ui.say(&compile::Rendered::of(last.diagnostics().to_owned()));
        last.summary.tell(job, &Done { check: false, stale: false, written: 0, removed: 0 }, start, ui);
        return Ok(Exit::Done);
    }
    let timings = Timings::start();
    let outcome = compile::generate_observed(&job.request, ui, &|stage| timings.end(stage.name()))?;
    let Some(mut compiled) = outcome.product else {
        let line = format!("{}: rejected; {} is as it was", job.request.spec.display(), job.shown);
        ui.fact(&Message::Rejected { package: &job.request.options.package, out: &job.shown }, &line);
        return Ok(Exit::Refused);
    };
    if own_table {
        stand_apart(&mut compiled);
    }
    let files = std::mem::take(&mut compiled.files);
    let summary = summary(job, &compiled, outcome.findings, files.len());
    let held = hashes(&files);
    let names = compiled.names;
    let asides = [names.as_ref(), manifest.as_ref()];
    let is_file = job.request.options.layout == Layout::File;
    let changes = if is_file {
        embedded::written(&job.out, files, names.as_ref(), args, &lock)?
    } else if args.check {
        output::compare(&job.out, files, args.force)?
    } else {
        let changes = written(job, files, asides, args.force, lock, waiting)?;
        if let Some(manifest) = &manifest {
            ui.progress(&format!("{}: {} is a member of the workspace now", manifest.change.path, job.shown));
        }
        // Names that were recorded now have not been read yet, and a changed manifest requires another run.
        if let Some(place) = place.filter(|_| names.is_none() && manifest.is_none()) {
            place.keep(&outcome.read, &held, &outcome.said, &summary);
        }
        changes
    };
    timings.end("writing");
    let asides: Vec<&Change> = asides.into_iter().flatten().map(|aside| &aside.change).collect();
    let of_folder = changes.iter().map(|change| (job.shown.as_str(), change));
    let stale: Vec<(&str, &Change)> = asides.iter().map(|change| ("", *change)).chain(of_folder).collect();
    if args.check {
        show_stale(&stale, ui);
    }
    let files = changes.iter().filter(|change| change.path != LIST);
    let removed = files.clone().filter(|change| change.after.is_none()).count();
    let written = files.count() - removed + asides.len();
    let done = Done { check: args.check, stale: !stale.is_empty(), written, removed };
    summary.tell(job, &done, start, ui);
    if args.timings {
        timings.tell(&job.request.options.package, ui);
    }
    let lacks = embedded::tell_missing(&job.out, &compiled.requirements, ui);
    Ok(if args.check && (lacks || !stale.is_empty()) { Exit::Refused } else { Exit::Done })
}

/// Removes what a killed run left, whether or not there is anything to write.
fn sweep(job: &Job) -> Result<(), Failure> {
    output::sweep(&job.out)?;
    if let Some(names) = &job.request.names {
        output::sweep_beside(&job.request.root.join(names))?;
    }
    Ok(())
}

/// Brings a folder and the files that change with it up to date, and returns the changes in the folder.
fn written(
    job: &Job,
    files: Vec<output::File>,
    [names, manifest]: [Option<&Aside>; 2],
    force: bool,
    lock: Lock,
    waiting: impl Fn(),
) -> Result<Vec<Change>, Failure> {
    let parent = output::parent(&job.out);
    let _made = Made::folders(&parent).map_err(|error| Failure::Output(OutputError::Io(parent.clone(), error)))?;
    let _lock = lock.narrowed(&job.out, waiting);
    sweep(job)?;
    let changes = output::compare(&job.out, files, force)?;
    // The names first, so that every name in the crate is recorded. Cargo refuses a missing member, so the manifest
    // goes last.
    output::apply(&job.out, &changes, names, manifest)?;
    Ok(changes)
}

/// Adds a `[workspace]` table to the crate, so that Cargo does not assign it to an enclosing workspace.
fn stand_apart(compiled: &mut Compiled) {
    for file in compiled.files.iter_mut().filter(|file| file.path == "Cargo.toml") {
        if !file.contents.lines().any(|line| line.trim() == "[workspace]") {
            file.contents.push_str("\n# The workspace around this folder does not list it as a member.\n[workspace]\n");
        }
    }
}

/// Shows what is stale, each with the folder that its path is below.
fn show_stale(stale: &[(&str, &Change)], ui: &Ui) {
    for (folder, change) in stale {
        let diff = output::unified(folder, std::slice::from_ref(*change));
        let path = if folder.is_empty() { change.path.clone() } else { format!("{folder}/{}", change.path) };
        if ui.format == MessageFormat::Json {
            ui.product(&Message::Stale { kind: change.kind(), path: &path, diff: &diff }.line());
            continue;
        }
        ui.print(&diff);
        if ui.format == MessageFormat::Github {
            let mut command = Written::<Workflow>::default();
            command.raw("::error file=").property(&Written::of(&path)).raw("::").raw(change.kind()).raw(": run `");
            command.text(ui.program).raw(" codegen` and commit the result\n");
            ui.product(&command);
        }
    }
}

/// The changes that were made, or that `--check` reports.
struct Done {
    check: bool,
    stale: bool,
    written: usize,
    removed: usize,
}

fn summary(job: &Job, compiled: &Compiled, findings: Findings, files: usize) -> Summary {
    let (package, untyped) = (&job.request.options.package, &compiled.untyped);
    let counts =
        [count(compiled.operations, "operation"), count(compiled.types, "type"), count(findings.warnings, "warning")];
    let client = messages::Client {
        package: package.clone(),
        out: job.shown.clone(),
        operations: compiled.operations,
        types: compiled.types,
        places: untyped.places,
        untyped: untyped.by_reason.iter().map(|(reason, number)| ((*reason).to_owned(), *number)).collect(),
        warnings: findings.warnings,
        repaired: findings.repaired,
        lost: findings.lost,
        files,
    };
    Summary { client, counts: counts.join(", ") }
}

impl Summary {
    fn tell(&self, job: &Job, done: &Done, start: Instant, ui: &Ui) {
        let (&Done { check, stale, written, removed }, ms) = (done, start.elapsed().as_millis());
        let current = (self.client.files + removed).saturating_sub(written + removed);
        let became = match (check, stale) {
            (true, false) => "current".to_owned(),
            (true, true) => format!("STALE: {written} to write, {removed} to remove"),
            (false, false) => "nothing to write".to_owned(),
            (false, true) => format!("{written} written, {removed} removed, {current} as they were"),
        };
        let line = format!("{}: {}; {became} in {} ({ms} ms)", job.request.options.package, self.counts, job.shown);
        let message = Message::Client {
            summary: &self.client,
            written,
            removed,
            check,
            stale: check && stale,
            ms: u64::try_from(ms).unwrap_or(u64::MAX),
        };
        ui.fact(&message, &line);
    }
}

/// The hashes of the files of a folder that is up to date, including the list of them.
fn hashes(files: &[output::File]) -> BTreeMap<String, u64> {
    let list = output::list_of(files);
    let all = files.iter().chain([&list]);
    all.map(|file| (file.path.clone(), hash(file.contents.as_bytes()))).collect()
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
