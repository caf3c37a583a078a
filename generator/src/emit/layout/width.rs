//! The width of lines.

/// The maximum width of a line.
pub(super) const WIDTH: usize = 100;

/// Returns the width of a line without its line break.
pub(super) fn width(line: &str) -> usize {
    line.trim_end().chars().count()
}
