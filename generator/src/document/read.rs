//! From bytes to a tree.

use std::borrow::Cow;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::checks::Checks;
use super::events::{Mark, between};
use super::json::{self, is_json};
use super::limits::Limits;
use super::loose_json;
use super::merge;
use super::scan::FirstPass;
use super::tree::Builder;
use super::unquoted;
use crate::diagnostics::{Diagnostics, Rule};
use crate::place::{Pointer, Position, Source, Trail};

/// A file as a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The name of the file that it was read from.
    pub name: String,
    /// Its content.
    pub root: serde_json::Value,
}

/// Reads a file: JSON (RFC 8259, and comments and trailing commas with a warning), or YAML 1.2 under its core schema, in UTF-8 with or without a byte order mark.
///
/// A construct that a tree cannot represent is an error with its line: a duplicate key, a second document, a tag outside the core
/// schema, a key that is not a scalar, a number that JSON does not have. So is a text beyond `limits`.
pub fn read(source: &Source, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Document> {
    let text = text(source, limits, diagnostics)?;
    let root = if is_json(&source.name, text) {
        read_json(&source.name, text, limits, diagnostics)
    } else {
        let mut root = read_yaml(&source.name, text, limits, diagnostics)?;
        unquoted::keep_text(&mut root, text, source, diagnostics);
        Some(root)
    }?;
    Some(Document { name: source.name.clone(), root })
}

/// The text of a file, or a finding with the first byte that is wrong.
fn text<'a>(source: &'a Source, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let (name, bytes) = (&source.name, source.bytes.as_slice());
    let mut fail = |rule: Rule, position: Position, message: String| {
        diagnostics.push(rule.in_text(name, position).message(message));
        None
    };
    if bytes.len() > limits.bytes {
        let message = format!("{} bytes, and the limit is {}", bytes.len(), limits.bytes);
        return fail(Rule::TooLarge, Position::START, message);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return fail(Rule::NotUtf8, Position::START, "a byte order mark of UTF-16 or UTF-32".to_owned());
    }
    // Without a mark, these have zeros around the first character.
    if bytes.iter().take(4).any(|&byte| byte == 0) {
        return fail(
            Rule::NotUtf8,
            Position::START,
            "zeros between the characters, as UTF-16 and UTF-32 have".to_owned(),
        );
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (good, offset) = (&bytes[..error.valid_up_to()], error.valid_up_to());
            let position = Position::after(std::str::from_utf8(good).unwrap_or_default());
            let message = format!("byte 0x{:02X} at offset {offset} is not UTF-8", bytes[offset]);
            return fail(Rule::NotUtf8, position, message);
        }
    };
    // The marked reader of YAML would take it for the end.
    if let Some(offset) = text.find('\0') {
        let rule = if name.ends_with(".json") { Rule::NotJson } else { Rule::NotYaml };
        return fail(rule, Position::after(&text[..offset]), "a character with the number 0".to_owned());
    }
    // A file of comments has no document in it either.
    if text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#')) {
        return fail(Rule::EmptyDocument, Position::START, "the file says nothing".to_owned());
    }
    Some(text)
}

