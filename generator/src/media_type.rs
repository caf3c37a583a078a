//! Media types by their names.

/// A media type in lower case, for comparisons (RFC 9110 §8.3.1); its parameters keep their case, since values such as a profile's URL
/// depend on it.
pub(crate) fn in_lower_case(text: &str) -> String {
    let text = text.trim();
    let (essence, parameters) = text.split_at(text.find(';').unwrap_or(text.len()));
    essence.to_ascii_lowercase() + parameters
}

/// Returns whether the media type is JSON.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Returns whether the media type is that of HTML forms.
pub(crate) fn is_form(content_type: &str) -> bool {
    essence(content_type) == "application/x-www-form-urlencoded"
}

/// Returns whether the media type is multipart.
pub(crate) fn is_multipart(content_type: &str) -> bool {
    essence(content_type).starts_with("multipart/")
}

/// Returns whether the media type is XML (RFC 7303) that holds data, and no picture or page.
pub(crate) fn is_xml(content_type: &str) -> bool {
    let essence = essence(content_type);
    let is_shown = essence.starts_with("image/") || essence == "application/xhtml+xml";
    matches!(essence, "application/xml" | "text/xml") || is_xml_text(essence) && !is_shown
}

fn is_xml_text(essence: &str) -> bool {
    essence.ends_with("+xml")
}

/// Returns whether the media type is text.
pub(crate) fn is_text(content_type: &str) -> bool {
    let essence = essence(content_type);
    essence.starts_with("text/") || essence == "application/xml" || is_xml_text(essence)
}

/// Returns whether the media type is a range.
pub(crate) fn is_range(content_type: &str) -> bool {
    essence(content_type).contains('*')
}

/// Returns whether the media type is one of JSON values, one after another.
pub(crate) fn is_sequence(content_type: &str) -> bool {
    const SEQUENCES: &[&str] = &[
        "application/jsonl",
        "application/jsonlines",
        "application/json-lines",
        "application/x-jsonlines",
        "application/x-jsonl",
        "application/ndjson",
        "application/x-ndjson",
        "application/json-seq",
        "application/stream+json",
        "application/x-json-stream",
        "text/event-stream",
    ];
    let essence = essence(content_type);
    SEQUENCES.contains(&essence) || essence.ends_with("+json-seq")
}

/// The media type without its parameters.
pub(crate) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The same word without what says that a vendor owns the media type, and without the vendor if something else is left:
/// `protobuf` for `application/vnd.acme.protobuf`.
pub(crate) fn short_word(content_type: &str) -> String {
    let word = word(content_type);
    let Some(rest) = word.strip_prefix("vnd ") else { return word };
    match rest.split_once(' ') {
        Some((_, format)) if !format.contains([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) => format,
        _ => rest,
    }
    .to_owned()
}

/// A word for the media type, for names: `form`, `csv`, `merge patch`.
pub(crate) fn word(content_type: &str) -> String {
    let essence = essence(content_type);
    match essence {
        "application/x-www-form-urlencoded" => return "form".to_owned(),
        "multipart/form-data" => return "multipart".to_owned(),
        "application/octet-stream" | "*/*" | "application/*" => return "bytes".to_owned(),
        "text/plain" | "text/*" => return "text".to_owned(),
        _ => {}
    }
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, essence));
    if subtype == "*" {
        return kind.to_owned();
    }
    let subtype = subtype.strip_suffix("+json").unwrap_or(subtype);
    subtype.strip_prefix("x-").unwrap_or(subtype).replace(['+', '.', '-'], " ")
}

/// The words of the media type itself: `octet stream`, `any` for a range of all.
pub(crate) fn name(content_type: &str) -> String {
    match essence(content_type).split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((kind, "*")) => format!("any {kind}"),
        Some((_, subtype)) => subtype.replace(['+', '.', '-'], " "),
        None => word(content_type),
    }
}

#[cfg(test)]
mod tests {
    use super::short_word;

    #[test]
    fn a_vendor_is_named_only_if_nothing_else_is() {
        for (content_type, expected) in [
            ("application/vnd.acme.protobuf;stream=watch", "protobuf"),
            ("application/vnd.ms-excel", "excel"),
            ("application/vnd.acme+json", "acme"),
            ("application/vnd.acme.v3.star+json", "acme v3 star"),
            ("application/vnd.acme.v3", "acme v3"),
            ("application/merge-patch+json", "merge patch"),
            ("text/csv", "csv"),
        ] {
            assert_eq!(short_word(content_type), expected, "{content_type}");
        }
    }
}
