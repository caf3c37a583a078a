//! The emitted crate as a module of another crate: its paths, its features, and its lints.

mod features;
mod nested;
mod pieces;
mod requirements;

use std::collections::BTreeMap;

use super::File;
use crate::rust::{Crate, Embedding, Form};
use features::Features;
use pieces::{Kind, pieces};

pub use requirements::Requirement;
pub(super) use requirements::requirements;

/// The lints of the enclosing crate that do not apply to the code, as outer or inner attribute.
///
/// Groups are named one by one, because `warnings` does not cover a lint that the crate denies.
const LINTS: &str = "allow(clippy::all, clippy::cargo, clippy::nursery, clippy::pedantic, clippy::restriction, \
deprecated, elided_lifetimes_in_paths, explicit_outlives_requirements, future_incompatible, let_underscore_drop, \
missing_copy_implementations, missing_debug_implementations, missing_docs, nonstandard_style, redundant_lifetimes, \
rust_2018_idioms, single_use_lifetimes, trivial_casts, trivial_numeric_casts, unnameable_types, unreachable_pub, \
unused, unused_import_braces, unused_lifetimes, unused_macro_rules, unused_qualifications, unused_results, \
variant_size_differences)";

/// Rewrites the files of a crate to those of a module. Files that only a crate has are left out.
pub(super) fn embed(plan: &Crate, embedding: &Embedding, files: Vec<File>) -> Vec<File> {
    let features = Features::of(plan, embedding);
    let package = format!("{}::", plan.package.replace('-', "_"));
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        if let Some(path) = file.path.strip_prefix("src/") {
            texts.insert(path.to_owned(), rooted(&features.resolved(&file.contents), &embedding.root, &package));
        }
    }
    features.remove_files(&mut texts);
    let Some(root) = texts.remove("lib.rs") else { return Vec::new() };
    match embedding.form {
        Form::Files => {
            texts.insert("mod.rs".to_owned(), with_lints(&root));
            texts.into_iter().map(|(path, contents)| File { path, contents }).collect()
        }
        Form::OneFile => {
            let contents = nested::nested(&with_lints(&root), "", &texts, "");
            vec![File { path: String::new(), contents }]
        }
        Form::Included => {
            let root: String = root.lines().filter(|line| !is_inner(line)).map(|line| format!("{line}\n")).collect();
            let contents = nested::nested(&root, "", &texts, &format!("#[{LINTS}]\n"));
            vec![File { path: String::new(), contents }]
        }
    }
}

/// Returns whether a line belongs to the whole file.
fn is_inner(line: &str) -> bool {
    line.starts_with("//!") || line.starts_with("#![")
}

/// Puts the lints of embedded code in the place of those of a crate.
fn with_lints(root: &str) -> String {
    let mut text = String::new();
    let mut is_done = false;
    for line in root.lines() {
        if line.starts_with("#![") {
            if !std::mem::replace(&mut is_done, true) {
                text.push_str(&format!("#![{LINTS}]\n"));
            }
            continue;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Replaces the root of the crate by that of the module, in code and in its docs. The examples of these cannot be run: tests in docs are
/// programs of their own, which may not reach the module.
fn rooted(text: &str, root: &str, package: &str) -> String {
    let mut rooted = String::with_capacity(text.len() + text.len() / 16);
    for (kind, piece) in pieces(text) {
        match kind {
            Kind::Code => in_code(piece, root, &mut rooted),
            Kind::Comment => {
                let new = format!("{root}::");
                let piece = piece.replace("](crate::", &format!("]({new}")).replace("[`crate::", &format!("[`{new}"));
                rooted.push_str(&piece.replace("```no_run", "```ignore").replace(package, &new));
            }
            Kind::Literal => rooted.push_str(piece),
        }
    }
    rooted
}

fn in_code(code: &str, root: &str, rooted: &mut String) {
    const CRATE: &str = "crate::";
    let mut rest = code;
    while let Some(at) = rest.find(CRATE) {
        let (before, found) = rest.split_at(at);
        rooted.push_str(before);
        let is_word = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        match is_word {
            true => rooted.push_str(CRATE),
            false => rooted.push_str(&format!("{root}::")),
        }
        rest = found.strip_prefix(CRATE).unwrap_or_default();
    }
    rooted.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::rooted;

    #[test]
    fn paths_are_rooted_and_text_is_left_alone() {
        let text = "use crate::types;\nmacro_rules! m { () => { $crate::runtime::x!() } }\n/// See [`x`](crate::types::X): crate::y\nconst A: &str = \"crate::types\"; const B: char = '\"'; type L<'a> = crate::x::Y<'a>;\npub(crate) mod z; my_crate::f();\nlet raw = r#\"crate::\"#;\n";
        let expected = "use crate::api::types;\nmacro_rules! m { () => { $crate::api::runtime::x!() } }\n/// See [`x`](crate::api::types::X): crate::y\nconst A: &str = \"crate::types\"; const B: char = '\"'; type L<'a> = crate::api::x::Y<'a>;\npub(crate) mod z; my_crate::f();\nlet raw = r#\"crate::\"#;\n";
        assert_eq!(rooted(text, "crate::api", "shop::"), expected);
    }
}
