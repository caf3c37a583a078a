//! Reading XML by its table.

use std::collections::HashSet;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};
use serde_json::{Map, Number, Value};

use super::DECIMALS;
use super::cause::DecodeError;
use super::decode_error::name_in_path;
use super::digits;
use super::number_text::is_number;
use super::redact::is_sensitive;
use super::xml_node::{Content, Kind, Node, XSI};

/// The depth to which elements may be inside one another: as deep as JSON may be.
const DEPTH: usize = 128;

/// The number of elements that a document may have: a small one takes some forty times its bytes.
const ELEMENTS: usize = 1 << 20;

/// The length of a namespace, in bytes: elements inherit it, and looking at it takes time for each.
const NAMESPACE: usize = 1 << 10;

/// The number of attributes of an element, each of which is held against those before it.
const ATTRIBUTES: usize = 128;

/// The number of elements that may be read from any document, however short.
const FEW: usize = 1 << 10;

/// An element as it came.
#[derive(Debug)]
struct Element {
    name: Rc<str>,
    namespace: Rc<str>,
    /// Name, namespace, value.
    attributes: Vec<(Rc<str>, Rc<str>, String)>,
    children: Vec<Element>,
    /// The text between the children; that in CDATA sections apart as well.
    text: String,
    cdata: String,
}

impl Element {
    fn attribute(&self, wanted: impl Fn(&str, &str) -> bool) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, namespace, _)| wanted(name, namespace));
        found.map(|(_, _, value)| value.as_str())
    }

    fn is_nil(&self) -> bool {
        let nil = self.attribute(|name, namespace| name == "nil" && namespace == XSI);
        nil.is_some_and(|value| matches!(value.trim(), "true" | "1"))
    }

    /// The text; between children, white space around it is the layout's.
    fn text(&self) -> &str {
        if self.children.is_empty() { &self.text } else { self.text.trim() }
    }
}

/// Reads a document by its table, into the JSON value of the same meaning.
pub(crate) fn read(document: &'static Node, xml: &[u8]) -> Result<Value, DecodeError> {
    let xml = xml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(xml);
    let text = std::str::from_utf8(xml).map_err(|_| DecodeError::Encoding("not UTF-8".into()))?;
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    let root = parse(text)?;
    // Several members may be read from one element, and then from all that is in it: only so often. An element takes four bytes.
    let mut path = Path { names: Vec::new(), left: FEW + xml.len() / 3 };
    if !document.is(&root.name, &root.namespace) {
        let expected = document.name();
        return Err(path.misfit(format!("the root is another element than `{expected}`")));
    }
    path.element(document, &root)
}

fn misfit(message: impl Into<String>) -> DecodeError {
    DecodeError::Shape { message: message.into(), path: "/".into() }
}

fn faulty(error: &dyn std::fmt::Display) -> DecodeError {
    misfit(format!("is no XML: {error}"))
}

/// Reads the tree. Comments and processing instructions say nothing about values.
fn parse(text: &str) -> Result<Element, DecodeError> {
    let mut names = Names::default();
    let mut reader = NsReader::from_str(text);
    let mut tree = Tree::default();
    loop {
        match reader.read_event().map_err(|error| faulty(&error))? {
            Event::Start(start) => tree.open(element(&reader, &start, &mut names)?)?,
            Event::Empty(start) => {
                tree.open(element(&reader, &start, &mut names)?)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(text) => {
                tree.text(&text.xml10_content())?;
            }
            Event::CData(data) => {
                let data = data.xml10_content();
                if let Some(element) = tree.text(&data)? {
                    element.cdata.push_str(&data);
                }
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| faulty(&error))?;
                let own = quick_xml::escape::resolve_xml_entity(&reference).map(str::to_owned);
                let text = character.map(String::from).or(own);
                tree.text(&text.ok_or_else(|| misfit("there is an entity that is none of XML's own"))?)?;
            }
            Event::DocType(_) => return Err(misfit("there is a document type, which this client does not read")),
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|error| faulty(&error))?;
                if let Some(other) = encoding.filter(|name| !is_unicode(name)) {
                    return Err(DecodeError::Encoding(other.chars().take(40).collect()));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return tree.finish(),
        }
    }
}

