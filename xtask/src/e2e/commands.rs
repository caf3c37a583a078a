//! The programs that the end-to-end runs start.

use std::env;
use std::process::{Command, Stdio};

use clientwright_cli::messages::Message;
use clientwright_cli::report::{Failure, Ui};

/// The Node.js version that the packages of the servers need.
const NODE_MAJOR: u32 = 18;

/// Checks that a Node.js of that version, and npm, are installed.
pub(super) fn check_node() -> Result<(), Failure> {
    let missing = |what: &str| {
        Failure::Other(format!(
            "{what}; the end-to-end run needs Node.js {NODE_MAJOR} or later, with npm: https://nodejs.org"
        ))
    };
    let output = Command::new("node").arg("--version").output().map_err(|_| missing("there is no `node` here"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        return Err(missing(&format!("`node` is {version}")));
    }
    let npm = npm().arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if npm.is_ok_and(|status| status.success()) { Ok(()) } else { Err(missing("there is no `npm` here")) }
}

/// The command `npm`.
pub(super) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// The cargo that started this program, or the one in `PATH`.
pub(super) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command, and fails where it does.
pub(super) fn succeed(command: &mut Command, what: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Other(format!("{what} failed ({status})"))),
        Err(error) => Err(Failure::Other(format!("{what} could not be started: {error}"))),
    }
}

/// Reports progress.
pub(super) fn say(ui: &Ui, what: &str) {
    ui.fact(&Message::Progress { message: what }, &format!("e2e: {what}"));
}
