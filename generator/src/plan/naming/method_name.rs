//! Names of operations as methods of their group.

use crate::ir::PathTemplate;
use crate::plan::naming::words as english;
use crate::rust::name::{is_keyword, words};

mod framework;
mod group_noun;
mod modules;
mod path;
mod run_together;
mod tell_apart;
mod verbs;

use framework::{KINDS, OwnPart, own_part};
pub(crate) use framework::{is_made_up, is_route_of, without_number, without_route};
use group_noun::{PREPOSITIONS, Strength, without_middle, without_prefix};
pub(crate) use path::{Unnamed, from_path, group_prefix};
pub(crate) use tell_apart::tell_apart;
use verbs::is_action;

/// An operation with an `operationId`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identified<'a> {
    /// The `operationId`.
    pub(crate) id: &'a str,
    /// The tag as the document has it.
    pub(crate) tag: &'a str,
    /// The name of the group that the tag becomes.
    pub(crate) group: &'a str,
    /// The HTTP method, in any case.
    pub(crate) method: &'a str,
    /// The path template.
    pub(crate) path: &'a PathTemplate,
    /// The summary; empty if there is none.
    pub(crate) title: &'a str,
    /// True if the successful response is a list.
    pub(crate) returns_list: bool,
    /// True if the path also has `PUT`, which then is `update`.
    pub(crate) has_put: bool,
    /// True if the document has the same id without the number at its end.
    pub(crate) numbered: bool,
}

/// The names that an operation may have, best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MethodNames {
    /// The name without the group's noun, or a part of it.
    pub(crate) short: String,
    /// The same, where only the whole noun is left out, and only if it isn't what a preposition belongs to.
    pub(crate) clear: String,
    /// The name with all words that a person chose.
    pub(crate) whole: String,
    /// True if a framework added to the id.
    pub(crate) framed: bool,
}

/// Returns the names for an operation by its id.
///
/// In the group Webhooks `listWebhooks`, `webhooks_list` and `list_webhooks_v1_webhooks_get` are `list`, `getWebhookById` is
/// `get_by_id`, `addLabelToWebhook` is `add_label`, and `WebhooksController_findAll` is `find_all`; but `moveFile` stays
/// `move_file` among Files, since `move` is a keyword. Two operations of a group may come out the same (`createPet`, `createPets`).
pub(crate) fn from_operation_id(operation: &Identified<'_>) -> MethodNames {
    let own = own_of(operation);
    let names = [operation.group, operation.tag].into_iter().flat_map(|name| [words(name), group_words(name)]);
    let mut owners: Vec<Vec<String>> = Vec::new();
    for owner in names.chain(own.owners) {
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    let sends = !operation.method.eq_ignore_ascii_case("get");
    let mut after_prefix = own.words.as_slice();
    for owner in &owners {
        after_prefix = without_prefix(after_prefix, owner, operation.id, sends);
    }
    let noun = group_words(operation.group);
    let parts: Vec<Vec<String>> = (1..noun.len()).map(|at| noun[at..].to_vec()).collect();
    let lists = operation.returns_list && operation.method.eq_ignore_ascii_case("get");
    let shortened = |owners: &[Vec<String>], strength: Strength| {
        let shorter = owners.iter().map(|owner| without_middle(after_prefix, owner, lists, strength));
        shorter.into_iter().find(|shorter| shorter != after_prefix)
    };
    let clear = shortened(&owners, Strength::Clear);
    let short = shortened(&owners, Strength::Short).or_else(|| shortened(&parts, Strength::Part));
    let chosen = |shortest: Option<Vec<String>>| {
        let candidates = shortest.into_iter().chain([after_prefix.to_vec()]);
        let chosen = candidates.map(|words| with_verb(words, operation)).find(|words| says_something(words));
        chosen.unwrap_or_else(|| own.words.clone()).join("_")
    };
    MethodNames { short: chosen(short), clear: chosen(clear), whole: own.words.join("_"), framed: own.framed }
}

/// The words that a person chose, for naming types after the operation.
pub(crate) fn own_words(operation: &Identified<'_>) -> Option<Vec<String>> {
    let own = own_of(operation);
    own.framed.then_some(own.words)
}

fn own_of(operation: &Identified<'_>) -> OwnPart {
    let path = operation.path.text();
    match run_together::apart(operation.id, operation.title, path) {
        Some(words) => OwnPart { words, owners: Vec::new(), framed: true },
        None => without_articles(
            own_part(operation.id, operation.method, path, operation.tag, operation.numbered),
            if operation.id.contains(' ') { operation.id } else { operation.title },
        ),
    }
}

/// Leaves out the articles that the sentence has as well: the `a` of "Create A record" is none.
fn without_articles(own: OwnPart, sentence: &str) -> OwnPart {
    let is_article = |word: &String| {
        ["a", "an", "the"].contains(&word.as_str()) && sentence.split_whitespace().any(|other| other == word)
    };
    let last = own.words.len().saturating_sub(1);
    let kept = own.words.iter().enumerate().filter(|(at, word)| *at == 0 || *at == last || !is_article(word));
    let words: Vec<String> = kept.map(|(_, word)| word.clone()).collect();
    OwnPart { framed: own.framed || words.len() < own.words.len(), words, ..own }
}

/// An HTTP method in place of a verb: `post` is `create`, as in groups without ids, and the post of an action is the action.
fn with_verb(words: Vec<String>, operation: &Identified<'_>) -> Vec<String> {
    let Some((first, rest)) = words.split_first() else { return words };
    if !first.eq_ignore_ascii_case(operation.method) {
        return with_verb_last(words, operation);
    }
    let verb = |verb: &str| [&[verb.to_owned()], rest].concat();
    match first.as_str() {
        "post" if is_action("post", rest) => rest.to_vec(),
        "post" => verb("create"),
        "put" => verb("update"),
        "patch" if !operation.has_put => verb("update"),
        "get" if rest.is_empty() && operation.returns_list => verb("list"),
        _ => words,
    }
}

/// The same behind the noun, where the other operations have their verbs: `messages_post` is `messages_create`, and
/// `messages_count_tokens_post` counts tokens.
fn with_verb_last(words: Vec<String>, operation: &Identified<'_>) -> Vec<String> {
    let Some((last, rest)) = words.split_last() else { return words };
    if rest.is_empty() || !last.eq_ignore_ascii_case(operation.method) {
        return words;
    }
    // Of the words that may be nouns as well, this one is none before a plural.
    let counts = rest.windows(2).any(|pair| pair[0] == "count" && english::is_plural(&pair[1]));
    let acts = counts || rest.iter().any(|word| verbs::is_verb(word)) || is_action("post", rest);
    let verb = match last.as_str() {
        "post" if acts => return rest.to_vec(),
        "post" => "create",
        "put" => "update",
        "patch" if !operation.has_put => "update",
        _ => return words,
    };
    [rest, &[verb.to_owned()]].concat()
}

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
    match !owner.is_empty() && said.windows(owner.len()).any(|run| run == owner) {
        true => name.to_owned(),
        false => format!("{name} {noun}"),
    }
}

