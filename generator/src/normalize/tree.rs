//! A document in normal form, as a tree.

use serde_json::Value;

use super::schema;
use crate::document::to_yaml;
use crate::place::Origins;

/// A document in normal form.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The document.
    pub root: Value,
    /// The origins of the values.
    pub origins: Origins,
}

impl Tree {
    /// The document as YAML, for people and other tools.
    pub fn to_yaml(&self) -> String {
        let mut root = self.root.clone();
        schema::restore_xml(&mut root);
        to_yaml(&root)
    }
}
