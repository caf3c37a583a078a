//! The commands of the feature `chores`, from a program without it.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::profile;

/// Has Cargo compile the program that has the commands, with the profile of this one, and runs it with the same arguments.
pub(crate) fn run(args: &[OsString]) -> ExitCode {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--locked", "--package", "xtask", "--features", "chores", "--bin", "chores"]);
    cargo.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    if profile::is_release() {
        cargo.arg("--release");
    }
    match cargo.arg("--").args(args).status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("error: Cargo, which compiles this command, can't be run: {error}");
            ExitCode::FAILURE
        }
    }
}
