//! JSON pointers (RFC 6901), and the cheap trail that a walk keeps until it has something to report.

use std::borrow::{Borrow, Cow};
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
        let token = token.to_string();
        let mut text = String::with_capacity(self.0.len() + 1 + token.len());
        text.push_str(&self.0);
        push_escaped(&mut text, &token);
        Pointer(text)
    }

    /// The pointer that a text says, or `None` where it is not one: it must be empty or begin with `/`, and `~` stand only
    /// before `0` or `1` (RFC 6901, section 3).
    pub fn parse(text: &str) -> Option<Self> {
        let valid = (text.is_empty() || text.starts_with('/'))
            && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        valid.then(|| Pointer(text.to_owned()))
    }

    /// Its tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The pointer to what contains this, and the token by which it does; `None` for the root.
    pub fn split_last(&self) -> Option<(Pointer, Cow<'_, str>)> {
        let end = self.0.rfind('/')?;
        Some((Pointer(self.0[..end].to_owned()), unescape(&self.0[end + 1..])))
    }

    /// This pointer followed by the text of another, which may be empty.
    pub(crate) fn join(&self, rest: &str) -> Self {
        Pointer(format!("{}{rest}", self.0))
    }

    /// Whether `other` is this place or lies within it.
    pub fn contains(&self, other: &Pointer) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&Pointer> for Pointer {
    fn from(pointer: &Pointer) -> Self {
        pointer.clone()
    }
}

/// A token of a pointer as the name that it stands for (RFC 6901, section 4).
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

fn push_escaped(text: &mut String, token: &str) {
    text.push('/');
    if !token.contains(['~', '/']) {
        return text.push_str(token);
    }
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
