//! What has to agree across a document.

use serde_json::Value;

use crate::diagnostics::Diagnostics;

pub(super) fn check(_root: &mut Value, _diagnostics: &mut Diagnostics) {}
