//! `init`: a `codegen.toml` to start from.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::cli::Init;
use crate::compile::written::{Toml, Written};
use crate::compile::{Limits, package};
use crate::config::FILE_NAME;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::{self, OutputError};
use crate::reading;
use crate::report::{Failure, Ui};

/// Writes the configuration into the current folder.
pub(crate) fn run(args: &Init, ui: &Ui) -> Result<Exit, Failure> {
    if args.spec == Path::new("-") {
        return Err(Failure::Usage("codegen.toml has to name a file, not standard input".to_owned()));
    }
    // Reports a missing document now rather than at the first `codegen`.
    reading::source(Path::new(""), &args.spec, Limits::default().bytes)?;
    let stem = args.spec.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let package = args.package.clone().unwrap_or_else(|| package::name_from_file(&stem));
    if let Some(fault) = package::name_fault(&package) {
        return Err(Failure::Usage(fault));
    }
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(&package));
    if out.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(Failure::Usage(format!("`{}` has to be a folder below this one, without `..`", out.display())));
    }
    let text = text(&slashes(&args.spec), &slashes(&out), &package);
    let place = PathBuf::from(FILE_NAME);
    output::create(&place, &text).map_err(|error| match error {
        OutputError::Io(_, error) if error.kind() == ErrorKind::AlreadyExists => {
            Failure::Other(format!("{FILE_NAME} is here already; add a [[client]] to it"))
        }
        other => Failure::Output(other),
    })?;
    let message = Message::Init { file: FILE_NAME, package: &package };
    ui.fact(&message, &format!("{FILE_NAME} written: `{} codegen` makes `{package}` in {}", ui.program, slashes(&out)));
    Ok(Exit::Done)
}

fn slashes(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

fn text(spec: &str, out: &str, package: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", Written::<Toml>::of(text).as_str());
    format!(
        "# The clients that clientwright keeps current. Paths are relative to this file.
# An editor checks and completes the file by its JSON Schema: write the output of `clientwright schema config` to a file, and name it
# in a first line such as `#:schema ./codegen.schema.json`.

[[client]]
spec = {}
out = {}
package = {}
# Corrections of the document, applied in order. The document itself stays as it was published.
# overlays = [\"corrections.overlay.yaml\"]
# The crate's version; after a change, `clientwright diff` prints the next one.
# version = \"0.1.0\"
# Metadata that registries show. Without a license, the crate can't be published.
# license = \"MIT OR Apache-2.0\"
# repository = \"https://example.com/repository\"
# authors = [\"Name <name@example.com>\"]
# keywords = [\"api\", \"client\", \"openapi\"]
# categories = [\"api-bindings\"]
# description = \"Client for the API\"
# Reject everything that the OpenAPI Specification forbids, even if generation could continue.
# strict = true
# Reject a document of which any part would be degraded or ignored.
# deny-loss = true
# Permitted findings.
# allow = [{{ code = \"…\", pointer = \"/…\", reason = \"…\" }}]
",
        quoted(spec),
        quoted(out),
        quoted(package),
    )
}
