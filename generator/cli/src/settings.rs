//! Settings for a document: strict modes, allowances and limits.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

use crate::bounded::MOST_BYTES;

/// Settings of one document, from the command line, from `codegen.toml`, or from both.
#[derive(Clone, Debug, Default, Args)]
pub struct Settings {
    /// Reject what the OpenAPI Specification forbids, even where generation could carry on
    #[arg(long)]
    pub strict: bool,
    /// Reject documents of which any part would be degraded or ignored
    #[arg(long)]
    pub deny_loss: bool,
    /// Emit types that keep members and values which the document doesn't describe, instead of ignoring or refusing them
    #[arg(long)]
    pub keep_everything: bool,
    /// Emit tests of what each operation sends, and of what it makes of each answer
    #[arg(long)]
    pub wire_tests: bool,
    /// Emit a mock server for the tests of programs that use the crate, behind the feature `mock`
    #[arg(long)]
    pub mock: bool,
    /// Emit `validate` on types, which holds values to the bounds of the description, behind the feature `validate`
    #[arg(long)]
    pub validation: bool,
    /// The folder whose files the document may refer to, if that is not the document's own: a folder above it
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Permit a finding at a place all the same; `*` in the pointer stands for any name, `**` for several; may be given several times
    #[arg(long = "allow", value_name = "CODE:POINTER")]
    pub allow: Vec<Allow>,
    /// The most bytes that a file may have
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_bytes: Option<usize>,
    /// The most levels that values may be nested (YAML never goes beyond 128)
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_depth: Option<usize>,
    /// The most values that a document may have
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_nodes: Option<usize>,
    /// The most values that YAML aliases may add
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_alias_nodes: Option<usize>,
}

/// A permission for one finding at one place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The rule's code.
    pub code: String,
    /// The places, as a JSON pointer into the file as its author wrote it: `*` stands for any name, `**` for several.
    pub pointer: String,
    /// The reason, which is shown with the finding.
    pub reason: Option<String>,
}

impl std::str::FromStr for Allow {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let split = text.split_once(':').filter(|(code, pointer)| !code.is_empty() && pointer.starts_with('/'));
        let (code, pointer) =
            split.ok_or("expected a rule's code, a colon, and a JSON pointer that starts with `/`")?;
        Ok(Allow { code: code.to_owned(), pointer: pointer.to_owned(), reason: None })
    }
}

impl Settings {
    /// The most bytes that a file may have.
    pub fn most_bytes(&self) -> usize {
        self.max_bytes.unwrap_or(MOST_BYTES)
    }

    /// These, and over them what the command line says.
    pub fn overridden_by(mut self, line: &Settings) -> Settings {
        self.strict |= line.strict;
        self.deny_loss |= line.deny_loss;
        self.keep_everything |= line.keep_everything;
        self.wire_tests |= line.wire_tests;
        self.mock |= line.mock;
        self.validation |= line.validation;
        self.root = line.root.clone().or(self.root);
        self.allow.extend(line.allow.iter().cloned());
        self.max_bytes = line.max_bytes.or(self.max_bytes);
        self.max_depth = line.max_depth.or(self.max_depth);
        self.max_nodes = line.max_nodes.or(self.max_nodes);
        self.max_alias_nodes = line.max_alias_nodes.or(self.max_alias_nodes);
        self
    }
}
