//! The command line of an API: arguments become a request, the answer is printed, and an error goes to the standard error.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::ArgMatches;

use super::call::traced;
use super::cli_command::{COMPLETIONS, command, credentials};
use super::cli_input;
use super::cli_output::{Json, table};
use super::cli_table::{Program, Source, Subcommand};
use super::client::Client;
use super::error::{Error, Undocumented};
use super::reply::Reply;
use super::security::Credential;
use super::transport;

/// The reason why a command line did not do what it was asked for.
pub(crate) enum Failure {
    /// The arguments mean nothing, or ask for help: clap says what to print, and where.
    Usage(clap::Error),
    /// Everything else, in words.
    Failed(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => error.fmt(f),
            Self::Failed(words) => f.write_str(words),
        }
    }
}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self::Failed(words)
    }
}

/// Runs the program with the arguments and the environment of this process.
///
/// Exit codes: 0 done, 1 failed, 2 the arguments mean nothing.
pub(crate) fn run(program: &'static Program) -> ExitCode {
    let variable = |name: &str| std::env::var(name).ok();
    match run_with(program, std::env::args_os(), &variable, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => error.exit(),
        Err(Failure::Failed(words)) => {
            let _ = writeln!(io::stderr(), "error: {words}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the program.
///
/// # Errors
/// If the arguments mean nothing, the call fails, or nothing can be written to `out`.
pub(crate) fn run_with(
    program: &'static Program,
    arguments: impl IntoIterator<Item = OsString>,
    variable: &dyn Fn(&str) -> Option<String>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut command = command(program);
    let matches = command.try_get_matches_from_mut(arguments).map_err(Failure::Usage)?;
    let Some((name, inner)) = matches.subcommand() else { return Ok(()) };
    if name == COMPLETIONS {
        if let Some(shell) = inner.get_one::<clap_complete::Shell>("shell") {
            // It panics where it cannot write, as it can here.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, program.name, &mut script);
            return written(out.write_all(&script));
        }
        return Ok(());
    }
    let found = match program.groups.iter().find(|group| group.name == name) {
        Some(group) => inner.subcommand().and_then(|(name, inner)| Some((named(group.operations, name)?, inner))),
        None => named(program.operations, name).map(|operation| (operation, inner)),
    };
    let Some((operation, matches)) = found else { return Ok(()) };
    let request = cli_input::request(operation, matches)?;
    let client = client(program, matches, variable)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("there is no async runtime: {error}"))?;
    let call = Dispatch { program, operation, client: &client, as_table: text(matches, "output") == Some("table") };
    match runtime.block_on(call.run(Box::new(request), matches, out)) {
        Err(Ended::Output(error)) => written(Err(error)),
        Err(Ended::Call(error)) => Err(Failure::Failed(call.explained(&error))),
        Ok(()) => Ok(()),
    }
}

/// The end of writing. Whoever closes the output has seen enough of it.
fn written(output: io::Result<()>) -> Result<(), Failure> {
    match output {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write the output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn named(operations: &'static [Subcommand], name: &str) -> Option<&'static Subcommand> {
    operations.iter().find(|operation| operation.name == name)
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

/// The client, with the credentials that the environment has.
fn client(
    program: &Program,
    matches: &ArgMatches,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Client, String> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let stated = |flag: &str, name: &str| text(matches, flag).map(str::to_owned).or_else(|| variable(name));
    let mut builder = (program.builder)();
    if let Some(url) = stated("base-url", program.base_url) {
        builder = builder.base_url(url);
    }
    if let Some(url) = program.token_url.and_then(|name| stated("token-url", name)) {
        builder = builder.token_url(url);
    }
    let mut known: Vec<&str> = Vec::new();
    for variables in program.credentials {
        let credential = match variables.source {
            Source::Fixed(name) => variable(name).map(Credential::key),
            Source::Basic(user, password) => {
                variable(user).zip(variable(password)).map(|(user, password)| Credential::basic(user, password))
            }
            Source::Client(id, secret) => {
                variable(id).zip(variable(secret)).map(|(id, secret)| Credential::client(id, secret))
            }
            Source::Refresh(id, secret, token) => variable(id)
                .zip(variable(token))
                .map(|(id, token)| Credential::refresh(id, variable(secret).map(Into::into), token)),
            Source::Certificate(name, present) => match variable(name) {
                Some(path) => {
                    builder = present(builder, &path)?;
                    Some(Credential::mutual_tls())
                }
                None => None,
            },
        };
        if let Some(credential) = credential.filter(|_| !known.contains(&variables.scheme.name)) {
            known.push(variables.scheme.name);
            builder = builder.credential(variables.scheme, credential);
        }
    }
    builder.build().map_err(|error| format!("{error} (--base-url or {} gives the base URL)", program.base_url))
}

/// The end of a call before it is done.
enum Ended {
    Call(Error<Undocumented>),
    Output(io::Error),
}

impl From<Error<Undocumented>> for Ended {
    fn from(error: Error<Undocumented>) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A call of an operation.
struct Dispatch<'a> {
    program: &'static Program,
    operation: &'static Subcommand,
    client: &'a Client,
    as_table: bool,
}

impl Dispatch<'_> {
    async fn run(
        &self,
        request: Box<super::request::Request>,
        matches: &ArgMatches,
        out: &mut dyn Write,
    ) -> Result<(), Ended> {
        let mut request = request;
        let all = matches.try_get_one::<bool>("all").ok().flatten().is_some_and(|all| *all);
        let Some(pages) = self.operation.pages.filter(|_| all) else {
            let reply = self.reply(&mut request).await?;
            return self.print(reply, out).await;
        };
        let mut items = Vec::new();
        loop {
            let reply = self.reply(&mut request).await?;
            if !reply.body.is_empty() {
                reply.check_json().map_err(|cause| reply.decode_error(cause))?;
                let page = Json::read(&reply.body);
                items.extend(
                    page.as_ref()
                        .and_then(|page| page.at(pages.items()))
                        .cloned()
                        .into_iter()
                        .flat_map(Json::into_items),
                );
            }
            match pages.next(self.client, request, &reply) {
                Some(next) => request = next,
                None => return Ok(self.show(&Json::List(items), out)?),
            }
        }
    }

    async fn reply(&self, request: &mut super::request::Request) -> Result<Reply, Ended> {
        let reply = traced(self.client, request).await?;
        if self.operation.succeeds(reply.status()) { Ok(reply) } else { Err(Ended::Call(reply.undocumented())) }
    }

    /// Prints an answer: JSON laid out, or as a table; anything else as it is.
    async fn print(&self, mut reply: Reply, out: &mut dyn Write) -> Result<(), Ended> {
        while let Some(response) = reply.live.take() {
            let (response, part) = transport::next(response, reply.limits.idle).await;
            match part {
                Ok(Some(part)) => {
                    out.write_all(&part)?;
                    out.flush()?;
                    reply.live = response;
                }
                Ok(None) => return Ok(()),
                Err(transport::Unread::Fault(fault)) if !fault.timeout => {
                    return Err(Ended::Call(Error::Transport { cause: fault.cause, context: reply.context() }));
                }
                Err(_) => {
                    let phase = super::error::Phase::Body;
                    return Err(Ended::Call(Error::Timeout { phase, context: reply.context() }));
                }
            }
        }
        match Json::read(&reply.body).filter(|_| reply.check_json().is_ok()) {
            Some(value) => self.show(&value, out)?,
            None => {
                out.write_all(&reply.body)?;
                let is_text = reply.is_text() && !reply.body.is_empty() && !reply.body.ends_with(b"\n");
                out.write_all(if is_text { b"\n" } else { b"" })?;
            }
        }
        Ok(out.flush()?)
    }

    fn show(&self, value: &Json, out: &mut dyn Write) -> io::Result<()> {
        match self.as_table {
            true => out.write_all(table(value, self.operation.pages.map(|pages| pages.items())).as_bytes()),
            false => writeln!(out, "{value}"),
        }
    }

    /// An error in words, with what is behind it, and where credentials come from if they are missing.
    fn explained(&self, error: &Error<Undocumented>) -> String {
        let mut words = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            words.push_str(&format!("\n  because {cause}"));
            source = cause.source();
        }
        if matches!(error, Error::Auth { .. }) {
            for (names, about) in credentials(self.program) {
                words.push_str(&format!("\n  {about}: set {names}"));
            }
        }
        words
    }
}
