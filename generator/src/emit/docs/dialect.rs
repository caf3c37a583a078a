//! The dialect of Markdown that rustdoc reads.

use pulldown_cmark::Options;

/// The extensions of CommonMark that rustdoc enables, without smart punctuation, which does not affect the structure.
pub(super) const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);
