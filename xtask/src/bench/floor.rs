//! `bench --floor`: what a crate costs the compiler, beside a crate that could not cost less.
//!
//! The floor has the same structs, enumerations and functions with `Clone` and `PartialEq`, and empty bodies. Types of other crates and of
//! the runtime are stand-ins.

mod crate_of;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};

use super::folder::{LIMIT, clear, synthetic_document};
use crate::cli::Bench;
use crate::measure::{self, Cost};

const MANIFEST: &str =
    "[package]\nname = \"floor\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n";

/// Measures `cargo check` and a debug build of the crate of a document and of its floor.
pub(super) fn run(args: &Bench, work: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let failed = |error: io::Error| Failure::Other(error.to_string());
    let document = args.spec.clone().map_or_else(|| synthetic_document(2_000, work), Ok).map_err(failed)?;
    let (emitted, floor) = (work.join("emitted"), work.join("floor"));
    generate(&document, &emitted).map_err(failed)?;
    fs::create_dir_all(floor.join("src")).map_err(failed)?;
    fs::write(floor.join("Cargo.toml"), MANIFEST).map_err(failed)?;
    fs::write(floor.join("src/lib.rs"), crate_of::floor(&emitted.join("src")).map_err(failed)?).map_err(failed)?;
    ui.print(&format!("{}\n", document.file_name().unwrap_or_default().to_string_lossy()));
    ui.print(&format!("{:>14}  {:>8}  {:>8}  {:>8}  {:>8}\n", "", "CPU s", "floor", "MB", "floor"));
    for tool in ["check", "build"] {
        let target = work.join("floor-target");
        let cost = |folder: &Path| median(tool, folder, &target, args.reps);
        let (ours, least) = (cost(&emitted).map_err(failed)?, cost(&floor).map_err(failed)?);
        let ratio = |ours: f64, least: f64| ours / least.max(f64::MIN_POSITIVE);
        ui.print(&format!(
            "{:>14}  {:>8.2}  {:>8.2}  {:>8.0}  {:>8.0}   {:.2} times the CPU, {:.2} times the memory\n",
            format!("cargo {tool}"),
            ours.cpu,
            least.cpu,
            ours.peak,
            least.peak,
            ratio(ours.cpu, least.cpu),
            ratio(ours.peak, least.peak),
        ));
    }
    Ok(Exit::Done)
}

fn generate(document: &Path, folder: &Path) -> io::Result<()> {
    clear(folder)?;
    let mut command: Vec<OsString> = vec![std::env::current_exe()?.into(), "codegen".into(), "--spec".into()];
    command.extend([document.into(), "--out".into(), folder.into()]);
    command.extend(["--package", "emitted", "--message-format", "json"].map(OsString::from));
    let run = measure::run(&command, Path::new("."), &[], LIMIT)?;
    match run.code {
        Some(0) => Ok(()),
        _ => Err(io::Error::other(format!("{} is rejected: {}", document.display(), run.stdout))),
    }
}

/// The median of several runs over the crate alone: its dependencies are compiled before.
fn median(tool: &str, folder: &Path, target: &Path, reps: u16) -> io::Result<Cost> {
    let mut command: Vec<OsString> = vec![std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())];
    command.extend([tool, "--lib", "--quiet"].map(OsString::from));
    let target = target.to_string_lossy();
    let environment = [("CARGO_TARGET_DIR", &*target), ("CARGO_INCREMENTAL", "0")];
    let mut costs = Vec::new();
    for _ in 0..=reps {
        let source = fs::File::options().append(true).open(folder.join("src/lib.rs"))?;
        source.set_modified(SystemTime::now())?;
        let run = measure::run(&command, folder, &environment, LIMIT)?;
        if run.code != Some(0) {
            return Err(io::Error::other(format!("cargo {tool} failed in {}: {}", folder.display(), run.stderr)));
        }
        costs.push(run.cost);
    }
    // The first run compiled the dependencies.
    costs.remove(0);
    costs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
    Ok(costs.swap_remove(costs.len() / 2))
}
