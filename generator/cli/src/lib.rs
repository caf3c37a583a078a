//! The command line of clientwright: reads documents, passes them to the generator, and updates folders with the
//! result. The generator itself accesses no file.
//!
//! The program is [`run`]. Modules that these docs don't show are public for the chores of clientwright's own repository,
//! and may change in any version.

mod bounded;
#[doc(hidden)]
pub mod cli;
mod codegen;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod config;
mod diff;
mod embedded;
mod exit;
mod fingerprint;
mod graph;
mod hash;
mod help;
mod init;
mod inspect;
mod interrupt;
#[doc(hidden)]
pub mod messages;
mod module_path;
#[doc(hidden)]
pub mod output;
mod overlay;
#[doc(hidden)]
pub mod page;
mod reading;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod request;
#[doc(hidden)]
pub mod settings;
mod texts;
mod timings;
mod watch;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::compile::written::{Terminal, Written};
use crate::report::{Failure, Ui};

#[doc(hidden)]
pub use crate::exit::Exit;

/// Runs one command, as `main` does: `args` starts with the name of the program.
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>) -> ExitCode {
    match parse::<Cli, A>(args) {
        Ok(cli) => {
            let ui = Ui::new(&cli.reporting, "clientwright");
            finish(command(&cli.command, &ui), &ui)
        }
        Err(code) => code,
    }
}

/// Parses the arguments. If there is an exit code, a fault or the requested help has been printed.
#[doc(hidden)]
pub fn parse<P: Parser, A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>) -> Result<P, ExitCode> {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    parsed(&args).map_err(|error| {
        // The message repeats an argument as it is, so it is made of arguments that have no effect on a terminal.
        let shown = args.iter().map(|argument| Written::<Terminal>::of(&argument.to_string_lossy()).as_str().into());
        let error = parsed::<P>(&shown.collect::<Vec<OsString>>()).err().unwrap_or(error);
        // Help and version are errors to clap as well, but go to standard output and exit with 0.
        let _ = error.print();
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8))
    })
}

fn parsed<P: Parser>(args: &[OsString]) -> Result<P, clap::Error> {
    let matches = help::arranged(P::command()).try_get_matches_from(args)?;
    P::from_arg_matches(&matches)
}

/// Runs a command of the product.
#[doc(hidden)]
pub fn command(command: &Command, ui: &Ui) -> Result<Exit, Failure> {
    match command {
        Command::Codegen(args) if args.watch => watch::run(args, ui),
        Command::Codegen(args) => codegen::run(args, ui),
        Command::Lint(args) => inspect::lint(args, ui),
        Command::Effective(args) => inspect::effective(args, ui),
        Command::Explain(args) => inspect::explain(args, ui),
        Command::Diff(args) => diff::run(args, ui),
        Command::Overlay(args) => overlay::run(args, ui),
        Command::Graph(args) => graph::run(args, ui),
        Command::Init(args) => init::run(args, ui),
        Command::Schema(args) => Ok(inspect::schema(args, ui)),
        Command::Completions(args) => Ok(texts::completions(args, ui)),
        Command::Man(args) => texts::man(args),
    }
}

/// Prints the reason why a command failed, if it did, and returns its exit code.
#[doc(hidden)]
pub fn finish(outcome: Result<Exit, Failure>, ui: &Ui) -> ExitCode {
    let exit = outcome.unwrap_or_else(|failure: Failure| {
        ui.failure(&failure);
        failure.exit()
    });
    ExitCode::from(exit as u8)
}