/// The words of a group's name, less the kind of thing it is: `Batch API` is `batch`.
fn group_words(group: &str) -> Vec<String> {
    let mut group = words(group);
    while group.len() > 1 && group.last().is_some_and(|last| KINDS.contains(&last.as_str())) {
        group.pop();
    }
    group
}

/// Returns whether these words alone describe the operation.
fn says_something(words: &[String]) -> bool {
    let has_letters =
        words.iter().any(|word| word.len() > 1 && word.contains(|letter: char| letter.is_ascii_alphabetic()));
    match words {
        [] => false,
        [only] => {
            has_letters
                && !is_keyword(only)
                && !framework::is_version(only)
                && !KINDS.contains(&only.as_str())
                && !PREPOSITIONS.contains(&only.as_str())
        }
        [first, ..] => {
            has_letters
                && !PREPOSITIONS.contains(&first.as_str())
                && !words.iter().all(|word| framework::is_version(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(id: &str, group: &str, method: &str, path: &str, returns_list: bool) -> String {
        let path = PathTemplate::parse(path);
        let operation = Identified {
            id,
            tag: group,
            group,
            method,
            path: &path,
            title: "",
            returns_list,
            has_put: false,
            numbered: false,
        };
        from_operation_id(&operation).short
    }

    #[test]
    fn what_frameworks_add_is_left_out() {
        for (id, group, method, path, expected) in [
            ("list_items_v1_items_get", "Items", "GET", "/v1/items", "list"),
            ("create_item_v1_items_post", "Items", "POST", "/v1/items", "create"),
            ("delete_item_v1_items__item_id__delete", "Items", "DELETE", "/v1/items/{item_id}", "delete"),
            ("OrdersController_createOrder", "Sales", "POST", "/orders", "create"),
            ("SalesGroupsController_listSalesGroups", "Teams", "GET", "/groups", "list"),
            ("ChannelEndpointsController_createChannelEndpoint", "Channel Endpoints", "POST", "/endpoints", "create"),
            ("InboxV1Controller_getUnread", "Inbox", "GET", "/inbox/unread", "get_unread"),
            ("UserService_GetUser", "UserService", "GET", "/users/{id}", "get"),
            ("orders.line.ListLines", "orders.line", "GET", "/orders", "list"),
            ("Delete5GVnGroup", "Delete 5G VN Group", "DELETE", "/groups", "delete_5g_vn_group"),
            ("get_xcom_entries", "XCom", "GET", "/xcom", "get_entries"),
        ] {
            assert_eq!(short(id, group, method, path, false), expected, "{id} in {group}");
        }
    }

    #[test]
    fn http_methods_as_verbs_follow_the_group_s_own() {
        for (id, method, returns_list, expected) in [
            ("post_pool", "POST", false, "create"),
            ("get_pools", "GET", true, "list"),
            ("get_pools", "GET", false, "get_all"),
            ("get_pool", "GET", false, "get"),
            ("patch_pool", "PATCH", false, "update"),
            ("put_pool", "PUT", false, "update"),
            ("put_pool_size", "PUT", false, "update_size"),
            ("post_clear_instances", "POST", false, "clear_instances"),
            ("post_entry", "POST", false, "create_entry"),
            ("post_pool", "GET", false, "post"),
            ("messages_post", "POST", false, "messages_create"),
            ("message_batches_post", "GET", false, "message_batches_post"),
            ("messages_count_tokens_post", "POST", false, "messages_count_tokens"),
            ("message_label_patch", "PATCH", false, "message_label_update"),
        ] {
            assert_eq!(short(id, "Pool", method, "/pools", returns_list), expected, "{method} {id}");
        }
    }

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
            ("listEventsForWebhook", "Webhooks", "list_events"),
            ("createQueue", "Work Queues", "create"),
            ("importPets", "Import", "import_pets"),
            ("pet/move", "pet", "pet_move"),
            ("security-advisories/list-global-advisories", "security-advisories", "list_global_advisories"),
            ("vpc_router_create", "vpcs", "router_create"),
            ("listAllPets", "pets", "list_all"),
            ("identifyAdmin", "Admins", "identify"),
            ("inviteStatus", "Invites", "status"),
        ] {
            assert_eq!(short(id, group, "GET", "/", false), expected, "{id} in {group}");
        }
    }

    #[test]
    fn articles_of_the_sentence_are_left_out() {
        for (id, title, expected) in [
            ("List a Project's Service Hooks", "", "list_service_hooks"),
            ("getAnAssignment", "Get an assignment", "get_assignment"),
            ("createARecord", "Create A record", "create_a_record"),
            ("planA", "Take a plan", "plan_a"),
        ] {
            let path = PathTemplate::parse("/projects/{id}/hooks");
            let operation = Identified {
                id,
                tag: "Projects",
                group: "Projects",
                method: "GET",
                path: &path,
                title,
                returns_list: true,
                has_put: false,
                numbered: false,
            };
            assert_eq!(from_operation_id(&operation).short, expected, "{id}");
        }
    }

    #[test]
    fn a_name_made_from_a_path_says_the_noun_of_its_group_once() {
        for (name, group, inside, outside) in [
            ("create_task_assignment", "Task assignments", "create", "create_task_assignment"),
            ("list_task_assignments", "Task assignments", "list", "list_task_assignments"),
            ("get_task_assignments", "Task assignments", "get_task_assignments", "get_task_assignments"),
            ("create", "Task assignments", "create", "create Task assignment"),
            ("search", "Search", "search", "search"),
            ("create_file", "", "create_file", "create_file "),
        ] {
            assert_eq!(without_group(name, group), inside, "{name} in {group}");
            assert_eq!(outside_group(name, group), outside, "{name} in {group}");
        }
    }

    #[test]
    fn a_verb_that_is_the_group_s_noun_stays() {
        assert_eq!(short("inviteUser", "Invites", "POST", "/invites", false), "invite_user");
        assert_eq!(short("invitesDelete", "Invites", "DELETE", "/invites/{id}", false), "delete");
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
            ("deleteWebhooks", "Webhooks", "delete_webhooks"),
            ("deleteSpecialEvent", "Events", "delete_special_event"),
            ("useWebhook", "Webhooks", "use_webhook"),
            ("listThings", "", "list_things"),
            ("", "Webhooks", "empty"),
            ("+1", "Reactions", "plus_1"),
        ] {
            assert_eq!(short(id, group, "GET", "/", false), expected, "{id} in {group}");
        }
    }
}
