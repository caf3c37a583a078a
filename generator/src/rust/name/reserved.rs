//! Words with a meaning of their own in Rust.

/// Keywords of edition 2024, strict and reserved, that a raw identifier (`r#type`) makes usable.
///
/// The weak ones (`auto`, `default`, `macro_rules`, `raw`, `safe`, `union`) are ordinary identifiers wherever a name
/// can stand, so they are not here. Source: The Rust Reference, "Keywords".
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that no prefix makes an identifier (`r#self` is an error).
const PATH_WORDS: &[&str] = &["Self", "_", "crate", "self", "super"];

/// Names that every module sees without importing them, plus the primitive types.
///
/// A schema may have any of these names, since emitted code refers to external items by absolute paths. A caller
/// reserves them where a reader would be misled, as in a module whose items are imported by glob.
pub const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "bool",
    "char",
    "drop",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
];

/// Methods that readers (and clippy's `should_implement_trait`, `new_ret_no_self`) take for something else when a call
/// to the server bears their name. Reserve them in a scope of methods.
pub const CONVENTIONAL_METHODS: &[&str] = &[
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "drop",
    "eq",
    "fmt",
    "from",
    "from_str",
    "hash",
    "into",
    "into_future",
    "ne",
    "new",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// Returns whether `word` is a keyword that needs `r#` to be an identifier.
pub(super) fn needs_raw(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// Returns whether `word` cannot be an identifier, raw or not.
pub(super) fn is_unusable(word: &str) -> bool {
    PATH_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keywords_are_sorted_so_that_they_are_found() {
        assert!(KEYWORDS.is_sorted());
        assert!(needs_raw("abstract") && needs_raw("gen") && needs_raw("yield"));
        assert!(!needs_raw("union") && !needs_raw("self"));
    }
}
