//! References: gathers what they lead to under components.

use serde_json::Value;

use super::grammar::Version;
use crate::diagnostics::Diagnostics;
use crate::document::{Files, Limits, Origins};

pub(super) fn resolve(
    _root: &mut Value,
    _version: Version,
    _files: &dyn Files,
    _limits: &Limits,
    _origins: &mut Origins,
    _diagnostics: &mut Diagnostics,
) {
}