fn is_unicode(encoding: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
}

/// The part of the document that has been read so far.
#[derive(Default)]
struct Tree {
    /// The elements that are not closed yet, from the outside in.
    open: Vec<Element>,
    root: Option<Element>,
    count: usize,
}

impl Tree {
    fn open(&mut self, element: Element) -> Result<(), DecodeError> {
        self.count += 1;
        if self.root.is_some() {
            return Err(misfit("there are several roots"));
        }
        if self.open.len() >= DEPTH {
            return Err(misfit(format!("elements are more than {DEPTH} deep in one another")));
        }
        if self.count > ELEMENTS {
            return Err(misfit(format!("there are more than {ELEMENTS} elements")));
        }
        self.open.push(element);
        Ok(())
    }

    /// The reader has seen to it that what is closed is what was opened last.
    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    /// Adds text to the innermost element, and gives it. Around the root there may be white space.
    fn text(&mut self, text: &str) -> Result<Option<&mut Element>, DecodeError> {
        match self.open.last_mut() {
            Some(element) => {
                element.text.push_str(text);
                Ok(Some(element))
            }
            None if text.trim().is_empty() => Ok(None),
            None => Err(misfit("there is text outside the root")),
        }
    }

    fn finish(self) -> Result<Element, DecodeError> {
        if !self.open.is_empty() {
            return Err(misfit("is cut off"));
        }
        self.root.ok_or(DecodeError::Empty)
    }
}

/// The names and namespaces of a document, each kept once, however many elements have it.
#[derive(Default)]
struct Names(HashSet<Rc<str>>);

impl Names {
    fn get(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.0.get(text) {
            return Rc::clone(known);
        }
        let name = Rc::from(text);
        self.0.insert(Rc::clone(&name));
        name
    }

    fn namespace(&mut self, found: ResolveResult<'_>) -> Result<Rc<str>, DecodeError> {
        match found {
            ResolveResult::Bound(namespace) if namespace.into_inner().len() > NAMESPACE => {
                Err(misfit(format!("a namespace is longer than {NAMESPACE} bytes")))
            }
            ResolveResult::Bound(namespace) => Ok(self.get(namespace.into_inner())),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => Ok(self.get("")),
        }
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>, names: &mut Names) -> Result<Element, DecodeError> {
    let resolver = reader.resolver();
    let (namespace, name) = resolver.resolve_element(start.name());
    let (name, namespace) = (names.get(name.into_inner()), names.namespace(namespace)?);
    let (text, cdata) = (String::new(), String::new());
    let mut element = Element { name, namespace, attributes: Vec::new(), children: Vec::new(), text, cdata };
    for (index, attribute) in start.attributes().enumerate() {
        if index == ATTRIBUTES {
            return Err(misfit(format!("an element has more than {ATTRIBUTES} attributes")));
        }
        let attribute = attribute.map_err(|error| faulty(&error))?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (namespace, name) = resolver.resolve_attribute(attribute.key);
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        let value = value.map_err(|error| faulty(&error))?;
        let (name, namespace) = (names.get(name.into_inner()), names.namespace(namespace)?);
        element.attributes.push((name, namespace, value.into_owned()));
    }
    Ok(element)
}

/// The place in the document where a value is read.
struct Path {
    names: Vec<&'static str>,
    /// The number of elements that are still read, each as often as it is.
    left: usize,
}

impl Path {
    fn misfit(&self, message: impl Into<String>) -> DecodeError {
        let last = self.names.last().copied().unwrap_or_default();
        let message = if is_sensitive(last) { "a hidden value does not fit".to_owned() } else { message.into() };
        DecodeError::Shape {
            message,
            path: self.names.iter().fold(String::new(), |path, name| path + "/" + name_in_path(name)),
        }
    }

