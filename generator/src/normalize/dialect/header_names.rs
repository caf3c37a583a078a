//! Names of headers (RFC 9110, section 5.6.2).

use crate::diagnostics::Rule;
use crate::normalize::walk::Walk;
use crate::place::Trail;

/// Reports a name that no header can have.
pub(super) fn header_name(walk: &mut Walk<'_>, name: &str, here: &Trail<'_>) {
    if is_token(name) {
        return;
    }
    let rule = if name.chars().any(char::is_control) { Rule::BadHeaderName } else { Rule::UnsendableHeader };
    walk.report(rule, here, format_args!("`{name}` is not the name of a header"));
}

/// Returns whether a text is a valid header name.
pub(in crate::normalize) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Returns whether a text is a media type or a range of them (RFC 9110, section 8.3.1).
pub(in crate::normalize) fn is_media_type(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}
