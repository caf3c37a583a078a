//! The commands for work on this repository, beside those of `clientwright` itself.
//!
//! Those that judge and measure are behind the feature `chores`. Their code and dependencies are a fifth of what the first
//! `cargo xtask codegen` would compile, which needs none of it, so `xtask` has Cargo compile the program `chores` when one of them is asked for.

#[cfg(feature = "chores")]
mod bench;
mod cli;
#[cfg(feature = "chores")]
mod corpus;
#[cfg(feature = "chores")]
mod e2e;
#[cfg(not(feature = "chores"))]
mod elsewhere;
#[cfg(feature = "chores")]
mod measure;
mod profile;
#[cfg(feature = "chores")]
mod soak;
pub mod synthetic;
mod time;

use std::ffi::OsString;
use std::process::ExitCode;

use clientwright_cli::report::Ui;
use clientwright_cli::{command, finish, parse};

use crate::cli::{Cli, Command};

/// Runs one command, as `main` does: `args` starts with the name of the program.
pub fn run<A: Into<OsString>>(args: impl IntoIterator<Item = A>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let cli: Cli = match parse(&args) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let ui = Ui::new(&cli.reporting, "cargo xtask");
    let outcome = match &cli.command {
        Command::Product(product) => command(product, &ui),
        #[cfg(feature = "chores")]
        Command::Corpus(args) => corpus::run(args, &ui),
        #[cfg(feature = "chores")]
        Command::Bench(args) => bench::run(args, &ui),
        #[cfg(feature = "chores")]
        Command::E2e(args) => e2e::run(args, &ui),
        #[cfg(feature = "chores")]
        Command::Soak(args) => soak::run(args, &ui),
        #[cfg(feature = "chores")]
        Command::Measure(args) => measure::here(args),
        #[cfg(not(feature = "chores"))]
        _ => return elsewhere::run(&args[1..]),
    };
    finish(outcome, &ui)
}
