//! Suggestions for unknown names.

/// The candidate of which `name` is a misspelling: equal but for case, or for one or two letters changed, lost, added or swapped.
///
/// Of several equally near ones, it is the first in the alphabet.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let most = if name.len() < 4 { 1 } else { 2 };
    let far = |candidate: &str| strsim::osa_distance(&name, &candidate.to_ascii_lowercase());
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= most)
        .map(|candidate| (far(candidate), candidate))
        .filter(|(far, _)| *far <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_find_what_was_meant() {
        let types = ["string", "integer", "boolean"];
        assert_eq!(nearest("strnig", types), Some("string"));
        assert_eq!(nearest("Boolaen", types), Some("boolean"));
        assert_eq!(nearest("colour", types), None);
        assert_eq!(nearest("id", ["is", "in"]), Some("in"));
    }
}
