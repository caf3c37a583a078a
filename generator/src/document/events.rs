//! The events of a text with positions, for YAML and JSON.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::tags::Tag;
use crate::place::Position;

/// A place in a text: characters counted from 1, as editors do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The place between two marks.
pub(super) fn between(start: Mark, end: Mark) -> Position {
    let (start_line, start_column) = (start.line.max(1), start.column.max(1));
    let (end_line, end_column) = (end.line.max(1), end.column.max(1));
    if (end_line, end_column) < (start_line, start_column) {
        return Position::at(start_line, start_column);
    }
    Position { line: start_line, column: start_column, end_line, end_column }
}

/// The notation of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes, so that it may be a number, a boolean or null.
    Plain,
    /// In quotes, and therefore a text.
    Quoted,
}

/// An event of reading.
#[derive(Clone, Debug)]
pub(super) enum Event<'a> {
    /// A document begins.
    Document,
    /// An object begins.
    Object(Node),
    /// An array begins.
    Array(Node),
    /// The innermost object or array ends.
    End,
    /// A scalar.
    Scalar(Cow<'a, str>, Style, Node),
    /// An alias of the anchor with this number.
    Alias(usize),
}

/// The YAML properties of a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// Its anchor, or 0.
    pub(super) anchor: usize,
    /// Its tag, if it has one.
    pub(super) tag: Option<Tag>,
}

/// Listens to a marked reading.
pub(super) trait Listener {
    /// Takes an event with its beginning and end; may end the reading.
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()>;
}
