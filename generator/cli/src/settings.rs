//! Options on the command line: strict modes, parts of the crate, allowances and limits.

use std::path::PathBuf;

use clap::Args;

use crate::compile::{Allowance, Limits, Options};

/// The options that the command line adds to those of `codegen.toml`, or overrides.
#[derive(Clone, Debug, Default, Args)]
pub struct Settings {
    /// Reject everything that the OpenAPI Specification forbids, even if generation could continue
    #[arg(long)]
    pub strict: bool,
    /// Reject documents of which any part would be degraded or ignored
    #[arg(long)]
    pub deny_loss: bool,
    /// Emit types that keep members and values which the document doesn't describe, instead of ignoring or refusing them
    #[arg(long)]
    pub keep_everything: bool,
    /// Emit tests of the request of each operation, and of the value read from each response
    #[arg(long)]
    pub wire_tests: bool,
    /// Emit a command line that calls each operation, behind the feature `cli`
    #[arg(long)]
    pub cli: bool,
    /// Emit a mock server for the tests of programs that use the crate, behind the feature `mock`
    #[arg(long)]
    pub mock: bool,
    /// Emit `validate` on types, which checks values against the bounds of the document, behind the feature `validate`
    #[arg(long)]
    pub validation: bool,
    /// The folder whose files the document may refer to, if that is not the document's own: a folder above it
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Permit a finding at a place; `*` in the pointer stands for any name, `**` for several; may be given several times
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow(Allowance);

impl std::str::FromStr for Allow {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let split = text.split_once(':').filter(|(code, pointer)| !code.is_empty() && pointer.starts_with('/'));
        let (code, pointer) =
            split.ok_or("expected a rule's code, a colon, and a JSON pointer that starts with `/`")?;
        Ok(Allow(Allowance { code: code.to_owned(), pointer: pointer.to_owned(), reason: None }))
    }
}

impl Settings {
    /// Adds to the options, or overrides them.
    pub fn apply(&self, options: &mut Options) {
        let Settings { strict, deny_loss, keep_everything, wire_tests, cli, mock, validation, allow, .. } = self;
        options.settings.strict |= strict;
        options.settings.deny_loss |= deny_loss;
        options.settings.allowances.extend(allow.iter().map(|Allow(allowance)| allowance.clone()));
        options.keep_everything |= keep_everything;
        options.wire_tests |= wire_tests;
        options.cli |= cli;
        options.mock |= mock;
        options.validation |= validation;
        let Limits { bytes, depth, nodes, alias_nodes } = &mut options.settings.limits;
        let limits = [bytes, depth, nodes, alias_nodes];
        let given = [self.max_bytes, self.max_depth, self.max_nodes, self.max_alias_nodes];
        limits.into_iter().zip(given).for_each(|(limit, given)| *limit = given.unwrap_or(*limit));
    }
}
