//! Parts of an `operationId` that a framework adds to the name of the function.

pub(super) use super::modules::is_version;
use super::modules::{is_mount, of_class, without_module};
use super::verbs::{is_verb, is_verb_or_noun};
use crate::plan::naming::words::{fold, singular};
use crate::rust::name::words;

/// The words that a person chose, and the nouns that they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnPart {
    /// The words of the function's name.
    pub(super) words: Vec<String>,
    /// The words of the controller, service or entity set, without its version and kind.
    pub(super) owners: Vec<Vec<String>>,
    /// True if a framework added something.
    pub(super) framed: bool,
}

/// Words for a kind of thing in the server's code.
pub(super) const KINDS: &[&str] = &["api", "apis", "controller", "endpoint", "endpoints", "resource", "service"];

/// Returns the part of `id` that isn't made from the route, the controller or a counter.
///
/// `numbered` says that the document has the same id without the number at its end.
pub(super) fn own_part(id: &str, method: &str, path: &str, tag: &str, numbered: bool) -> OwnPart {
    let counted = without_hash(if numbered && !is_numbered_in(path, id) { without_number(id) } else { id });
    let named = without_method(without_route(counted, path));
    if let Some(apart) = with_verb_apart(named, method, path) {
        return OwnPart { words: apart, owners: Vec::new(), framed: true };
    }
    if let Some((owner, action)) = of_folder(named) {
        return OwnPart { words: action, owners: vec![owner], framed: true };
    }
    let owned = of_controller(named)
        .or_else(|| of_entity_set(named, tag))
        .or_else(|| of_module_path(named, tag))
        .or_else(|| of_resource(named, tag));
    if let Some((owners, action)) = owned {
        return OwnPart { words: words(action), owners, framed: true };
    }
    let all = words(named);
    if let Some(own) = of_class(&all, method, path) {
        return OwnPart { words: own, owners: Vec::new(), framed: true };
    }
    let own = without_kind(without_module(without_mount(&all, path), path), path);
    OwnPart { words: own.to_vec(), owners: Vec::new(), framed: named.len() != id.len() || own.len() != all.len() }
}

/// Returns whether a generator made the whole id, so that no word of it was chosen for the operation: a fingerprint, or the method
/// and the path (`get/articles/{id}`, `postApiV1Articles`, `api_articles_id_get`).
pub(crate) fn is_made_up(id: &str, method: &str, path: &str) -> bool {
    is_fingerprint(id) || is_of_repository(id, method) || is_route(id, method, path)
}

/// Spring Data REST writes the function of its own controller, the entity and the method: `getItemResource-person-get_1`.
fn is_of_repository(id: &str, method: &str) -> bool {
    let Some((function, rest)) = id.split_once('-') else { return false };
    let is_own = function == "executeSearch"
        || ["CollectionResource", "ItemResource", "PropertyReference"].iter().any(|kind| function.ends_with(kind));
    let verb = rest.rsplit('-').next().and_then(|last| last.split('_').next()).unwrap_or_default();
    is_own && rest.contains('-') && verb.eq_ignore_ascii_case(method)
}

/// L5-Swagger writes an MD5 hash, and Laravel's routes without a name have one of random letters.
fn is_fingerprint(id: &str) -> bool {
    let is_hash = id.len() >= 32 && id.bytes().all(is_hex) && id.bytes().any(|byte| byte.is_ascii_digit());
    is_hash || id.starts_with("generated::")
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// Microsoft Graph tells functions of one name apart by four digits of a hash: `users.messages.GetCount-7c2a`.
fn without_hash(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((rest, hash))
            if rest.contains('.')
                && hash.len() == 4
                && hash.bytes().all(is_hex)
                && hash.bytes().any(|byte| byte.is_ascii_digit()) =>
        {
            rest
        }
        _ => id,
    }
}

