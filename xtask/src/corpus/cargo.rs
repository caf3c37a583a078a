//! Runs of Cargo on an emitted crate.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde_json::Value;

use crate::measure::{self, Cost, Run};

/// A check of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Check,
    Clippy,
    Doc,
    /// The examples in its docs, compiled and not run.
    Examples,
}

impl Tool {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Tool::Check => &["check", "--lib"],
            Tool::Clippy => &["clippy", "--lib"],
            Tool::Doc => &["doc", "--no-deps", "--lib"],
            Tool::Examples => &["test", "--doc"],
        }
    }
}

/// The result of a run of Cargo.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Verdict {
    pub(super) timed_out: bool,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// For this crate alone; its dependencies were compiled before.
    pub(super) cost: Cost,
    /// The first error, or else the first warning.
    pub(super) first: String,
}

impl Verdict {
    /// Returns whether there are neither errors nor warnings.
    pub(super) fn is_clean(&self) -> bool {
        !self.timed_out && self.errors == 0 && self.warnings == 0
    }
}

/// Checks the crate in `folder`, with all its features.
pub(super) fn look(tool: Tool, folder: &Path, target: &Path, limit: Duration) -> io::Result<Verdict> {
    let mut command: Vec<OsString> = vec![std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())];
    command.extend(tool.arguments().iter().map(OsString::from));
    command.extend(["--quiet", "--all-features", "--message-format=json"].map(OsString::from));
    let target = target.to_string_lossy();
    let environment = [("CARGO_TARGET_DIR", &*target), ("CARGO_INCREMENTAL", "0"), ("CARGO_TERM_COLOR", "never")];
    let mut run = measure::run(&command, folder, &environment, limit)?;
    if !run.timed_out && built_dependencies(&run, folder) {
        // What was measured includes the dependencies, so it is done again for the crate alone.
        let source = fs::File::options().append(true).open(folder.join("src/lib.rs"))?;
        source.set_modified(SystemTime::now())?;
        run = measure::run(&command, folder, &environment, limit)?;
    }
    Ok(verdict(&run, folder))
}

fn messages(run: &Run) -> impl Iterator<Item = Value> {
    run.stdout.lines().filter_map(|line| serde_json::from_str(line).ok())
}

fn is_ours(message: &Value, folder: &Path) -> bool {
    message["manifest_path"].as_str().is_some_and(|path| Path::new(path).starts_with(folder))
}

fn built_dependencies(run: &Run, folder: &Path) -> bool {
    messages(run).any(|message| {
        message["reason"] == "compiler-artifact" && message["fresh"] == false && !is_ours(&message, folder)
    })
}

fn verdict(run: &Run, folder: &Path) -> Verdict {
    let mut found = Verdict { timed_out: run.timed_out, cost: run.cost, ..Verdict::default() };
    let mut first_warning = String::new();
    for message in messages(run).filter(|message| message["reason"] == "compiler-message" && is_ours(message, folder)) {
        let text = message["message"]["message"].as_str().unwrap_or_default();
        let is_summary =
            text.starts_with("aborting due to") || text.contains("emitted") || text.contains("could not compile");
        let (count, first) = match message["message"]["level"].as_str() {
            Some("error") => (&mut found.errors, &mut found.first),
            Some("warning") => (&mut found.warnings, &mut first_warning),
            _ => continue,
        };
        if !is_summary {
            *count += 1;
            if first.is_empty() {
                *first = place(&message).map_or(text.to_owned(), |place| format!("{text} ({place})"));
            }
        }
    }
    if found.errors == 0 && !run.timed_out && run.code != Some(0) {
        // Cargo itself failed: the manifest, the lock file, a dependency.
        found.errors = 1;
        found.first = run.stderr.lines().find(|line| line.contains("error")).unwrap_or("cargo failed").to_owned();
    }
    if found.first.is_empty() {
        found.first = first_warning;
    }
    found
}

fn place(message: &Value) -> Option<String> {
    let spans = message["message"]["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    Some(format!("{}:{}", span["file_name"].as_str()?, span["line_start"]))
}

/// Runs a program of a workspace in `folder`, beside whose folder the build artifacts are, and returns the list that it prints as JSON.
pub(super) fn run_program(folder: &Path, program: &[&str], jobs: u16) -> Result<Vec<Value>, String> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--offline", "--jobs", &jobs.to_string()])
        .args(program)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.parent().unwrap_or(folder).join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "--cap-lints=allow")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).chars().take(4000).collect());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}