    /// The value of an element.
    fn element(&mut self, node: &'static Node, element: &Element) -> Result<Value, DecodeError> {
        self.left = self.left.checked_sub(1).ok_or_else(|| self.misfit("is too much work to read"))?;
        self.names.push(node.name());
        let value = match node.content {
            _ if element.is_nil() => Value::Null,
            Content::Object(members) => Value::Object(self.members(members, element)?),
            Content::List(item) => Value::Array(self.items(item, element)?),
            scalar => self.scalar(scalar, element.text(), node.nullable)?,
        };
        self.names.pop();
        Ok(value)
    }

    fn scalar(&self, content: &Content, text: &str, nullable: bool) -> Result<Value, DecodeError> {
        let trimmed = text.trim();
        match content {
            Content::Number | Content::Boolean if trimmed.is_empty() && nullable => Ok(Value::Null),
            Content::Number if DECIMALS && is_number(trimmed) => Ok(digits::value(trimmed)),
            Content::Number => number(trimmed).map(Value::Number).ok_or_else(|| self.misfit("is no number")),
            Content::Boolean => match trimmed {
                "true" | "1" => Ok(true.into()),
                "false" | "0" => Ok(false.into()),
                _ => Err(self.misfit("is neither `true` nor `false`")),
            },
            Content::Text | Content::Object(_) | Content::List(_) => Ok(text.into()),
        }
    }

    fn members(&mut self, nodes: &'static [Node], element: &Element) -> Result<Map<String, Value>, DecodeError> {
        let mut members = Map::new();
        for node in nodes {
            if let Some(value) = self.member(node, element)? {
                members.insert(node.property.to_owned(), value);
            }
        }
        Ok(members)
    }

    /// The value of a member of what an element holds, if it is there.
    fn member(&mut self, node: &'static Node, element: &Element) -> Result<Option<Value>, DecodeError> {
        match node.kind {
            Kind::Element => {
                let found = element.children.iter().find(|child| node.is(&child.name, &child.namespace));
                found.map(|child| self.element(node, child)).transpose()
            }
            Kind::Attribute => {
                // Names of attributes without a prefix are in no namespace, whatever their element is in.
                let text = element.attribute(|name, namespace| node.is(name, namespace));
                self.names.push(node.name());
                let value = text.map(|text| self.scalar(node.content, text, node.nullable)).transpose()?;
                self.names.pop();
                // No attribute is how an attribute is null (OAS 3.2, "Handling null values").
                Ok(value.or_else(|| (node.nullable && node.required).then_some(Value::Null)))
            }
            Kind::Text | Kind::Cdata => {
                let text =
                    if node.kind == Kind::Cdata && !element.cdata.is_empty() { &element.cdata } else { element.text() };
                let is_there = node.required || !text.is_empty();
                is_there.then(|| self.scalar(node.content, text, node.nullable)).transpose()
            }
            Kind::Bare => match node.content {
                Content::List(item) => {
                    let items = self.items(item, element)?;
                    Ok((node.required || !items.is_empty()).then_some(Value::Array(items)))
                }
                Content::Object(members) => {
                    let members = self.members(members, element)?;
                    Ok((node.required || !members.is_empty()).then_some(Value::Object(members)))
                }
                scalar => self.scalar(scalar, element.text(), node.nullable).map(Some),
            },
        }
    }

    fn items(&mut self, item: &'static Node, element: &Element) -> Result<Vec<Value>, DecodeError> {
        let found = element.children.iter().filter(|child| item.is(&child.name, &child.namespace));
        found.map(|child| self.element(item, child)).collect()
    }
}

/// A number as XML Schema writes it: a sign and leading zeros are no fault.
fn number(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let integer = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    integer.ok().or_else(|| Number::from_f64(text.parse().ok()?))
}
