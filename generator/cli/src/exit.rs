//! Exit codes.

/// The result of a run, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Success: everything was done, or is up to date.
    Done = 0,
    /// The output is out of date, the document was rejected, or a file could not be read or written.
    Refused = 1,
    /// The arguments or `codegen.toml` are not valid.
    Usage = 2,
}
