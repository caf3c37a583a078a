//! Growth by shape: documents that have many of one thing, from a thousand to a hundred thousand of it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::folder::clear;
use super::shape_documents::{SHAPES, Shape};
use crate::cli::Bench;
use crate::measure::{self, Run};
use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};

/// The maximum slope of the logarithms of work that is proportional to its input, sorting included.
const STEEPEST: f64 = 1.1;

/// Time on the clock that a run may take. Linear work takes a hundredth of it.
const LIMIT: Duration = Duration::from_secs(120);

/// The memory in MB that a run holds whatever its document.
const BASE: f64 = 40.0;

/// The memory that a run may hold beside that, as a multiple of its document and of the crate that it makes: an operation of sixty
/// bytes becomes a method, a builder and their docs.
const MEMORY: f64 = 30.0;

/// The CPU seconds below which the cost of the process dominates.
const TOO_SHORT: f64 = 0.02;

/// Generates from each shape at each count, and prints how the CPU time grows from the last but one to the last.
pub(super) fn run(args: &Bench, work: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let failed = |error| Failure::Unreadable(args.work.clone(), error);
    let (mut steep, mut heavy) = (0, 0);
    ui.print(&format!(
        "{:<36} {:>6}  {:>6} {:>6}  CPU s and MB for {:?} of it; memory by the document, and by document and crate\n",
        "shape", "slope", "memory", "", args.counts
    ));
    for (name, make) in SHAPES {
        if !args.only.is_empty() && !args.only.iter().any(|only| name.contains(only.as_str())) {
            continue;
        }
        let mut points: Vec<Point> = Vec::new();
        let mut told = String::new();
        for count in &args.counts {
            let point = measured(*count, &make(*count), args.complete, work).map_err(failed)?;
            told.push_str(&format!("  {:.2} s {:.0} MB{}", point.run.cost.cpu, point.run.cost.peak, point.ending()));
            let is_over = point.run.timed_out;
            points.push(point);
            if is_over {
                break;
            }
        }
        let slope = slope(&points);
        let is_steep = slope.is_some_and(|slope| slope > STEEPEST) || points.iter().any(|point| point.run.timed_out);
        steep += usize::from(is_steep);
        let slope = slope.map_or_else(|| "-".to_owned(), |slope| format!("{slope:.2}"));
        let of_document = points.last().map_or(0.0, Point::of_document);
        let of_both = points.last().map_or(0.0, Point::of_both);
        let is_heavy = of_both > MEMORY;
        heavy += usize::from(is_heavy);
        let mark = match (is_steep, is_heavy) {
            (true, _) => "  TOO STEEP",
            (false, true) => "  TOO MUCH MEMORY",
            (false, false) => "",
        };
        ui.print(&format!("{name:<36} {slope:>6}  {of_document:>5.0}x {of_both:>5.0}x{told}{mark}\n"));
    }
    ui.print(&format!(
        "{steep} shapes grow faster than their documents, {heavy} hold more than {MEMORY} times as much as they and their crates\n"
    ));
    Ok(if steep + heavy == 0 { Exit::Done } else { Exit::Refused })
}

/// Tries one of the shapes, counted from any number on, with all that a crate can have, and returns the reason if it grows faster than
/// its document.
pub(crate) fn grows_too_fast(index: usize, work: &Path) -> io::Result<Option<String>> {
    let (name, make) = SHAPES[index % SHAPES.len()];
    let points = [2_000, 20_000].map(|count| measured(count, &make(count), true, work));
    let points: Vec<Point> = points.into_iter().collect::<io::Result<_>>()?;
    let slope = slope(&points);
    let is_steep = slope.is_some_and(|slope| slope > STEEPEST) || points.iter().any(|point| point.run.timed_out);
    Ok(is_steep.then(|| format!("{name}: the slope is {slope:?}")))
}

/// A run over a document with so many of one thing.
struct Point {
    count: usize,
    /// The size of the document.
    document: f64,
    /// The size of the crate.
    written: f64,
    run: Run,
}

impl Point {
    /// The memory beside what every run holds, in MB.
    fn memory(&self) -> f64 {
        (self.run.cost.peak - BASE).max(0.0)
    }

    /// The same as a multiple of the document.
    fn of_document(&self) -> f64 {
        self.memory() / self.document
    }

    /// The same as a multiple of the document and the crate.
    fn of_both(&self) -> f64 {
        self.memory() / (self.document + self.written)
    }

    fn ending(&self) -> &'static str {
        match (self.run.timed_out, self.run.code) {
            (true, _) => " (ended)",
            (false, Some(0)) => "",
            (false, Some(1)) => " (rejected)",
            (false, _) => " (ABORTED)",
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts and sizes are far below 2⁵²")]
fn slope(points: &[Point]) -> Option<f64> {
    let [.., before, last] = points else { return None };
    let is_measurable = last.run.cost.cpu >= TOO_SHORT && !last.run.timed_out;
    let cost = |point: &Point| point.run.cost.cpu.max(TOO_SHORT).ln();
    is_measurable.then(|| (cost(last) - cost(before)) / (last.count as f64 / before.count as f64).ln())
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2⁵²")]
fn measured(count: usize, shape: &Shape, is_complete: bool, work: &Path) -> io::Result<Point> {
    let (document, overlay, folder) = (work.join("shape.json"), work.join("shape.overlay.json"), work.join("shape"));
    clear(&folder)?;
    fs::write(&document, &shape.document)?;
    let mut command: Vec<OsString> = vec![std::env::current_exe()?.into(), "codegen".into()];
    command.extend(["--spec".into(), document.into(), "--out".into(), folder.clone().into()]);
    command.extend(["--package", "shape", "--message-format", "json"].map(OsString::from));
    if is_complete {
        command.extend(["--wire-tests", "--mock", "--cli", "--validation"].map(OsString::from));
    }
    if let Some(text) = &shape.overlay {
        fs::write(&overlay, text)?;
        command.extend(["--overlay".into(), overlay.into()]);
    }
    let run = measure::run(&command, work, &[], LIMIT)?;
    let bytes = shape.document.len() + shape.overlay.as_ref().map_or(0, String::len);
    Ok(Point { count, document: bytes as f64 / 1e6, written: measure::size(&folder)? as f64 / 1e6, run })
}
