//! How values are written as XML: a node for each thing that stands in a document, and tables of what objects hold.

use super::name::Name;

/// The XML of a crate.
#[derive(Clone, Debug, Default)]
pub struct XmlPlan {
    /// The documents, each by its constant.
    pub documents: Vec<(Name, XmlElement)>,
    /// What objects hold, each by its constant, with the type that it is of.
    pub tables: Vec<(Name, Name, Vec<XmlMember>)>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlMember {
    /// The member's name in JSON.
    pub property: String,
    /// Whether it has to be there.
    pub required: bool,
    /// What it is.
    pub node: XmlElement,
}

/// A node of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement {
    /// What kind of node it is.
    pub kind: XmlKind,
    /// Its name, without a prefix; empty where its kind has none.
    pub name: String,
    /// The prefix of its name.
    pub prefix: Option<String>,
    /// The namespace of its name.
    pub namespace: Option<String>,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it holds.
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

/// What a node holds.
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
