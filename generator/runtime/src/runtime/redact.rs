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
        let mut encoded = String::new();
        super::path::encode(secret, &mut encoded);
        for form in [secret, encoded.as_str()] {
            if text.contains(form) {
                text = text.replace(form, "***");
            }
        }
    }
    blank_values(&text)
}

/// Blanks what follows a name that speaks of a secret, be it in JSON (even inside a JSON text), a query or a header.
fn blank_values(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|c| !is_name(c)).map_or(rest.len(), |length| start + length);
        let (name, after) = (&rest[start..end], &rest[end..]);
        let value = after.trim_start_matches([' ', '"', '\'', '\\', ':', '=']);
        let between = &after[..after.len() - value.len()];
        out.push_str(&rest[..end]);
        rest = after;
        if is_sensitive(name) && between.contains([':', '=']) {
            out.push_str(between);
            out.push_str("***");
            rest = &value[value_length(between, value)..];
        }
    }
    out + rest
}

/// The length of a value: to its closing quote if it has an opening one, else to what usually ends one.
fn value_length(between: &str, value: &str) -> usize {
    let end = match between.chars().last() {
        // An escaped quote is closed by another.
        Some('"') if between.ends_with("\\\"") => value.find("\\\""),
        Some(quote @ ('"' | '\'')) => {
            let mut escaped = false;
            value.find(|c| {
                let end = c == quote && !escaped;
                escaped = c == '\\' && !escaped;
                end
            })
        }
        _ if value.starts_with(['[', '{']) => nested_end(value),
        _ => value.find([',', '}', ']', '&', ';', '<', '"', '\\', '\n']),
    };
    end.unwrap_or(value.len())
}

/// The end of a list or an object: the bracket that closes its first, those inside of texts apart.
fn nested_end(value: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    value.find(|c| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            '[' | '{' if !in_text => depth += 1,
            ']' | '}' if !in_text => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Returns whether a name speaks of something that must not be shown.
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
