//! The command line of the API, in a crate of its own: the client of this repository has none.

use std::path::{Path, PathBuf};

use super::program;
use clientwright_cli::compile;
use clientwright_cli::report::{Failure, Ui};
use clientwright_cli::request::Request;

/// Emits the crate of a request with a command line, and compiles that.
pub(super) fn build(mut request: Request, work: &Path) -> Result<PathBuf, Failure> {
    request.options.cli = true;
    let compiled = compile::generate(&request, &Ui::quiet())?.product;
    let compiled = compiled.ok_or_else(|| Failure::Other("the document is rejected".to_owned()))?;
    let package = &request.options.package;
    program::compile(&compiled.files, &[], work, package, &["--bin", package, "--features", "cli"], package)
}
