//! The first reading of a YAML text, with marks: the checks of it, and its tree where it is plain YAML.

use std::ops::ControlFlow;

use serde_json::Value;

use super::checks::Checks;
use super::events::{Event, Listener, Mark};
use super::limits::Limits;
use super::plain_yaml::{PlainYaml, is_plain_subset};
use super::yaml;

/// The result of a first reading.
pub(super) struct FirstPass<'a> {
    pub(super) checks: Checks<'a>,
    /// The tree, if the text is plain YAML.
    pub(super) plain: Option<Value>,
    /// The position and message of a syntax error.
    pub(super) marked: Result<(), (Mark, String)>,
}

impl<'a> FirstPass<'a> {
    pub(super) fn read(name: &'a str, text: &str, limits: &'a Limits) -> Self {
        Self::listen(name, text, limits, is_plain_subset(text))
    }

    /// Reads without a tree, whatever the text is.
    #[cfg(test)]
    pub(super) fn checks_only(name: &'a str, text: &str, limits: &'a Limits) -> Self {
        Self::listen(name, text, limits, false)
    }

    fn listen(name: &'a str, text: &str, limits: &'a Limits, with_tree: bool) -> Self {
        let new = || ScanListener { checks: Checks::new(name, limits), plain: with_tree.then(PlainYaml::default) };
        let (ScanListener { checks, plain }, marked) = yaml::listen_leniently(text, new);
        // The tree of a text with faults or of a part of a text is of no use.
        let plain = plain.filter(|_| marked.is_ok() && checks.faults.is_empty()).and_then(PlainYaml::root);
        FirstPass { checks, plain, marked }
    }
}

struct ScanListener<'a> {
    checks: Checks<'a>,
    plain: Option<PlainYaml>,
}

impl Listener for ScanListener<'_> {
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()> {
        if let Some(plain) = &mut self.plain
            && plain.event(&event, start, end).is_none()
        {
            self.plain = None;
        }
        self.checks.event(event, start, end)
    }
}
