//! The command line of clientwright: reads documents, hands them to the generator, and keeps folders current with what
//! it emits. All file access is here; the generator itself touches no file.

mod bench;
mod cli;
mod codegen;
mod compile;
mod config;
mod corpus;
mod diff;
mod e2e;
mod graph;
mod init;
mod inspect;
mod measure;
pub mod output;
mod package;
mod page;
mod reading;
mod report;
mod settings;
mod stamp;
mod watch;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::report::{Failure, Ui};

/// How a run ended; the numbers are what scripts and CI see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything that was asked for was done, or is current.
    Done = 0,
    /// The output is stale, the document was rejected, or a file could not be read or written.
    Refused = 1,
    /// The arguments or `codegen.toml` make no sense.
    Usage = 2,
}

/// Runs one command, as `main` does: `args` starts with the name of the program.
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are errors to clap as well, but go to standard output and exit with 0.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8));
        }
    };
    let ui = Ui::new(&cli.reporting);
    let outcome = match &cli.command {
        Command::Codegen(args) if args.watch => watch::run(args, &ui),
        Command::Codegen(args) => codegen::run(args, &ui),
        Command::Lint(args) => inspect::lint(args, &ui),
        Command::Effective(args) => inspect::effective(args, &ui),
        Command::Explain(args) => inspect::explain(args, &ui),
        Command::Diff(args) => diff::run(args, &ui),
        Command::Graph(args) => graph::run(args, &ui),
        Command::Init(args) => init::run(args, &ui),
        Command::Corpus(args) => corpus::run(args, &ui),
        Command::Bench(args) => bench::run(args, &ui),
        Command::E2e(args) => e2e::run(args, &ui),
        Command::Measure(args) => measure::here(args),
    };
    let exit = outcome.unwrap_or_else(|failure: Failure| {
        ui.failure(&failure);
        failure.exit()
    });
    ExitCode::from(exit as u8)
}
