//! Growth: random edits of real documents, with the names kept, and checks of the report of `diff` on each.
//!
//! The judge reads the emitted files a second time. The comparison must report every part that was removed or changed, and the
//! version that it requires must then be a major one. A program that uses everything of the crate before an edit is compiled with the
//! crate after it, if asked for.

mod caller;
mod callers;
mod edits;
mod operations;
mod random;
mod surface;
mod verdict;
mod wire;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::compare::{Bump, RustChange, compare, compare_crates};
use clientwright::{Analysis, File, NoFiles, Options, Source, analyse};
use clientwright_cli::Exit;
use clientwright_cli::compile::written::{Terminal, Written};
use clientwright_cli::report::{Failure, Ui};
use serde_json::Value;

use super::name::name;
use callers::Callers;
use edits::Edits;
use surface::Surface;

/// The figures of a run.
#[derive(Debug, Default)]
struct Figures {
    documents: usize,
    edits: usize,
    /// The edits after which the document was rejected.
    rejected: usize,
    by_bump: [usize; 4],
    /// The edits after which the comparison requires a major version although no emitted part went or changed.
    cautious: usize,
    /// The edits after which more places are untyped, with the names and without them.
    untyped: usize,
    /// The edits of which the callers were compiled.
    compiled: usize,
    /// The reasons for a major version where the old callers compile.
    compiles: BTreeMap<String, usize>,
    faults: usize,
}

/// The folders that a run writes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folders<'a> {
    /// The folder that gets both documents of every edit.
    pub(super) keep: Option<&'a Path>,
    /// The folder in which callers are compiled.
    pub(super) callers: Option<&'a Path>,
}

/// Edits each document a number of times, and judges every step.
pub(super) fn run(
    documents: &[PathBuf],
    edits: u32,
    seed: u64,
    folders: Folders<'_>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let mut figures = Figures::default();
    let callers = folders
        .callers
        .map(|folder| Callers::of(folder).map_err(|error| Failure::Unreadable(folder.to_owned(), error)));
    let callers = callers.transpose()?;
    for path in documents {
        let text = fs::read_to_string(path).map_err(|error| Failure::Unreadable(path.clone(), error))?;
        let parsed: Option<Value> = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
        let Some(document) = parsed else { continue };
        let before = figures.faults;
        let mut growth =
            Growth { name: &name(path), keep: folders.keep, callers: callers.as_ref(), figures: &mut figures, ui };
        growth.run(document, edits, seed);
        ui.print(&format!("{}: {} faults\n", name(path), figures.faults - before));
    }
    let [none, patch, minor, major] = figures.by_bump;
    ui.print(&format!(
        "{} documents, {} edits ({} more were rejected): {none} none, {patch} patch, {minor} minor, {major} major, of these {} without a \
         part that went or changed; {} with more untyped places, as without the names; {} faults\n",
        figures.documents, figures.edits, figures.rejected, figures.cautious, figures.untyped, figures.faults
    ));
    if figures.compiled > 0 {
        let reasons = figures.compiles.iter().map(|(reason, count)| format!("{count} {reason}"));
        let reasons: Vec<String> = reasons.collect();
        let reasons = if reasons.is_empty() { "none".to_owned() } else { reasons.join("; ") };
        ui.print(&format!(
            "callers compiled after {} edits; major versions with which they compile: {reasons}\n",
            figures.compiled
        ));
    }
    Ok(if figures.faults == 0 { Exit::Done } else { Exit::Refused })
}

/// A crate at a step, with what is read of it.
struct Step {
    analysis: Analysis,
    names: String,
    files: Vec<File>,
    surface: Surface,
}

/// Plans and emits a crate; `None` if the document is rejected.
fn step(document: &Value, names: Option<&str>) -> Option<Step> {
    let source = Source { name: "api.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|text| Source { name: "names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
    let options = Options { names, accept_renames: true, wire_tests: false, ..Options::new("grown") };
    let mut analysis = analyse(&source, &[], &NoFiles, &options).product?;
    let files = std::mem::take(&mut analysis.generated.files);
    let surface = Surface::of(&files).ok()?;
    Some(Step { names: analysis.generated.names_text(), analysis, files, surface })
}

/// The growth of one document.
struct Growth<'a> {
    name: &'a str,
    keep: Option<&'a Path>,
    callers: Option<&'a Callers>,
    figures: &'a mut Figures,
    ui: &'a Ui,
}

