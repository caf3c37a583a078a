//! `bench`: the cost of generating, its growth with the document, the share of each stage, and the least cost
//! of any generator.

mod floor;
mod folder;
mod history;
mod shape_documents;
mod shapes;
mod stages;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use crate::cli::Bench;
use crate::measure::{self, Cost};
use clientwright_cli::Exit;
use clientwright_cli::output;
use clientwright_cli::report::{Failure, Ui};
use folder::{LIMIT, clear, synthetic_document};
pub(crate) use shapes::grows_too_fast;
use stages::Stages;

/// Measures, and prints the results.
pub(crate) fn run(args: &Bench, ui: &Ui) -> Result<Exit, Failure> {
    let failed = |error| Failure::Unreadable(args.work.clone(), error);
    fs::create_dir_all(&args.work).map_err(failed)?;
    let work = args.work.canonicalize().map_err(failed)?;
    if args.shapes {
        return shapes::run(args, &work, ui);
    }
    if args.floor {
        return floor::run(args, &work, ui);
    }
    if args.history {
        return history::run(args, &work, ui);
    }
    growth(args, &work, ui).map_err(failed)?;
    let given = args.spec.clone().map_or_else(|| synthetic_document(2_000, &work), Ok).map_err(failed)?;
    shares(&given, &work, args.reps, ui)?;
    Ok(Exit::Done)
}

/// One run for each size, and the slope of a line through their logarithms: 1 where twice the operations cost twice as much.
fn growth(args: &Bench, work: &Path, ui: &Ui) -> io::Result<()> {
    ui.print(&format!("{:>10}  {:>8}  {:>8}\n", "operations", "CPU s", "MB"));
    let mut points = Vec::new();
    for operations in &args.sizes {
        let cost = codegen(&synthetic_document(*operations, work)?, work, args.reps)?;
        ui.print(&format!("{operations:>10}  {:>8.2}  {:>8.0}\n", cost.cpu, cost.peak));
        points.push((*operations, cost));
    }
    if points.len() > 1 {
        let slope = |of: fn(&Cost) -> f64| {
            let logarithms: Vec<(f64, f64)> =
                points.iter().map(|(operations, cost)| (logarithm(*operations), of(cost).max(1e-3).ln())).collect();
            slope(&logarithms)
        };
        let (cpu, memory) = (slope(|cost| cost.cpu), slope(|cost| cost.peak));
        ui.print(&format!("slope of the logarithms: {cpu:.2} for CPU, {memory:.2} for memory\n\n"));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "operations are counted in thousands")]
fn logarithm(number: usize) -> f64 {
    (number as f64).ln()
}

/// The slope of the line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.iter().map(|_| 1.0).sum::<f64>();
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let along: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    along / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

/// The stages of one run, and the floor: reading the same bytes into a plain tree, and writing the same files.
fn shares(document: &Path, work: &Path, reps: u16, ui: &Ui) -> Result<(), Failure> {
    let failed = |error| Failure::Unreadable(document.to_owned(), error);
    let bytes = fs::read(document).map_err(failed)?;
    let mut floors = Vec::new();
    let mut runs = Vec::new();
    for _ in 0..reps {
        let start = measure::own_cpu();
        let tree: Option<serde_json::Value> = match document.extension().is_some_and(|kind| kind == "json") {
            true => serde_json::from_slice(&bytes).ok(),
            false => serde_yaml::from_slice(&bytes).ok(),
        };
        floors.push(measure::own_cpu() - start);
        drop(tree);
        let Some((stages, files)) = stages::stages(document, &bytes) else {
            return Err(Failure::Other(format!("{} is rejected", document.display())));
        };
        let folder = work.join("stages");
        clear(&folder).map_err(failed)?;
        let start = measure::own_cpu();
        let changes = output::compare(&folder, files, false).map_err(|error| Failure::Other(error.to_string()))?;
        output::apply(&folder, &changes, None, None).map_err(|error| Failure::Other(error.to_string()))?;
        runs.push((stages, measure::own_cpu() - start));
    }
    let total = |(stages, writing): &(Stages, f64)| stages.iter().map(|(_, seconds)| seconds).sum::<f64>() + writing;
    runs.sort_by(|one, other| total(one).total_cmp(&total(other)));
    floors.sort_by(f64::total_cmp);
    let (parsing, run) = (floors.swap_remove(floors.len() / 2), runs.swap_remove(runs.len() / 2));
    let whole = total(&run);
    ui.print(&format!("{}\n", document.file_name().unwrap_or_default().to_string_lossy()));
    for (name, seconds) in run.0.into_iter().chain([("writing", run.1)]) {
        ui.print(&format!("{name:>12}  {seconds:>8.3} CPU s  {:>4.0} %\n", 100.0 * seconds / whole));
    }
    let floor = parsing + run.1;
    ui.print(&format!("{:>12}  {whole:>8.3} CPU s\n", "all"));
    ui.print(&format!("{:>12}  {floor:>8.3} CPU s: a plain tree, and the same files written\n", "the floor"));
    Ok(())
}

/// The run with the median CPU time, in a separate process and into an empty folder.
fn codegen(document: &Path, work: &Path, reps: u16) -> io::Result<Cost> {
    let folder = work.join("crate");
    let mut command: Vec<OsString> = vec![std::env::current_exe()?.into(), "codegen".into()];
    command.extend(["--spec".into(), document.into(), "--out".into(), folder.clone().into()]);
    command.extend(["--package", "synthetic", "--message-format", "json"].map(OsString::from));
    let mut costs = Vec::new();
    for _ in 0..reps {
        clear(&folder)?;
        let run = measure::run(&command, work, &[], LIMIT)?;
        if run.code != Some(0) {
            return Err(io::Error::other(format!("codegen failed: {}{}", run.stdout, run.stderr)));
        }
        costs.push(run.cost);
    }
    costs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
    Ok(costs.swap_remove(costs.len() / 2))
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn twice_the_cost_for_twice_the_size_is_a_slope_of_one() {
        let points = [1.0_f64, 2.0, 4.0].map(|size| (size.ln(), (3.0 * size).ln()));
        assert!((slope(&points) - 1.0).abs() < 1e-9);
        let squares = [1.0_f64, 2.0, 4.0].map(|size| (size.ln(), (size * size).ln()));
        assert!((slope(&squares) - 2.0).abs() < 1e-9);
    }
}
