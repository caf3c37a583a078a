//! A finding as an object for programs.

use serde::Serialize;

use super::located::{Located, Spot};
use crate::place::Pointer;

/// A message of the kind `finding`.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    /// The kind of the message, as Cargo's messages have it.
    reason: &'static str,
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    message: &'a str,
    place: Place<'a>,
    help: &'a str,
    related: Vec<Related<'a>>,
    /// The permission, if the finding is allowed.
    allowed: Option<Permission<'a>>,
}

/// A place; lines and columns begin at 1.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    pointer: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// Another place that explains the finding.
#[derive(Serialize)]
struct Related<'a> {
    place: Place<'a>,
    message: &'a str,
}

/// An allowance.
#[derive(Serialize)]
struct Permission<'a> {
    reason: Option<&'a str>,
}

impl<'a> Finding<'a> {
    pub(super) fn of(found: &'a Located<'a>) -> Self {
        let entry = found.diagnostic.rule.entry();
        Finding {
            reason: "finding",
            code: entry.code,
            severity: found.severity().word(),
            title: entry.title,
            message: found.message(),
            place: Place::of(&found.spot),
            help: found.help(),
            related: found.related.iter().map(|(spot, message)| Related { place: Place::of(spot), message }).collect(),
            allowed: found.allowed.map(|allowed| Permission { reason: allowed.reason.as_deref() }),
        }
    }
}

impl<'a> Place<'a> {
    fn of(spot: &'a Spot) -> Self {
        Place {
            file: &spot.file,
            pointer: spot.pointer.as_ref().map(Pointer::as_str),
            line: spot.position.map(|at| at.line),
            column: spot.position.map(|at| at.column),
            end_line: spot.position.map(|at| at.end_line),
            end_column: spot.position.map(|at| at.end_column),
        }
    }
}
