//! The workflow commands of GitHub's runner: `::error file=…,title=…::message`.

use super::characters::{OLD_COMMAND, is_interpreted};
use super::text::{Language, Written};

/// The message of a command, which ends with the line: `%`, CR and LF are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workflow;

impl Language for Workflow {
    fn escape(text: &str, to: &mut String) {
        data(text, to);
    }
}

/// A property of a command: `:` and `,` end it, so these are escaped as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkflowProperty;

impl Language for WorkflowProperty {
    fn escape(text: &str, to: &mut String) {
        let mut escaped = String::with_capacity(text.len());
        data(text, &mut escaped);
        to.push_str(&escaped.replace(':', "%3A").replace(',', "%2C"));
    }
}

impl Written<Workflow> {
    /// Adds a property.
    pub fn property(&mut self, value: &Written<WorkflowProperty>) -> &mut Self {
        self.text.push_str(&value.text);
        self
    }
}

fn data(text: &str, to: &mut String) {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_interpreted(character) && character != '\n' {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    let shown = shown.replace(OLD_COMMAND, "##\\[").replace('%', "%25").replace('\n', "%0A");
    to.push_str(&shown);
}
