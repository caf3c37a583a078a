//! Names of values that must not be shown.

/// Returns whether a name indicates a value that must not be shown.
pub(crate) fn is_sensitive(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "secret",
        "password",
        "passwd",
        "token",
        "apikey",
        "authorization",
        "cookie",
        "credential",
        "privatekey",
        "signature",
    ];
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| plain.contains(word))
}
