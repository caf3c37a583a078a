//! Tags: the properties by which the members of a union are known.

use serde_json::Value;

use super::digits;

/// A property, and the values of it by which a member of a union is known.
pub(crate) struct Tag {
    /// The property's name.
    pub(crate) property: &'static str,
    /// The values, the one to write first.
    pub(crate) values: &'static [&'static str],
    /// Set if the values are JSON texts of values that are no texts.
    pub(crate) json: bool,
    /// Set if the property's name is a JSON pointer (RFC 6901), which may lead to the value itself.
    pub(crate) at: bool,
    /// Set for a text of a form: the least and the greatest number of its characters. The values are then the first and the last
    /// character of each range that they are of.
    pub(crate) text: Option<(u32, u32)>,
}

impl Tag {
    /// Returns whether a value has the tag.
    pub(crate) fn is_in(&self, value: &Value) -> bool {
        value.get(self.property).is_some_and(|found| self.has(found))
    }

    /// Returns whether a value has the tag, or no value under the property.
    pub(crate) fn admits(&self, value: &Value) -> bool {
        let found = if self.at { value.pointer(self.property) } else { value.get(self.property) };
        found.is_none_or(|found| match self.text {
            Some(length) => found.as_str().is_some_and(|text| self.has_form(text, length)),
            None => self.has(found),
        })
    }

    fn has_form(&self, text: &str, (least, most): (u32, u32)) -> bool {
        let is_known = |letter: char| self.values.iter().any(|range| is_between(range, letter));
        u32::try_from(text.chars().count()).is_ok_and(|length| (least..=most).contains(&length))
            && text.chars().all(is_known)
    }

    fn has(&self, found: &Value) -> bool {
        match found {
            _ if self.json => self.values.iter().any(|value| keeps(found, &parsed(value))),
            Value::String(text) => self.values.contains(&text.as_str()),
            _ => false,
        }
    }

    /// Returns whether a value is the one to write.
    pub(crate) fn is_first(&self, value: &Value) -> bool {
        keeps(value, &self.first())
    }

    fn first(&self) -> Value {
        let first = self.values.first().copied().unwrap_or_default();
        if self.json { parsed(first) } else { Value::String(first.to_owned()) }
    }

    /// Returns what a member has under the property: its own value, if that means the same.
    pub(crate) fn value(&self, own: Option<Value>) -> Value {
        own.filter(|own| self.has(own)).unwrap_or_else(|| self.first())
    }

    /// Gives a member its tag, unless it has one that means the same.
    pub(crate) fn write(&self, mut value: Value) -> Value {
        if let Some(members) = value.as_object_mut() {
            let own = members.remove(self.property);
            members.insert(self.property.to_owned(), self.value(own));
        }
        value
    }
}

/// Returns whether a character is not before the first of a range, and not behind the last.
fn is_between(range: &str, letter: char) -> bool {
    let mut ends = range.chars();
    ends.next().is_some_and(|first| first <= letter) && ends.next().is_some_and(|last| letter <= last)
}

/// The value of a JSON text.
pub(crate) fn parsed(json: &str) -> Value {
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
        (Value::String(text), Value::Number(written)) => {
            digits::of(text).is_some_and(|digits| digits.parse().ok() == written.as_f64())
        }
        (Value::Number(read), Value::Number(written)) => read == written || read.as_f64() == written.as_f64(),
        (read, written) => read == written,
    }
}

/// The tag of a member: `tag!("petType" = "cat" | "kitty")`, or with values that are no texts, `tag!((json "version") = "1")`. A part of
/// the value is named by a JSON pointer, `tag!((at "/owner/kind") = "me")`; a text may be of a form, `tag!((text 3 3) = "AZ")`.
macro_rules! tag {
    ($property:literal = $($value:literal)|+) => {
        $crate::runtime::tag::tag!(@ $property, [$($value),+], false, false, ::core::option::Option::None)
    };
    ((json $property:literal) = $($value:literal)|+) => {
        $crate::runtime::tag::tag!(@ $property, [$($value),+], true, false, ::core::option::Option::None)
    };
    ((at $pointer:literal) = $($value:literal)|+) => {
        $crate::runtime::tag::tag!(@ $pointer, [$($value),+], false, true, ::core::option::Option::None)
    };
    ((json at $pointer:literal) = $($value:literal)|+) => {
        $crate::runtime::tag::tag!(@ $pointer, [$($value),+], true, true, ::core::option::Option::None)
    };
    ((text $least:literal $most:literal) = $($range:literal)|+) => {
        $crate::runtime::tag::tag!(@ "", [$($range),+], false, true, ::core::option::Option::Some(($least, $most)))
    };
    ((text $least:literal $most:literal at $pointer:literal) = $($range:literal)|+) => {
        $crate::runtime::tag::tag!(@ $pointer, [$($range),+], false, true, ::core::option::Option::Some(($least, $most)))
    };
    (@ $property:literal, [$($value:literal),+], $json:literal, $at:literal, $text:expr) => {
        &$crate::runtime::tag::Tag { property: $property, values: &[$($value),+], json: $json, at: $at, text: $text }
    };
}

pub(crate) use tag;