/// Strapi, Grape and API Platform spell out the route. An id such as `getArticles` may be chosen: only one with a parameter's name, or
/// with what comes before the resources of every path, is none that a person would write.
fn is_route(id: &str, method: &str, path: &str) -> bool {
    let route = path.split('/').filter(|segment| !segment.is_empty());
    if !path.contains('{') && !id.contains('/') && !route.clone().next().is_some_and(is_mount) {
        return false;
    }
    let spelled: Vec<String> = route.clone().flat_map(words).collect();
    // Swashbuckle says of a parameter that it is one: `ApiOrdersByIdGet`.
    let by = |segment: &str| if segment.starts_with('{') { vec!["by".to_owned()] } else { Vec::new() };
    let told: Vec<String> = route.flat_map(|segment| [by(segment), words(segment)].concat()).collect();
    let method = method.to_ascii_lowercase();
    let all = words(id);
    let plain = match all.as_slice() {
        [rest @ .., verb, of] if of == "collection" && *verb == method => rest,
        [rest @ .., verb] if *verb == method => rest,
        [verb, rest @ ..] if *verb == method => rest,
        _ => return false,
    };
    !spelled.is_empty() && (plain == spelled || plain == told)
}

/// Returns whether an id is the method and the route in one of the ways in which frameworks write them: each parameter by its name, as
/// `id`, or not at all. A person may write such an id too, so it says something only if all ids of a document are so.
pub(crate) fn is_route_of(id: &str, method: &str, path: &str) -> bool {
    let segments = || path.split(['/', '#', '?']).filter(|segment| !segment.is_empty());
    let route = |hole: Option<&str>| -> String {
        let word = |piece: &str| match hole {
            Some(hole) if piece.starts_with('{') => hole.to_owned(),
            _ => words(piece).concat(),
        };
        segments().flat_map(pieces).map(word).collect()
    };
    let method = method.to_ascii_lowercase();
    let own = words(id).concat();
    [Some("id"), Some(""), None].into_iter().map(route).any(|route| {
        !route.is_empty() && (own.strip_prefix(&method) == Some(&route) || own.strip_suffix(&method) == Some(&route))
    })
}

/// The literals and the parameters of a segment: `thumbnail.` and `{extension}`.
fn pieces(segment: &str) -> impl Iterator<Item = &str> {
    segment.split_inclusive('}').flat_map(|piece| {
        let (literal, parameter) = piece.split_at(piece.find('{').unwrap_or(piece.len()));
        [literal, parameter].into_iter().filter(|piece| !piece.is_empty())
    })
}

/// Some put a method in front of a segment and nothing between: `getstop-words` of `/settings/stop-words` gets stop words.
fn with_verb_apart(id: &str, method: &str, path: &str) -> Option<Vec<String>> {
    let method = method.to_ascii_lowercase();
    let last = words(path.split(['#', '?']).next()?.rsplit('/').find(|segment| !segment.is_empty())?);
    let all = words(id);
    let (first, rest) = all.split_first()?;
    let (noun, parts) = last.split_first()?;
    (!method.is_empty() && first.strip_prefix(&method) == Some(noun) && rest == parts)
        .then(|| [vec![method], last.clone()].concat())
}

/// Django REST framework writes `api_v1_users_list` at `/api/v1/users/`.
fn without_mount<'w>(all: &'w [String], path: &str) -> &'w [String] {
    let mounts = path.split('/').filter(|segment| !segment.is_empty()).take_while(|segment| is_mount(segment));
    let shared = all.iter().zip(mounts).take_while(|(word, segment)| word.as_str() == *segment).count();
    if all.len() > shared + 1 { &all[shared..] } else { all }
}

/// Functions of servers are called `get_agent_route`, `list_agents_endpoint` and `CreateAgentMethod`. A payment method is a thing, so
/// this word goes only after a thing that the path has.
fn without_kind<'w>(all: &'w [String], path: &str) -> &'w [String] {
    let in_path = words(path);
    let is_of_path = |word: &str| in_path.iter().any(|other| singular(other) == singular(word));
    match all {
        [own @ .., kind]
            if own.len() > 1 && (is_verb(&own[0]) || own[0] == "list") && !is_of_path(kind) && {
                let is_code = matches!(kind.as_str(), "endpoint" | "handler" | "route");
                is_code || kind == "method" && own.last().is_some_and(|thing| is_of_path(thing))
            } =>
        {
            own
        }
        _ => all,
    }
}

