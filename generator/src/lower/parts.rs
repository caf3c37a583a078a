//! The parts of path items that are read one by one.
//!
//! `openapiv3` takes eight kilobytes for a path item, and one for a media type. So the callbacks of operations, and the contents of bodies
//! and responses, are parts that stay in the tree until they are lowered, where each item is dropped before the next one is read.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::carried;

/// The parts of a path item that are read one by one, by number.
#[derive(Default)]
pub(super) struct Parts(Vec<Value>);

impl Parts {
    /// Takes the parts of a path item, and leaves their numbers.
    pub(super) fn of(item: &mut Value) -> Self {
        let mut parts = Parts::default();
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            match key.as_str() {
                carried::ADDITIONAL_OPERATIONS => {
                    value.as_object_mut().into_iter().flatten().for_each(|(_, value)| parts.add_of(value));
                }
                carried::QUERY => parts.add_of(value),
                key if key.starts_with("x-") => {}
                _ => parts.add_of(value),
            }
        }
        parts
    }

    fn add_of(&mut self, operation: &mut Value) {
        let Value::Object(operation) = operation else { return };
        self.add(operation, "callbacks", carried::CALLBACKS);
        if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
            self.add(body, "content", carried::CONTENT);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            for response in responses.values_mut().filter_map(Value::as_object_mut) {
                self.add(response, "content", carried::CONTENT);
            }
        }
    }

    fn add(&mut self, members: &mut Map<String, Value>, field: &str, key: &str) {
        // A key of that name in the document itself is no number of a part.
        members.shift_remove(key);
        if let Some(part) = members.shift_remove(field) {
            members.insert(key.to_owned(), Value::String(self.0.len().to_string()));
            self.0.push(part);
        }
    }

    /// Takes the part whose number stands in extensions.
    pub(super) fn take(&mut self, extensions: &IndexMap<String, Value>, key: &str) -> Option<Map<String, Value>> {
        let number: usize = extensions.get(key)?.as_str()?.parse().ok()?;
        match self.0.get_mut(number)?.take() {
            Value::Object(part) => Some(part),
            _ => None,
        }
    }
}
