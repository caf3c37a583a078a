//! Fingerprints of the inputs and outputs of a run, by which the next run detects that nothing has changed.
//!
//! Fingerprints are kept in Cargo's target folder, one for each output folder, and not beside the output: whether a run can be
//! skipped depends on this machine. `--check` never uses one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::{Deserialize, Serialize};

use crate::bounded;
use crate::hash::hash;
use crate::messages::Client;
use crate::output;

/// A completed run.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Fingerprint {
    /// The hash of the program, of its arguments, and of the folder in which it ran.
    arguments: u64,
    /// The hashes of the files that were read; `None` for one that could not be read.
    inputs: BTreeMap<PathBuf, Option<u64>>,
    /// The hashes of the files in the folder after the run, including the list of them.
    outputs: BTreeMap<String, u64>,
    /// The findings about the document, as printed.
    diagnostics: String,
    /// The summary.
    pub(crate) summary: Summary,
}

/// The summary of a run, without its work.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Summary {
    /// For programs.
    pub(crate) client: Client,
    /// For people.
    pub(crate) counts: String,
}

/// The place of an output folder's fingerprint, and the arguments of the run.
pub(crate) struct Place {
    file: PathBuf,
    arguments: u64,
}

impl Place {
    /// The place for an output folder of the repository `root`; `None` if nothing can be kept. `asked` has all inputs of the
    /// output that are not in files.
    pub(crate) fn of(root: &Path, out: &Path, asked: &str) -> Option<Self> {
        let program = env::current_exe().ok()?;
        let about = fs::metadata(&program).ok()?;
        let asked =
            format!("{program:?} {} {:?} {:?} {asked}", about.len(), about.modified().ok()?, env::current_dir().ok()?);
        let name = hash(std::path::absolute(out).ok()?.as_os_str().as_encoded_bytes());
        Some(Place { file: folder(root)?.join(format!("{name:016x}.json")), arguments: hash(asked.as_bytes()) })
    }

    /// The last run, if another one would have the same result and the folder `out` has exactly that.
    pub(crate) fn current(&self, out: &Path) -> Option<Fingerprint> {
        let last: Fingerprint = serde_json::from_slice(&bounded::bytes(&self.file).ok()?).ok()?;
        let as_read =
            |(path, seen): (&PathBuf, &Option<u64>)| bounded::bytes(path).ok().map(|bytes| hash(&bytes)) == *seen;
        let as_held = |(path, held): (&String, &u64)| {
            let there = output::existing(out, path);
            there.is_ok_and(|bytes| bytes.is_some_and(|bytes| hash(&bytes) == *held))
        };
        let fits =
            last.arguments == self.arguments && last.inputs.iter().all(as_read) && last.outputs.iter().all(as_held);
        fits.then_some(last)
    }

    /// Removes what a killed run left.
    pub(crate) fn sweep(&self) {
        let _ = output::sweep_beside(&self.file);
    }

    /// Keeps the result of a run. If it cannot be kept, the next run repeats the work.
    pub(crate) fn keep(
        &self,
        inputs: &BTreeMap<PathBuf, Option<u64>>,
        outputs: &BTreeMap<String, u64>,
        diagnostics: &str,
        summary: &Summary,
    ) {
        let fingerprint = Fingerprint {
            arguments: self.arguments,
            inputs: inputs.clone(),
            outputs: outputs.clone(),
            diagnostics: diagnostics.to_owned(),
            summary: summary.clone(),
        };
        let Ok(text) = serde_json::to_string(&fingerprint) else { return };
        let _ = output::replace(&self.file, &text);
    }
}

impl Fingerprint {
    /// Returns the findings about the document, as printed.
    pub(crate) fn diagnostics(&self) -> &str {
        &self.diagnostics
    }
}

/// The variable that names the folder of fingerprints; empty for none.
const FOLDER: &str = "CLIENTWRIGHT_CACHE";

/// The folder of fingerprints: the one that was chosen, or else one in Cargo's own, if there is one already.
fn folder(root: &Path) -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(FOLDER) {
        return (!chosen.is_empty()).then(|| PathBuf::from(chosen));
    }
    if let Some(target) = env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty()) {
        let target = PathBuf::from(target);
        return target.is_dir().then(|| target.join("clientwright"));
    }
    // A link may have come with the repository.
    let below = Path::new("target").join("clientwright");
    let (target, linked) = (root.join("target"), output::refuse_links(root, &below).is_err());
    (target.is_dir() && !linked).then(|| root.join(below))
}
