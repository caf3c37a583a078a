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
    /// Set where the value itself is a text: the least and the greatest number of its characters. The values are then the first
    /// and the last character of each range that they are of.
    pub(crate) text: Option<(u32, u32)>,
}

impl Tag {
    /// Returns whether a value has the tag.
    pub(crate) fn is_in(&self, value: &Value) -> bool {
        value.get(self.property).is_some_and(|found| self.has(found))
    }

    /// Returns whether a value has the tag, or no value under the property; of a text, whether it has the form.
    pub(crate) fn admits(&self, value: &Value) -> bool {
        if let Some((least, most)) = self.text {
            return value.as_str().is_some_and(|text| {
                let is_known = |letter: char| self.values.iter().any(|range| is_between(range, letter));
                u32::try_from(text.chars().count()).is_ok_and(|length| (least..=most).contains(&length))
                    && text.chars().all(is_known)
            });
        }
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
        let members = value.as_object_mut();
        if let Some(members) = members.filter(|it| !it.get(self.property).is_some_and(|found| self.has(found))) {
            let tag = if self.json { parsed(first) } else { Value::String(first.to_owned()) };
            members.insert(self.property.to_owned(), tag);
        }
        value
    }
}

/// Returns whether a character is not before the first of a range, and not behind the last.
fn is_between(range: &str, letter: char) -> bool {
    let mut ends = range.chars();
    ends.next().is_some_and(|first| first <= letter) && ends.next().is_some_and(|last| letter <= last)
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

/// The tag of a member: `tag!("petType" = "cat" | "kitty")`, or with values that are no texts, `tag!((json "version") = "1")`.
macro_rules! tag {
    ($property:literal = $($value:literal)|+) => {
        &$crate::clients::pets::runtime::tag::Tag { property: $property, values: &[$($value),+], json: false, text: None }
    };
    ((json $property:literal) = $($value:literal)|+) => {
        &$crate::clients::pets::runtime::tag::Tag { property: $property, values: &[$($value),+], json: true, text: None }
    };
    ((text $least:literal $most:literal) = $($range:literal)|+) => {
        &$crate::clients::pets::runtime::tag::Tag { property: "", values: &[$($range),+], json: false, text: Some(($least, $most)) }
    };
}

pub(crate) use tag;
