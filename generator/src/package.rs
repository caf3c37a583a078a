//! Names and versions of packages, as Cargo takes them.

use std::str::FromStr as _;

/// The length of the longest name that registries take.
const LONGEST: usize = 64;

/// Returns the reason why a package cannot have a name, and a correction; `None` if it can.
///
/// Cargo takes letters, digits, `-` and `_` (<https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field>); registries take
/// only ASCII, at most 64 characters, and a letter first. The name also becomes a Rust identifier, so it cannot be a keyword.
pub fn name_fault(name: &str) -> Option<String> {
    let fits = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    let reason = if name.is_empty() {
        "it is empty".to_owned()
    } else if let Some(character) = name.chars().find(|character| !fits(*character)) {
        format!("{character:?} can't be in it, only ASCII letters, digits, `-` and `_`")
    } else if !name.starts_with(|character: char| character.is_ascii_alphabetic()) {
        "it has to begin with a letter".to_owned()
    } else if name.len() > LONGEST {
        format!("it has more than {LONGEST} characters")
    } else if is_taken(&name.replace('_', "-")) {
        "it is a word of Rust, or the name of a crate that comes with it".to_owned()
    } else {
        return None;
    };
    let other = name_from_file(name);
    Some(format!("{name:?} can't be the name of a package: {reason}; `{other}` would do"))
}

/// Returns the reason why a package cannot have a version, and a correction; `None` if it can.
pub fn version_fault(version: &str) -> Option<String> {
    let error = semver::Version::from_str(version).err()?;
    let numbers: Vec<&str> = version.split('.').collect();
    let is_short = numbers.len() < 3 && numbers.iter().all(|part| part.parse::<u64>().is_ok());
    let way_out = match is_short {
        true => format!("`{version}{}`", ".0".repeat(3 - numbers.len())),
        false => "three numbers, as in `1.2.3` or `1.2.3-beta.1`".to_owned(),
    };
    Some(format!("{version:?} is no version as Cargo reads them ({error}); write {way_out}"))
}

/// Returns the reason why a registry rejects keywords (<https://doc.rust-lang.org/cargo/reference/manifest.html#the-keywords-field>);
/// `None` if it accepts them.
pub fn keywords_fault(keywords: &[String]) -> Option<String> {
    const MOST: usize = 5;
    const LONGEST: usize = 20;
    if keywords.len() > MOST {
        return Some(format!("the registry takes {MOST} keywords at most, not {}", keywords.len()));
    }
    let fits = |word: &&String| {
        let begins = word.starts_with(|character: char| character.is_ascii_alphanumeric());
        begins && word.len() <= LONGEST && word.chars().all(|it| it.is_ascii_alphanumeric() || "_-+".contains(it))
    };
    let word = keywords.iter().find(|word| !fits(word))?;
    Some(format!(
        "`{word}` is no keyword that the registry takes: {LONGEST} ASCII letters, digits, `_`, `-` or `+` at most, the first a letter or digit"
    ))
}

/// A crate name that Cargo accepts, from the name of a file: `GitHub_v3.json` gives `github-v3`.
pub fn name_from_file(stem: &str) -> String {
    let mut name = String::new();
    for part in stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        // Whole words, with room for a prefix.
        if !name.is_empty() && name.len() + part.len() + "api--".len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&part.to_ascii_lowercase());
    }
    name.truncate(LONGEST - "api-".len());
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

/// Names that Cargo refuses, or that would shadow a crate of the standard library.
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
    use super::{name_fault, name_from_file, version_fault};

    #[test]
    fn names_that_cargo_refuses_are_refused_with_one_that_it_takes() {
        for name in ["webhooks-api", "a", "Api_2", "gen-client"] {
            assert_eq!(name_fault(name), None, "{name}");
        }
        let long = "a".repeat(65);
        for name in [
            "",
            "a=b",
            "a b",
            "2api",
            "-a",
            "_",
            "crate",
            "self",
            "proc_macro",
            "gen",
            "caf\u{e9}",
            "a/b",
            "a\nb",
            &long,
        ] {
            let fault = name_fault(name).unwrap_or_else(|| panic!("{name:?} is taken"));
            let other = fault.rsplit('`').nth(1).unwrap();
            assert_eq!(name_fault(other), None, "{fault}");
        }
    }

    #[test]
    fn versions_are_read_as_cargo_reads_them() {
        for version in ["0.1.0", "1.2.3-beta.1+build"] {
            assert_eq!(version_fault(version), None, "{version}");
        }
        assert!(version_fault("1").unwrap().ends_with("write `1.0.0`"));
        assert!(version_fault("1.2").unwrap().ends_with("write `1.2.0`"));
        for version in ["", "v1.0.0", "1.0.0.0", "01.0.0", "1.x", " 1.0.0", "^1.0.0"] {
            assert!(version_fault(version).unwrap().contains("three numbers"), "{version}");
        }
    }

    #[test]
    fn names_are_ones_that_cargo_accepts() {
        assert_eq!(name_from_file("webhooks-api"), "webhooks-api");
        assert_eq!(name_from_file("GitHub_v3.1 (old)"), "github-v3-1-old");
        assert_eq!(name_from_file("3scale"), "api-3scale");
        assert_eq!(name_from_file("test"), "test-client");
        assert_eq!(name_from_file("日本"), "api-client");
        // The file of a document in a deep folder may have a longer name than a package.
        let deep = "specification-resource-manager-Microsoft.Storage-stable-2021-08-01-blob";
        assert_eq!(name_from_file(deep), "specification-resource-manager-microsoft-storage-stable-2021");
        for long in [deep.to_owned(), "a".repeat(100), format!("3{}", "a".repeat(100)), "ab-".repeat(40)] {
            assert_eq!(name_fault(&name_from_file(&long)), None, "{long}");
        }
    }
}
