//! The components that describe an event or a part of one, with a record of those that were looked at.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema};

use crate::carried;
use crate::lower::source::resolve_component;

/// The schema of a text after it is parsed.
pub(super) const HELD: &str = carried::CONTENT_SCHEMA;

#[derive(Default)]
pub(super) struct Components {
    by_name: HashMap<String, Box<ReferenceOr<Schema>>>,
    seen: RefCell<HashSet<String>>,
}

impl Components {
    pub(super) fn insert(&mut self, name: &str, source: Box<ReferenceOr<Schema>>) {
        self.by_name.insert(name.to_owned(), source);
    }

    /// The names that were looked at since the last call.
    pub(super) fn take_seen(&self) -> HashSet<String> {
        self.seen.take()
    }

    pub(super) fn resolve<'a>(&'a self, source: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
        resolve_component("schemas", source, |name| {
            self.seen.borrow_mut().insert(name.to_owned());
            self.by_name.get(name).map(|found| &**found)
        })
    }

    /// The schema of a text that is JSON.
    pub(super) fn held(&self, data: &ReferenceOr<Schema>) -> Option<ReferenceOr<Schema>> {
        let held = self.resolve(data)?.schema_data.extensions.get(HELD)?;
        serde_json::from_value(held.clone()).ok()
    }
}
