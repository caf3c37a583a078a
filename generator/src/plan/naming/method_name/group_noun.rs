//! The noun of a group in the names of its operations, where it says nothing.

use super::framework::KINDS;
use super::verbs::is_verb_or_noun;
use crate::plan::naming::words::{is_plural, singular};
use crate::rust::name::words;

/// Words that need another one after them.
pub(super) const PREPOSITIONS: &[&str] =
    &["and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "to", "via", "with"];

/// Words that can stand after a verb when the noun is gone.
pub(super) const QUANTITIES: &[&str] =
    &["all", "any", "batch", "bulk", "every", "many", "multiple", "my", "new", "one", "own"];

/// Adjectives that can stand so as well, where the name doesn't have to be beyond doubt.
const SELECTIONS: &[&str] = &[
    "active",
    "archived",
    "available",
    "current",
    "deleted",
    "latest",
    "pending",
    "popular",
    "private",
    "public",
    "recent",
    "top",
    "trending",
    "upcoming",
];

/// Prepositions after which the thing of the group stands: `add_label_to_issue`, `list_events_for_webhook`.
const LINKS: &[&str] = &["for", "from", "in", "of", "on", "to"];

/// Words for what identifies a thing.
const IDENTITIES: &[&str] = &["id", "key", "slug", "uuid"];

/// Verbs of which `to` leads to the thing of the group.
const ADDITIONS: &[&str] = &[
    "add",
    "append",
    "assign",
    "associate",
    "attach",
    "bind",
    "invite",
    "link",
    "post",
    "push",
    "send",
    "submit",
    "subscribe",
    "upload",
    "write",
];

/// Words that point at the thing of the group.
pub(super) const DETERMINERS: &[&str] = &["a", "an", "given", "specific", "specified", "the", "this"];

/// Verbs that a preposition belongs to: `power_on_server` powers on.
const PHRASAL: &[&str] = &["check", "lock", "log", "opt", "power", "sign", "switch", "turn"];

/// Words that end such a verb and are no prepositions.
const PARTICLES: &[&str] = &["away", "back", "down", "off", "out", "over", "up"];

/// The words that a name may lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Only what leaves no doubt in any group.
    Clear,
    /// All that says nothing, unless the group has another operation of that name.
    Short,
    /// The same for a part of the group's noun, which may be a part of another noun elsewhere: `queue` in the group Work Queues.
    Part,
}

/// The words of a group's name, less the kind of thing it is: `Batch API` is `batch`.
pub(super) fn group_words(group: &str) -> Vec<String> {
    let mut group = words(group);
    while group.len() > 1 && group.last().is_some_and(|last| KINDS.contains(&last.as_str())) {
        group.pop();
    }
    group
}

/// `webhooks_list` is `list`, and so is `WebhooksController_list`; but `importBooks` is more than `books` in the group Import, and what
/// sends something and is called `inviteUser` is more than `user` in the group Invites.
pub(super) fn without_prefix<'w>(whole: &'w [String], group: &[String], id: &str, sends: bool) -> &'w [String] {
    let Some(length) = run_at(whole, 0, group) else { return whole };
    let rest = &whole[length..];
    // `pull-request-stacks/list` is about stacks, not about pulls.
    if id.split_once('/').is_some_and(|(owner, _)| words(owner).len() > length && whole.starts_with(&words(owner))) {
        return whole;
    }
    if let ([noun], [verb, ..]) = (group, whole)
        && !id.contains(['/', '.', ':', '#'])
        && (noun == verb || sends && !is_plural(verb))
        && is_verb_or_noun(verb)
        && !rest.is_empty()
        && !rest.iter().any(|word| is_verb_or_noun(word))
    {
        return whole;
    }
    match rest.split_first() {
        Some((kind, rest)) if KINDS.contains(&kind.as_str()) && !rest.is_empty() => rest,
        _ => rest,
    }
}

