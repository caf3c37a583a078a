//! Values of one enumeration that differ only in a sign or in the case of a letter behind a digit.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;
use super::{casing, spelling};

/// The identifiers of values that would have the same name, because they differ in what a name usually leaves out, by their positions:
/// `Etc/GMT+1` and `Etc/GMT-1` are `EtcGmtPlus1` and `EtcGmtMinus1`, `1m` and `1M` are `N1m` and `N1M`.
pub(super) fn identifiers(texts: &[&str]) -> Vec<(usize, String)> {
    let signs: Vec<(&str, &str)> = texts.iter().filter_map(|text| signed(text)).collect();
    let with = |sign| signs.iter().filter(move |(_, other)| *other == sign).map(|(before, _)| *before);
    let plus: BTreeSet<&str> = with("plus").collect();
    let both: BTreeSet<&str> = with("minus").filter(|before| plus.contains(before)).collect();
    let mut spellings: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for text in texts.iter().filter(|text| opens_with_digit(text)) {
        spellings.entry(text.to_ascii_lowercase()).or_default().insert(text);
    }
    let identifier = |text: &str| {
        if let Some((before, sign)) = signed(text).filter(|(before, _)| both.contains(before)) {
            let words = format!("{before} {sign} {}", &text[before.len() + 1..]);
            return Some(casing::identifier(&spelling::spell(&words).plain, Case::Variant));
        }
        let same = spellings.get(&text.to_ascii_lowercase()).filter(|same| same.len() > 1 && same.contains(text));
        same.map(|_| format!("N{text}"))
    };
    texts.iter().enumerate().filter_map(|(at, text)| Some((at, identifier(text)?))).collect()
}

/// The text before the sign of a number at the end, and the sign.
fn signed(text: &str) -> Option<(&str, &'static str)> {
    let before = text.trim_end_matches(|last: char| last.is_ascii_digit());
    let has_number = before.len() < text.len();
    let (before, sign) = match before.strip_suffix('+') {
        Some(before) => (before, "plus"),
        None => (before.strip_suffix('-')?, "minus"),
    };
    (has_number && before.ends_with(|last: char| last.is_ascii_alphabetic())).then_some((before, sign))
}

/// Returns whether a text is letters and digits, with a digit first, and is no longer than a name.
fn opens_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.len() < casing::MAX_LENGTH
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
