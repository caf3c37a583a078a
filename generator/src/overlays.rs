//! Overlays that are written for a document (OpenAPI Overlay Specification 1.0): the difference of two documents, or the actions that settle
//! findings.

mod action;
mod difference;
mod json_path;
mod report;
mod settlement;

use serde_json::{Map, Value, json};

pub(crate) use action::Action;
pub(crate) use difference::between;
pub(crate) use report::permit_report;
pub(crate) use settlement::{can_settle, settle};

/// An overlay that permits what a report says of answers, and the lines of the report that it does not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The overlay as YAML, or `None` where no action can be worked out.
    pub overlay: Option<String>,
    /// The reasons why lines have no action, each once.
    pub left: Vec<String>,
}

/// An overlay that settles findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The overlay as YAML, or `None` if no action can be derived.
    pub overlay: Option<String>,
    /// The number of findings that it settles.
    pub settled: usize,
    /// The number of findings that are left with it.
    pub left: usize,
}

/// Writes an Overlay Object with these actions, each with a description for its author to complete.
pub(crate) fn overlay(title: &str, extends: &str, actions: Vec<Action>) -> Value {
    let mut overlay = Map::new();
    overlay.insert("overlay".to_owned(), json!("1.0.0"));
    overlay.insert("info".to_owned(), json!({ "title": title, "version": "1.0.0" }));
    // A reference is a URI; a name that has to be escaped in a URI would become another.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let name = extends.rsplit(['/', '\\']).next().unwrap_or_default();
    if !name.is_empty() && name.bytes().all(plain) {
        overlay.insert("extends".to_owned(), json!(name));
    }
    overlay.insert("actions".to_owned(), actions.into_iter().map(Action::into_value).collect());
    Value::Object(overlay)
}
