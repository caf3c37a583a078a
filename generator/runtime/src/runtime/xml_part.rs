//! Parts of a multipart body that are XML.

use serde::Serialize;
use serde_json::Value;

use super::digits::to_value;
use super::multipart::{Multipart, Part};
use super::xml_node::Node;
use super::xml_write;

impl Multipart {
    /// Adds a value as XML, of a list each item as a document of its own; nothing for `None`.
    pub(crate) fn xml<T: Serialize + ?Sized>(
        self,
        name: &str,
        content_type: &str,
        document: &'static Node,
        content: &T,
    ) -> Self {
        let values = match to_value(content) {
            Ok(Value::Array(items)) => items,
            Ok(Value::Null) => return self,
            Ok(value) => vec![value],
            Err(reason) => return self.with_fault(name, &reason),
        };
        let part = |body: Self, value: &Value| match xml_write::write(document, value) {
            Ok(xml) => body.part(name, Part::bytes(xml).content_type(content_type)),
            Err(reason) => body.with_fault(name, &reason),
        };
        values.iter().fold(self, part)
    }
}
