//! The place of a module in the user's crate.

use std::path::{Component, Path, PathBuf};

use crate::compile::Layout;

/// The folder of a crate's modules.
const SOURCES: &str = "src";
/// The extension of a module that is a file.
const EXTENSION: &str = "rs";

/// Returns the path of the module that a folder or file below `src` is, such as `crate::api` for `src/api`.
///
/// # Errors
/// If it is not below `src`, or is a folder where a file is wanted.
pub(crate) fn module(out: &Path, layout: Layout) -> Result<String, String> {
    let is_file = out.extension().is_some_and(|extension| extension == EXTENSION);
    let plain = match (layout == Layout::File, is_file) {
        (true, false) => return Err(format!("`{}` has to be a file of Rust, such as src/api.rs", out.display())),
        (false, true) => return Err(format!("`{}` has to be a folder, such as src/api", out.display())),
        (true, true) => out.with_extension(""),
        (false, false) => out.to_owned(),
    };
    let parts: Vec<String> = plain
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        })
        .collect();
    match parts.iter().rposition(|part| part == SOURCES) {
        Some(at) if at + 1 < parts.len() => Ok(format!("crate::{}", parts[at + 1..].join("::"))),
        _ => Err(format!("`{}` is not below `{SOURCES}`; say with `module = …` which module it is", out.display())),
    }
}

/// Returns the folder of a module below the current one.
pub(crate) fn folder(module: &str) -> PathBuf {
    std::iter::once(SOURCES).chain(module.split("::").skip(1)).collect()
}
