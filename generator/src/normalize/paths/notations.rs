//! Parameters in the notations of routers. Each is one only if a parameter of that name is declared, since the text may be meant as it is.

/// The parameter at the start of a text, and the length of its notation.
pub(super) fn parameter<'a>(text: &'a str, begins_segment: bool, declared: &[String]) -> Option<(&'a str, usize)> {
    let (name, length) = match text.as_bytes().first()? {
        b'{' => braces(text)?,
        b'<' => angles(text)?,
        b'(' => group(text)?,
        b'[' if begins_segment => brackets(text)?,
        b'*' | b'$' if begins_segment => prefixed(text)?,
        b':' => {
            let (name, length) = prefixed(text)?;
            (name, length + pattern(&text[length..]))
        }
        _ => return None,
    };
    declared.iter().any(|known| known == name).then_some((name, length))
}

/// Returns the length of the pattern after a name with a colon: `(\d+)`, and `?`, `*` or `+` at the end of a segment.
pub(super) fn pattern(text: &str) -> usize {
    let group = if text.starts_with('(') { balanced(text, b'(', b')').unwrap_or_default() } else { 0 };
    let rest = &text[group..];
    let is_repeated = rest.starts_with(['?', '*', '+']) && (rest.len() == 1 || rest[1..].starts_with('/'));
    group + usize::from(is_repeated)
}

/// `{{name}}`, `{name...}`, `{name=projects/*}`.
fn braces(text: &str) -> Option<(&str, usize)> {
    if let Some((name, _)) = text.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
        return Some((name.trim(), name.len() + 4));
    }
    let end = balanced(text, b'{', b'}')?;
    let inner = &text[1..end - 1];
    let name = inner.strip_suffix("...").or_else(|| Some(inner.split_once('=')?.0))?;
    Some((name.trim(), end))
}

/// `<name>`, `<int:name>`.
fn angles(text: &str) -> Option<(&str, usize)> {
    let (inner, _) = text[1..].split_once('>')?;
    let name = inner.rsplit(':').next().unwrap_or(inner);
    Some((name.trim(), inner.len() + 2))
}

/// `(?P<name>\d+)`, `(?<name>\d+)`.
fn group(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix("(?P<").or_else(|| text.strip_prefix("(?<"))?;
    Some((rest.split_once('>')?.0, balanced(text, b'(', b')')?))
}

/// `[name]`, `[...name]`, `[[...name]]`.
fn brackets(text: &str) -> Option<(&str, usize)> {
    let end = balanced(text, b'[', b']')?;
    let name = text[..end].trim_matches(['[', ']']);
    Some((name.strip_prefix("...").unwrap_or(name), end))
}

/// `*name`, `$name`, `:name`.
fn prefixed(text: &str) -> Option<(&str, usize)> {
    let length = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (length > 0).then(|| (&text[1..=length], length + 1))
}

/// The end of the brackets that open at the start of a text.
fn balanced(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parameter;

    #[test]
    fn what_is_declared_is_a_parameter_in_any_notation() {
        let declared = ["id".to_owned(), "name".to_owned()];
        for (text, found) in [
            ("<id>/a", Some(("id", 4))),
            ("<int:id>", Some(("id", 8))),
            ("{{id}}/a", Some(("id", 6))),
            ("{id...}", Some(("id", 7))),
            ("{id=1}", Some(("id", 6))),
            ("{name=projects/*}:move", Some(("name", 17))),
            ("[id]", Some(("id", 4))),
            ("[...id]", Some(("id", 7))),
            ("[[...id]]", Some(("id", 9))),
            ("*id", Some(("id", 3))),
            ("$id/a", Some(("id", 3))),
            (r":id(\d{2,(3)})/a", Some(("id", 14))),
            (":id?/a", Some(("id", 4))),
            (":id?a=1", Some(("id", 3))),
            (r"(?P<id>\d+)/a", Some(("id", 11))),
            ("(?<id>(a|b))", Some(("id", 12))),
            ("<other>", None),
            ("{id}", None),
            ("{id:int}", None),
            ("[id", None),
            ("(?P<id", None),
            (":", None),
            ("", None),
        ] {
            assert_eq!(parameter(text, true, &declared), found, "{text}");
        }
        // Within a segment, these are sent as they are.
        for text in ["[id]", "*id", "$id"] {
            assert_eq!(parameter(text, false, &declared), None, "{text}");
        }
    }
}