fn read_json(name: &str, text: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Value> {
    let (mut broken, mut result) = deserialize_json(text, limits);
    let mut text = Cow::Borrowed(text);
    if result.is_err()
        && broken.is_none()
        && let Some(found) = loose_json::read(&text)
    {
        let mut report = |mark: Option<Mark>, message: &str| {
            let place = mark.map(|mark| between(mark, mark));
            place.into_iter().for_each(|place| diagnostics.push(Rule::LooseJson.in_text(name, place).message(message)));
        };
        report(found.comment, "a comment begins here; all comments are passed over");
        report(found.comma, "no value follows this comma; it is passed over, and so are others like it");
        (broken, result) = deserialize_json(&found.text, limits);
        text = Cow::Owned(found.text);
    }
    let error = match result {
        Ok(root) => return Some(root),
        Err(error) => error,
    };
    let mut checks = Checks::new(name, limits);
    if broken == Some(Rule::DuplicateKey) {
        // The deserializer stops at the first; the scanner finds all, each with its first place.
        json::listen(&text, &mut checks);
        checks.faults.retain(|found| found.rule == Rule::DuplicateKey);
    }
    if checks.faults.is_empty() {
        let rule = broken.unwrap_or(Rule::NotJson);
        let position = Position::at(error.line(), error.column());
        checks.faults.push(rule.in_text(name, position).message(without_position(&error.to_string())));
    }
    checks.faults.into_iter().for_each(|found| diagnostics.push(found));
    None
}

/// Reads JSON, and returns the rule that the tree violates if it can't be built.
fn deserialize_json(text: &str, limits: &Limits) -> (Option<Rule>, Result<Value, serde_json::Error>) {
    let builder = Builder::new(limits);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // The builder counts levels itself, so that the limit can be raised.
    deserializer.disable_recursion_limit();
    let result = builder.seed().deserialize(&mut deserializer).and_then(|root| deserializer.end().map(|()| root));
    (builder.broken.get(), result)
}

/// Brackets inside one another beyond which a text that the marked reader gave up on is not tried further.
const NESTING: usize = 1_000;

/// Returns the maximum nesting of brackets, including those in strings.
fn nesting(text: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// Reads YAML: first with positions, to check it. A plain text then has its tree; any other is read with `serde_yaml`.
///
/// The first reader is the stricter one. A text that only it rejects, such as one with unindented lines in quotes, is left to `serde_yaml`.
fn read_yaml(name: &str, text: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Value> {
    finish_yaml(name, text, FirstPass::read(name, text, limits), limits, diagnostics)
}

/// Takes the tree of the first reading where there is one, else reads a second time.
pub(super) fn finish_yaml(
    name: &str,
    text: &str,
    first: FirstPass<'_>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let FirstPass { checks, plain, marked } = first;
    let (faults, corrections) = (checks.faults, checks.corrections);
    checks.notes.into_iter().for_each(|found| diagnostics.push(found));
    if !faults.is_empty() {
        faults.into_iter().for_each(|found| diagnostics.push(found));
        return None;
    }
    if let Err((mark, message)) = &marked
        && (nesting(text) > NESTING || message.contains("recursion limit"))
    {
        // The marked reader has a limit of its own.
        let rule = if message.contains("recursion limit") { Rule::TooDeep } else { Rule::NotYaml };
        diagnostics.push(rule.in_text(name, between(*mark, *mark)).message(message));
        return None;
    }
    if let Some(root) = plain {
        return Some(root);
    }
    let (broken, read) = deserialize_yaml(text, limits, marked.is_ok());
    match read {
        Ok(mut root) => {
            for (pointer, value) in corrections {
                if let Some(place) = root.pointer_mut(pointer.as_str()) {
                    *place = value;
                }
            }
            if checks.merges {
                merge::apply(&mut root, name, &checks.quoted_merges, &Trail::At(&Pointer::root()), diagnostics);
            }
            Some(root)
        }
        Err(error) => {
            let rule = broken.unwrap_or(Rule::NotYaml);
            let position = error.location().map_or(Position::START, |at| Position::at(at.line(), at.column()));
            let found = match (rule, marked) {
                // The first reader's message is better. But if it stopped further up, `serde_yaml` accepted the text at which it stopped.
                (Rule::NotYaml, Err((mark, message))) if mark.line >= position.line => {
                    let help = slip(&message);
                    let found = rule.in_text(name, between(mark, mark)).message(message);
                    match help {
                        Some(help) => found.help(help),
                        None => found,
                    }
                }
                _ => rule.in_text(name, position).message(without_position(&error.to_string())),
            };
            diagnostics.push(found);
            None
        }
    }
}

/// The correction of a common slip in YAML, by the message of the reader with marks.
fn slip(message: &str) -> Option<&'static str> {
    let known = [
        ("mapping values are not allowed", "put a text that contains `: ` in quotes; else correct the indentation"),
        ("unexpected character", "put a text that begins with this character in quotes"),
        ("unknown anchor", "put a text that begins with `*` in quotes; else define the anchor before its alias"),
        ("tabs disallowed", "indent with spaces"),
    ];
    known.into_iter().find(|(part, _)| message.contains(part)).map(|(_, help)| help)
}

/// The maximum number of colons that get a space.
const MOST_COLONS: usize = 200;

/// Reads YAML with `serde_yaml`, and returns the rule that the tree violates if it can't be built.
///
/// In brackets, YAML 1.2 takes a colon before a bracket for the end of a key (`{ids:[1]}`, section 7.3.3), and `serde_yaml` for a fault
/// there. It gets a space behind such a colon, wherever it says that it found one.
fn deserialize_yaml(text: &str, limits: &Limits, with_tags: bool) -> (Option<Rule>, Result<Value, serde_yaml::Error>) {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MOST_COLONS {
        let builder = Builder::new(limits).with_tags(with_tags);
        let read = builder.seed().deserialize(serde_yaml::Deserializer::from_str(&text));
        let broken = builder.broken.get();
        match &read {
            Err(error) if broken.is_none() => match with_space_after_colon(&text, error) {
                Some(spaced) => text = Cow::Owned(spaced),
                None => return (broken, read),
            },
            _ => return (broken, read),
        }
    }
    let builder = Builder::new(limits).with_tags(with_tags);
    let read = builder.seed().deserialize(serde_yaml::Deserializer::from_str(&text));
    (builder.broken.get(), read)
}

fn with_space_after_colon(text: &str, error: &serde_yaml::Error) -> Option<String> {
    let at = error.location().filter(|_| error.to_string().contains("found unexpected ':'"))?.index();
    let (before, after) = (text.get(..at)?, text.get(at..)?.strip_prefix(':')?);
    after.starts_with(['[', ']', '{', '}', ',', '?']).then(|| format!("{before}: {after}"))
}

/// The deserializers end their messages with the position, which the finding has already.
fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}
