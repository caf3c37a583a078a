//! The command line as users meet it: every test runs the program in a folder of its own.

mod codegen;
mod config;
#[cfg(unix)]
mod corpus;
mod diff;
mod folder;
mod living;
mod place;
mod semver;