impl Growth<'_> {
    fn run(&mut self, document: Value, edits: u32, seed: u64) {
        let Some(mut before) = step(&document, None) else { return };
        self.figures.documents += 1;
        let (mut document, mut source) = (document, Edits::of(seed + self.name.len() as u64));
        let (mut done, mut tried) = (0, 0);
        while done < edits && tried < edits * 8 {
            tried += 1;
            let mut changed = document.clone();
            let Some(about) = source.apply(&mut changed) else { continue };
            let Some(after) = step(&changed, Some(&before.names)) else {
                self.figures.rejected += 1;
                continue;
            };
            done += 1;
            let pair = Pair { document: &document, before: &before, changed: &changed, after: &after, about: &about };
            self.judge(&pair, done);
            (document, before) = (changed, after);
            self.figures.edits += 1;
        }
    }

    fn judge(&mut self, pair: &Pair<'_>, number: u32) {
        let Pair { before, after, .. } = pair;
        let changes = compare_crates(&before.analysis.plan, &after.analysis.plan);
        let wire = compare(&before.analysis.api, &after.analysis.api);
        let bump = changes.iter().map(|change| change.bump).max().unwrap_or(Bump::None);
        self.figures.by_bump[bump as usize] += 1;
        let verdict = verdict::of(&before.surface, &after.surface, &changes, bump);
        self.figures.cautious += usize::from(verdict.is_cautious);
        let mut faults = verdict.faults;
        faults.extend(self.untyped(pair, verdict.untyped));
        faults.extend(self.compile(pair, &changes, bump));
        let (name, about) = (self.name, pair.about);
        for fault in &faults {
            self.ui.print(&format!("{name}, edit {number} ({about}): {fault}\n"));
        }
        self.figures.faults += faults.len();
        if let Some(folder) = self.keep {
            let said = format!("{} {}\n{about}\n", bump.word(), wire.len());
            if let Err(error) = pair.write(&folder.join(format!("{name}-{number}")), &said) {
                self.ui.say(&Written::<Terminal>::lines(&format!("{error}\n")));
            }
        }
    }

    /// Returns the faults of places that lost their type, unless a crate without the names has none there either: then the edit took
    /// their schema away.
    fn untyped(&mut self, pair: &Pair<'_>, parts: Vec<(String, String)>) -> Vec<String> {
        let untyped = |step: &Step| step.analysis.plan.untyped.count();
        let has_more = untyped(pair.after) > untyped(pair.before);
        if !has_more && parts.is_empty() {
            return Vec::new();
        }
        self.figures.untyped += usize::from(has_more);
        let Some(fresh) = step(pair.changed, None) else { return parts.into_iter().map(|(_, now)| now).collect() };
        let lost = parts.into_iter().filter(|(path, _)| !verdict::is_untyped_in(path, &fresh.surface));
        let mut faults: Vec<String> = lost.map(|(_, now)| now).collect();
        if has_more && untyped(&fresh) < untyped(pair.after) {
            faults.push("more places without a type than without the names".to_owned());
        }
        faults
    }

    /// Compiles the callers of a pair, and returns the faults of the report.
    fn compile(&mut self, pair: &Pair<'_>, changes: &[RustChange], bump: Bump) -> Vec<String> {
        let Some(callers) = self.callers else { return Vec::new() };
        let errors = match callers.compile(&pair.before.files, &pair.after.files) {
            Ok(errors) => errors,
            Err(error) => return vec![format!("the callers cannot be compiled: {error}")],
        };
        self.figures.compiled += 1;
        let first = |errors: &[String]| errors.iter().take(3).cloned().collect::<Vec<String>>().join("; ");
        if !errors.own.is_empty() {
            return vec![format!("the crate, or what calls it, does not compile: {}", first(&errors.own))];
        }
        if !errors.old.is_empty() && bump < Bump::Major {
            let said = bump.word();
            return vec![format!(
                "the version is a {said} one, and what called the old crate does not compile: {}",
                first(&errors.old)
            )];
        }
        if errors.old.is_empty() && bump == Bump::Major {
            let gravest: Vec<&RustChange> = changes.iter().filter(|change| change.bump == Bump::Major).collect();
            for change in &gravest {
                let reason = format!("{} {}", change.kind.word(), change.verb.word());
                *self.figures.compiles.entry(reason).or_default() += 1;
                self.ui.print(&format!("{} ({}): compiles, although {}\n", self.name, pair.about, change.path));
            }
        }
        Vec::new()
    }
}

/// Two documents, one edit apart, with the names of the first.
struct Pair<'a> {
    document: &'a Value,
    before: &'a Step,
    changed: &'a Value,
    after: &'a Step,
    about: &'a str,
}

impl Pair<'_> {
    /// Writes the files to judge the pair: both documents, their names, and the report.
    fn write(&self, folder: &Path, said: &str) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("before.json"), self.document.to_string())?;
        fs::write(folder.join("before.names.yaml"), &self.before.names)?;
        fs::write(folder.join("after.json"), self.changed.to_string())?;
        fs::write(folder.join("after.names.yaml"), &self.after.names)?;
        fs::write(folder.join("said.txt"), format!("{said}{}\n", self.about))
    }
}
