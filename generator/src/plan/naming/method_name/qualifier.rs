//! Words that say nothing in a group, since all of its operations have them.

use super::group_noun::{DETERMINERS, PREPOSITIONS, QUANTITIES, run_at};
use super::verbs::is_verb;

/// The words that all of these names have in front of the noun of their group. Empty if there are none, or one has the noun without
/// them.
pub(super) fn common(names: impl Iterator<Item = Vec<String>>, noun: &[String]) -> Vec<String> {
    let mut common: Option<Vec<String>> = None;
    let mut count = 0;
    for words in names {
        match between(&words, noun) {
            None => {}
            Some(found) if is_about_object(found) && common.as_ref().is_none_or(|it| it == found) => {
                common = Some(found.to_vec());
                count += 1;
            }
            Some(_) => return Vec::new(),
        }
    }
    common.filter(|_| count > 1).unwrap_or_default()
}

/// The words between the verb of a name and the noun of its group: `special` in `list_special_events`. `None` if the noun is not there,
/// or not what the verb is about.
fn between<'w>(words: &'w [String], group: &[String]) -> Option<&'w [String]> {
    let at = (1..words.len()).find(|at| run_at(words, *at, group).is_some())?;
    let between = &words[1..at];
    let links = |word: &String| PREPOSITIONS.contains(&word.as_str()) || DETERMINERS.contains(&word.as_str());
    (!between.iter().any(links)).then_some(between)
}

/// Returns whether words that may stand between a verb and its object are about the object alone.
fn is_about_object(words: &[String]) -> bool {
    !words.iter().any(|word| QUANTITIES.contains(&word.as_str()) || is_verb(word))
}
