//! Growth: random edits of real documents, with the names kept, and checks of the report of `diff` on each.
//!
//! The judge reads the emitted files a second time. The comparison must report every part that was removed or changed, and the
//! version that it requires must then be a major one.

mod edits;
mod operations;
mod random;
mod surface;
mod verdict;

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::compare::{Bump, compare, compare_crates};
use clientwright::{Analysis, NoFiles, Options, Source, analyse};
use clientwright_cli::Exit;
use clientwright_cli::compile::written::{Terminal, Written};
use clientwright_cli::report::{Failure, Ui};
use serde_json::Value;

use super::name::name;
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
    faults: usize,
}

/// Edits each document a number of times, and judges every step.
pub(super) fn run(documents: &[PathBuf], edits: u32, seed: u64, keep: Option<&Path>, ui: &Ui) -> Result<Exit, Failure> {
    let mut figures = Figures::default();
    for path in documents {
        let text = fs::read_to_string(path).map_err(|error| Failure::Unreadable(path.clone(), error))?;
        let parsed: Option<Value> = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
        let Some(document) = parsed else { continue };
        let before = figures.faults;
        grow(&name(path), document, edits, seed, keep, &mut figures, ui);
        ui.print(&format!("{}: {} faults\n", name(path), figures.faults - before));
    }
    let [none, patch, minor, major] = figures.by_bump;
    ui.print(&format!(
        "{} documents, {} edits ({} more were rejected): {none} none, {patch} patch, {minor} minor, {major} major, of these {} without a \
         part that went or changed; {} faults\n",
        figures.documents, figures.edits, figures.rejected, figures.cautious, figures.faults
    ));
    Ok(if figures.faults == 0 { Exit::Done } else { Exit::Refused })
}

/// A crate at a step, with what is read of it.
struct Step {
    analysis: Analysis,
    names: String,
    surface: Surface,
}

/// Plans and emits a crate; `None` if the document is rejected.
fn step(document: &Value, names: Option<&str>) -> Option<Step> {
    let mut analysis = analysed(document, names, false)?;
    let files = std::mem::take(&mut analysis.generated.files);
    let surface = Surface::of(&files).ok()?;
    Some(Step { names: analysis.generated.names_text(), analysis, surface })
}

fn analysed(document: &Value, names: Option<&str>, wire_tests: bool) -> Option<Analysis> {
    let source = Source { name: "api.json".to_owned(), bytes: document.to_string().into_bytes() };
    let names = names.map(|text| Source { name: "names.yaml".to_owned(), bytes: text.as_bytes().to_vec() });
    let options = Options { names, accept_renames: true, wire_tests, ..Options::new("grown") };
    analyse(&source, &[], &NoFiles, &options).product
}

fn grow(name: &str, document: Value, edits: u32, seed: u64, keep: Option<&Path>, figures: &mut Figures, ui: &Ui) {
    let Some(mut before) = step(&document, None) else { return };
    figures.documents += 1;
    let (mut document, mut source) = (document, Edits::of(seed + name.len() as u64));
    let (mut done, mut tried) = (0, 0);
    while done < edits && tried < edits * 8 {
        tried += 1;
        let mut changed = document.clone();
        let Some(about) = source.apply(&mut changed) else { continue };
        let Some(after) = step(&changed, Some(&before.names)) else {
            figures.rejected += 1;
            continue;
        };
        done += 1;
        let changes = compare_crates(&before.analysis.plan, &after.analysis.plan);
        let wire = compare(&before.analysis.api, &after.analysis.api);
        let bump = changes.iter().map(|change| change.bump).max().unwrap_or(Bump::None);
        figures.by_bump[bump as usize] += 1;
        let verdict = verdict::of(&before.surface, &after.surface, &changes, bump);
        figures.cautious += usize::from(verdict.is_cautious);
        let mut faults = verdict.faults;
        if after.analysis.plan.untyped.count() > before.analysis.plan.untyped.count()
            && step(&changed, None)
                .is_some_and(|fresh| fresh.analysis.plan.untyped.count() < after.analysis.plan.untyped.count())
        {
            faults.push("more places without a type than without the names".to_owned());
        }
        for fault in &faults {
            ui.print(&format!("{name}, edit {done} ({about}): {fault}\n"));
        }
        figures.faults += faults.len();
        if let Some(folder) = keep {
            let pair = Pair { document: &document, before: &before, changed: &changed, after: &after, about: &about };
            let said = format!("{} {}\n{about}\n", bump.word(), wire.len());
            if let Err(error) = pair.write(&folder.join(format!("{name}-{done}")), &said) {
                ui.say(&Written::<Terminal>::lines(&format!("{error}\n")));
            }
        }
        (document, before) = (changed, after);
        figures.edits += 1;
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
