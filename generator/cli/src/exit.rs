//! Exit codes.

/// The result of a run, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything that was asked for was done, or is current.
    Done = 0,
    /// The output is stale, the document was rejected, or a file could not be read or written.
    Refused = 1,
    /// The arguments or `codegen.toml` make no sense.
    Usage = 2,
}
