//! The first reading of a YAML text, with marks: a survey of it, and its tree where it is a usual one.

use std::ops::ControlFlow;

use serde_json::Value;

use super::events::{Event, Listener, Mark};
use super::survey::Survey;
use super::usual::{Usual, has_usual_lines};
use super::{Limits, yaml};

/// What a first reading came to.
pub(super) struct First<'a> {
    pub(super) survey: Survey<'a>,
    /// The tree, if the text is a usual one.
    pub(super) usual: Option<Value>,
    /// Where the text stopped being YAML.
    pub(super) marked: Result<(), (Mark, String)>,
}

impl<'a> First<'a> {
    pub(super) fn read(name: &'a str, text: &str, limits: &'a Limits) -> Self {
        Self::listen(name, text, limits, has_usual_lines(text).then(Usual::default))
    }

    /// Reads without a tree, whatever the text is.
    #[cfg(test)]
    pub(super) fn survey(name: &'a str, text: &str, limits: &'a Limits) -> Self {
        Self::listen(name, text, limits, None)
    }

    fn listen(name: &'a str, text: &str, limits: &'a Limits, usual: Option<Usual>) -> Self {
        let mut both = Both { survey: Survey::new(name, limits), usual };
        let marked = yaml::listen(text, &mut both);
        let Both { survey, usual } = both;
        // The tree of a text with faults or of a part of a text is of no use.
        let usual = usual.filter(|_| marked.is_ok() && survey.faults.is_empty()).and_then(Usual::root);
        First { survey, usual, marked }
    }
}

struct Both<'a> {
    survey: Survey<'a>,
    usual: Option<Usual>,
}

impl Listener for Both<'_> {
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()> {
        if let Some(usual) = &mut self.usual
            && usual.event(&event, start, end).is_none()
        {
            self.usual = None;
        }
        self.survey.event(event, start, end)
    }
}
