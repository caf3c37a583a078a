//! XML bodies: values by tables that say which element, attribute or text holds what (OAS 3.2, XML Object).
//!
//! A body is read into a small tree, and the tree by its table into the JSON value that the type reads from; writing goes the
//! other way. A document type is refused, so there are no entities but XML's own five, and nothing is fetched or expanded.

use serde::Serialize;
use serde_json::to_value;

use super::call::Call;
use super::error::{DecodeError, Error};
use super::reply::Reply;
use super::request::Request;
use super::wire::Wire;
use super::{json, wire_read, xml_read, xml_write};

/// The namespace of `xsi:nil`, by which an element says that it is null (OAS 3.2, "Handling null values").
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A node, and the value that it holds.
#[derive(Debug)]
pub(crate) struct Node {
    /// The member that it is, where it is in an object.
    pub(crate) property: &'static str,
    /// What kind of node it is.
    pub(crate) kind: Kind,
    /// Its name; empty where it is the member's.
    pub(crate) name: &'static str,
    /// The prefix of the name, if it is to have one.
    pub(crate) prefix: &'static str,
    /// The namespace of the name; empty where the description says none.
    pub(crate) namespace: &'static str,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// Whether it may be null.
    pub(crate) nullable: bool,
    /// What it holds.
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

    /// Whether a name is this node's. Where the description says no namespace, any will do: documents inherit them.
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

/// What a node holds.
#[derive(Debug)]
pub(crate) enum Content {
    Text,
    Number,
    Boolean,
    /// Members.
    Object(&'static [Node]),
    /// Values in a row, each such a node.
    List(&'static Node),
}

impl Request {
    /// An XML body.
    pub(crate) fn xml<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        document: &'static Node,
        body: &T,
    ) -> &mut Self {
        let written = to_value(body).map_err(|reason| format!("cannot be written: {reason}"));
        match written.and_then(|value| xml_write::write(document, &value)) {
            Ok(xml) => self.bytes(content_type, xml),
            Err(reason) => self.reject("body", content_type, reason),
        }
    }
}

impl<O> Call<'_, O> {
    /// An XML body.
    pub(crate) fn set_xml<T: Serialize + ?Sized>(
        mut self,
        content_type: &str,
        document: &'static Node,
        body: &T,
    ) -> Self {
        self.request.xml(content_type, document, body);
        self
    }
}

impl Reply {
    /// An XML body.
    pub(crate) fn xml<T: Wire, F>(self, document: &'static Node) -> Result<T, Error<F>> {
        let mut value = T::vacant();
        match self.read_xml(document, &mut value) {
            Ok(()) => Ok(value),
            Err(cause) => Err(self.misread(cause)),
        }
    }

    /// An XML body that says what failed; or JSON, as servers say it whatever was asked for.
    pub(crate) fn failure_xml<T: Wire, F>(self, document: &'static Node, wrap: fn(T) -> F) -> Error<F> {
        if self.check_json().is_ok() && !self.media_type().is_some_and(|found| is_xml(&found)) {
            return self.failure(wrap);
        }
        let mut value = T::vacant();
        match self.read_xml(document, &mut value) {
            Ok(()) => self.failed(wrap(value)),
            Err(cause) => self.misread(cause),
        }
    }

    fn read_xml(&self, document: &'static Node, value: &mut dyn Wire) -> Result<(), DecodeError> {
        self.check_body("XML", is_xml)?;
        let read = xml_read::read(document, &self.body)?;
        wire_read::read(value, read).map_err(|error| json::explain_value(&error, format!("/{}", document.name())))
    }
}

/// RFC 7303: the two of XML itself, and all that end in `+xml`.
fn is_xml(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    matches!(media_type.as_str(), "application/xml" | "text/xml") || media_type.ends_with("+xml")
}