/// springfox writes `createOrderUsingPOST`.
fn without_method<'i>(id: &'i str) -> &'i str {
    const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    // A second function of the name is counted: `createOrderUsingPOST_1`.
    let counted = id.rsplit_once('_').filter(|(_, digits)| is_number(digits)).map(|(rest, _)| rest);
    let of = |id: &'i str| METHODS.iter().find_map(|method| id.strip_suffix(method)?.strip_suffix("Using"));
    let own = of(id).or_else(|| counted.and_then(of));
    own.filter(|own| !own.is_empty()).unwrap_or(id)
}

/// springdoc distinguishes functions of the same name by `_1`, OpenApiSpex by ` (2)`, gRPC gateways by `2`.
pub(crate) fn without_number(id: &str) -> &str {
    let numbered = match id.strip_suffix(')') {
        Some(inner) => inner.rsplit_once(" ("),
        None => id.rsplit_once('_').filter(|(_, digits)| is_number(digits)).or_else(|| {
            let named = id.trim_end_matches(|last: char| last.is_ascii_digit());
            // A longer number is none of those that tell twins apart: `nothing204`.
            let is_short = id.len() - named.len() < 3;
            (is_short && named.ends_with(char::is_lowercase)).then(|| id.split_at(named.len()))
        }),
    };
    match numbered {
        Some((rest, digits)) if !rest.is_empty() && is_number(digits) => rest,
        _ => id,
    }
}

/// Returns whether the number at the end of an id is that of a segment of the path, and counts nothing: `getOauth2` of `/oauth2`.
fn is_numbered_in(path: &str, id: &str) -> bool {
    let id = fold(id);
    path.split('/').any(|segment| {
        segment.starts_with(char::is_alphabetic)
            && segment.ends_with(|last: char| last.is_ascii_digit())
            && id.ends_with(&fold(segment))
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// FastAPI joins function, path and method, every other character as `_`: `list_things_v1_things_get`.
pub(crate) fn without_route<'i>(id: &'i str, path: &str) -> &'i str {
    const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];
    let Some((rest, method)) = id.rsplit_once('_') else { return id };
    if !METHODS.contains(&method.to_ascii_lowercase().as_str()) {
        return id;
    }
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let flat: String =
        path.chars().map(|character| if character.is_alphanumeric() { character } else { '_' }).collect();
    // An application may be mounted below the path that its own router knows.
    let mut at = 0;
    for (character, flattened) in path.chars().zip(flat.chars()) {
        let (from, route) = (at, &flat[at..]);
        at += flattened.len_utf8();
        if character == '/'
            && let Some(own) = rest.strip_suffix(route)
            && (route.len() > 1 || path == "/")
            && own.contains(char::is_alphabetic)
            && (from == 0 || has_verb(own))
        {
            return own;
        }
    }
    id
}

/// Returns whether a person may have called a function so. In `message_batches_post` of `/v1/messages/batches`, `message` is a part of
/// the route.
fn has_verb(own: &str) -> bool {
    let own = words(own);
    own.first().is_some_and(|first| is_verb_or_noun(first)) || own.iter().any(|word| is_verb(word))
}

/// NestJS writes `UsersController_findAll`, gRPC gateways `UserService_GetUser`, some with a version in either half.
fn of_controller(id: &str) -> Option<(Vec<Vec<String>>, &str)> {
    const SUFFIXES: [&str; 4] = ["Controller", "Service", "Resource", "Handler"];
    let at = id.find(['_', '.', '#', '/'])?;
    let (owner, action) = (&id[..at], id[at + 1..].trim_start_matches(['_', '.', '#', '/']));
    let owner = without_version(owner);
    let kind = SUFFIXES.iter().find(|suffix| owner.ends_with(**suffix)).copied();
    // Rails writes `articles#index`.
    let kind = kind.or_else(|| id[at..].starts_with('#').then_some(""))?;
    let action = action.split('[').next().unwrap_or_default();
    if !action.contains(char::is_alphabetic) {
        return None;
    }
    let mut owner = words(&owner[..owner.len() - kind.len()]);
    if owner.len() > 1 && owner.last().is_some_and(|last| is_version(last)) {
        owner.pop();
    }
    Some((if owner.is_empty() { Vec::new() } else { vec![owner] }, action))
}

