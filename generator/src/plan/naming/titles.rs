//! Titles of schemas as names.

use crate::ir::Use;
use crate::plan::naming::vague::is_vague;
use crate::rust::name::words;

/// The stated name; else a title that could be the name of a type.
pub(super) fn named_title(usage: &Use) -> Option<String> {
    short_title(usage).filter(|title| usage.docs.name.is_some() || !is_no_name(title))
}

/// The same for a member, whose title tools often make from its name, which may be vague.
pub(super) fn usable_title(usage: &Use) -> Option<String> {
    named_title(usage).filter(|title| usage.docs.name.is_some() || !is_vague(title))
}

/// The stated name; else a short title that is a name rather than a sentence.
pub(super) fn short_title(usage: &Use) -> Option<String> {
    if let Some(name) = &usage.docs.name {
        return Some(name.clone());
    }
    let title = usage.docs.title.as_deref()?.trim();
    let words = title.split_whitespace().count();
    let named = title.chars().next().is_some_and(char::is_alphabetic);
    (named && title.len() <= 60 && words <= 6 && !title.ends_with('.')).then(|| title.to_owned())
}

/// Returns whether a title is a name that says enough outside the union: `OrderPaidEvent`.
pub(super) fn is_type_name(title: &str) -> bool {
    title.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && title.starts_with(|first: char| first.is_ascii_uppercase())
        && words(title).len() > 2
}

/// Returns whether a title is a link, or a type that pydantic spells out: `string | list[Item]`.
pub(crate) fn is_no_name(title: &str) -> bool {
    title.contains("://") || title.contains('|')
}
