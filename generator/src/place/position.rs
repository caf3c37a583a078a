//! Lines and columns.

/// A place in a text. Lines and columns count characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The line on which it ends.
    pub end_line: usize,
    /// The column after its end; the same as `column` if its length is not known.
    pub end_column: usize,
}

impl Position {
    /// The first character.
    pub const START: Position = Position { line: 1, column: 1, end_line: 1, end_column: 1 };

    /// Creates a position without a length.
    pub fn at(line: usize, column: usize) -> Self {
        let (line, column) = (line.max(1), column.max(1));
        Position { line, column, end_line: line, end_column: column }
    }

    /// Returns the position after a text.
    pub(crate) fn after(text: &str) -> Self {
        let line = text.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let last = text.rsplit('\n').next().unwrap_or_default();
        Position::at(line, last.chars().count() + 1)
    }
}
