//! The readers and the writer of YAML, by external crates.

use std::collections::HashMap;
use std::ops::ControlFlow;

use saphyr_parser::{Event as Parsed, Parser, ScalarStyle, ScanError, Span, Tag as ParsedTag};

use super::events::{Event, Listener, Mark, Node, Style};
use super::quoting;
use super::tags::Tag;

/// Reads a text with positions until the listener ends the reading.
///
/// # Errors
/// Where the text is not YAML.
pub(super) fn listen(text: &str, listener: &mut impl Listener) -> Result<(), (Mark, String)> {
    for next in Parser::new_from_str(text) {
        let (parsed, span) = next.map_err(failure)?;
        let Some(event) = translate(parsed) else { continue };
        let (start, end) = marks(span);
        if listener.event(event, start, end) == ControlFlow::Break(()) {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a text with marks, as [`listen`] does, and again where the parser is stricter than YAML 1.2, with a new listener and with spaces
/// where the parser misses them.
pub(super) fn listen_leniently<L: Listener>(text: &str, new: impl Fn() -> L) -> (L, Result<(), (Mark, String)>) {
    let mut listener = new();
    let read = listen(text, &mut listener);
    let Some(spaced) = read.as_ref().err().and_then(|failure| Spaced::of(text, failure)) else {
        return (listener, read);
    };
    let mut shifted = Shifted { listener: new(), spaced: &spaced };
    let read = listen(&spaced.text, &mut shifted).map_err(|(mark, message)| (spaced.mark_before(mark), message));
    (shifted.listener, read)
}

/// The maximum number of places where spaces are inserted.
const MOST_SPACED: usize = 2_000;
/// The most bytes that are scanned to find where spaces are missed.
const MOST_SCANNED: usize = 32 << 20;

/// The indentation of a bracket that is not missing any: what is wrong there is something else.
const DEEPEST: usize = 256;

/// A text with inserted spaces, and their places.
struct Spaced {
    text: String,
    /// The inserted spaces of each line: the column where they are inserted, and their number.
    spaces: HashMap<usize, Vec<(usize, usize)>>,
}

impl Spaced {
    /// Puts in the spaces that are missed; `None` where the first failure is another.
    fn of(text: &str, first: &(Mark, String)) -> Option<Self> {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let mut spaces: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        let (mut failure, mut scanned, mut any) = (first.clone(), 0, false);
        for _ in 0..MOST_SPACED {
            let (mark, message) = failure;
            let line = lines.get_mut(mark.line.checked_sub(1)?)?;
            let Some((column, count)) = missed(line, mark, &message) else { break };
            let at = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
            line.insert_str(at, &" ".repeat(count));
            spaces.entry(mark.line).or_default().push((column, count));
            any = true;
            let text = lines.concat();
            match listen(&text, &mut Deaf) {
                Err(next) if scanned < MOST_SCANNED => {
                    scanned += text.len();
                    failure = next;
                }
                _ => return Some(Spaced { text, spaces }),
            }
        }
        any.then(|| Spaced { text: lines.concat(), spaces })
    }

    /// A place as it was without the spaces.
    fn mark_before(&self, mark: Mark) -> Mark {
        let spaces = self.spaces.get(&mark.line).map_or(&[][..], Vec::as_slice);
        // The spaces that were inserted last have not moved anything since.
        let column = spaces.iter().rev().fold(mark.column, |column, (at, count)| {
            if column > *at { column.saturating_sub(*count).max(*at) } else { column }
        });
        Mark { line: mark.line, column }
    }
}

/// The column before which spaces are missed, and how many: a bracket that closes where its key begins, and a colon before a bracket.
fn missed(line: &str, mark: Mark, message: &str) -> Option<(usize, usize)> {
    let from = |column: usize| line.chars().skip(column - 1);
    if message.contains("invalid indentation") {
        let indent = line.chars().take_while(|character| *character == ' ').count();
        let closes = matches!(from(indent + 1).next(), Some('}' | ']'));
        // So many at once that few lines are looked at twice.
        return (closes && indent < DEEPEST).then_some((indent + 1, indent + 8));
    }
    let is_colon = message.contains("may not precede any of") && from(mark.column).next() == Some(':');
    is_colon.then_some((mark.column + 1, 1))
}

/// A listener that ignores all events.
struct Deaf;

impl Listener for Deaf {
    fn event(&mut self, _event: Event<'_>, _start: Mark, _end: Mark) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Passes events on with the positions that they have without the added spaces.
struct Shifted<'a, L> {
    listener: L,
    spaced: &'a Spaced,
}

impl<L: Listener> Listener for Shifted<'_, L> {
    fn event(&mut self, event: Event<'_>, start: Mark, end: Mark) -> ControlFlow<()> {
        self.listener.event(event, self.spaced.mark_before(start), self.spaced.mark_before(end))
    }
}

fn failure(error: ScanError) -> (Mark, String) {
    let mark = Mark { line: error.marker().line(), column: error.marker().col() + 1 };
    (mark, error.info().to_owned())
}

fn marks(span: Span) -> (Mark, Mark) {
    let mark = |marker: saphyr_parser::Marker| Mark { line: marker.line(), column: marker.col() + 1 };
    (mark(span.start), mark(span.end))
}

fn translate(parsed: Parsed<'_>) -> Option<Event<'_>> {
    Some(match parsed {
        Parsed::DocumentStart(_) => Event::Document,
        Parsed::MappingStart(anchor, tag) => Event::Object(node(anchor, tag.as_deref(), false)),
        Parsed::SequenceStart(anchor, tag) => Event::Array(node(anchor, tag.as_deref(), false)),
        Parsed::MappingEnd | Parsed::SequenceEnd => Event::End,
        Parsed::Scalar(text, style, anchor, tag) => {
            let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
            Event::Scalar(text, style, node(anchor, tag.as_deref(), true))
        }
        Parsed::Alias(anchor) => Event::Alias(anchor),
        Parsed::Nothing | Parsed::StreamStart | Parsed::StreamEnd | Parsed::DocumentEnd => return None,
    })
}

fn node(anchor: usize, tag: Option<&ParsedTag>, is_scalar: bool) -> Node {
    Node { anchor, tag: tag.map(|tag| Tag::named(&format!("{}{}", tag.handle, tag.suffix), is_scalar)) }
}

/// A tree as YAML text.
pub(super) fn write(root: &serde_json::Value) -> String {
    let marker = quoting::marker(root);
    // A tree of JSON values has a YAML form whatever it holds.
    let text = serde_yaml::to_string(&super::tree::Printable(root, marker)).unwrap_or_default();
    match marker {
        Some(marker) => text.replace(marker, "'"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Deaf, Spaced, listen};

    #[test]
    fn a_bracket_that_spaces_do_not_help_gets_few() {
        let text = "  : {{t{\n}'\nr";
        let failure = listen(text, &mut Deaf).unwrap_err();
        let spaced = Spaced::of(text, &failure).map_or(0, |spaced| spaced.text.len());
        assert!(spaced < 1_000, "{spaced}");
    }
}
