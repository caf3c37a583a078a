//! Conditions by which the alternative of a value is recognised.

use serde_json::Value;

use super::TextForm;

/// A part of a value that is absent, or passes a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The names of properties on the wire that lead to the part; none if it is the value itself.
    pub path: Vec<String>,
    /// The test.
    pub test: Test,
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
