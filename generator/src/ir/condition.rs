//! Conditions by which the alternative of a value is recognised.

use serde_json::Value;

use super::TextForm;

/// A part of a value that is absent, or passes a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The steps that lead to the part; none if it is the value itself.
    pub path: Vec<Step>,
    /// The test.
    pub test: Test,
}

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the property of this name on the wire.
    Property(String),
    /// To the item at this index of a list.
    Item(usize),
}

/// The test of a part of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is one of these values.
    Values(Vec<Value>),
    /// It is a text of this form.
    Form(TextForm),
}

impl Condition {
    /// Returns the only value that passes the test, if there is one such.
    pub fn only_value(&self) -> Option<&Value> {
        match &self.test {
            Test::Values(values) => match values.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            Test::Form(_) => None,
        }
    }
}
