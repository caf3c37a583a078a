//! The commands for work on this repository, beside those of `clientwright` itself.

mod bench;
mod cli;
mod corpus;
mod e2e;
mod measure;
mod soak;
pub mod synthetic;
mod time;

use std::ffi::OsString;
use std::process::ExitCode;

use clientwright_cli::report::Ui;
use clientwright_cli::{command, finish, parse};

use crate::cli::{Cli, Command};

/// Runs one command, as `main` does: `args` starts with the name of the program.
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>) -> ExitCode {
    let cli: Cli = match parse(args) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let ui = Ui::new(&cli.reporting, "cargo xtask");
    let outcome = match &cli.command {
        Command::Product(product) => command(product, &ui),
        Command::Corpus(args) => corpus::run(args, &ui),
        Command::Bench(args) => bench::run(args, &ui),
        Command::E2e(args) => e2e::run(args, &ui),
        Command::Soak(args) => soak::run(args, &ui),
        Command::Measure(args) => measure::here(args),
    };
    finish(outcome, &ui)
}
