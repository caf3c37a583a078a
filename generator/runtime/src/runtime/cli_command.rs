//! The subcommands, arguments and options that the table of a command line becomes.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, Command, Error};
use serde::de::IgnoredAny;

use super::cli_table::{Body, BodyForm, Flag, Group, Kind, Program, Source, Subcommand};
use super::number_text::is_number;

/// The subcommand that prints completions.
pub(crate) const COMPLETIONS: &str = "completions";

/// Returns the command line of a program.
pub(crate) fn command(program: &'static Program) -> Command {
    let output = Arg::new("output").long("output").value_name("FORM").global(true).default_value("json");
    let output = output.value_parser(PossibleValuesParser::new(["json", "table"])).help("The form of the output");
    let base_url =
        Arg::new("base-url").long("base-url").value_name("URL").global(true).help("The base URL of requests");
    let shell =
        Arg::new("shell").required(true).value_parser(clap::value_parser!(clap_complete::Shell)).help("The shell");
    let completions = Command::new(COMPLETIONS).about("Print completions for a shell").arg(shell);
    let token_url = program.token_url.map(|_| {
        let argument = Arg::new("token-url").long("token-url").value_name("URL").global(true);
        argument.help("The URL where tokens are fetched")
    });
    Command::new(program.name)
        .version(program.version)
        .about(program.about)
        .long_about(long(program.about, program.details))
        .after_help(environment(program))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args([output, base_url].into_iter().chain(token_url))
        .subcommands(program.groups.iter().map(group))
        .subcommands(program.operations.iter().map(operation))
        .subcommand(completions)
}

/// The environment variables, by their names alone.
fn environment(program: &Program) -> String {
    let mut text = String::from("Environment:\n");
    let mut add = |names: &str, about: &str| text.push_str(&format!("  {names}\n          {about}\n"));
    for line in credentials(program) {
        add(&line.0, &line.1);
    }
    add(program.base_url, "The base URL of requests, unless --base-url is given");
    program
        .token_url
        .iter()
        .for_each(|name| add(name, "The URL where tokens are fetched, unless --token-url is given"));
    text
}

/// The variables of each credential, with what they hold.
pub(crate) fn credentials(program: &Program) -> Vec<(String, String)> {
    let lines = program.credentials.iter().map(|variables| {
        let scheme = variables.scheme.name;
        match variables.source {
            Source::Fixed(name) => (name.to_owned(), format!("The token or key for {scheme}")),
            Source::Basic(user, password) => (format!("{user}, {password}"), format!("User and password for {scheme}")),
            Source::Client(id, secret) => (format!("{id}, {secret}"), format!("An OAuth 2.0 client for {scheme}")),
            Source::Refresh(id, secret, token) => {
                (format!("{token}, {id}, {secret}"), format!("A refresh token for {scheme}, and its client"))
            }
            Source::Certificate(name, _) => (
                name.to_owned(),
                format!("The path of a client certificate with its private key, as PEM, for {scheme}"),
            ),
        }
    });
    lines.collect()
}

fn group(group: &'static Group) -> Command {
    let command = Command::new(group.name).about(group.about).subcommand_required(true).arg_required_else_help(true);
    command.subcommands(group.operations.iter().map(operation))
}

fn operation(operation: &'static Subcommand) -> Command {
    let mut command =
        Command::new(operation.name).about(operation.about).long_about(long(operation.about, operation.details));
    for argument in operation.arguments {
        command = command.arg(match argument.flag.required {
            true => positional(&argument.flag),
            false => option(&argument.flag),
        });
    }
    if operation.pages.is_some() {
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
        command = command.arg(all.help("Fetch every page, and print the items of all of them as one list"));
    }
    command.args(of_bodies(operation.bodies))
}

