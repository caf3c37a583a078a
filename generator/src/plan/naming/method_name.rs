//! Names of operations as methods of their group.

use crate::ir::{Part, PathTemplate};
use crate::plan::naming::words as english;
use crate::rust::name::{is_keyword, words};

mod framework;
mod group_noun;
mod modules;
mod outside;
mod path;
mod qualifier;
mod run_together;
mod tell_apart;
mod verbs;

use framework::{KINDS, own_part};
pub(crate) use framework::{OwnPart, is_made_up, is_route_of, without_number, without_route};
use group_noun::{PREPOSITIONS, Strength, group_words, has_another_object, without_middle, without_prefix};
pub(crate) use outside::{outside_group, without_group};
pub(crate) use path::{Unnamed, from_path, group_prefix};
pub(crate) use tell_apart::tell_apart;
use verbs::is_action;
pub(super) use verbs::is_verb;

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
    /// The words in front of the group's noun that all operations of the group have (see [`qualifier`]).
    pub(crate) qualifier: &'a [String],
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
pub(crate) fn from_operation_id(operation: &Identified<'_>, own: &OwnPart) -> MethodNames {
    let mut owners = owners(operation, own);
    let after_prefix = &of_one(after_prefix(operation, own, &owners), operation)[..];
    if !operation.qualifier.is_empty() {
        owners.insert(0, [operation.qualifier, group_words(operation.group).as_slice()].concat());
    }
    let noun = group_words(operation.group);
    let parts: Vec<Vec<String>> = (1..noun.len()).map(|at| noun[at..].to_vec()).collect();
    let lists = operation.returns_list && operation.method.eq_ignore_ascii_case("get");
    let shortened = |owners: &[Vec<String>], strength: Strength| {
        let shorter = owners.iter().map(|owner| without_middle(after_prefix, owner, lists, strength));
        shorter.into_iter().find(|shorter| {
            shorter != after_prefix
                && !has_another_object(shorter, after_prefix, operation.method, operation.path.text())
        })
    };
    let clear = shortened(&owners, Strength::Clear);
    let short = shortened(&owners, Strength::Short).or_else(|| shortened(&parts, Strength::Part));
    let chosen = |shortest: Option<Vec<String>>| {
        let candidates = shortest.into_iter().chain([after_prefix.to_vec()]);
        let chosen =
            candidates.map(|words| with_verb(words, operation, &own.words)).find(|words| says_something(words));
        chosen.unwrap_or_else(|| own.words.clone()).join("_")
    };
    MethodNames { short: chosen(short), clear: chosen(clear), whole: own.words.join("_"), framed: own.framed }
}

/// The names of what an operation belongs to, in words.
fn owners(operation: &Identified<'_>, own: &OwnPart) -> Vec<Vec<String>> {
    let names = [operation.group, operation.tag].into_iter().flat_map(|name| [words(name), group_words(name)]);
    let mut owners: Vec<Vec<String>> = Vec::new();
    for owner in names.chain(own.owners.iter().cloned()) {
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}

/// The words behind the name of what the operation belongs to, if that is in front.
fn after_prefix<'o>(operation: &Identified<'_>, own: &'o OwnPart, owners: &[Vec<String>]) -> &'o [String] {
    let sends = !operation.method.eq_ignore_ascii_case("get");
    owners.iter().fold(own.words.as_slice(), |rest, owner| without_prefix(rest, owner, operation.id, sends))
}

/// Some write the name of the collection for one of its things: `removeMessages` at `/messages/{id}` removes a message.
fn of_one(words: &[String], operation: &Identified<'_>) -> Vec<String> {
    let [.., collection, id] = operation.path.segments.as_slice() else { return words.to_vec() };
    let [Part::Literal(collection)] = collection.parts.as_slice() else { return words.to_vec() };
    let is_one = matches!(id.parts.as_slice(), [Part::Parameter(_)]) && !operation.returns_list;
    match words.split_last() {
        Some((last, rest)) if is_one && !rest.is_empty() && collection.eq_ignore_ascii_case(last) => {
            [rest, &[english::singular(last)]].concat()
        }
        _ => words.to_vec(),
    }
}

/// The words that all operations of a group put in front of its noun, so that they say nothing among them: `special` where Events has
/// `list_special_events`, `get_special_event` and so on.
pub(crate) fn qualifier<'a>(
    group: &str,
    operations: impl Iterator<Item = (Identified<'a>, &'a OwnPart)>,
) -> Vec<String> {
    let names = operations.map(|(operation, own)| after_prefix(&operation, own, &owners(&operation, own)).to_vec());
    qualifier::common(names, &group_words(group))
}

