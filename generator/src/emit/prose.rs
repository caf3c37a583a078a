//! Doc comments from the document's prose and facts.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::docs;
use crate::rust::Facts;

/// The maximum number of examples in a doc comment.
const MOST_EXAMPLES: usize = 3;
/// The maximum length of an example in a doc comment.
const LONGEST_EXAMPLE: usize = 200;

/// The length up to which a text can be appended to a line of a doc comment.
const SHORT: usize = 108;

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
    pub(super) fn text(&mut self, text: impl Into<String>) -> &mut Self {
        self.0.push(text.into());
        self
    }

    /// Adds the docs of a schema: description or title, example, default, bounds.
    pub(super) fn schema(&mut self, docs: &Facts) -> &mut Self {
        self.markdown(docs.description.as_deref().filter(|text| !text.trim().is_empty()).or(docs.title.as_deref()));
        self.facts(docs)
    }

    /// Adds the facts of a schema that aren't prose, behind a short line if that is all there is.
    pub(super) fn facts(&mut self, docs: &Facts) -> &mut Self {
        let facts = facts(docs);
        if facts.is_empty() {
            return self;
        }
        if let [said] = self.0.as_mut_slice()
            && is_plain_line(said)
        {
            let stop = if said.ends_with(['.', '!', '?', ':']) { "" } else { "." };
            let line = format!("{said}{stop} {}", facts.join(". "));
            if line.chars().count() <= SHORT {
                *said = line;
                return self;
            }
        }
        self.0.push(facts.join(". "));
        self
    }

    /// Returns whether there is no paragraph.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The doc attributes, for an item.
    pub(super) fn outer_attributes(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#[doc = #lines])*)
    }

    /// The lines of the doc comment of the file itself, laid out.
    pub(super) fn inner_comment(&self) -> String {
        self.lines().iter().map(|line| format!("//!{line}\n")).collect()
    }

    /// The lines of the doc comment of an item, laid out.
    pub(super) fn to_comment(&self, indent: &str) -> String {
        self.lines().iter().map(|line| format!("{indent}///{line}\n")).collect()
    }

    fn lines(&self) -> Vec<String> {
        let text = self.0.join("\n\n");
        if text.is_empty() {
            return Vec::new();
        }
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
    }
}

/// Example, default, bounds.
fn facts(docs: &Facts) -> Vec<String> {
    let mut facts = Vec::new();
    let examples: Vec<String> = docs
        .examples
        .iter()
        .map(sample)
        .filter(|text| !text.is_empty() && text.len() <= LONGEST_EXAMPLE)
        .take(MOST_EXAMPLES)
        .collect();
    match examples.as_slice() {
        [] => {}
        [only] => facts.push(format!("Example: {only}")),
        several => facts.push(format!("Examples: {}", several.join(", "))),
    }
    if let Some(default) = docs.default.as_deref().map(sample).filter(|text| text.len() <= LONGEST_EXAMPLE) {
        facts.push(format!("Default: {default}"));
    }
    if !docs.constraints.is_empty() {
        let bounds =
            docs.constraints.iter().map(|bound| format!("{} {}", bound.keyword, docs::inline_code(&bound.value)));
        facts.push(format!("Bounds: {}", bounds.collect::<Vec<_>>().join(", ")));
    }
    facts
}

/// Returns whether a paragraph is one line of text, to which more can be appended.
fn is_plain_line(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && !text.contains('\n')
}

fn sample(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => String::new(),
        Value::String(text) => docs::inline_code(text),
        other => docs::inline_code(&other.to_string()),
    }
}

/// `#[deprecated]`, if the document declares the item deprecated.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}