/// The options of bodies: of each member, of a file that has a body as a whole, and of the media type where there is a choice.
fn of_bodies(bodies: &'static [Body]) -> Vec<Arg> {
    let mut found: Vec<Arg> = Vec::new();
    let has_file = bodies.iter().any(|body| !matches!(body.form, BodyForm::Parts(_)));
    for member in bodies.iter().flat_map(|body| body.members) {
        if found.iter().any(|known| known.get_id() == member.flag.name) {
            continue;
        }
        let argument = option(&member.flag).help_heading("Body");
        // Which members are needed depends on the body, where there are several; then it is looked at later.
        let needed = member.flag.required && bodies.len() == 1 && bodies[0].required;
        found.push(match has_file {
            true if needed => argument.required_unless_present("body").conflicts_with("body"),
            true => argument.conflicts_with("body"),
            false => argument.required(needed),
        });
    }
    let has_members = !found.is_empty();
    if has_file {
        let help = bodies.iter().map(|body| body.help).find(|help| !help.is_empty()).unwrap_or("The body");
        let argument = Arg::new("body").long("body").value_name("FILE").help_heading("Body");
        let needed = !has_members && bodies.iter().all(|body| body.required);
        let help = format!("{}: a file, or `-` for the standard input", help.trim_end_matches('.'));
        found.push(argument.required(needed).allow_hyphen_values(true).help(help));
    }
    if bodies.len() > 1 || bodies.iter().any(|body| body.content_type.contains('*')) {
        let argument = Arg::new("content-type").long("content-type").value_name("TYPE").help_heading("Body");
        let types: Vec<&str> = bodies.iter().map(|body| body.content_type).collect();
        found.push(argument.help(format!("The media type of the body: {}", types.join(", "))));
    }
    if bodies.iter().any(|body| matches!(body.form, BodyForm::Parts(_)) && body.members.is_empty()) {
        let argument = Arg::new("part").long("part").value_name("NAME=VALUE").action(ArgAction::Append);
        found.push(argument.help_heading("Body").help("A part of the body: NAME=VALUE, or NAME=@FILE for a file"));
    }
    found
}

fn positional(flag: &Flag) -> Arg {
    let argument = valued(flag).required(true);
    if flag.many { argument.value_delimiter(',') } else { argument }
}

fn option(flag: &Flag) -> Arg {
    let argument = valued(flag).long(flag.name);
    let argument = if flag.many { argument.action(ArgAction::Append) } else { argument };
    match flag.kind {
        Kind::Bool if !flag.many => {
            argument.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("true|false")
        }
        _ => argument,
    }
}

fn valued(flag: &Flag) -> Arg {
    let shown = || flag.name.replace('-', "_").to_uppercase();
    let (name, parser): (String, ValueParser) = match flag.kind {
        Kind::Bool => (shown(), PossibleValuesParser::new(["true", "false"]).into()),
        Kind::Integer => (shown(), ValueParser::new(integer)),
        Kind::Number => (shown(), ValueParser::new(number)),
        Kind::Json => ("JSON".to_owned(), ValueParser::new(json)),
        Kind::File => ("FILE".to_owned(), ValueParser::string()),
        Kind::FileOrText => ("TEXT|@FILE".to_owned(), ValueParser::string()),
        Kind::Text | Kind::Any if flag.values.is_empty() => (shown(), ValueParser::string()),
        Kind::Text | Kind::Any => (shown(), ValueParser::new(Listed(flag.values))),
    };
    let argument = Arg::new(flag.name).value_name(name).value_parser(parser);
    let argument = argument.allow_negative_numbers(matches!(flag.kind, Kind::Integer | Kind::Number | Kind::Any));
    match (flag.help, flag.details) {
        ("", "") => argument,
        (help, "") => argument.help(help),
        (help, details) => argument.help(help).long_help(long(help, details)),
    }
}

/// All of a help text whose first line stands alone in short help.
fn long(about: &str, details: &str) -> String {
    let blank = if about.is_empty() || details.is_empty() { "" } else { "\n\n" };
    format!("{about}{blank}{details}")
}

fn integer(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = is_number(text) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole { Ok(text.to_owned()) } else { Err("not a whole number".to_owned()) }
}

fn number(text: &str) -> Result<String, String> {
    if is_number(text) { Ok(text.to_owned()) } else { Err("not a number".to_owned()) }
}

fn json(text: &str) -> Result<String, String> {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("not JSON: {error}")),
    }
}

/// A text of which the description lists values: they are shown and completed, and another one is sent as it is.
#[derive(Clone)]
struct Listed(&'static [&'static str]);

impl TypedValueParser for Listed {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}
