//! The results of one document.

use serde_json::Value;

use super::cargo::Verdict;
use super::facts::Facts;
use crate::measure::{Cost, Run};

/// The results of one document.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) facts: Facts,
    /// The outcome of generating.
    pub(super) outcome: Outcome,
    /// The summary that the command line printed.
    pub(super) summary: Value,
    pub(super) cost: Cost,
    pub(super) lines: usize,
    pub(super) check: Option<Verdict>,
    pub(super) clippy: Option<Verdict>,
    pub(super) doc: Option<Verdict>,
    pub(super) examples: Option<Verdict>,
}

pub(super) enum Outcome {
    Generated,
    Rejected(String),
    Crashed(String),
    TimedOut,
}

impl Row {
    /// A figure of the summary.
    pub(super) fn said(&self, key: &str) -> Option<usize> {
        self.summary[key].as_u64().and_then(|number| usize::try_from(number).ok())
    }

    /// The operations that were emitted.
    pub(super) fn operations(&self) -> Option<usize> {
        self.said("operations")
    }

    /// The places without a type, and all places.
    pub(super) fn untyped(&self) -> Option<(u64, usize)> {
        let reasons = self.summary["untyped"].as_object()?;
        Some((reasons.values().filter_map(Value::as_u64).sum(), self.said("places")?))
    }

    /// The result in a word.
    pub(super) fn result(&self) -> &'static str {
        match &self.outcome {
            Outcome::Rejected(_) => "rejected",
            Outcome::Crashed(_) => "crashed",
            Outcome::TimedOut => "time out",
            Outcome::Generated if self.operations().is_some_and(|emitted| emitted != self.facts.operations) => {
                "operations"
            }
            Outcome::Generated => match self.verdicts().find(|(_, verdict)| !verdict.is_clean()) {
                Some((tool, _)) => tool,
                None => "ok",
            },
        }
    }

    /// Returns the reason why the document fails, if it does.
    pub(super) fn shortfall(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Rejected(why) | Outcome::Crashed(why) => Some(why.clone()),
            Outcome::TimedOut => Some("generating it took too long".to_owned()),
            Outcome::Generated if self.result() == "operations" => {
                Some(format!("{} operations were emitted", self.operations().unwrap_or_default()))
            }
            Outcome::Generated => {
                self.verdicts().find(|(_, verdict)| !verdict.is_clean()).map(|(_, verdict)| verdict.first.clone())
            }
        }
    }

    fn verdicts(&self) -> impl Iterator<Item = (&'static str, &Verdict)> {
        let all = [("check", &self.check), ("clippy", &self.clippy), ("doc", &self.doc), ("examples", &self.examples)];
        all.into_iter().filter_map(|(tool, verdict)| Some((tool, verdict.as_ref()?)))
    }
}

/// Returns the outcome of generating.
pub(super) fn outcome(run: &Run) -> Outcome {
    if run.timed_out {
        return Outcome::TimedOut;
    }
    let said = run.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let message = said
        .filter(|line| line["severity"] == "error" || line["reason"] == "failure")
        .find_map(|line| line["message"].as_str().map(str::to_owned))
        .or_else(|| run.stderr.lines().find(|line| !line.trim().is_empty()).map(str::to_owned))
        .unwrap_or_else(|| "nothing was said".to_owned());
    match run.code {
        Some(0) => Outcome::Generated,
        Some(1) => Outcome::Rejected(message),
        _ => Outcome::Crashed(message),
    }
}

/// The line with the size of the crate.
pub(super) fn summary(run: &Run) -> Value {
    let said = run.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    said.rev().find(|line| line["reason"] == "client").unwrap_or_default()
}
