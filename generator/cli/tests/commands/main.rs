//! The command line as users meet it: every test runs the program in a folder of its own.

mod arguments;
mod codegen;
mod config;
mod diff;
mod docs;
mod embedded;
mod folder;
mod interrupted;
mod languages;
mod living;
mod messages;
mod overlay;
mod place;
mod semver;
mod workspace;
