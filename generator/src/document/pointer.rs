//! JSON pointers (RFC 6901), and the cheap trail that a walk keeps until it has something to report.

use std::fmt;

/// An RFC 6901 JSON pointer, written out: `/paths/~1webhooks/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The pointer to a member or item of what this one points to.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let mut text = self.0.clone();
        push_escaped(&mut text, &token.to_string());
        Pointer(text)
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn push_escaped(text: &mut String, token: &str) {
    text.push('/');
    for character in token.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

/// Where a walk stands: a list through the stack frames, so that walking allocates nothing.
///
/// It becomes a [`Pointer`] only when there is something to say about the place.
#[derive(Clone, Copy, Debug)]
pub enum Trail<'a> {
    /// A place known by its pointer, such as the root.
    At(&'a Pointer),
    /// A member of an object.
    Key(&'a Trail<'a>, &'a str),
    /// An item of an array.
    Index(&'a Trail<'a>, usize),
}

impl<'a> Trail<'a> {
    /// The trail to a member.
    pub fn key(&'a self, key: &'a str) -> Trail<'a> {
        Trail::Key(self, key)
    }

    /// The trail to an item.
    pub fn index(&'a self, index: usize) -> Trail<'a> {
        Trail::Index(self, index)
    }

    /// The trail written out.
    pub fn pointer(&self) -> Pointer {
        let mut text = String::new();
        self.write(&mut text);
        Pointer(text)
    }

    fn write(&self, text: &mut String) {
        match self {
            Trail::At(pointer) => text.push_str(pointer.as_str()),
            Trail::Key(parent, key) => {
                parent.write(text);
                push_escaped(text, key);
            }
            Trail::Index(parent, index) => {
                parent.write(text);
                push_escaped(text, &index.to_string());
            }
        }
    }
}

impl From<&Trail<'_>> for Pointer {
    fn from(trail: &Trail<'_>) -> Self {
        trail.pointer()
    }
}

impl From<Trail<'_>> for Pointer {
    fn from(trail: Trail<'_>) -> Self {
        trail.pointer()
    }
}
