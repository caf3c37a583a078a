//! The cost of a command: CPU seconds and peak memory, including child processes.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::cli::Measure;
use clientwright_cli::Exit;
use clientwright_cli::report::Failure;

/// A command that ended, or was ended.
pub(crate) struct Run {
    /// The exit code; none if it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) timed_out: bool,
    pub(crate) cost: Cost,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The cost of a run.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// User and system seconds.
    pub(crate) cpu: f64,
    /// The most memory that any one of its processes held, in MB.
    pub(crate) peak: f64,
}

#[derive(Deserialize, Serialize)]
struct Report {
    code: Option<i32>,
    cost: Cost,
}

/// Runs a command in `folder` for at most `limit`.
///
/// The operating system only tells what all children of a process took together, so a process stands in between that has
/// this one child: [`here`].
pub(crate) fn run(
    command: &[OsString],
    folder: &Path,
    environment: &[(&str, &str)],
    limit: Duration,
) -> io::Result<Run> {
    let report = tempfile::NamedTempFile::new()?;
    let this = std::env::current_exe()?;
    let mut between = Command::new(&this);
    between.arg("measure").arg("--report").arg(report.path()).arg("--").args(command);
    between.current_dir(folder).envs(environment.iter().copied());
    between.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut between, 0);
    let spawned = between.spawn();
    let mut child = spawned.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", this.display())))?;
    let id = child.id();
    // Held until the end: it closes when this process is killed, which ends the process in between.
    let _lifeline = child.stdin.take();
    let (sender, ended) = mpsc::channel::<io::Result<Output>>();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let gone = || io::Error::other("the thread that waits is gone");
    let (output, timed_out) = match ended.recv_timeout(limit) {
        Ok(output) => (output?, false),
        Err(_) => {
            end_group(id);
            (ended.recv().map_err(|_| gone())??, true)
        }
    };
    let report: Option<Report> = serde_json::from_slice(&fs::read(report.path())?).ok();
    Ok(Run {
        code: report.as_ref().and_then(|report| report.code),
        timed_out,
        cost: report.map(|report| report.cost).unwrap_or_default(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Ends a command and everything that it started.
fn end_group(id: u32) {
    #[cfg(unix)]
    if let Ok(id) = i32::try_from(id) {
        let _ = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGKILL);
    }
    #[cfg(not(unix))]
    let _ = id;
}

/// The process in between: runs one command, and records the cost of its children.
pub(crate) fn here(args: &Measure) -> Result<Exit, Failure> {
    let failed = |error: io::Error| Failure::Other(format!("cannot measure: {error}"));
    let Some((program, rest)) = args.command.split_first() else { return Ok(Exit::Usage) };
    thread::spawn(end_with_standard_input);
    let start = Instant::now();
    let status = Command::new(program).args(rest).stdin(Stdio::null()).status().map_err(failed)?;
    let cost = Cost { wall: start.elapsed().as_secs_f64(), ..children() };
    let report = serde_json::to_vec(&Report { code: status.code(), cost }).map_err(|error| failed(error.into()))?;
    fs::write(&args.report, report).map_err(failed)?;
    Ok(Exit::Done)
}

/// Ends this process with its standard input, which the starting process holds: when that is gone, the result is not needed.
fn end_with_standard_input() {
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    end_group(std::process::id());
}

/// CPU seconds that this process has used so far.
pub(crate) fn own_cpu() -> f64 {
    #[cfg(unix)]
    let cost = usage(nix::sys::resource::UsageWho::RUSAGE_SELF);
    #[cfg(not(unix))]
    let cost = children();
    cost.cpu
}

#[cfg(unix)]
fn children() -> Cost {
    usage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN)
}

#[cfg(unix)]
fn usage(who: nix::sys::resource::UsageWho) -> Cost {
    use nix::sys::resource::getrusage;
    use nix::sys::time::TimeValLike as _;

    let Ok(usage) = getrusage(who) else { return Cost::default() };
    #[expect(clippy::cast_precision_loss, reason = "microseconds and bytes of a run are far below 2^52")]
    let (micros, rss) = ((usage.user_time() + usage.system_time()).num_microseconds() as f64, usage.max_rss() as f64);
    // Kilobytes everywhere but on macOS, where it is bytes.
    let unit = if cfg!(target_os = "macos") { 1e6 } else { 1024.0 };
    Cost { wall: 0.0, cpu: micros / 1e6, peak: rss / unit }
}

#[cfg(not(unix))]
fn children() -> Cost {
    Cost::default()
}

/// The bytes in a folder, which may be absent.
pub(crate) fn size(folder: &Path) -> io::Result<u64> {
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut all = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        all += if about.is_dir() { size(&entry.path())? } else { about.len() };
    }
    Ok(all)
}
