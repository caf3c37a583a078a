//! Findings: each has a rule, a place in the document, a message, and a way to correct it.

mod diagnostic;
mod policy;
mod rule;
mod severity;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

pub use diagnostic::{Allowed, Diagnostic};
pub use policy::{Allowance, Policy};
pub use rule::{Entry, Kind, Rule};
pub use severity::Severity;

use crate::place::{Origins, Pointer, Source};

/// All findings of a run, in the order in which they were reported.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    allowed: Vec<Allowed>,
    policy: Policy,
    resolved: usize,
    finished: usize,
    used: Vec<bool>,
    /// The findings of finished stages, by the hash of their rule, place and message.
    reported: HashMap<u64, Reported>,
    /// The first finding of this stage with a rule and a message, for those before `indexed`.
    first: HashMap<(Rule, String), usize>,
    indexed: usize,
    files: Vec<Source>,
}

/// The index of a finding that has been reported.
#[derive(Clone, Copy, Debug)]
enum Reported {
    Found(usize),
    Allowed(usize),
}

fn hash(diagnostic: &Diagnostic) -> u64 {
    let mut hasher = DefaultHasher::new();
    (diagnostic.rule, &diagnostic.place, &diagnostic.message).hash(&mut hasher);
    hasher.finish()
}

impl Diagnostics {
    /// Sets the policy for all further findings.
    pub fn set_policy(&mut self, policy: Policy) {
        self.used = vec![false; policy.allowances.len()];
        self.policy = policy;
    }

    /// Adds a finding. Equal findings at the same place are reported once, when the stage is finished.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        self.policy.escalate(&mut diagnostic);
        self.found.push(diagnostic);
    }

    /// Adds a finding whose place is one more place of a fault, if the fault has been reported in this stage: it is then related to that
    /// finding.
    pub fn push_or_join(&mut self, diagnostic: Diagnostic, origins: &Origins) {
        for index in self.indexed..self.found.len() {
            let found = &self.found[index];
            self.first.entry((found.rule, found.message.clone())).or_insert(index);
        }
        self.indexed = self.found.len();
        match self.first.get(&(diagnostic.rule, diagnostic.message.clone())) {
            Some(&first) => {
                let mut place = diagnostic.place;
                place.resolve(origins);
                self.found[first].related.push((place, "here too".to_owned()));
            }
            None => self.push(diagnostic),
        }
    }

    /// Forgets which findings of this stage have which message.
    fn forget_messages(&mut self) {
        self.first.clear();
        self.indexed = self.finished;
    }

    /// Converts the places of the findings so far to places in the input files.
    ///
    /// A pass that moves values calls this first, because `origins` afterwards describes the new places.
    pub fn resolve(&mut self, origins: &Origins) {
        for diagnostic in &mut self.found[self.resolved..] {
            diagnostic.place.resolve(origins);
            diagnostic.related.iter_mut().for_each(|(place, _)| place.resolve(origins));
        }
        self.resolved = self.found.len();
    }

    /// The findings whose places are still those of the normalized tree.
    pub fn pending(&self) -> &[Diagnostic] {
        &self.found[self.resolved..]
    }

    /// Puts others in the place of pending findings.
    pub fn rewrite_pending(&mut self, mut rewrite: impl FnMut(&Diagnostic) -> Option<Diagnostic>) {
        for found in &mut self.found[self.resolved..] {
            if let Some(mut other) = rewrite(found) {
                self.policy.escalate(&mut other);
                *found = other;
            }
        }
        self.forget_messages();
    }

    /// Returns the number of findings.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns whether any of the findings after the first `count` is an error.
    pub fn has_errors_since(&self, count: usize) -> bool {
        self.found.iter().skip(count).any(|found| found.severity == Severity::Error)
    }

    /// Keeps a file that a stage read, so that rendered findings can show it.
    pub fn keep(&mut self, file: Source) {
        self.files.push(file);
    }

    /// The files that were kept.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// Applies the allowances to the findings since the last call, and `deny_loss` to those that remain.
    ///
    /// Every stage ends with this call. An allowance names a place in the author's file, which `origins` finds.
    pub fn finish_stage(&mut self, origins: &Origins) {
        self.resolve(origins);
        let fresh = self.found.split_off(self.finished);
        for mut diagnostic in fresh {
            let hash = hash(&diagnostic);
            if self.is_reported(hash, &diagnostic) {
                continue;
            }
            if let Some(reason) = self.allowance(&diagnostic) {
                self.reported.insert(hash, Reported::Allowed(self.allowed.len()));
                self.allowed.push(Allowed { diagnostic, reason });
                continue;
            }
            self.policy.deny(&mut diagnostic);
            self.reported.insert(hash, Reported::Found(self.found.len()));
            self.found.push(diagnostic);
        }
        (self.finished, self.resolved) = (self.found.len(), self.found.len());
        self.forget_messages();
    }

    /// Returns whether a finding with this hash was reported by this or a former stage. Of two that differ but have one hash, the last counts.
    fn is_reported(&self, hash: u64, diagnostic: &Diagnostic) -> bool {
        let known = match self.reported.get(&hash) {
            Some(Reported::Found(index)) => &self.found[*index],
            Some(Reported::Allowed(index)) => &self.allowed[*index].diagnostic,
            None => return false,
        };
        (known.rule, &known.place, &known.message) == (diagnostic.rule, &diagnostic.place, &diagnostic.message)
    }

    /// Reports every allowance that matched no finding.
    pub fn report_unused_allowances(&mut self) {
        for index in 0..self.used.len() {
            if !self.used[index] {
                let allowance = &self.policy.allowances[index];
                let pointer = Pointer::parse(&allowance.pointer).unwrap_or_default();
                let found = Rule::UnusedAllowance
                    .at(pointer)
                    .message(format_args!("no finding {} is at {} any more", allowance.code, allowance.pointer));
                self.found.push(found);
            }
        }
        self.finished = self.found.len();
        self.forget_messages();
    }

    /// Returns the reason of the first allowance that covers a finding, and marks all that do as used.
    fn allowance(&mut self, diagnostic: &Diagnostic) -> Option<Option<String>> {
        if diagnostic.severity == Severity::Error {
            return None;
        }
        let mut reason = None;
        for (index, allowance) in self.policy.allowances.iter().enumerate() {
            if allowance.covers(diagnostic) {
                self.used[index] = true;
                reason.get_or_insert_with(|| allowance.reason.clone());
            }
        }
        reason
    }

    /// Returns whether there is an error, which prevents emission.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// Returns the number of findings of this severity, without those that are shown only on request.
    pub fn count(&self, severity: Severity) -> usize {
        let shown = |found: &&Diagnostic| found.rule.kind() != Kind::Equivalent;
        self.found.iter().filter(shown).filter(|found| found.severity == severity).count()
    }

    /// The findings that an allowance permits, which are not among the others.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }
}
