//! Ids whose words are not told apart: `Createcontentprovenancecheck`, as converters make of a title.

use std::collections::HashSet;

use super::group_noun::{DETERMINERS, PREPOSITIONS};
use super::verbs::is_verb;
use crate::plan::naming::words::singular;
use crate::rust::name::words;

/// The minimum length of an id in which words are searched.
const SHORTEST: usize = 10;

/// The maximum length, since the work grows with its square.
const LONGEST: usize = 200;

/// The words of an id that are those of the operation's title and path, written together. `None` if its own case or separators tell its
/// words apart, or if something is left.
pub(super) fn apart(id: &str, title: &str, path: &str) -> Option<Vec<String>> {
    let own = words(id);
    if own.iter().all(|word| word.len() < SHORTEST) {
        return None;
    }
    let known: Vec<String> = vocabulary(title, path).collect();
    let is_named = |word: &String| known.contains(word) || is_verb(word) || is_link(word);
    let letters = own.concat();
    let is_told_apart = own.iter().all(|word| word.len() < SHORTEST || is_named(word));
    if is_told_apart || letters.len() > LONGEST || !letters.is_ascii() {
        return None;
    }
    let known: HashSet<String> = known.into_iter().collect();
    let found = fewest(&letters, |word| known.contains(word) || is_verb(word) || is_link(word))?;
    let told: Vec<String> = found.into_iter().filter(|word| !is_article(word)).map(str::to_owned).collect();
    (told.len() > 1 && told.iter().any(|word| known.contains(word))).then_some(told)
}

fn vocabulary<'t>(title: &'t str, path: &'t str) -> impl Iterator<Item = String> + 't {
    let found = words(title).into_iter().chain(path.split(['/', '{', '}']).flat_map(words));
    let found = found.filter(|word| word.len() > 1);
    found.flat_map(|word| [singular(&word), word])
}

/// The fewest known words that a text consists of.
fn fewest(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Vec<&str>> {
    // The start of the last word before each position, and the number of words up to there.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; text.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=text.len() {
        for start in 0..end {
            if let Some((_, count)) = best[start]
                && best[end].is_none_or(|(_, known)| count + 1 < known)
                && is_known(&text[start..end])
            {
                best[end] = Some((start, count + 1));
            }
        }
    }
    let mut found = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let (start, _) = best[end]?;
        found.push(&text[start..end]);
        end = start;
    }
    found.reverse();
    Some(found)
}

fn is_link(word: &str) -> bool {
    PREPOSITIONS.contains(&word) || DETERMINERS.contains(&word)
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_title_and_path() {
        for (id, title, path, expected) in [
            ("Createcontentprovenancecheck", "", "/content_provenance_checks", "create_content_provenance_check"),
            (
                "CreateanAPIkeyforaserviceaccount",
                "",
                "/service_accounts/{id}/api_keys",
                "create_api_key_for_service_account",
            ),
            ("Getinputtokencounts", "Get input token counts", "/responses/input_tokens", "get_input_token_counts"),
            ("Compactconversation", "Compact a conversation.", "/responses/compact", "compact_conversation"),
            ("updateOrganizationspendlimit", "", "/organization/spend_limit", "update_organization_spend_limit"),
        ] {
            let found = apart(id, title, path).map(|words| words.join("_"));
            assert_eq!(found.as_deref(), Some(expected), "{id}");
        }
    }

    #[test]
    fn what_is_told_apart_or_has_other_words_stays() {
        for (id, title, path) in [
            ("createNotification", "Create a notification", "/notifications"),
            ("getInfrastructure", "Get infra structure", "/infrastructure"),
            ("getWhereabouts", "Get the position", "/position"),
            ("list", "List", "/"),
            ("", "", "/"),
            ("\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}", "\u{e4}", "/"),
        ] {
            assert_eq!(apart(id, title, path), None, "{id}");
        }
    }
}
