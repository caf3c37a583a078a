//! Writing XML by its table.

use bytes::Bytes;
use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};

use super::digits;
use super::xml_node::{Content, Kind, Node, XSI};

/// Writes a value as a document by its table.
pub(crate) fn write(document: &'static Node, value: &Value) -> Result<Bytes, String> {
    let mut writing = Writing { out: Writer::new(Vec::new()), namespaces: Vec::new() };
    writing.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writing.element(document, value)?;
    Ok(writing.out.into_inner().into())
}

struct Writing {
    out: Writer<Vec<u8>>,
    /// Prefixes, the empty one for the default, and what they stand for, from the outside in.
    namespaces: Vec<(&'static str, &'static str)>,
}

impl Writing {
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        self.out.write_event(event).map_err(|error| format!("cannot be written: {error}"))
    }

    /// Declares the namespace of a node, where the elements around it don't.
    fn declare(&mut self, start: &mut BytesStart<'_>, node: &Node) {
        let known = self.namespaces.iter().rev().find(|(prefix, _)| *prefix == node.prefix);
        if node.namespace.is_empty() || known.is_some_and(|(_, uri)| *uri == node.namespace) {
            return;
        }
        self.namespaces.push((node.prefix, node.namespace));
        match node.prefix {
            "" => start.push_attribute(("xmlns", node.namespace)),
            prefix => start.push_attribute((format!("xmlns:{prefix}").as_str(), node.namespace)),
        }
    }

    fn element(&mut self, node: &'static Node, value: &Value) -> Result<(), String> {
        let (tag, outside) = (node.tag(), self.namespaces.len());
        let mut start = BytesStart::new(tag.as_str());
        self.declare(&mut start, node);
        match (node.content, value) {
            (_, Value::Null) => {
                start.push_attribute(("xmlns:xsi", XSI));
                start.push_attribute(("xsi:nil", "true"));
                self.event(Event::Empty(start))?;
            }
            (Content::Object(members), Value::Object(values)) => {
                self.attributes(&mut start, members, values)?;
                self.event(Event::Start(start))?;
                self.members(members, values)?;
                self.event(Event::End(BytesEnd::new(tag)))?;
            }
            (Content::List(item), Value::Array(values)) => {
                self.event(Event::Start(start))?;
                values.iter().try_for_each(|value| self.element(item, value))?;
                self.event(Event::End(BytesEnd::new(tag)))?;
            }
            (_, value) => {
                self.event(Event::Start(start))?;
                self.text(&scalar(node, value)?)?;
                self.event(Event::End(BytesEnd::new(tag)))?;
            }
        }
        self.namespaces.truncate(outside);
        Ok(())
    }

    /// The members that are attributes; of a member that has no node by itself, its members.
    fn attributes(
        &mut self,
        start: &mut BytesStart<'_>,
        members: &'static [Node],
        values: &Map<String, Value>,
    ) -> Result<(), String> {
        for member in members {
            match (member.kind, member.content, values.get(member.property)) {
                (Kind::Attribute, _, Some(value)) if !value.is_null() => {
                    self.declare(start, member);
                    let text = scalar(member, value)?;
                    start.push_attribute((member.tag().as_str(), text.as_str()));
                }
                (Kind::Bare, Content::Object(members), Some(Value::Object(values))) => {
                    self.attributes(start, members, values)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn members(&mut self, members: &'static [Node], values: &Map<String, Value>) -> Result<(), String> {
        for member in members {
            match (member.kind, member.content, values.get(member.property)) {
                (_, _, None) | (Kind::Attribute, ..) => {}
                (Kind::Element, _, Some(value)) => self.element(member, value)?,
                (_, _, Some(Value::Null)) => {}
                (Kind::Cdata, _, Some(value)) => {
                    let text = scalar(member, value)?;
                    for section in BytesCData::escaped(&text) {
                        self.event(Event::CData(section))?;
                    }
                }
                (Kind::Bare, Content::List(item), Some(Value::Array(values))) => {
                    values.iter().try_for_each(|value| self.element(item, value))?;
                }
                (Kind::Bare, Content::Object(members), Some(Value::Object(values))) => {
                    self.members(members, values)?;
                }
                (Kind::Text | Kind::Bare, _, Some(value)) => {
                    let text = scalar(member, value)?;
                    self.text(&text)?;
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        self.event(Event::Text(BytesText::new(text)))
    }
}

/// A value as text, if XML can carry it.
fn scalar(node: &Node, value: &Value) -> Result<String, String> {
    let text = match value {
        Value::String(text) => digits::plain(text).to_owned(),
        Value::Bool(_) => value.to_string(),
        // A whole number is one, whatever type has it.
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").unwrap_or(&text).to_owned()
        }
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return Err(format!("has a value in `{}` that is no text", node.name()));
        }
    };
    // XML 1.0, section 2.2: no way to write these, not even as references.
    let is_sayable = |character: char| {
        matches!(character, '\t' | '\n' | '\r') || character >= ' ' && !matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    match text.chars().all(is_sayable) {
        true => Ok(text),
        false => Err(format!("has a character in `{}` that XML cannot carry", node.name())),
    }
}
