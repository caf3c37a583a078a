//! The XML form of values: a node for each value, and a table for each object.

use super::name::Name;

/// The XML of a crate.
#[derive(Clone, Debug, Default)]
pub struct XmlPlan {
    /// The documents.
    pub documents: Vec<XmlDocument>,
    /// The tables of objects.
    pub tables: Vec<XmlTable>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct XmlDocument {
    /// The constant.
    pub constant: Name,
    /// The root.
    pub root: XmlElement,
}

/// The table of an object.
#[derive(Clone, Debug)]
pub struct XmlTable {
    /// The constant.
    pub constant: Name,
    /// The type of the object.
    pub ty: Name,
    /// The members.
    pub members: Vec<XmlMember>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlMember {
    /// The member's name in JSON.
    pub property: String,
    /// True if it is required.
    pub required: bool,
    /// The node.
    pub node: XmlElement,
}

/// A node of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement {
    /// The kind of node.
    pub kind: XmlKind,
    /// Its name, without a prefix; empty where its kind has none.
    pub name: String,
    /// The prefix of its name.
    pub prefix: Option<String>,
    /// The namespace of its name.
    pub namespace: Option<String>,
    /// True if it may be null.
    pub nullable: bool,
    /// The contents.
    pub content: XmlContent,
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Text.
    Text,
    /// A CDATA section.
    Cdata,
    /// None by itself.
    Bare,
}

/// The contents of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlContent {
    /// Text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Members: the index of their table.
    Object(usize),
    /// Values in a row.
    List(Box<XmlElement>),
}
