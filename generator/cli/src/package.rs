//! The name of a crate, where only the document's file name is known.

/// A crate name that Cargo accepts, from the name of a file: `GitHub_v3.json` gives `github-v3`.
pub fn name_from_file(stem: &str) -> String {
    let mut name = String::new();
    for part in stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&part.to_ascii_lowercase());
    }
    if name.is_empty() {
        return "api-client".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "api-");
    }
    if is_taken(&name) {
        name.push_str("-client");
    }
    name
}

/// Names that Cargo refuses, or that would hide a crate that every Rust program knows.
fn is_taken(name: &str) -> bool {
    const TAKEN: &[&str] = &[
        "abstract",
        "alloc",
        "as",
        "async",
        "await",
        "become",
        "box",
        "break",
        "const",
        "continue",
        "core",
        "crate",
        "do",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "final",
        "fn",
        "for",
        "gen",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "macro",
        "match",
        "mod",
        "move",
        "mut",
        "override",
        "priv",
        "proc-macro",
        "pub",
        "ref",
        "return",
        "self",
        "static",
        "std",
        "struct",
        "super",
        "test",
        "trait",
        "true",
        "try",
        "type",
        "typeof",
        "unsafe",
        "unsized",
        "use",
        "virtual",
        "where",
        "while",
        "yield",
    ];
    TAKEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::name_from_file;

    #[test]
    fn names_are_ones_that_cargo_accepts() {
        assert_eq!(name_from_file("webhooks-api"), "webhooks-api");
        assert_eq!(name_from_file("GitHub_v3.1 (old)"), "github-v3-1-old");
        assert_eq!(name_from_file("3scale"), "api-3scale");
        assert_eq!(name_from_file("test"), "test-client");
        assert_eq!(name_from_file("日本"), "api-client");
    }
}