/// `list_webhooks` is `list`, and `get_webhook_by_id` is `get_by_id`.
pub(super) fn without_middle(words: &[String], group: &[String], lists: bool, strength: Strength) -> Vec<String> {
    let whole = words.to_vec();
    let found = (1..words.len()).find_map(|at| Some((at, run_at(words, at, group)?)));
    let Some((at, length)) = found else { return whole };
    let (before, run, after) = (&words[..at], &words[at..at + length], &words[at + length..]);
    let is_short = strength != Strength::Clear;
    let is_followed = |word: &String| !PREPOSITIONS.contains(&word.as_str());
    if strength == Strength::Part && (before.len() > 1 || after.first().is_some_and(is_followed)) {
        return whole;
    }
    let many = run.last().is_some_and(|last| is_plural(last));
    if before.last().is_some_and(|last| PREPOSITIONS.contains(&last.as_str()) || DETERMINERS.contains(&last.as_str())) {
        // The rest of `list_events_for_webhook` would end in a preposition, and `by_webhook_id` says the same as `for_webhook`.
        let linked = match after {
            _ if !is_short || many => None,
            [] => before_link(before),
            [of_it] if IDENTITIES.contains(&of_it.as_str()) => before_by(before),
            _ => None,
        };
        return linked.map_or(whole, <[String]>::to_vec);
    }
    let is_cut = after.first().is_none_or(|next| PREPOSITIONS.contains(&next.as_str()));
    if (is_cut || many) && before.len() > 1 && !stands_alone(before, is_short) {
        // `delete_special_event` would become `delete_special`, and `get_special_event_by_id` `get_special_by_id`. In front of another
        // noun, a plural is none of its adjectives: `set_allowed_actions_organization`.
        return whole;
    }
    let of_many = after.is_empty() && many;
    let verb = before.last().map(String::as_str);
    let selected = before.len() == 2 && SELECTIONS.contains(&before[1].as_str());
    if is_short && lists && many && before[0] == "get" {
        if before.len() == 1 && after.first().is_some_and(|next| PREPOSITIONS.contains(&next.as_str())) {
            return [&["list".to_owned()], after].concat();
        }
        if after.is_empty() && selected {
            return vec!["list".to_owned(), before[1].clone()];
        }
    }
    match verb {
        Some("get") if of_many && before.len() == 1 && lists => vec!["list".to_owned()],
        // `getPet` is likely to be there too, and to be `get`.
        Some("get" | "fetch" | "find" | "read" | "retrieve" | "show" | "view") if of_many => {
            [before, &["all".to_owned()]].concat()
        }
        Some("delete" | "patch" | "put" | "remove" | "replace" | "set" | "update") if of_many => whole,
        _ => [before, after].concat(),
    }
}

/// Words for whoever something is done for.
const PERSONS: &[&str] = &["account", "customer", "guest", "member", "player", "user"];

/// Returns whether a name without the noun of its group has another object: `remove_albums_user` at `/me/albums` removes no user.
pub(super) fn has_another_object(shorter: &[String], whole: &[String], method: &str, path: &str) -> bool {
    let ([verb, object], [first, .., noun, last]) = (shorter, whole) else { return false };
    let is_in_path = || words(path).iter().any(|word| singular(word) == singular(last));
    let is_for = PERSONS.contains(&singular(last).as_str()) && is_plural(noun) && !is_in_path();
    is_for && (verb, object) == (first, last) && !method.eq_ignore_ascii_case("get")
}

/// Returns whether the words before the noun of a group say enough without it: `list_all`, `bulk_create`, `power_off`.
fn stands_alone(before: &[String], is_short: bool) -> bool {
    let Some((last, rest)) = before.split_last() else { return false };
    let phrasal = rest.len() == 1 && (PARTICLES.contains(&last.as_str()) && is_verb_or_noun(&rest[0]));
    let selected = rest.len() == 1 && SELECTIONS.contains(&last.as_str());
    QUANTITIES.contains(&last.as_str())
        || is_short && (super::verbs::is_verb(last) || phrasal || selected || is_power(rest, last))
}

/// `power_off` and `log_out`, whose verbs are no verbs of paths.
fn is_power(rest: &[String], last: &str) -> bool {
    matches!(rest, [verb] if PHRASAL.contains(&verb.as_str())) && PARTICLES.contains(&last)
}

/// The words before a last `by`, if they have a verb and its object.
fn before_by(before: &[String]) -> Option<&[String]> {
    let (last, rest) = before.split_last()?;
    (last == "by" && rest.len() > 1).then_some(rest)
}

/// The words before a preposition that the thing of the group follows; all of them if it belongs to the verb.
fn before_link(before: &[String]) -> Option<&[String]> {
    let (last, mut rest) = before.split_last()?;
    let mut link = last;
    if DETERMINERS.contains(&last.as_str()) {
        (link, rest) = rest.split_last()?;
    }
    let verb = rest.first()?;
    if PHRASAL.contains(&verb.as_str()) && rest.len() == 1 && ["in", "on"].contains(&link.as_str()) {
        return Some(before);
    }
    let leads = LINKS.contains(&link.as_str()) && (link != "to" || ADDITIONS.contains(&verb.as_str()));
    (leads && rest.len() > 1).then_some(rest)
}

