//! The noun of a group in the names of operations that are made from paths, inside of the group and outside.

use super::group_noun::{PREPOSITIONS, group_words};
use super::verbs;
use crate::plan::naming::words as english;
use crate::rust::name::words;

/// Returns a name made from a path without the noun of its group, if nothing else is behind the verb: `create_task_assignment` among
/// Task Assignments is `create`.
pub(crate) fn without_group(name: &str, group: &str) -> String {
    let (words, noun) = (words(name), group_words(group));
    let singular = |words: &[String]| words.iter().map(|word| english::singular(word)).collect::<Vec<String>>();
    match words.split_first() {
        Some((verb, rest)) if !noun.is_empty() && singular(rest) == singular(&noun) => {
            let of_many = rest.last().is_some_and(|last| english::is_plural(last));
            if of_many && verb != "list" { name.to_owned() } else { verb.clone() }
        }
        _ => name.to_owned(),
    }
}

/// Returns the name outside its group of an operation without an id: `create` among Tasks is `create task`, and `search` among Searches
/// says it already.
pub(crate) fn outside_group(name: &str, group: &str) -> String {
    let noun = english::singular(group);
    let fold = |text: &str| words(text).iter().map(|word| english::singular(word)).collect::<Vec<String>>();
    let (said, owner) = (fold(name), fold(&noun));
    if noun.is_empty() || said.windows(owner.len().max(1)).any(|run| run == owner) {
        return name.to_owned();
    }
    match said.split_first() {
        // A part of the thing: `create_level` of a taxonomy is `create taxonomy level`.
        Some((verb, part))
            if (verb == "list" || verbs::is_verb(verb)) && part.first().is_some_and(|first| !is_link(first)) =>
        {
            format!("{verb} {noun} {}", words(name)[1..].join(" "))
        }
        _ => format!("{name} {noun}"),
    }
}

/// Returns whether a word leads to something else than what the verb is about.
fn is_link(word: &str) -> bool {
    PREPOSITIONS.contains(&word) || ["all", "me"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_made_from_a_path_says_the_noun_of_its_group_once() {
        for (name, group, inside, outside) in [
            ("create_task_assignment", "Task assignments", "create", "create_task_assignment"),
            ("list_task_assignments", "Task assignments", "list", "list_task_assignments"),
            ("get_task_assignments", "Task assignments", "get_task_assignments", "get_task_assignments"),
            ("create", "Task assignments", "create", "create Task assignment"),
            ("search", "Search", "search", "search"),
            ("create_level", "Tax rules", "create_level", "create Tax rule level"),
            ("list_levels", "Tax rules", "list_levels", "list Tax rule levels"),
            ("list_by_shop", "Tax rules", "list_by_shop", "list_by_shop Tax rule"),
            ("delete_all", "Tax rules", "delete_all", "delete_all Tax rule"),
            ("create_file", "", "create_file", "create_file"),
        ] {
            assert_eq!(without_group(name, group), inside, "{name} in {group}");
            assert_eq!(outside_group(name, group), outside, "{name} in {group}");
        }
    }
}
