//! Modules and classes of a server's code in the ids of its operations, and where its paths begin.

use super::verbs::{is_verb, is_verb_or_noun};
use crate::plan::naming::words::singular;
use crate::rust::name::words;

/// Flask-RESTX joins the method and the class of a resource: `get_pets_list`, `post_pets_list`, `put_pet_single_resource`.
pub(super) fn of_class(all: &[String], method: &str, path: &str) -> Option<Vec<String>> {
    let (verb, class) = all.split_first().filter(|(verb, _)| verb.eq_ignore_ascii_case(method))?;
    let path = path.to_ascii_lowercase();
    let is_collection = !path.trim_end_matches('/').ends_with('}');
    let without = |class: &[String], kinds: &[&str]| match class {
        [things @ .., kind]
            if !things.is_empty() && kinds.contains(&kind.as_str()) && !path.contains(kind.as_str()) =>
        {
            Some(things.to_vec())
        }
        _ => None,
    };
    let resource = without(class, &["resource"]);
    let things = resource.as_deref().unwrap_or(class);
    let one = if resource.is_some() && !is_collection { without(things, &["item", "single"]) } else { None };
    let many = if is_collection { without(things, &["collection", "list"]) } else { None };
    let verb = if many.is_some() && verb == "get" { "list" } else { verb };
    let things = many.or(one).or(resource)?;
    Some([&[verb.to_owned()], things.as_slice()].concat())
}

/// Django Ninja joins the modules and the function: `shop_api_list_orders`. A thing of the path is none that code is called by.
pub(super) fn without_module<'w>(all: &'w [String], path: &str) -> &'w [String] {
    const MODULES: [&str; 7] = ["api", "apis", "endpoints", "handlers", "routers", "routes", "views"];
    if !all.iter().take(4).any(|word| MODULES.contains(&word.as_str())) {
        return all;
    }
    let things = path.split('/').filter(|segment| !is_mount(segment)).flat_map(words);
    let things: Vec<String> = things.map(|thing| singular(&thing)).collect();
    let is_module = |word: &String| MODULES.contains(&word.as_str()) && !things.contains(&singular(word));
    let at = all.iter().take(4).position(is_module).filter(|at| *at > 0);
    match at.map(|at| (&all[..at], &all[at + 1..])) {
        Some((before, own))
            if !before.iter().any(|word| is_verb(word)) && own.first().is_some_and(|it| is_verb_or_noun(it)) =>
        {
            own
        }
        _ => all,
    }
}

/// Returns whether a segment of a path is where the API is, not what is in it.
pub(super) fn is_mount(segment: &str) -> bool {
    matches!(segment, "api" | "apis" | "rest") || is_version(segment)
}

/// `v1`, `v2`.
pub(super) fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::framework::own_part;

    #[test]
    fn modules_and_classes_are_no_part_of_a_function_s_name() {
        let own = |id: &str, method: &str, path: &str| own_part(id, method, path, "", false).words.join("_");
        for (id, method, path, expected) in [
            ("app_api_list_items", "GET", "/api/items", "list_items"),
            ("shop_orders_views_create_order", "POST", "/orders", "create_order"),
            ("users_api_me", "GET", "/users/me", "users_api_me"),
            ("rest_api_create", "POST", "/rest-apis", "rest_api_create"),
            ("vpc_routes_delete", "DELETE", "/vpc/routes/{id}", "vpc_routes_delete"),
            ("create_api_get_key", "GET", "/keys", "create_api_get_key"),
            ("get_pets_list", "GET", "/pets/", "list_pets"),
            ("post_pets_list", "POST", "/pets/", "post_pets"),
            ("get_pet_resource", "GET", "/pets/{id}", "get_pet"),
            ("post_pet_list_resource", "POST", "/pets", "post_pet"),
            ("get_pet_single_resource", "GET", "/pets/{id}", "get_pet"),
            ("get_order_item", "GET", "/orders/{id}", "get_order_item"),
            ("get_resource", "GET", "/pets/{id}", "get_resource"),
            ("get_todo_list", "GET", "/todolists/{id}", "get_todo_list"),
            ("get_todo_list", "GET", "/todos/{id}", "get_todo_list"),
            ("post_list", "POST", "/pets", "post_list"),
        ] {
            assert_eq!(own(id, method, path), expected, "{id}");
        }
    }
}
