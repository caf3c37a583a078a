//! YAML, the outside crates' side of it.

use std::ops::ControlFlow;

use saphyr_parser::{Event as Parsed, Parser, ScalarStyle, ScanError, Span, Tag};

use super::events::{Event, Listener, Mark, Node, Style};

/// Reads a text with marks until the listener has had enough.
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
        Parsed::MappingStart(anchor, tag) => Event::Object(node(anchor, tag.as_deref(), &["map"])),
        Parsed::SequenceStart(anchor, tag) => Event::Array(node(anchor, tag.as_deref(), &["seq"])),
        Parsed::MappingEnd | Parsed::SequenceEnd => Event::End,
        Parsed::Scalar(text, style, anchor, tag) => {
            let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
            let node = node(anchor, tag.as_deref(), &["str", "int", "float", "bool", "null"]);
            Event::Scalar(text, style, node)
        }
        Parsed::Alias(anchor) => Event::Alias(anchor),
        Parsed::Nothing | Parsed::StreamStart | Parsed::StreamEnd | Parsed::DocumentEnd => return None,
    })
}

fn node(anchor: usize, tag: Option<&Tag>, known: &[&str]) -> Node {
    let foreign = tag.filter(|tag| !(tag.is_yaml_core_schema() && known.contains(&tag.suffix.as_str())));
    Node { anchor, foreign_tag: foreign.map(|tag| format!("{}{}", tag.handle, tag.suffix)), tagged: tag.is_some() }
}

/// A tree as YAML text.
pub(super) fn write(root: &serde_json::Value) -> String {
    // A tree of JSON values has a YAML form whatever it holds.
    serde_yaml::to_string(&super::tree::Printable(root)).unwrap_or_default()
}
