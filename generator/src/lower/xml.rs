//! The XML facts of a schema, in all versions.

use openapiv3::{ReferenceOr, Schema as Source};
use serde_json::Value;

use super::annotations;
use super::keywords::Keywords;
use crate::carried;
use crate::ir::{Xml, XmlNode};

/// Returns the XML facts of a schema, or of a part of `allOf` with annotations only.
pub(super) fn xml(source: &Source, all_of: &[ReferenceOr<Source>]) -> Option<Xml> {
    own(source).or_else(|| all_of.iter().filter_map(annotations::only).find_map(own))
}

fn own(source: &Source) -> Option<Xml> {
    let members = source.schema_data.extensions.get(carried::XML)?.as_object()?;
    let text = |key: &str| members.get(key).and_then(Value::as_str).map(str::to_owned);
    let flag = |key: &str| members.get(key) == Some(&Value::Bool(true));
    let is_array = || {
        let keywords = Keywords::of(source);
        keywords.typ == Some("array") || keywords.typ.is_none() && keywords.items.is_some()
    };
    let node = match text(carried::NODE_TYPE).as_deref() {
        Some("element") => Some(XmlNode::Element),
        Some("attribute") => Some(XmlNode::Attribute),
        Some("text") => Some(XmlNode::Text),
        Some("cdata") => Some(XmlNode::Cdata),
        Some("none") => Some(XmlNode::None),
        // What 3.0 and 3.1 say by flags; `wrapped` means nothing where there is no list.
        _ if flag("attribute") => Some(XmlNode::Attribute),
        _ if flag("wrapped") && is_array() => Some(XmlNode::Element),
        _ => None,
    };
    let (namespace, prefix) = (text("namespace"), text("prefix"));
    Some(Xml { node, name: text("name"), namespace, prefix }).filter(|xml| *xml != Xml::default())
}
