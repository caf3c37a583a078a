//! The messages of `--message-format json`: one object per line, distinguished by `reason`.
//!
//! Messages of the reason `finding` are written by the library. `messages.schema.json` describes all of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::compile::written::{Json, Written};

/// The JSON Schema of a message.
pub(crate) const SCHEMA: &str = include_str!("messages.schema.json");

/// A fact about a run.
#[derive(Debug, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Message<'a> {
    /// A client that was generated or compared.
    Client {
        /// The crate.
        #[serde(flatten)]
        summary: &'a Client,
        /// The number of files that were written, or with `--check` would be.
        written: usize,
        /// The number of files that were removed, or with `--check` would be.
        removed: usize,
        /// True with `--check`.
        check: bool,
        /// True if `--check` found a difference.
        stale: bool,
        /// The duration in milliseconds.
        ms: u64,
    },
    /// A client whose document was rejected; its folder is unchanged.
    Rejected {
        /// The crate's name.
        package: &'a str,
        /// The crate's folder.
        out: &'a str,
    },
    /// A file that `--check` found out of date.
    Stale {
        /// `missing`, `superfluous` or `changed`.
        kind: &'a str,
        /// The path.
        path: &'a str,
        /// The difference in the unified format.
        diff: &'a str,
    },
    /// The counts of `lint`.
    Lint {
        /// The document.
        spec: &'a str,
        /// The number of errors.
        errors: usize,
        /// The number of warnings.
        warnings: usize,
        /// The number of notes.
        notes: usize,
    },
    /// A configuration that `init` wrote.
    Init {
        /// The configuration.
        file: &'a str,
        /// The crate's name.
        package: &'a str,
    },
    /// A version that `diff --apply` wrote.
    Applied {
        /// The crate's name.
        package: &'a str,
        /// The version.
        version: &'a str,
        /// The changelog, if it has an entry for the version.
        changelog: Option<Cow<'a, str>>,
    },
    /// The reason why a command failed.
    Failure {
        /// The file that the failure is about.
        file: Option<Cow<'a, str>>,
        /// The reason.
        message: &'a str,
    },
    /// The durations of the parts of a run, with `--timings`.
    Timings {
        /// The crate's name.
        package: &'a str,
        /// The parts in the order in which they took place.
        parts: Vec<Timing>,
    },
    /// The start of a step of a long run.
    Progress {
        /// The step.
        message: &'a str,
    },
}

/// The duration of a part of a run.
#[derive(Debug, Serialize)]
pub struct Timing {
    /// `reading`, `normalizing`, `lowering`, `planning`, `emitting` or `writing`.
    pub part: &'static str,
    /// The duration in microseconds.
    pub us: u64,
}

/// The figures of a crate.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Client {
    /// The crate's name.
    pub package: String,
    /// The crate's folder.
    pub out: String,
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
    /// The number of members, alternatives, parameters and bodies.
    pub places: usize,
    /// The number of places without a type, by the cause.
    pub untyped: BTreeMap<String, usize>,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of repaired faults of the document.
    pub repaired: usize,
    /// The number of parts of the document that are degraded or ignored.
    pub lost: usize,
    /// The number of files.
    pub files: usize,
}

impl Message<'_> {
    /// Returns the message as a line.
    pub(crate) fn line(&self) -> Written<Json> {
        Written::<Json>::line(self)
    }
}
