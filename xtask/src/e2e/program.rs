//! Programs that call a generated client, as examples of its crate.

use std::fs;
use std::path::{Path, PathBuf};

use super::commands::{cargo, succeed};
use clientwright_cli::output::File;
use clientwright_cli::report::Failure;

/// A file of a program, below its folder; `main.rs` is where it starts.
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

/// Writes the crate with the program, and compiles both.
pub(super) fn build(files: &[File], program: &[Source<'_>], work: &Path, package: &str) -> Result<PathBuf, Failure> {
    compile(files, program, work, package, &["--example", "calls"], "examples/calls")
}

/// Writes the crate with the program, and compiles a target of it. What all crates depend on is compiled once.
///
/// `selection` are the arguments of `cargo build` that select the target, and `product` is its path in the folder of the profile.
pub(super) fn compile(
    files: &[File],
    program: &[Source<'_>],
    work: &Path,
    package: &str,
    selection: &[&str],
    product: &str,
) -> Result<PathBuf, Failure> {
    let home = work.join("crates").join(package);
    let write = |path: PathBuf, text: &str| {
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&path, text)).map_err(|error| Failure::Unreadable(path.clone(), error))
    };
    for file in files {
        // Cargo must not take the crate for a part of a workspace around it.
        let ending = if file.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        write(home.join(&file.path), &format!("{}{ending}", file.contents))?;
    }
    for source in program {
        write(home.join("examples/calls").join(source.path), source.text)?;
    }
    let shared = work.join("Cargo.lock.shared");
    if shared.exists() {
        let _ = fs::copy(&shared, home.join("Cargo.lock"));
    }
    let target = work.canonicalize().unwrap_or_else(|_| work.to_owned()).join("target");
    let mut command = cargo();
    command.args(["build", "--quiet"]).args(selection).current_dir(&home);
    command.env("CARGO_TARGET_DIR", &target).env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
    succeed(&mut command, &format!("cargo build of {package}"))?;
    let _ = fs::copy(home.join("Cargo.lock"), shared);
    Ok(target.join("debug").join(product))
}
