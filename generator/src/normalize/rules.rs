//! Rules of pagination that the options state: they join those at the root of the document.

use serde_json::Value;

use super::settings::Settings;
use crate::carried::PAGINATION;
use crate::place::{Origins, Pointer};

/// Adds the rules of the options to the document, after its own.
pub(super) fn add(root: &mut Value, settings: &Settings, origins: &mut Origins) {
    if settings.pagination.is_empty() {
        return;
    }
    let Some(members) = root.as_object_mut() else { return };
    // What is no list is reported when it is read.
    let Value::Array(rules) = members.entry(PAGINATION).or_insert_with(|| Value::Array(Vec::new())) else { return };
    for (index, rule) in settings.pagination.iter().enumerate() {
        let (file, source) = settings.place(&format!("pagination/{index}"));
        origins.import(Pointer::root().child(PAGINATION).child(rules.len()), &file, source);
        rules.push(rule.clone());
    }
}
