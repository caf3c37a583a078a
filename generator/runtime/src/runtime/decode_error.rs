//! The reasons why a response could not be read.

use std::error::Error as StdError;
use std::fmt;

use super::plain::Plain;

/// The reason why a response could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The body has another media type than the description states, or none.
    ContentType {
        /// The media type that the description states.
        expected: &'static str,
        /// The media type of the response.
        found: Option<String>,
    },
    /// The body is empty.
    Empty,
    /// The body is not what its media type says, or not of the described shape.
    Shape {
        /// The fault, without the values that were sent.
        message: String,
        /// The place: of JSON, as a JSON path (`$.filters[2].active`); of XML, by the elements (`/filters/filter/active`).
        path: String,
    },
    /// The body is encoded in a way that this client does not read.
    Encoding(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType { expected, found: Some(found) } => {
                write!(f, "the answer is `{}`, not {expected}", Plain(found))
            }
            Self::ContentType { expected, found: None } => {
                write!(f, "the answer has no content type, and should be {expected}")
            }
            Self::Empty => f.write_str("the answer is empty"),
            Self::Shape { message, path } => {
                write!(f, "the answer does not fit: {} at `{}`", Plain(message), Plain(path))
            }
            Self::Encoding(name) => {
                write!(f, "the answer is encoded as `{}`, which this client does not read", Plain(name))
            }
        }
    }
}

impl StdError for DecodeError {}

/// The bytes of a path that an error shows.
const LONGEST_PATH: usize = 1_000;

/// A name of the server in a path: all of it or nothing, since part of a secret would not be found in it.
pub(crate) fn name_in_path(name: &str) -> &str {
    if name.len() > LONGEST_PATH { "…" } else { name }
}

/// The start of a path in which no secret is left.
fn shortened(mut path: String) -> String {
    if path.len() > LONGEST_PATH {
        let end = (0..=LONGEST_PATH).rev().find(|end| path.is_char_boundary(*end));
        path.truncate(end.unwrap_or_default());
        path.push('…');
    }
    path
}

/// Returns whether a path ends with a name.
fn is_at(path: &str, name: &str) -> bool {
    let start = path.trim_end_matches(['\'', '"', ']']).strip_suffix(name);
    start.is_some_and(|start| start.ends_with(['.', '/', '\'', '"', '[']))
}

impl DecodeError {
    /// Removes the value from the message if it belongs to a member with one of these names.
    pub(crate) fn hiding(self, names: &[&str]) -> Self {
        match self {
            Self::Shape { path, .. } if names.iter().any(|name| is_at(&path, name)) => {
                Self::Shape { message: "a hidden value does not fit".to_owned(), path }
            }
            other => other,
        }
    }

    /// Changes the texts that may come from the server.
    pub(crate) fn map_texts(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::ContentType { expected, found } => {
                Self::ContentType { expected, found: found.map(|found| change(&found)) }
            }
            Self::Empty => Self::Empty,
            Self::Shape { message, path } => Self::Shape { message: change(&message), path: shortened(change(&path)) },
            Self::Encoding(name) => Self::Encoding(change(&name)),
        }
    }
}
