//! XML bodies: values by tables that say which element, attribute or text holds what (OAS 3.2, XML Object).
//!
//! A body is read into a small tree, and the tree by its table into the JSON value that the type reads from; writing goes the
//! other way. A document type is refused, so there are no entities but XML's own five, and nothing is fetched or expanded.

use serde::Serialize;
use serde_json::Deserializer;

use super::DECIMALS;
use super::call::Call;
use super::cause::DecodeError;
use super::digits::{self, to_value};
use super::error::Error;
use super::reply::Reply;
use super::request::Request;
use super::wire::Wire;
use super::xml_node::Node;
use super::{json, wire_read, xml_read, xml_write};

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
        let mut value = T::empty();
        match self.read_xml(document, &mut value) {
            Ok(()) => Ok(value),
            Err(cause) => Err(self.decode_error(cause)),
        }
    }

    /// The XML body of a failure; or JSON, which servers send whatever was requested.
    pub(crate) fn failure_xml<T: Wire, F>(self, document: &'static Node, wrap: fn(T) -> F) -> Error<F> {
        if self.check_json().is_ok() && !self.media_type().is_some_and(|found| is_xml(&found)) {
            return self.failure(wrap);
        }
        let mut value = T::empty();
        match self.read_xml(document, &mut value) {
            Ok(()) => self.into_failure(wrap(value)),
            Err(cause) => self.decode_error(cause),
        }
    }

    fn read_xml(&self, document: &'static Node, value: &mut dyn Wire) -> Result<(), DecodeError> {
        self.check_body("XML", is_xml)?;
        let read = xml_read::read(document, &self.body)?;
        let done = match DECIMALS {
            true => wire_read::read(value, &mut Deserializer::from_str(&digits::to_json(&read))),
            false => wire_read::read(value, read),
        };
        done.map_err(|error| json::explain_value(&error, format!("/{}", document.name())))
    }
}

/// RFC 7303: the two of XML itself, and all that end in `+xml`.
fn is_xml(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    matches!(media_type.as_str(), "application/xml" | "text/xml") || media_type.ends_with("+xml")
}
