//! The nodes of XML documents, as tables state them (OAS 3.2, XML Object).

/// The namespace of `xsi:nil`, by which an element says that it is null (OAS 3.2, "Handling null values").
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A node, and the value that it holds.
#[derive(Debug)]
pub(crate) struct Node {
    /// The member that it is, where it is in an object.
    pub(crate) property: &'static str,
    /// The kind of node.
    pub(crate) kind: Kind,
    /// Its name; empty where it is the member's.
    pub(crate) name: &'static str,
    /// The prefix of the name, if it is to have one.
    pub(crate) prefix: &'static str,
    /// The namespace of the name; empty where the description says none.
    pub(crate) namespace: &'static str,
    /// Set if it has to be there.
    pub(crate) required: bool,
    /// Set if it may be null.
    pub(crate) nullable: bool,
    /// The content.
    pub(crate) content: &'static Content,
}

impl Node {
    /// An element of text that may be absent.
    pub(crate) const ELEMENT: Self = Self {
        property: "",
        kind: Kind::Element,
        name: "",
        prefix: "",
        namespace: "",
        required: false,
        nullable: false,
        content: &Content::Text,
    };

    /// The name without a prefix.
    pub(crate) fn name(&self) -> &'static str {
        if self.name.is_empty() { self.property } else { self.name }
    }

    /// The name as it is written.
    pub(crate) fn tag(&self) -> String {
        match self.prefix {
            "" => self.name().to_owned(),
            prefix => format!("{prefix}:{}", self.name()),
        }
    }

    /// Returns whether a name is this node's. Where the description says no namespace, any will do: documents inherit them.
    pub(crate) fn is(&self, name: &str, namespace: &str) -> bool {
        name == self.name() && (self.namespace.is_empty() || self.namespace == namespace)
    }
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Element,
    Attribute,
    Text,
    Cdata,
    /// None by itself: what it holds stands where it would stand.
    Bare,
}

/// The content of a node.
#[derive(Debug)]
pub(crate) enum Content {
    Text,
    Number,
    Boolean,
    /// Members.
    Object(&'static [Node]),
    /// A sequence of values, each such a node.
    List(&'static Node),
}
