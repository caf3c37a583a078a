//! Keeping secrets out of what people read.

/// As much of a body as an error shows.
const EXCERPT: usize = 300;

/// The start of a body for an error's text: known secrets and what looks like one blanked, on one line.
pub(crate) fn excerpt(body: &[u8], secrets: &[&str]) -> String {
    // Cut only after blanking, or half a secret could stay.
    let head = &body[..body.len().min(16 * EXCERPT)];
    let text = text(&String::from_utf8_lossy(head), secrets);
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(EXCERPT).collect();
    if out.len() < text.len() || head.len() < body.len() {
        out.push('…');
    }
    out
}

/// A text with known secrets and what looks like one blanked.
pub(crate) fn text(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() > 3) {
        if text.contains(secret) {
            text = text.replace(secret, "***");
        }
    }
    blank_members(&text)
}

/// Blanks the values of JSON members whose names speak of secrets.
fn blank_members(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_string(rest) {
        out.push_str(before);
        out.push('"');
        out.push_str(name);
        rest = after;
        let value = after.strip_prefix('"').unwrap_or(after).trim_start();
        if let Some(value) = value.strip_prefix(':').filter(|_| is_sensitive(name)) {
            out.push_str("\":\"***\"");
            let value = value.trim_start();
            rest = match next_string(value).filter(|_| value.starts_with('"')) {
                Some((_, _, after)) => after.strip_prefix('"').unwrap_or(after),
                None => value.trim_start_matches(|c| !matches!(c, ',' | '}' | ']')),
            };
        } else if let Some(after) = after.strip_prefix('"') {
            out.push('"');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What stands before the next quoted string, the string, and what follows with the closing quote, if there is one.
fn next_string(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('"')?;
    let mut escaped = false;
    let end = rest.find(|c| {
        let end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        end
    });
    let (string, after) = rest.split_at(end.unwrap_or(rest.len()));
    Some((before, string, after))
}

/// Whether a name speaks of something that must not be shown.
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
