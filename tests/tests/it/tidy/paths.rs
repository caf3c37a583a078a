//! What a file of Rust names: every path in its `use` lines and its code.
//!
//! Tests are left out, since they may look at a stage from outside, and so is what stands inside `quote!`: that is the
//! emitted crate's code and not ours.

use std::fs;
use std::path::Path;

use super::tokens::{Token, tokens};

/// A path that is named, with `self` and `super` resolved to `crate`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// The module that a file holds: `src/lower/schema.rs` holds `lower::schema`.
pub(crate) fn module_of(source: &Path, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(source).unwrap().with_extension("");
    let mut module: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module == ["lib"] || module == ["main"] {
        module.clear();
    }
    module
}

/// Whether a module is only there in tests, by its name: `tests` or `…_tests`, or below one.
pub(crate) fn is_for_tests(module: &[String]) -> bool {
    module.iter().any(|name| name == "tests" || name.ends_with("_tests"))
}

/// What the file of `module` names.
pub(crate) fn uses(file: &Path, module: &[String]) -> Vec<Use> {
    uses_in(&fs::read_to_string(file).unwrap(), module)
}

fn uses_in(text: &str, module: &[String]) -> Vec<Use> {
    let mut reader =
        Reader { tokens: tokens(text), at: 0, module: module.to_vec(), inline: Vec::new(), depth: 0, uses: Vec::new() };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.uses
}

struct Reader {
    tokens: Vec<(Token, usize)>,
    at: usize,
    module: Vec<String>,
    /// The depths of braces at which the inline modules around us began.
    inline: Vec<usize>,
    depth: usize,
    uses: Vec<Use>,
}

impl Reader {
    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some((Token::Sign(found), _)) if *found == sign)
    }

    fn is_joint(&self, ahead: usize) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some((Token::Joint, _)))
    }

    fn name(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.at + ahead) {
            Some((Token::Name(name), _)) => Some(name),
            _ => None,
        }
    }

    fn step(&mut self) {
        match self.name(0) {
            Some("use") => {
                self.at += 1;
                self.tree(&mut Vec::new());
            }
            Some("mod") if self.is_sign(2, '{') => {
                self.module.extend(self.name(1).map(str::to_owned));
                self.inline.push(self.depth);
                self.at += 2;
            }
            Some("quote" | "quote_spanned" | "parse_quote") if self.is_sign(1, '!') => {
                self.at += 2;
                self.skip_group();
            }
            Some(_) if self.is_joint(1) => self.path(),
            Some(_) => self.at += 1,
            None => self.sign(),
        }
    }

    fn sign(&mut self) {
        if self.is_sign(0, '#') && self.is_sign(1, '[') && self.is_test_attribute() {
            return self.skip_item();
        }
        if self.is_sign(0, '{') {
            self.depth += 1;
        } else if self.is_sign(0, '}') {
            self.depth = self.depth.saturating_sub(1);
            if self.inline.last() == Some(&self.depth) {
                self.inline.pop();
                self.module.pop();
            }
        }
        self.at += 1;
    }

    /// `#[test]` or `#[cfg(test)]`.
    fn is_test_attribute(&self) -> bool {
        self.name(2) == Some("test")
            || (self.name(2) == Some("cfg") && self.name(4) == Some("test") && self.is_sign(5, ')'))
    }

    /// Steps over an attributed item: to its semicolon, or over its body.
    fn skip_item(&mut self) {
        while self.at < self.tokens.len() && !self.is_sign(0, ';') {
            if self.is_sign(0, '{') {
                return self.skip_group();
            }
            if self.is_sign(0, '(') || self.is_sign(0, '[') {
                self.skip_group();
            } else {
                self.at += 1;
            }
        }
    }

    /// Steps over a bracket and everything up to its counterpart.
    fn skip_group(&mut self) {
        let mut depth = 0usize;
        while let Some((token, _)) = self.tokens.get(self.at) {
            match token {
                Token::Sign('(' | '[' | '{') => depth += 1,
                Token::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn path(&mut self) {
        let line = self.tokens[self.at].1;
        let mut path = Vec::new();
        while let Some(name) = self.name(0) {
            path.push(name.to_owned());
            self.at += 1;
            if !self.is_joint(0) {
                break;
            }
            self.at += 1;
        }
        self.add(&path, line);
    }

    /// One branch of a `use`: `a::b`, `a::{b, c::d}`, `a::*`, `a as b`.
    fn tree(&mut self, before: &mut Vec<String>) {
        let line = self.tokens.get(self.at).map_or(0, |(_, line)| *line);
        let length = before.len();
        if self.is_joint(0) {
            self.at += 1;
        }
        while let Some(name) = self.name(0) {
            before.push(name.to_owned());
            self.at += 1;
            if !self.is_joint(0) {
                break;
            }
            self.at += 1;
        }
        if self.is_sign(0, '{') {
            self.at += 1;
            while self.at < self.tokens.len() && !self.is_sign(0, '}') {
                self.tree(before);
                if self.is_sign(0, ',') {
                    self.at += 1;
                }
            }
            self.at += 1;
        } else {
            self.add(before, line);
            if self.name(0) == Some("as") {
                self.at += 2;
            }
            if self.is_sign(0, '*') {
                self.at += 1;
            }
        }
        before.truncate(length);
    }

    fn add(&mut self, path: &[String], line: usize) {
        let mut resolved = Vec::new();
        for (index, part) in path.iter().enumerate() {
            match part.as_str() {
                "self" | "super" if index == 0 => {
                    resolved.push("crate".to_owned());
                    resolved.extend(self.module.iter().cloned());
                    if part == "super" {
                        resolved.pop();
                    }
                }
                "super" => drop(resolved.pop()),
                "self" => {}
                _ => resolved.push(part.clone()),
            }
        }
        if !resolved.is_empty() {
            self.uses.push(Use { path: resolved, line });
        }
    }
}

#[test]
fn the_reader_sees_what_a_file_names_and_nothing_else() {
    let text = r##"
        use crate::ir::{Api, schema::{self, Shape}};
        use super::naming as names; // use crate::comment::x;
        pub(crate) use ::serde_json::Value;
        fn f<'a>(x: &'a str) -> heck::Case { let _ = ("use a::b", r#"c::d"#, 'x', '"', b'\''); crate::plan::run::<u8>(x) }
        fn g() { quote! { crate::runtime::Call } }
        mod inner { fn h() { super::sibling::run() } }
        #[cfg(test)]
        mod tests { use crate::emit::x; }
        #[test]
        fn t() { crate::emit::x() }
        use self::last::*;
    "##;
    let module = ["lower".to_owned(), "schema".to_owned()];
    let found: Vec<String> = uses_in(text, &module).iter().map(|found| found.path.join("::")).collect();
    let expected = [
        "crate::ir::Api",
        "crate::ir::schema",
        "crate::ir::schema::Shape",
        "crate::lower::naming",
        "serde_json::Value",
        "heck::Case",
        "crate::plan::run",
        "crate::lower::schema::sibling::run",
        "crate::lower::schema::last",
    ];
    assert_eq!(found, expected);
}
