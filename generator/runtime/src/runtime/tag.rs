//! Tags: the properties by which the members of a union are known.

use serde_json::Value;

/// A property, and the values of it by which a member of a union is known.
pub(crate) struct Tag {
    /// The property's name.
    pub(crate) property: &'static str,
    /// The values, the one to write first.
    pub(crate) values: &'static [&'static str],
    /// Set if the values are JSON texts of values that are no texts.
    pub(crate) json: bool,
}

impl Tag {
    /// Returns whether a value has the tag.
    pub(crate) fn is_in(&self, value: &Value) -> bool {
        value.get(self.property).is_some_and(|found| self.has(found))
    }

    /// Returns whether a value has the tag, or no value under the property.
    pub(crate) fn admits(&self, value: &Value) -> bool {
        value.get(self.property).is_none_or(|found| self.has(found))
    }

    fn has(&self, found: &Value) -> bool {
        match found {
            _ if self.json => self.values.iter().any(|value| keeps(found, &parsed(value))),
            Value::String(text) => self.values.contains(&text.as_str()),
            _ => false,
        }
    }

    /// Gives a member its tag, unless it has one that means the same.
    pub(crate) fn write(&self, mut value: Value) -> Value {
        let first = self.values.first().copied().unwrap_or_default();
        if let Value::Object(members) = &mut value
            && !members.get(self.property).is_some_and(|found| self.has(found))
        {
            let tag = if self.json { parsed(first) } else { Value::String(first.to_owned()) };
            members.insert(self.property.to_owned(), tag);
        }
        value
    }
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

/// Returns whether `written` is all of `read`: equal, numbers by value, and nothing lost on the way.
///
/// A member of an untagged union that would drop a property of what it read is not the member that was meant.
pub(crate) fn keeps(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            read.len() == written.len()
                && read.iter().all(|(key, value)| written.get(key).is_some_and(|other| keeps(value, other)))
        }
        (Value::Array(read), Value::Array(written)) => {
            read.len() == written.len() && read.iter().zip(written).all(|(read, written)| keeps(read, written))
        }
        (Value::Number(read), Value::Number(written)) => read == written || read.as_f64() == written.as_f64(),
        (read, written) => read == written,
    }
}
