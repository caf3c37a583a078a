//! Faults in parts that operations can do without: an unused component, or the body of a failure. They remove the part instead of
//! rejecting the document.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::failures::{Successes, answer_at};
use super::grammar::Version;
use super::usage::{component_of, left_out, mapped, referring, remove, unused};
use crate::diagnostics::{Diagnostic, Diagnostics, Kind, Rule, Severity};
use crate::place::{Place, Pointer};

/// Leaves out the unused components, and the bodies of failures, in which the last pass has found errors, and makes warnings of these.
pub(super) fn leave_out(root: &mut Value, diagnostics: &mut Diagnostics) {
    let is_error = |rule: Rule, severity: Severity| severity == Severity::Error && rule.kind() == Kind::Rejected;
    if !diagnostics.pending().iter().any(|found| is_error(found.rule, found.severity)) {
        return;
    }
    let unused = unused(root, Version::V32);
    let successes = Successes::of(root);
    let mut gone: HashSet<Pointer> = HashSet::new();
    let mut untyped: HashSet<Pointer> = HashSet::new();
    diagnostics.rewrite_pending(|found| {
        let Place::Tree(place) = &found.place else { return None };
        if !is_error(found.rule, found.severity) {
            return None;
        }
        let message = match component_of(place, Version::V32).filter(|component| unused.contains(component)) {
            Some(component) => {
                let message = left_out(&found.message, &component);
                gone.insert(component);
                message
            }
            None => {
                let answer = answer_at(place, Version::V32).filter(|answer| successes.lack(root, answer))?;
                untyped.insert(answer.body?);
                format!("{}; any value is taken as this body of a failure", found.message)
            }
        };
        let help = found.help.as_deref().unwrap_or(found.rule.entry().way_out);
        Some(Rule::LeftOut.at(place).message(message).help(help))
    });
    let (gone, findings) = dependents(root, Version::V32, &unused, gone);
    findings.into_iter().for_each(|finding| diagnostics.push(finding));
    gone.iter().for_each(|part| remove(root, part));
    for body in &untyped {
        if let Some(schema) = root.pointer_mut(body.as_str()) {
            *schema = json!({});
        }
    }
}

/// Leaves out the unused components that refer to one that is left out, and entries of mappings that lead to any of these. Returns what
/// has to be removed, and the findings.
pub(super) fn dependents(
    root: &Value,
    version: Version,
    unused: &HashSet<Pointer>,
    mut gone: HashSet<Pointer>,
) -> (Vec<Pointer>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    for (component, target) in referring(root, version, unused, &gone) {
        let message = left_out(&format!("`#{target}` is left out"), &component);
        findings.push(Rule::LeftOut.at(&component).message(message));
        gone.insert(component);
    }
    let entries = mapped(root, version, unused, &gone);
    findings.extend(entries.iter().map(|entry| {
        Rule::DanglingMapping
            .at(entry)
            .message("the schema that it leads to is left out, and so is this entry of the mapping")
    }));
    (entries.into_iter().chain(gone).collect(), findings)
}