/// FastEndpoints writes the folders of an endpoint and its class: `V1OrdersSearch_SearchOrder`, `V1OrdersCreate_Order`.
fn of_folder(id: &str) -> Option<(Vec<String>, Vec<String>)> {
    let (folders, class) = id.split_once('_')?;
    let (mut folders, class) = (words(folders), words(class));
    let is_split = !id.contains(['.', '/', '#']) && id.matches('_').count() == 1 && id.contains(char::is_uppercase);
    let verb = folders.pop().filter(|_| is_split && !folders.is_empty())?;
    if class.len() > 1 && class[0] == verb {
        return Some((folders, class));
    }
    let is_noun = class.first().is_some_and(|first| !is_verb(first));
    (is_noun && is_verb(&verb)).then(|| (folders, [&[verb], class.as_slice()].concat()))
}

/// `UsersControllerV1` is the `UsersController`.
fn without_version(owner: &str) -> &str {
    match owner.rsplit_once(['V', 'v']) {
        Some((before, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => owner,
    }
}

/// OData converters write `contracts.contract.ListContract`, tagged `contracts.contract`.
fn of_entity_set<'i>(id: &'i str, tag: &str) -> Option<(Vec<Vec<String>>, &'i str)> {
    let (owner, action) = id.rsplit_once('.')?;
    let same = |one: &str, other: &str| one.split('.').next() == other.split('.').next();
    if !tag.contains('.') || !same(owner, tag) || !action.contains(char::is_alphabetic) {
        return None;
    }
    let segments = owner.split('.').chain(tag.split('.')).map(words);
    let mut owners: Vec<Vec<String>> = Vec::new();
    for segment in segments.filter(|segment| !segment.is_empty()) {
        if !owners.contains(&segment) {
            owners.push(segment);
        }
    }
    Some((owners, action))
}

/// connexion writes the path of a function, Phoenix of one in a controller: `app.api.orders.search`, `ShopWeb.OrderController.index`.
/// The part up to the name of the group is the location of the code.
fn of_module_path<'i>(id: &'i str, tag: &str) -> Option<(Vec<Vec<String>>, &'i str)> {
    let folded = |text: &str| -> String {
        let all = words(text);
        let own = all.iter().filter(|word| !KINDS.contains(&word.as_str()));
        own.map(|word| singular(word)).collect()
    };
    let wanted = folded(tag);
    // utoipa may write the path of a function of Rust.
    let separator = if id.contains("::") { "::" } else { "." };
    let segments: Vec<&str> = id.split(separator).collect();
    let (_, modules) = segments.split_last()?;
    let at =
        modules.iter().rposition(|segment| !wanted.is_empty() && folded(segment) == wanted).filter(|at| *at > 0)?;
    let before: usize = modules.iter().take(at + 1).map(|segment| segment.len() + separator.len()).sum();
    let action = id.get(before..)?;
    action.contains(char::is_alphabetic).then(|| (Vec::new(), action))
}

