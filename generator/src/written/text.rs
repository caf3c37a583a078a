//! Text in a language, to which external text is only added escaped.

use std::marker::PhantomData;

/// A language in which output is read.
pub trait Language {
    /// Adds text, escaped so that it has no meaning in the language and stays on its line.
    fn escape(text: &str, to: &mut String);
}

/// Text in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<L> {
    pub(super) text: String,
    pub(super) language: PhantomData<L>,
}

impl<L> Default for Written<L> {
    fn default() -> Self {
        Written { text: String::new(), language: PhantomData }
    }
}

impl<L> Written<L> {
    /// Adds text in the language.
    pub fn raw(&mut self, ours: &'static str) -> &mut Self {
        self.text.push_str(ours);
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds more in the same language.
    pub fn append(&mut self, more: &Self) -> &mut Self {
        self.text.push_str(&more.text);
        self
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns whether there is no text yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl<L: Language> Written<L> {
    /// Returns some text as the language writes it.
    pub fn of(text: &str) -> Self {
        let mut written = Self::default();
        written.text(text);
        written
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        L::escape(text, &mut self.text);
        self
    }
}

impl<L: Prose> Written<L> {
    /// Adds a name or a value, marked as such in the sentence.
    pub fn code(&mut self, text: &str) -> &mut Self {
        L::code(text, &mut self.text);
        self
    }

    /// Adds a sentence with names between backticks. If a name has backticks itself, so that its end is unclear, all of
    /// the sentence is marked.
    pub fn sentence(&mut self, text: &str) -> &mut Self {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) || parts.iter().skip(1).step_by(2).any(|name| name.is_empty()) {
            return self.code(text);
        }
        for (index, part) in text.split('`').enumerate() {
            match index % 2 {
                0 => self.text(part),
                _ => self.code(part),
            };
        }
        self
    }
}

/// A language for people, which marks names and values.
pub trait Prose: Language {
    /// Adds a name or a value.
    fn code(text: &str, to: &mut String);
}

/// The output of a command.
pub trait Product {
    /// Returns the text.
    fn printed(&self) -> &str;
}

impl<L> Product for Written<L> {
    fn printed(&self) -> &str {
        &self.text
    }
}
