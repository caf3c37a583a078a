//! The context of the walk along the grammar, and what its passes share.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::grammar::Version;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Origins, Trail};

/// The context of a walk.
pub(super) struct Walk<'a> {
    /// The version whose rules hold.
    pub(super) version: Version,
    /// The version that the document states; a document of 2.0 is walked after its conversion to 3.0.
    pub(super) written: Version,
    pub(super) origins: &'a mut Origins,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// True if the current object is unusable.
    pub(super) unusable: bool,
    pub(super) schemes: LeftOutSchemes,
}

/// The names of the security schemes that were left out: requirements that name them go with them.
pub(super) type LeftOutSchemes = HashSet<String>;

/// The action to take on a field once its value was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldAction {
    Keep,
    Drop,
    /// Rename the field.
    Rename(String),
}

impl Walk<'_> {
    pub(super) fn report(&mut self, rule: Rule, trail: &Trail<'_>, message: impl std::fmt::Display) {
        self.diagnostics.push(rule.at(trail).message(message));
    }

    /// Reports the use of a construct of the version `since`.
    pub(super) fn newer(&mut self, since: Version, trail: &Trail<'_>, message: &str) {
        let found = Rule::NewerField.at(trail).message(message);
        self.diagnostics.push(match (self.written, since) {
            (Version::V20, _) => found.help("no change is needed; a strict reader of Swagger 2.0 ignores it"),
            (_, Version::V32) => found
                .help("no change is needed; an overlay can raise the version: {target: $, update: {openapi: 3.2.0}}"),
            (_, Version::V20 | Version::V30 | Version::V31) => found,
        });
    }

    /// Reports a fault of the current object, on which operations and types do not depend: it is left out.
    pub(super) fn leave_out(&mut self, trail: &Trail<'_>, message: impl std::fmt::Display) {
        self.unusable = true;
        self.report(Rule::LeftOut, trail, message);
    }

    /// Drops and renames members, keeping their order.
    pub(super) fn apply_actions(
        &mut self,
        members: &mut Map<String, Value>,
        actions: Vec<(String, FieldAction)>,
        trail: &Trail<'_>,
    ) {
        if actions.is_empty() {
            return;
        }
        let mut actions = actions.into_iter().peekable();
        let old = std::mem::take(members);
        for (key, value) in old {
            let action = actions.next_if(|(name, _)| *name == key).map_or(FieldAction::Keep, |(_, action)| action);
            match action {
                FieldAction::Keep => {
                    members.insert(key, value);
                }
                FieldAction::Drop => {}
                FieldAction::Rename(new) => {
                    self.origins.relocate(&trail.key(&key).pointer(), &trail.key(&new).pointer());
                    members.insert(new, value);
                }
            }
        }
    }
}

/// The type of a value, in the words of messages.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