/// PayPal writes `disputes.accept-claim`, tagged `disputes_actions`: the resource is the start of the tag.
fn of_resource<'i>(id: &'i str, tag: &str) -> Option<(Vec<Vec<String>>, &'i str)> {
    let (owner, action) = id.split_once('.')?;
    let owner = words(owner);
    let is_start = words(tag).starts_with(&owner) && !owner.is_empty();
    (is_start && !action.contains('.') && action.contains(char::is_alphabetic)).then(|| (vec![owner], action))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str, path: &str, tag: &str) -> String {
        own_part(id, "", path, tag, false).words.join("_")
    }

    #[test]
    fn a_route_is_no_part_of_a_function_s_name() {
        for (id, path, expected) in [
            ("list_items_v1_items_get", "/v1/items", "list_items"),
            ("read_item_v1_items__item_id__get", "/v1/items/{item_id}", "read_item"),
            ("read_root__get", "/", "read_root"),
            ("metadata__well_known_metadata_get", "/.well-known/metadata", "metadata"),
            ("add_items_items__post", "/items/", "add_items"),
            ("list_items_items_get", "/prefix/items", "list_items"),
            ("get_item_v1_items__item_id__get", "/v1/items/{item_id}?beta=true", "get_item"),
            ("item_lines_post", "/v1/items/lines", "item_lines_post"),
            ("items_get", "/items", "items_get"),
            ("budget", "/budget", "budget"),
        ] {
            assert_eq!(own(id, path, ""), expected, "{id} at {path}");
        }
    }

    #[test]
    fn a_number_that_the_path_has_counts_no_twin() {
        for (id, path, expected) in [
            ("oauth2", "/oauth2", "oauth2"),
            ("getOauth2", "/v1/oauth2/{id}", "get_oauth2"),
            ("getAll_2", "/things/2", "get_all"),
            ("getOauth2", "/oauth", "get_oauth"),
        ] {
            assert_eq!(own_part(id, "", path, "", true).words.join("_"), expected, "{id} at {path}");
        }
    }

    #[test]
    fn controllers_services_and_entity_sets_are_owners() {
        for (id, tag, expected, owner) in [
            ("OrdersController_createOrder", "Sales", "create_order", "orders"),
            ("OrdersV2Controller_findAll", "Orders", "find_all", "orders"),
            ("OrdersControllerV1_findAll", "Orders", "find_all", "orders"),
            ("AppController_getHello[0]", "App", "get_hello", "app"),
            ("UserService_GetUser", "UserService", "get_user", "user"),
            ("orders.line.ListLines", "orders.line", "list_lines", "orders"),
        ] {
            let found = own_part(id, "", "/", tag, false);
            assert_eq!((found.words.join("_").as_str(), found.owners[0].join("_").as_str()), (expected, owner), "{id}");
        }
    }

    #[test]
    fn mounts_modules_and_methods_are_no_part_of_a_name() {
        for (id, path, tag, expected) in [
            ("api_v1_users_list", "/api/v1/users/", "users", "users_list"),
            ("api_list", "/api/", "api", "api_list"),
            ("v1_list", "/v2/things", "things", "v1_list"),
            ("createOrderUsingPOST", "/orders", "order-controller", "create_order"),
            ("createOrderUsingPOST_1", "/v2/orders", "order-controller", "create_order"),
            ("ListOrderItemsMethod", "/orders/{id}/items", "", "list_order_items"),
            ("CreatePaymentMethod", "/payment-methods", "", "create_payment_method"),
            ("CreatePaymentMethod", "/customers/{id}/cards", "", "create_payment_method"),
            ("usingPOST", "/orders", "orders", "using_post"),
            ("articles#index", "/articles", "Articles", "index"),
            ("app.api.orders.search", "/orders", "Orders", "search"),
            ("ShopWeb.OrderController.index", "/orders", "order", "index"),
            ("crate::api::orders::search", "/orders", "orders", "search"),
            ("users.messages.GetCount-7c2a", "/users/{id}/messages/$count", "users.messages", "get_count"),
            ("find-beef", "/orders", "orders", "find_beef"),
            ("get_agent_route", "/agents/{id}", "agents", "get_agent"),
            ("get_trip_route", "/trips/{id}/routes", "trips", "get_trip_route"),
            ("V1OrdersSearch_SearchOrder", "/v1/orders", "orders", "search_order"),
            ("V1OrdersCreate_Order", "/v1/orders", "orders", "create_order"),
            ("OrdersList_getAll", "/orders", "orders", "orders_list_get_all"),
            ("orders_list", "/orders", "orders", "orders_list"),
            ("orders.lines.list", "/orders/{id}/lines", "Orders", "orders_lines_list"),
            ("disputes.accept-claim", "/disputes/{id}/accept-claim", "disputes_actions", "accept_claim"),
        ] {
            assert_eq!(own(id, path, tag), expected, "{id} at {path}");
        }
    }

    #[test]
    fn ids_that_nobody_chose_are_known() {
        for (id, method, path, expected) in [
            ("d41d8cd98f00b204e9800998ecf8427e", "GET", "/users", true),
            ("deadbeefdeadbeef", "GET", "/users", false),
            ("get/articles/{id}", "GET", "/articles/{id}", true),
            ("post/articles", "POST", "/articles", true),
            ("getApiV1WidgetsId", "GET", "/api/v1/widgets/{id}", true),
            ("api_books_get_collection", "GET", "/api/books", true),
            ("api_books_id_delete", "DELETE", "/api/books/{id}", true),
            ("ApiV1OrdersByIdGet", "GET", "/api/v1/Orders/{id}", true),
            ("ApiV1OrdersByIdShipPost", "POST", "/api/v1/Orders/{id}/ship", true),
            ("generated::AbC123", "POST", "/api/login", true),
            ("getCollectionResource-person-get_1", "GET", "/people", true),
            ("followPropertyReference-line-item-get_1_1", "GET", "/line-items/{id}/order", true),
            ("executeSearch-person-get", "GET", "/people/search/findByName", true),
            ("getItemResource-person", "GET", "/people/{id}", false),
            ("getUsers", "GET", "/users", false),
            ("users_get", "GET", "/users", false),
            ("getWidget", "GET", "/api/v1/widgets/{id}", false),
        ] {
            assert_eq!(is_made_up(id, method, path), expected, "{id}");
        }
    }

    #[test]
    fn routes_are_known_in_each_spelling() {
        for (id, method, path, expected) in [
            ("get_files_id_tasks", "GET", "/files/{file_id}/tasks", true),
            ("put_files_id#add_link", "PUT", "/files/{file_id}#add_link", true),
            ("post-payments-paymentId-refunds", "POST", "/payments/{paymentId}/refunds", true),
            ("CustomerCustomer-typesGet", "GET", "/customer/customer-types", true),
            ("getUsersTasks", "GET", "/users/{id}/tasks", true),
            ("get_files_id_thumbnail_id", "GET", "/files/{file_id}/thumbnail.{extension}", true),
            ("getUsers", "POST", "/users", false),
            ("getUser", "GET", "/users/{id}", false),
        ] {
            assert_eq!(is_route_of(id, method, path), expected, "{id}");
        }
    }

    #[test]
    fn a_method_is_split_from_the_segment_that_it_stands_before() {
        for (id, method, path, expected) in [
            ("getstop-words", "GET", "/indexes/{uid}/settings/stop-words", "get_stop_words"),
            ("putchat", "PUT", "/settings/chat", "put_chat"),
            ("getaway", "GET", "/getaway", "getaway"),
            ("getChat", "GET", "/settings/chat", "get_chat"),
        ] {
            assert_eq!(own_part(id, method, path, "", false).words.join("_"), expected, "{id}");
        }
    }

    #[test]
    fn a_number_goes_only_if_its_like_has_none() {
        assert_eq!(own_part("downloadFile_1", "", "/", "", true).words.join("_"), "download_file");
        assert_eq!(own_part("exportStep_1", "", "/", "", false).words.join("_"), "export_step_1");
        for (id, expected) in [
            ("ListStays (2)", "ListStays"),
            ("ListStays2", "ListStays"),
            ("ListStays", "ListStays"),
            ("ListStaysV2", "ListStaysV2"),
            ("listNothing204", "listNothing204"),
            ("2", "2"),
        ] {
            assert_eq!(without_number(id), expected);
        }
    }
}
