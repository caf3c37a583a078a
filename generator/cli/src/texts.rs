//! `completions` and `man`: the texts that follow from the arguments of each command, as `--help` does.

use clap::CommandFactory as _;

use crate::cli::{Cli, Completions, Man};
use crate::compile::Rendered;
use crate::exit::Exit;
use crate::help;
use crate::output::{self, OutputError};
use crate::report::{Failure, Ui};

/// Prints the completions for a shell.
pub(crate) fn completions(args: &Completions, ui: &Ui) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::arranged(Cli::command()), "clientwright", &mut text);
    ui.product(&Rendered::of(String::from_utf8_lossy(&text).into_owned()));
    Exit::Done
}

/// Writes a page for the program and one for each command.
pub(crate) fn man(args: &Man) -> Result<Exit, Failure> {
    let mut program = help::arranged(Cli::command());
    // After this call, the names of commands begin with that of the program.
    program.build();
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    for command in std::iter::once(&program).chain(commands) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let file = args.folder.join(format!("{name}.1"));
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command.clone()).title(name.to_uppercase()).render(&mut page);
        rendered.map_err(|error| Failure::Output(OutputError::Io(file.clone(), error)))?;
        output::replace(&file, &String::from_utf8_lossy(&page))?;
    }
    Ok(Exit::Done)
}
