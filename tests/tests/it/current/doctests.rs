//! The code blocks that rustdoc would run: those in the docs of a file, including macros.

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A block of code in docs.
pub(crate) struct Block {
    /// The info string of the fence; empty for an indented block.
    words: String,
    /// The code.
    pub(crate) text: String,
}

impl Block {
    /// Everything is Rust to rustdoc that does not say otherwise: <https://doc.rust-lang.org/rustdoc/write-documentation/documentation-tests.html>
    pub(crate) fn is_doctest(&self) -> bool {
        let mut words = self.words.split([',', ' ']).filter(|word| !word.is_empty());
        !words.any(|word| matches!(word, "text" | "ignore" | "toml"))
    }
}

/// Every block of code in the docs of a file.
pub(crate) fn code_blocks(file: &str) -> Vec<Block> {
    let tokens: TokenStream = file.parse().unwrap_or_else(|error| panic!("{error} in\n{file}"));
    let mut docs = Vec::new();
    gather(tokens, &mut docs);
    docs.iter().flat_map(|text| blocks_of(text)).collect()
}

/// Gathers runs of `#[doc = "…"]`, which is what doc comments are to the compiler.
fn gather(tokens: TokenStream, docs: &mut Vec<String>) {
    let mut lines: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if matches!(mark.as_char(), '#' | '!') => {}
            TokenTree::Group(group) => match doc_line(group.stream()) {
                Some(line) => lines.push(line),
                None => gather(group.stream(), docs),
            },
            _ if lines.is_empty() => {}
            _ => docs.push(unindented(&std::mem::take(&mut lines))),
        }
    }
    if !lines.is_empty() {
        docs.push(unindented(&lines));
    }
}

fn doc_line(attribute: TokenStream) -> Option<String> {
    let attribute: syn::MetaNameValue = syn::parse2(attribute).ok()?;
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = attribute.value else { return None };
    attribute.path.is_ident("doc").then(|| text.value())
}

/// As rustdoc does: what all lines have before their text is no indentation.
fn unindented(lines: &[String]) -> String {
    let text = lines.iter().flat_map(|line| line.lines()).filter(|line| !line.trim().is_empty());
    let indent = text.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn blocks_of(docs: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for event in Parser::new(docs) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let words = match kind {
                    CodeBlockKind::Fenced(words) => words.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                blocks.push(Block { words, text: String::new() });
                inside = true;
            }
            Event::Text(text) if inside => blocks.iter_mut().last().into_iter().for_each(|block| block.text += &text),
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ => {}
        }
    }
    blocks
}

#[test]
fn doctests_are_found_wherever_docs_may_stand() {
    let file = r#"
        //! ```
        //! in_the_file();
        //! ```
        macro_rules! of { () => {
            /// ```rust
            /// in_a_macro();
            /// ```
            #[derive(Clone)]
            ///
            ///     indented();
            struct S;
        } }
        #[doc = "```no_run\nin_an_attribute();\n```"]
        fn f() {}
        /// ```text
        /// plain
        /// ```
        /// ```rust,ignore
        /// ignored();
        /// ```
        /// Not `code_in_a_line()` either.
        fn g() {}
    "#;
    let blocks = code_blocks(file);
    let run: Vec<&str> = blocks.iter().filter(|block| block.is_doctest()).map(|block| block.text.trim()).collect();
    assert_eq!(run, ["in_the_file();", "in_a_macro();", "indented();", "in_an_attribute();"]);
    assert_eq!(blocks.len(), 6);
}
