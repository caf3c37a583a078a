//! From the planned crate to its files.

mod additions;
mod bodies;
mod calls;
mod client;
mod command_line;
pub mod docs;
mod embed;
mod events;
mod example;
mod file;
mod guide;
mod headers;
mod json_schemas;
mod layout;
mod lib_file;
mod literal;
mod manifest;
mod mock;
mod operation_table;
mod operations;
mod outcomes;
mod parameters;
mod paths;
mod programs;
mod prose;
mod readme;
mod runtime;
mod scopes;
mod security;
mod servers;
mod types;
mod validation;
mod wire;
mod xml;

use crate::rust::{Crate, RootModule};
pub(crate) use additions::attribute_fault;
pub use embed::Requirement;
pub use file::File;
use file::file;

/// Returns the files of the crate, sorted by path.
pub fn emit(plan: &Crate) -> Vec<File> {
    let mut files = vec![
        file("Cargo.toml", manifest::manifest(plan)),
        file("README.md", readme::readme(plan)),
        // The files are laid out already, and `--check` compares bytes.
        file("rustfmt.toml", "disable_all_formatting = true\n".to_owned()),
        file("src/lib.rs", lib_file::lib(plan)),
        file(&RootModule::Runtime.file(), runtime::module(plan)),
    ];
    if plan.client {
        files.push(file(&RootModule::Client.file(), client::client(plan)));
    }
    files.extend(types::files(plan));
    if !plan.schemes.is_empty() {
        files.push(file(&RootModule::Security.file(), security::security(plan)));
    }
    if let Some(scopes) = &plan.scopes {
        files.push(file(&RootModule::Scopes.file(), scopes::scopes(scopes)));
    }
    if !plan.servers.is_empty() {
        files.push(file(&RootModule::ServerUrls.file(), servers::servers(plan)));
    }
    if !plan.headers.is_empty() {
        files.push(file(&RootModule::ResponseHeaders.file(), headers::headers(plan)));
    }
    if let Some(xml) = &plan.xml {
        files.push(file(&RootModule::XmlDocuments.file(), xml::xml(xml)));
    }
    if !plan.events.is_empty() {
        files.push(file(&RootModule::Incoming.file(), events::events(plan)));
    }
    for group in plan.groups.iter().chain(&plan.ungrouped) {
        files.push(file(&format!("src/{}.rs", group.module.bare()), operations::group(plan, group)));
    }
    files.extend(runtime::files(plan));
    files.extend(wire::files(plan));
    files.extend(mock::files(plan));
    files.extend(command_line::files(plan));
    files.extend(validation::files(plan));
    files.extend(programs::files(plan));
    if let Some(embedding) = &plan.embedding {
        files = embed::embed(plan, embedding, files);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Returns the dependencies that embedded code requires of its crate; a standalone crate has them in its manifest.
pub fn requirements(plan: &Crate) -> Vec<Requirement> {
    plan.embedding.as_ref().map(|embedding| embed::requirements(plan, embedding)).unwrap_or_default()
}