impl OwnPart {
    /// Returns the part of an operation's id that a person chose.
    pub(crate) fn of(operation: &Identified<'_>) -> Self {
        let own = spoken(operation);
        match resource_action(&own.words, operation.method, operation.path.text()) {
            Some(words) => Self { words, framed: true, ..own },
            None => own,
        }
    }

    /// The words for types that are named after the operation, unless the id has no others.
    pub(crate) fn for_types(self) -> Option<Vec<String>> {
        self.framed.then_some(self.words)
    }
}

/// Phoenix writes the HTTP method and the action of a resource in front of the thing: `get_index_order`, `post_create_order`. An index
/// or a show that the path has is a thing.
fn resource_action(words: &[String], method: &str, path: &str) -> Option<Vec<String>> {
    let [first, action, rest @ ..] = words else { return None };
    if path.split(['/', '-', '_']).any(|word| english::singular(&word.to_ascii_lowercase()) == *action) {
        return None;
    }
    let verb = match (first.as_str(), action.as_str()) {
        ("get", "index") => "list",
        ("get", "show") => "get",
        ("post", "create") => "create",
        ("delete", "delete") => "delete",
        _ => return None,
    };
    (first.eq_ignore_ascii_case(method) && !rest.is_empty()).then(|| [&[verb.to_owned()], rest].concat())
}

