//! `bench --history`: the instructions of a run, beside those that were recorded.
//!
//! Times differ from run to run by more than most changes do. Instructions, counted by valgrind, don't.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright_cli::Exit;
use clientwright_cli::report::{Failure, Ui};
use serde_json::Value;

use super::folder::clear;
use crate::cli::Bench;
use crate::{profile, synthetic};

/// The recorded figures: version, compiler, document and instructions, one in a line.
const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/history.tsv");

const HEAD: &str = "version\tcompiler\tdocument\tinstructions\n";

/// The rise that is a fault.
const MOST: f64 = 1.05;

/// A figure of a version.
#[derive(Clone, Debug, PartialEq)]
struct Figure {
    version: String,
    compiler: String,
    document: String,
    instructions: u64,
}

impl Figure {
    fn of_line(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [version, compiler, document, instructions] = fields.as_slice() else { return None };
        let [version, compiler, document] = [version, compiler, document].map(|field| (*field).to_owned());
        Some(Figure { version, compiler, document, instructions: instructions.parse().ok()? })
    }

    fn line(&self) -> String {
        format!("{}\t{}\t{}\t{}\n", self.version, self.compiler, self.document, self.instructions)
    }
}

/// Counts the instructions of the documents, and compares them with the last ones that the same compiler gave, or records them.
pub(super) fn run(args: &Bench, work: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let failed = |error| Failure::Unreadable(PathBuf::from(FIGURES), error);
    if !profile::is_release() {
        return Err(Failure::Usage("the instructions of a build without --release say nothing".to_owned()));
    }
    let recorded = fs::read_to_string(FIGURES).map_err(failed)?;
    let recorded: Vec<Figure> = recorded.lines().filter_map(Figure::of_line).collect();
    let compiler = compiler().map_err(failed)?;
    let mut found = Vec::new();
    for (document, path) in documents(work).map_err(failed)? {
        let instructions = instructions(&path, work).map_err(|error| Failure::Other(error.to_string()))?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        found.push(Figure { version, compiler: compiler.clone(), document: document.to_owned(), instructions });
    }
    let rises = found.iter().filter(|figure| compare(figure, &recorded, ui)).count();
    if args.record {
        let kept = recorded.iter().filter(|figure| !found.iter().any(|new| is_same_place(figure, new)));
        let lines: String = kept.chain(&found).map(Figure::line).collect();
        fs::write(FIGURES, format!("{HEAD}{lines}")).map_err(failed)?;
        return Ok(Exit::Done);
    }
    Ok(if rises == 0 { Exit::Done } else { Exit::Refused })
}

fn is_same_place(one: &Figure, other: &Figure) -> bool {
    (&one.version, &one.compiler, &one.document) == (&other.version, &other.compiler, &other.document)
}

/// Prints a figure beside the last recorded one, and returns true if it is too much more.
fn compare(figure: &Figure, recorded: &[Figure], ui: &Ui) -> bool {
    let (document, now) = (&figure.document, figure.instructions);
    let is_like = |old: &&Figure| old.document == *document && old.compiler == figure.compiler;
    let Some(before) = recorded.iter().rfind(is_like) else {
        ui.print(&format!("{document:<24} {now:>14}  none recorded with {}\n", figure.compiler));
        return false;
    };
    let ratio = ratio(now, before.instructions);
    let mark = if ratio > MOST { "  MORE THAN 5 %" } else { "" };
    ui.print(&format!("{document:<24} {now:>14}  {ratio:.3} of {}{mark}\n", before.version));
    ratio > MOST
}

#[expect(clippy::cast_precision_loss, reason = "instructions are counted in thousands of millions")]
fn ratio(now: u64, before: u64) -> f64 {
    now as f64 / before as f64
}

/// The documents: the one of this repository, and a synthetic one in each format.
fn documents(work: &Path) -> io::Result<[(&'static str, PathBuf); 3]> {
    let own = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/webhooks-api.yaml"));
    let (json, yaml) = (work.join("history.json"), work.join("history.yaml"));
    let text = synthetic::document(300);
    let tree: Value = serde_json::from_str(&text).map_err(io::Error::other)?;
    fs::write(&json, text)?;
    fs::write(&yaml, serde_yaml::to_string(&tree).map_err(io::Error::other)?)?;
    Ok([("webhooks-api.yaml", own), ("synthetic-300.json", json), ("synthetic-300.yaml", yaml)])
}

fn compiler() -> io::Result<String> {
    let output = Command::new("rustc").arg("--version").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}

/// The instructions of a run into an empty folder.
fn instructions(document: &Path, work: &Path) -> io::Result<u64> {
    let folder = work.join("crate");
    clear(&folder)?;
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?);
    command.args(["codegen", "--message-format", "json", "--package", "history", "--spec"]).arg(document);
    command.args([OsString::from("--out"), folder.into()]);
    let output = command.output().map_err(|error| io::Error::other(format!("valgrind can't be run: {error}")))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let failed = || io::Error::other(format!("{} failed: {said}", document.display()));
    if !output.status.success() {
        return Err(failed());
    }
    counted(&said).ok_or_else(failed)
}

/// The number in cachegrind's line `==1== I refs: 1,234`.
fn counted(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("refs:") && line.contains(" I "))?;
    line.rsplit("refs:").next()?.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use clientwright_cli::report::Ui;

    use super::{Figure, compare, counted};

    fn figure(version: &str, compiler: &str, instructions: u64) -> Figure {
        Figure { version: version.into(), compiler: compiler.into(), document: "a.json".into(), instructions }
    }

    #[test]
    fn instructions_are_read_from_what_cachegrind_says() {
        assert_eq!(counted("==7== Cachegrind\n==7== \n==7== I   refs:      6,096,254,411\n"), Some(6_096_254_411));
        assert_eq!(counted("==7== Cachegrind\n"), None);
    }

    #[test]
    fn a_line_is_the_figure_again() {
        let one = figure("0.1.0", "rustc 1.95.0", 42);
        assert_eq!(Figure::of_line(one.line().trim_end()), Some(one));
    }

    #[test]
    fn only_figures_of_the_same_compiler_are_compared() {
        let recorded = [figure("0.1.0", "rustc 1.95.0", 100), figure("0.2.0", "rustc 1.95.0", 200)];
        let is_rise =
            |compiler, instructions| compare(&figure("0.3.0", compiler, instructions), &recorded, &Ui::quiet());
        assert!(is_rise("rustc 1.95.0", 211));
        assert!(!is_rise("rustc 1.95.0", 209));
        assert!(!is_rise("rustc 1.96.0", 900));
    }
}
