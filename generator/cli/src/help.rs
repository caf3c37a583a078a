//! The help of each command: short, under headings, and only with the options that affect the command.

use clap::{Arg, ArgAction, Command};

/// The commands that make no crate, on which options of the crate have no effect.
const LOOKING: &[&str] = &["lint", "effective", "graph", "overlay"];

/// The options by their headings.
const HEADINGS: &[(&str, &[&str])] = &[
    (CRATE, &["keep_everything", "wire_tests", "cli", "mock", "validation", "accept_renames", "names", "force"]),
    ("The document", &["overlays", "strict", "deny_loss", "root", "allow"]),
    ("Limits", &["max_bytes", "max_depth", "max_nodes", "max_alias_nodes"]),
    ("Output", &["message_format", "color", "verbose"]),
];

const CRATE: &str = "The crate";

/// Arranges the help of a program and of its commands. `--help` is short; `help COMMAND` says more.
pub(crate) fn arranged(program: Command) -> Command {
    let names: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let program = under_headings(with_short_help(program));
    names
        .into_iter()
        .fold(program, |program, name| program.mut_subcommand(name, |command| under_headings(with_short_help(command))))
}

fn with_short_help(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort);
    command.disable_help_flag(true).arg(help.help("Print this; `help COMMAND` says more").help_heading("Output"))
}

fn under_headings(command: Command) -> Command {
    let looks = LOOKING.contains(&command.get_name());
    command.mut_args(|argument| {
        let id = argument.get_id().as_str();
        match HEADINGS.iter().find(|(_, options)| options.contains(&id)) {
            Some((heading, _)) => argument.help_heading(*heading).hide(looks && *heading == CRATE),
            None => argument,
        }
    })
}
