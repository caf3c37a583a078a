//! What the stages report: each finding names its rule, its place in the document, why, and the way out.

mod policy;
mod render;
mod rule;

use std::collections::HashSet;
use std::fmt;

pub use policy::{Allowance, Policy};
pub use render::{Format, render};
pub use rule::{Entry, Kind, Rule};

use crate::document::{Origins, Pointer, Position, Source};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was lost, or what was lost is listed.
    Note,
    /// The crate is emitted, but says less, or other, than the document may have meant.
    Warning,
    /// Nothing is emitted.
    Error,
}

impl Severity {
    /// The word that messages use.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the normalized tree; [`Origins`] knows which file and pointer that came from.
    Tree(Pointer),
    /// In a file, by the pointer that holds there.
    File(String, Pointer),
    /// In a file that could not be read as a tree.
    Text(String, Position),
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it falls under.
    pub rule: Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// The place.
    pub place: Place,
    /// What was found.
    pub message: String,
    /// What to do about it here; the rule's own way out where this is `None`.
    pub help: Option<String>,
    /// Other places that belong to it, each with what it has to do with this.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A finding under `rule` at `place`.
    pub fn new(rule: Rule, place: Place) -> Self {
        Diagnostic { rule, severity: rule.severity(), place, message: String::new(), help: None, related: Vec::new() }
    }

    /// Says what was found, in a sentence about this document.
    #[must_use]
    pub fn because(mut self, message: impl fmt::Display) -> Self {
        self.message = message.to_string();
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl fmt::Display) -> Self {
        self.help = Some(help.to_string());
        self
    }

    /// Says what was probably meant, if there is an idea of that; else the way out stays the rule's own.
    #[must_use]
    pub fn perhaps(self, meant: Option<impl fmt::Display>) -> Self {
        match meant {
            Some(meant) => self.help(format_args!("perhaps `{meant}` is meant")),
            None => self,
        }
    }

    /// Adds another place in the normalized tree that has to do with it.
    #[must_use]
    pub fn related(self, pointer: impl Into<Pointer>, label: impl fmt::Display) -> Self {
        self.related_at(Place::Tree(pointer.into()), label)
    }

    /// Adds another place, wherever it is.
    #[must_use]
    pub fn related_at(mut self, place: Place, label: impl fmt::Display) -> Self {
        self.related.push((place, label.to_string()));
        self
    }

    /// The pointer that the finding carries; the whole document where it is known by line and column alone.
    pub fn pointer(&self) -> Pointer {
        match &self.place {
            Place::Tree(pointer) | Place::File(_, pointer) => pointer.clone(),
            Place::Text(..) => Pointer::root(),
        }
    }
}

/// All findings of a run, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    policy: Policy,
    resolved: usize,
    settled: usize,
    used: Vec<bool>,
    told: HashSet<(Rule, Place, String)>,
    files: Vec<Source>,
}

impl Diagnostics {
    /// Says how strictly findings are taken from now on.
    pub fn set_policy(&mut self, policy: Policy) {
        self.used = vec![false; policy.allowances.len()];
        self.policy = policy;
    }

    /// Adds a finding. The same finding at the same place is told once, when the stage settles.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        self.policy.escalate(&mut diagnostic);
        self.found.push(diagnostic);
    }

    /// Writes the places of the findings so far as those of the files that they came from.
    ///
    /// A pass that moves things does this before: afterwards `origins` would answer for what stands there then.
    pub fn resolve(&mut self, origins: &Origins) {
        for diagnostic in &mut self.found[self.resolved..] {
            origins.resolve(&mut diagnostic.place);
            diagnostic.related.iter_mut().for_each(|(place, _)| origins.resolve(place));
        }
        self.resolved = self.found.len();
    }

    /// Keeps a file that a stage read, so that messages can show it.
    pub fn keep(&mut self, file: Source) {
        self.files.push(file);
    }

    /// The files that were kept.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// Applies the committed allowances, and `deny_loss` to what they leave, to the findings since the last call.
    ///
    /// Every stage ends with this: an allowance names a place as the author wrote it, which only `origins` knows.
    pub fn settle(&mut self, origins: &Origins) {
        self.resolve(origins);
        let fresh = self.found.split_off(self.settled);
        for mut diagnostic in fresh {
            if !self.told.insert((diagnostic.rule, diagnostic.place.clone(), diagnostic.message.clone())) {
                continue;
            }
            if self.allowed(&diagnostic) {
                continue;
            }
            self.policy.deny(&mut diagnostic);
            self.found.push(diagnostic);
        }
        (self.settled, self.resolved) = (self.found.len(), self.found.len());
    }

    /// Reports every allowance that silenced nothing, so that none outlives its reason.
    pub fn report_unused_allowances(&mut self) {
        for index in 0..self.used.len() {
            if !self.used[index] {
                let allowance = &self.policy.allowances[index];
                let pointer = Pointer::parse(&allowance.pointer).unwrap_or_default();
                let found = Rule::UnusedAllowance
                    .at(pointer)
                    .because(format_args!("no finding {} is at {} any more", allowance.code, allowance.pointer));
                self.found.push(found);
            }
        }
        self.settled = self.found.len();
    }

    fn allowed(&mut self, diagnostic: &Diagnostic) -> bool {
        if diagnostic.severity == Severity::Error {
            return false;
        }
        let pointer = diagnostic.pointer();
        let mut allowed = false;
        for (index, allowance) in self.policy.allowances.iter().enumerate() {
            if allowance.code == diagnostic.rule.code() && allowance.pointer == pointer.as_str() {
                self.used[index] = true;
                allowed = true;
            }
        }
        allowed
    }

    /// Whether anything stands in the way of emitting.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|found| found.severity == severity).count()
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }
}