fn spoken(operation: &Identified<'_>) -> OwnPart {
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
///
/// A group that is one thing is got, as in `get_feed`, although it is a list.
fn with_verb(words: Vec<String>, operation: &Identified<'_>, own: &[String]) -> Vec<String> {
    let Some((first, rest)) = words.split_first() else { return words };
    let is_of_one =
        operation.path.segments.last().is_some_and(|it| matches!(it.parts.last(), Some(Part::Parameter(_))));
    let is_one = own.last().is_some_and(|last| !english::is_plural(last));
    let is_one = is_one && (is_of_one || !english::is_plural(operation.group));
    let gets_one = is_one && own.len() > 1 && own[0] == "get";
    // Of the actions that Rails and Laravel give a resource, these are no verbs for it.
    match (first.as_str(), operation.method.to_ascii_lowercase().as_str()) {
        ("index", "get") if rest.is_empty() => return vec!["list".to_owned()],
        ("store", "post") if rest.is_empty() => return vec!["create".to_owned()],
        ("destroy", "delete") if rest.is_empty() => return vec!["delete".to_owned()],
        _ => {}
    }
    if !first.eq_ignore_ascii_case(operation.method) {
        return with_verb_last(words, operation);
    }
    let verb = |verb: &str| [&[verb.to_owned()], rest].concat();
    match first.as_str() {
        "post" if is_action("post", rest) => rest.to_vec(),
        "post" => verb("create"),
        "put" => verb("update"),
        "patch" if !operation.has_put => verb("update"),
        "get" if rest.is_empty() && operation.returns_list && !gets_one => verb("list"),
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

    #[test]
    fn one_thing_that_is_a_list_is_no_list_of_things() {
        assert_eq!(short("getVendor", "Vendors", "GET", "/vendors/{id}", true), "get");
        assert_eq!(short("getVendor", "Vendors", "GET", "/vendors", true), "list");
        assert_eq!(short("getFeed", "Feed", "GET", "/feed", true), "get");
    }

    #[test]
    fn an_index_that_the_path_has_is_no_action() {
        assert_eq!(short("get_index_stats", "Stats", "GET", "/indexes/{id}/stats", false), "get_index_stats");
    }

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
            qualifier: &[],
        };
        from_operation_id(&operation, &OwnPart::of(&operation)).short
    }

    #[test]
    fn what_frameworks_add_is_left_out() {
        for (id, group, method, path, expected) in [
            ("list_items_v1_items_get", "Items", "GET", "/v1/items", "list"),
            ("create_item_v1_items_post", "Items", "POST", "/v1/items", "create"),
            ("delete_item_v1_items__item_id__delete", "Items", "DELETE", "/v1/items/{item_id}", "delete"),
            ("OrdersController_createOrder", "Sales", "POST", "/orders", "create"),
            ("remove-items-user", "Items", "DELETE", "/me/items", "remove_items_user"),
            ("markItemsRead", "Items", "PUT", "/items", "mark_read"),
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
            ("pools_get", "GET", true, "list"),
            ("get_pool", "GET", true, "get"),
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
    fn one_thing_may_be_called_like_its_collection() {
        for (id, method, path, returns_list, expected) in [
            ("getPets", "GET", "/pets/{id}", false, "get"),
            ("removePets", "DELETE", "/pets/{id}", false, "remove"),
            ("getPets", "GET", "/pets/{ids}", true, "list"),
            ("getPets", "GET", "/owners/{id}", false, "get_all"),
            ("deletePets", "DELETE", "/pets", false, "delete_pets"),
        ] {
            assert_eq!(short(id, "pets", method, path, returns_list), expected, "{method} {path}");
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
    fn actions_of_a_resource_are_the_verbs_of_other_groups() {
        for (id, method, returns_list, expected) in [
            ("get_index_pool", "GET", true, "list"),
            ("get_show_pool", "GET", false, "get"),
            ("post_create_pool", "POST", false, "create"),
            ("delete_delete_pool", "DELETE", false, "delete"),
            ("get_show_form_pool", "GET", false, "get_form_pool"),
            ("pools.index", "GET", true, "list"),
            ("pools.store", "POST", false, "create"),
            ("pools.destroy", "DELETE", false, "delete"),
            ("pools.store", "PUT", false, "store"),
            ("get_index", "GET", true, "get_index"),
        ] {
            assert_eq!(short(id, "Pools", method, "/pools", returns_list), expected, "{method} {id}");
        }
    }

    #[test]
    fn words_that_all_operations_of_a_group_have_before_its_noun_say_nothing() {
        let path = PathTemplate::parse("/events");
        let qualifier_of = |ids: &[&str], group: &str| -> String {
            let operation = |id| Identified {
                id,
                tag: group,
                group,
                method: "GET",
                path: &path,
                title: "",
                returns_list: false,
                has_put: false,
                numbered: false,
                qualifier: &[],
            };
            let operations: Vec<Identified<'_>> = ids.iter().map(|id| operation(*id)).collect();
            let own: Vec<OwnPart> = operations.iter().map(OwnPart::of).collect();
            let qualifier = qualifier(group, operations.iter().copied().zip(&own));
            let named: Vec<String> = operations
                .iter()
                .zip(&own)
                .map(|(operation, own)| {
                    from_operation_id(&Identified { qualifier: &qualifier, ..*operation }, own).short
                })
                .collect();
            named.join(" ")
        };
        for (ids, expected) in [
            (&["listSpecialEvents", "getSpecialEvent", "updateSpecialEvents"][..], "list get update_special_events"),
            (&["listSpecialEvents", "getSpecialEvent", "findGuests"], "list get find_guests"),
            (&["listSpecialEvents", "getSpecialEvent", "listEvents"], "list_special_events get_special_event list"),
            (&["listSpecialEvents", "getCharityEvent"], "list_special_events get_charity_event"),
            (
                &["listSpecialEvents", "getSpecialEvent", "listIssueEvents"],
                "list_special_events get_special_event list_issue_events",
            ),
            (&["bulkDeleteEvents", "asyncDeleteEvents"], "bulk_delete_events async_delete_events"),
            (&["listSpecialEvents", "findGuests"], "list_special_events find_guests"),
            (&["bulkDeleteEvents", "bulkCreateEvents"], "bulk_delete_events bulk_create"),
        ] {
            assert_eq!(qualifier_of(ids, "Events"), expected, "{ids:?}");
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
                qualifier: &[],
            };
            assert_eq!(from_operation_id(&operation, &OwnPart::of(&operation)).short, expected, "{id}");
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
