//! What the document says to people, as doc comments.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::docs;
use crate::rust::Docs;

/// More samples than this say nothing new.
const MOST_EXAMPLES: usize = 3;
/// A sample longer than this is no help beside a field.
const LONGEST_EXAMPLE: usize = 200;

/// Paragraphs of a doc comment.
#[derive(Default)]
pub(super) struct Prose(Vec<String>);

impl Prose {
    /// Adds a paragraph of the document's Markdown.
    pub(super) fn markdown(&mut self, text: Option<&str>) -> &mut Self {
        if let Some(safe) = text.and_then(docs::rustdoc)
            && !self.0.contains(&safe)
        {
            self.0.push(safe);
        }
        self
    }

    /// Adds a paragraph that we wrote.
    pub(super) fn ours(&mut self, text: impl Into<String>) -> &mut Self {
        self.0.push(text.into());
        self
    }

    /// Adds what a schema says: description or title, example, default, bounds.
    pub(super) fn schema(&mut self, docs: &Docs) -> &mut Self {
        self.markdown(docs.description.as_deref().filter(|text| !text.trim().is_empty()).or(docs.title.as_deref()));
        self.facts(docs)
    }

    /// Adds the facts of a schema that aren't prose.
    pub(super) fn facts(&mut self, docs: &Docs) -> &mut Self {
        let examples: Vec<String> = docs
            .examples
            .iter()
            .map(sample)
            .filter(|text| !text.is_empty() && text.len() <= LONGEST_EXAMPLE)
            .take(MOST_EXAMPLES)
            .collect();
        match examples.as_slice() {
            [] => {}
            [only] => self.0.push(format!("Example: {only}")),
            several => self.0.push(format!("Examples: {}", several.join(", "))),
        }
        if let Some(default) = &docs.default {
            let default = sample(default);
            if default.len() <= LONGEST_EXAMPLE {
                self.0.push(format!("Default: {default}"));
            }
        }
        if !docs.constraints.is_empty() {
            let bounds: Vec<String> = docs
                .constraints
                .iter()
                .map(|bound| format!("{} {}", bound.keyword, docs::inline_code(&bound.value)))
                .collect();
            self.0.push(format!("Bounds: {}", bounds.join(", ")));
        }
        self
    }

    /// The doc attributes, for an item.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#[doc = #lines])*)
    }

    /// The doc attributes, for the file itself.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#![doc = #lines])*)
    }

    fn lines(&self) -> Vec<String> {
        let text = self.0.join("\n\n");
        if text.is_empty() {
            return Vec::new();
        }
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
    }
}

fn sample(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => String::new(),
        Value::String(text) => docs::inline_code(text),
        other => docs::inline_code(&other.to_string()),
    }
}

/// `#[deprecated]`, where the document says so.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}
