//! Events of the parser with their places in the source, and changes at such places.

use std::ops::Range;

use pulldown_cmark::Event;

/// An event of the parser with its range in the source.
pub(super) type Located<'t> = (Event<'t>, Range<usize>);

/// A change to the source.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) replacement: String,
}
