//! XML from the mock server.

use serde::Serialize;

use super::digits::to_value;
use super::mock::Canned;
use super::xml_node::Node;
use super::xml_write;

impl Canned {
    /// XML.
    ///
    /// # Panics
    /// If the value can't be written.
    pub(crate) fn xml(status: u16, document: &'static Node, value: &(impl Serialize + ?Sized)) -> Self {
        let value = to_value(value).expect("what the mock server gives can be written");
        let xml = xml_write::write(document, &value).expect("what the mock server gives can be written as XML");
        Self::raw(status, "application/xml", xml.to_vec())
    }
}
