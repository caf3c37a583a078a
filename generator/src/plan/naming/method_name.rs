//! What an operation is called as a method of its group.

use crate::plan::naming::words::is_plural;
use crate::rust::name::{is_keyword, words};

mod path;
mod verbs;

pub(crate) use path::{Unnamed, from_path, group_prefix};

/// Words that say what kind of thing a group is in the server's code, and nothing to a caller.
const KINDS: &[&str] = &["api", "controller", "endpoint", "endpoints", "resource", "service"];

/// Words that can stand after a verb when the noun is gone.
const QUANTITIES: &[&str] = &["all", "any", "batch", "bulk", "every", "many", "multiple", "my", "new", "one", "own"];

/// Words that need another one after them.
const PREPOSITIONS: &[&str] =
    &["and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "to", "via", "with"];

/// The words of `id` in snake case without the name of its group, as far as something is left that says what it does.
///
/// In the group Webhooks `listWebhooks` and `webhooks_list` are `list`, `getWebhookById` is `get_by_id`, and
/// `WebhooksController_findAll` is `find_all`; but `moveFile` stays `move_file` among Files, since `move` is a keyword.
/// Two operations of a group may come out the same (`createPet`, `createPets`): claim this first, then the whole `id`.
pub(crate) fn from_operation_id(id: &str, group: &str) -> String {
    let whole = words(id);
    let group = group_words(group);
    let after_prefix = without_prefix(&whole, &group);
    let shortest = without_middle(after_prefix, &group);
    let chosen = [shortest, after_prefix.to_vec()].into_iter().find(|words| says_something(words)).unwrap_or(whole);
    chosen.join("_")
}

/// The words of a group's name, less the kind of thing it is: `Batch API` is `batch`.
fn group_words(group: &str) -> Vec<String> {
    let mut group = words(group);
    while group.len() > 1 && group.last().is_some_and(|last| KINDS.contains(&last.as_str())) {
        group.pop();
    }
    group
}

/// `webhooks_list` is `list`, and so is `WebhooksController_list`.
fn without_prefix<'w>(whole: &'w [String], group: &[String]) -> &'w [String] {
    if group.is_empty() || !is_same(whole.get(..group.len()).unwrap_or_default(), group) {
        return whole;
    }
    let rest = &whole[group.len()..];
    match rest.split_first() {
        Some((kind, rest)) if KINDS.contains(&kind.as_str()) && !rest.is_empty() => rest,
        _ => rest,
    }
}

/// `list_webhooks` is `list`, and `get_webhook_by_id` is `get_by_id`.
fn without_middle(words: &[String], group: &[String]) -> Vec<String> {
    let whole = words.to_vec();
    if group.is_empty() || words.len() <= group.len() {
        return whole;
    }
    let Some(at) = (1..=words.len() - group.len()).find(|&at| is_same(&words[at..at + group.len()], group)) else {
        return whole;
    };
    let (before, run, after) = (&words[..at], &words[at..at + group.len()], &words[at + group.len()..]);
    if before.last().is_some_and(|last| PREPOSITIONS.contains(&last.as_str())) {
        // What is left of `list_events_for_webhook` would end in the air.
        return whole;
    }
    if after.is_empty() && before.len() > 1 && !QUANTITIES.contains(&before[before.len() - 1].as_str()) {
        // `delete_special_event` would become `delete_special`.
        return whole;
    }
    let of_many = after.is_empty() && run.last().is_some_and(|last| is_plural(last));
    match before.last().map(String::as_str) {
        // `getPet` is likely to be there too, and to be `get`.
        Some("get" | "fetch" | "find" | "read" | "retrieve" | "show" | "view") if of_many => {
            [before, &["all".to_owned()]].concat()
        }
        Some("delete" | "patch" | "put" | "remove" | "replace" | "set" | "update") if of_many => whole,
        _ => [before, after].concat(),
    }
}

/// Whether these are the same words, one or many.
fn is_same(words: &[String], group: &[String]) -> bool {
    let one = |word: &String| crate::plan::naming::words::singular(word);
    words.len() == group.len() && words.iter().zip(group).all(|(word, other)| one(word) == one(other))
}

/// Whether a reader would know from these words alone what is done.
fn says_something(words: &[String]) -> bool {
    let has_letters =
        words.iter().any(|word| word.len() > 1 && word.contains(|letter: char| letter.is_ascii_alphabetic()));
    let version =
        |word: &String| word.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    match words {
        [] => false,
        [only] => {
            has_letters
                && !is_keyword(only)
                && !version(only)
                && !KINDS.contains(&only.as_str())
                && !PREPOSITIONS.contains(&only.as_str())
        }
        [first, ..] => has_letters && !PREPOSITIONS.contains(&first.as_str()) && !words.iter().all(version),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_id_loses_the_name_of_its_group() {
        for (id, group, expected) in [
            ("listWebhooks", "Webhooks", "list"),
            ("webhooks_list", "Webhooks", "list"),
            ("getWebhookById", "Webhooks", "get_by_id"),
            ("WebhooksController_findAll", "Webhooks", "find_all"),
            ("WebhooksController_findAll", "WebhooksController", "find_all"),
            ("webhooks/list-deliveries", "webhooks", "list_deliveries"),
            ("users_getUser", "users", "get"),
            ("BrandGet", "Brand", "get"),
            ("createBatchRequest", "Batch API", "create_request"),
            ("listCoreV1ComponentStatus", "core_v1", "list_component_status"),
            ("listOAuth2Clients", "oAuth2", "list_clients"),
            ("webhook_filter_create", "Webhook Filters", "create"),
            ("getPets", "pets", "get_all"),
            ("getPet", "pets", "get"),
            ("findPetsByStatus", "pet", "find_by_status"),
            ("security-advisories/list-global-advisories", "security-advisories", "list_global_advisories"),
            ("vpc_router_create", "vpcs", "router_create"),
            ("listAllPets", "pets", "list_all"),
            ("identifyAdmin", "Admins", "identify"),
        ] {
            assert_eq!(from_operation_id(id, group), expected, "{id} in {group}");
        }
    }

    #[test]
    fn a_name_that_would_say_nothing_stays_whole() {
        for (id, group, expected) in [
            ("webhooks", "Webhooks", "webhooks"),
            ("moveFile", "Files", "move_file"),
            ("userById", "User", "user_by_id"),
            ("user2", "User", "user2"),
            ("users_2", "Users", "users_2"),
            ("usersV1", "Users", "users_v1"),
            ("listEventsForWebhook", "Webhooks", "list_events_for_webhook"),
            ("deleteWebhooks", "Webhooks", "delete_webhooks"),
            ("deleteSpecialEvent", "Events", "delete_special_event"),
            ("useWebhook", "Webhooks", "use_webhook"),
            ("listThings", "", "list_things"),
            ("", "Webhooks", "empty"),
            ("+1", "Reactions", "plus_1"),
        ] {
            assert_eq!(from_operation_id(id, group), expected, "{id} in {group}");
        }
    }
}
