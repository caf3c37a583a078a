//! The XML facts of a schema.

/// OAS 3.0.4 §4.7.26 and OAS 3.2 §4.27, XML Object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// The kind of node; the default depends on the schema.
    pub node: Option<XmlNode>,
    /// The name of the element or attribute.
    pub name: Option<String>,
    /// The namespace of the name.
    pub namespace: Option<String>,
    /// The prefix of the name.
    pub prefix: Option<String>,
}

/// The node of a schema in an XML document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNode {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Text.
    Text,
    /// A CDATA section.
    Cdata,
    /// No node: its contents are in its parent.
    None,
}
