//! XML bodies: values by tables that say which element, attribute or text holds what (OAS 3.2, XML Object).
//!
//! A body is read into a small tree, and the tree by its table into the JSON value that the type reads from; writing goes the
//! other way. A document type is refused, so there are no entities but XML's own five, and nothing is fetched or expanded.

use super::call::Call;
use super::cause::DecodeError;
use super::digits::to_value;
use super::error::Error;
use super::reply::Reply;
use super::request::Request;
use super::wire::Wire;
use super::xml_node::Node;
use super::{json, wire_read, xml_read, xml_write};
use serde::Serialize;

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
        self.read_xml(document).map_err(|cause| self.decode_error(cause))
    }

    /// The XML body of a failure; or JSON, which servers send whatever was requested.
    pub(crate) fn failure_xml<T: Wire, F>(self, document: &'static Node, wrap: fn(T) -> F) -> Error<F> {
        if self.check_json().is_ok() && !self.media_type().is_some_and(|found| is_xml(&found)) {
            return self.failure(wrap);
        }
        match self.read_xml(document) {
            Ok(value) => self.into_failure(wrap(value)),
            Err(cause) => self.decode_error(cause),
        }
    }

    fn read_xml<T: Wire>(&self, document: &'static Node) -> Result<T, DecodeError> {
        self.check_body("XML", is_xml)?;
        let read = wire_read::of_value(&xml_read::read(document, &self.body)?);
        read.map_err(|error| json::explain_value(&error, format!("/{}", document.name())))
    }
}

/// RFC 7303: the two of XML itself, and all that end in `+xml`.
fn is_xml(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    matches!(media_type.as_str(), "application/xml" | "text/xml") || media_type.ends_with("+xml")
}
