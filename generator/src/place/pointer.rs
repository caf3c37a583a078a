//! JSON pointers (RFC 6901), and trails, which a walk builds without allocation.

use std::borrow::{Borrow, Cow};
use std::fmt;

/// A JSON pointer (RFC 6901), such as `/paths/~1webhooks/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the pointer to a member or item of this pointer's target.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let token = token.to_string();
        let mut text = String::with_capacity(self.0.len() + 1 + token.len());
        text.push_str(&self.0);
        push_escaped(&mut text, &token);
        Pointer(text)
    }

    /// Parses a pointer. Returns `None` if the text is not a pointer: it is empty or begins with `/`, and `~` is followed by
    /// `0` or `1` (RFC 6901, section 3).
    pub fn parse(text: &str) -> Option<Self> {
        let valid = (text.is_empty() || text.starts_with('/'))
            && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        valid.then(|| Pointer(text.to_owned()))
    }

    /// Returns the tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the pointer to the parent and the last token, or `None` for the root.
    pub fn split_last(&self) -> Option<(Pointer, Cow<'_, str>)> {
        let end = self.0.rfind('/')?;
        Some((Pointer(self.0[..end].to_owned()), unescape(&self.0[end + 1..])))
    }

    /// Returns this pointer followed by the text of another, which may be empty.
    pub(crate) fn join(&self, rest: &str) -> Self {
        Pointer(format!("{}{rest}", self.0))
    }

    /// Returns whether `other` is this place or a place below it.
    pub fn contains(&self, other: &Pointer) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the text of the pointer.
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

/// Returns the name that a token of a pointer encodes (RFC 6901, section 4).
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

fn push_escaped(text: &mut String, token: &str) {
    text.push('/');
    if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
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

/// The place of a walk: a linked list through the stack frames, which needs no allocation.
///
/// It is converted to a [`Pointer`] only for a finding.
#[derive(Clone, Copy, Debug)]
pub enum Trail<'a> {
    /// A place with a known pointer, such as the root.
    At(&'a Pointer),
    /// A member of an object.
    Key(&'a Trail<'a>, &'a str),
    /// An item of an array.
    Index(&'a Trail<'a>, usize),
}

impl<'a> Trail<'a> {
    /// Returns the trail to a member.
    pub fn key(&'a self, key: &'a str) -> Trail<'a> {
        Trail::Key(self, key)
    }

    /// Returns the trail to an item.
    pub fn index(&'a self, index: usize) -> Trail<'a> {
        Trail::Index(self, index)
    }

    /// Returns the trail as a pointer.
    pub fn pointer(&self) -> Pointer {
        let mut text = String::with_capacity(self.length());
        self.write(&mut text);
        Pointer(text)
    }

    /// The length of the text, unless tokens have signs to escape.
    fn length(&self) -> usize {
        match self {
            Trail::At(pointer) => pointer.as_str().len(),
            Trail::Key(parent, key) => parent.length() + 1 + key.len(),
            Trail::Index(parent, index) => parent.length() + 2 + index.checked_ilog10().unwrap_or_default() as usize,
        }
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