/// Returns the number of words from `at` on that are those of the group, in singular or plural, and independent of the split
/// between letters and digits.
pub(super) fn run_at(words: &[String], at: usize, group: &[String]) -> Option<usize> {
    if group.is_empty() {
        return None;
    }
    // `windows` is the plural of `window` as well.
    let one = |word: &String| singular(word).trim_end_matches('s').to_owned();
    let wanted: String = group.iter().map(one).collect();
    let most = (group.len() + 2).min(words.len() - at.min(words.len()));
    let exact = (group.len() <= most).then_some(group.len());
    let found: Vec<String> = words.iter().skip(at).take(most).map(one).collect();
    let is_wanted = |length: usize| {
        let mut found = found[..length].iter();
        found.try_fold(wanted.as_str(), |rest, word| rest.strip_prefix(word.as_str())).is_some_and(str::is_empty)
    };
    exact.into_iter().chain(1..=most).find(|length| is_wanted(*length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split('_').map(str::to_owned).collect()
    }

    #[test]
    fn the_thing_of_a_group_goes_with_its_preposition() {
        for (name, group, lists, expected) in [
            ("list_events_for_webhook", "webhooks", true, "list_events"),
            ("add_label_to_webhook", "webhook", false, "add_label"),
            ("convert_text_to_webhook", "webhooks", false, "convert_text_to_webhook"),
            ("enable_log_of_this_webhook", "webhooks", false, "enable_log"),
            ("list_events_for_webhooks", "webhooks", true, "list_events_for_webhooks"),
            ("search_for_webhook", "webhooks", true, "search_for_webhook"),
            ("create_label_by_webhook_id", "webhooks", false, "create_label"),
            ("get_by_webhook_id", "webhooks", false, "get_by_webhook_id"),
            ("list_events_by_webhook_name", "webhooks", true, "list_events_by_webhook_name"),
            ("power_on_webhook", "webhooks", false, "power_on"),
            ("power_off_webhook", "webhooks", false, "power_off"),
            ("bulk_create_webhooks", "webhooks", false, "bulk_create"),
            ("get_webhooks_for_team", "webhooks", true, "list_for_team"),
            ("get_webhooks_for_team", "webhooks", false, "get_for_team"),
            ("get_active_webhooks", "webhooks", true, "list_active"),
            ("list_latest_webhooks", "webhooks", true, "list_latest"),
            ("create_maintenance_window", "maintenance_windows", false, "create"),
            ("set_allowed_webhooks_team", "webhooks", false, "set_allowed_webhooks_team"),
            ("list_enabled_webhook_teams", "webhooks", true, "list_enabled_teams"),
            ("list_webhook_teams", "webhooks", true, "list_teams"),
        ] {
            let found = without_middle(&words(name), &words(group), lists, Strength::Short);
            assert_eq!(found.join("_"), expected, "{name}");
        }
        for (name, expected) in [
            ("create_hook", "create"),
            ("get_hook_by_id", "get_by_id"),
            ("list_hook_events", "list_hook_events"),
            ("convert_web_hook_to_text", "convert_web_hook_to_text"),
        ] {
            let found = without_middle(&words(name), &words("hook"), true, Strength::Part);
            assert_eq!(found.join("_"), expected, "{name}");
        }
        let clear = without_middle(&words("list_events_for_webhook"), &words("webhooks"), true, Strength::Clear);
        assert_eq!(clear.join("_"), "list_events_for_webhook");
    }

    #[test]
    fn a_group_that_is_called_like_its_verb_leaves_it() {
        for (id, name, group, expected) in [
            ("importBooks", "import_books", "import", "import_books"),
            ("import/books", "import_books", "import", "books"),
            ("import_list", "import_list", "import", "list"),
            ("books_new", "books_new", "books", "new"),
            ("book-club-events/list", "book_club_events_list", "books", "book_club_events_list"),
            ("book-club/list-events", "book_club_list_events", "book_club", "list_events"),
        ] {
            assert_eq!(without_prefix(&words(name), &words(group), id, true).join("_"), expected, "{id}");
        }
    }
}
