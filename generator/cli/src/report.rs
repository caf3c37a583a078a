//! The output of a run: findings, summaries and failures, in the selected format.

use std::fmt;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::{Color, MessageFormat, Reporting};
use crate::compile::written::{Product, Terminal, Workflow, Written};
use crate::config::ConfigError;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::OutputError;

/// The output settings of a run.
pub struct Ui {
    /// The name of the program, for messages: `clientwright` or `cargo xtask`.
    pub program: &'static str,
    /// The requested format.
    pub format: MessageFormat,
    /// True if findings are colored.
    pub color: bool,
    /// True if every finding is shown in full, the allowed ones included.
    pub verbose: bool,
    /// True if findings are not printed.
    silent: bool,
}

/// The reason why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The arguments are not valid.
    Usage(String),
    /// The configuration is not valid.
    Config(ConfigError),
    /// A file that was named cannot be read.
    Unreadable(PathBuf, std::io::Error),
    /// The output folder cannot be written, or must not be.
    Output(OutputError),
    /// Something that the command needs is not there or did not work.
    Other(String),
}

impl Failure {
    pub fn exit(&self) -> Exit {
        match self {
            Failure::Usage(_) | Failure::Config(_) => Exit::Usage,
            Failure::Unreadable(..) | Failure::Output(_) | Failure::Other(_) => Exit::Refused,
        }
    }

    /// The file that the failure is about.
    fn file(&self) -> Option<&Path> {
        match self {
            Failure::Config(error) => Some(error.file()),
            Failure::Unreadable(path, _) => Some(path),
            Failure::Output(error) => Some(error.path()),
            Failure::Usage(_) | Failure::Other(_) => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(message) | Failure::Other(message) => f.write_str(message),
            Failure::Config(error) => error.fmt(f),
            Failure::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Failure::Output(error) => error.fmt(f),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Failure::Config(error)
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Failure::Output(error)
    }
}

impl Ui {
    pub fn new(reporting: &Reporting, program: &'static str) -> Self {
        let format = reporting.message_format;
        let color = match reporting.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !unwanted && std::io::stderr().is_terminal()
            }
        };
        Ui {
            program,
            silent: false,
            verbose: reporting.verbose,
            format,
            color: color && matches!(format, MessageFormat::Human | MessageFormat::Short),
        }
    }

    /// Settings without the output of findings.
    pub const fn quiet() -> Ui {
        Ui { program: "clientwright", format: MessageFormat::Short, color: false, verbose: false, silent: true }
    }

    /// The product of a command, on standard output.
    ///
    /// A closed pipe (`… | head`) is not an error.
    pub fn product(&self, product: &impl Product) {
        let _ = std::io::stdout().lock().write_all(product.printed().as_bytes());
    }

    /// Lines for people as the product of a command.
    pub fn print(&self, lines: &str) {
        self.product(&Written::<Terminal>::lines(lines));
    }

    /// Findings and progress: for people on standard error, for programs on standard output.
    pub fn say(&self, said: &impl Product) {
        if self.silent {
            return;
        }
        let text = said.printed();
        let _ = match self.format {
            MessageFormat::Human | MessageFormat::Short => std::io::stderr().lock().write_all(text.as_bytes()),
            MessageFormat::Json | MessageFormat::Github => std::io::stdout().lock().write_all(text.as_bytes()),
        };
    }

    /// A fact about the run: a JSON object for programs, and a line for people.
    pub fn fact(&self, message: &Message<'_>, line: &str) {
        match self.format {
            MessageFormat::Json => self.say(&message.line()),
            MessageFormat::Human | MessageFormat::Short | MessageFormat::Github => {
                self.say(Written::<Terminal>::lines(line).raw("\n"));
            }
        }
    }

    /// The start of a step that takes time.
    pub fn progress(&self, step: &str) {
        self.fact(&Message::Progress { message: step }, step);
    }

    pub fn failure(&self, failure: &Failure) {
        match self.format {
            MessageFormat::Human | MessageFormat::Short => {
                let mut line = Written::<Terminal>::default();
                line.raw(if self.color { "\u{1b}[1m\u{1b}[31merror\u{1b}[0m" } else { "error" }).raw(": ");
                self.say(line.append(&Written::lines(&failure.to_string())).raw("\n"));
            }
            MessageFormat::Json => {
                let file = failure.file().map(Path::to_string_lossy);
                self.say(&Message::Failure { file, message: &failure.to_string() }.line());
            }
            MessageFormat::Github => {
                let mut command = Written::<Workflow>::default();
                command.raw("::error");
                if let Some(file) = failure.file() {
                    command.raw(" file=").property(&Written::of(&file.display().to_string()));
                }
                self.say(command.raw("::").text(&failure.to_string()).raw("\n"));
            }
        }
    }
}
