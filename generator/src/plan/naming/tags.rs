//! The candidates for the names of groups.

use std::collections::BTreeMap;

use crate::ir::Api;
use crate::rust::name::words;

/// Separators of a path of topics: `Shop » Orders`.
const CRUMBS: [&str; 6] = ["»", "›", "→", ">>", "->", " > "];

/// Words of titles that name no product.
const GENERIC: &[&str] = &["api", "apis", "the", "rest", "public", "service", "v1", "v2", "v3"];

/// Returns a candidate for each group of the API: its tag, without the topics above it, the product's name, or the set that an
/// entity type belongs to.
pub(crate) fn candidates(api: &Api) -> Vec<String> {
    let tags: Vec<String> = api.groups.iter().map(|group| group.tag.clone()).collect();
    let shorter: Vec<String> =
        tags.iter().map(|tag| without_controller(&without_set(last_module(last_crumb(tag))))).collect();
    let tags = where_unique(tags, shorter);
    let tags = without_shared_kind(tags);
    let tags = without_shared_version(tags);
    let tags = tags.iter().enumerate().map(|(group, tag)| as_one_word(api, group, tag)).collect::<Vec<_>>();
    let product = product(&api.info.title);
    let opens = |tag: &str| product.first().is_some_and(|first| words(tag).first() == Some(first));
    let opening = tags.iter().filter(|tag| opens(tag)).count();
    if opening < 2 || opening * 2 < tags.len() {
        return tags;
    }
    let shorter = tags.iter().map(|tag| without_product(tag, &product)).collect();
    where_unique(tags, shorter)
}

/// Takes the shorter of two names for each, unless another would have the same name.
fn where_unique(longer: Vec<String>, shorter: Vec<String>) -> Vec<String> {
    let fold = |text: &str| words(text).concat();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (long, short) in longer.iter().zip(&shorter) {
        *seen.entry(fold(short)).or_default() += 1;
        if fold(long) != fold(short) {
            *seen.entry(fold(long)).or_default() += 1;
        }
    }
    let choose = |(long, short): (String, String)| if seen[&fold(&short)] == 1 { short } else { long };
    longer.into_iter().zip(shorter).map(choose).collect()
}

/// Twilio writes `Api20100401Message`: the name and the version of the API, which all groups share.
fn without_shared_version(tags: Vec<String>) -> Vec<String> {
    let all: Vec<Vec<String>> = tags.iter().map(|tag| words(tag)).collect();
    let says_nothing = |word: &str| {
        let number = word.strip_prefix("api").unwrap_or(word);
        let number = number.strip_prefix('v').unwrap_or(number);
        number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [first, others @ ..] = all.as_slice() else { return tags };
    let shared = (0..first.len())
        .take_while(|at| says_nothing(&first[*at]) && others.iter().all(|tag| tag.get(*at) == Some(&first[*at])))
        .count();
    if others.is_empty() || shared == 0 || all.iter().any(|tag| tag.len() == shared) {
        return tags;
    }
    let shorter = all.iter().map(|tag| tag[shared..].join(" ")).collect();
    where_unique(tags, shorter)
}

/// Quarkus writes `Fruit Resource`, and gRPC gateways `LibraryService`: the kind of code that all groups are, if there are several.
fn without_shared_kind(tags: Vec<String>) -> Vec<String> {
    let kind =
        |tag: &String| words(tag).pop().filter(|kind| ["endpoint", "resource", "service"].contains(&kind.as_str()));
    let first = tags.first().and_then(kind);
    if tags.len() < 2 || first.is_none() || tags.iter().any(|tag| kind(tag) != first || words(tag).len() < 2) {
        return tags;
    }
    let without = |tag: &String| {
        let mut own = words(tag);
        own.pop();
        own.join(" ")
    };
    let shorter = tags.iter().map(without).collect();
    where_unique(tags, shorter)
}

/// `XCom` is one word if the operations of the group have `xcom` in their ids.
fn as_one_word(api: &Api, group: usize, tag: &str) -> String {
    let all = words(tag);
    let joined = all.concat();
    let is_odd = all.len() == 2 && all[0].len() == 1 && tag.chars().all(char::is_alphanumeric);
    let mut ids =
        api.operations.iter().filter(|operation| operation.group == Some(group)).map(|found| found.id.as_deref());
    if is_odd && ids.any(|id| id.is_some_and(|id| words(id).contains(&joined))) { joined } else { tag.to_owned() }
}

fn last_crumb(tag: &str) -> &str {
    let last = CRUMBS.iter().filter_map(|crumb| tag.rfind(crumb).map(|at| at + crumb.len())).max();
    let last = last.map_or(tag, |at| tag[at..].trim());
    if last.contains(char::is_alphanumeric) { last } else { tag }
}

/// utoipa writes the module of a handler: `crate::api::orders`.
fn last_module(tag: &str) -> &str {
    tag.rsplit("::").next().filter(|last| last.contains(char::is_alphanumeric)).unwrap_or(tag)
}

/// `contracts.contract` is the set `contracts`.
fn without_set(tag: &str) -> String {
    match tag.split_once('.') {
        Some((set, ty)) if super::words::is_plural(set) && super::words::singular(set).eq_ignore_ascii_case(ty) => {
            set.to_owned()
        }
        _ => tag.to_owned(),
    }
}

/// springdoc tags the operations of a `PetController` with `pet-controller`.
fn without_controller(tag: &str) -> String {
    match words(tag).as_slice() {
        [own @ .., kind] if kind == "controller" && !own.is_empty() => own.join(" "),
        _ => tag.to_owned(),
    }
}

fn product(title: &str) -> Vec<String> {
    words(title).into_iter().take_while(|word| !GENERIC.contains(&word.as_str())).collect()
}

fn without_product(tag: &str, product: &[String]) -> String {
    let all = words(tag);
    let shared = all.iter().zip(product).take_while(|(one, other)| one == other).count();
    let rest = &all[shared..];
    let says_something = rest.iter().any(|word| word.len() > 1 && !GENERIC.contains(&word.as_str()));
    if shared > 0 && says_something { rest.join(" ") } else { tag.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_above_are_left_out_where_the_last_is_unique() {
        assert_eq!(last_crumb("Shop » Orders"), "Orders");
        assert_eq!(last_crumb("Shop >> Orders"), "Orders");
        assert_eq!(last_crumb("Orders »"), "Orders »");
        let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let tags = strings(&["A » Orders", "B » Orders", "B » Pets"]);
        let shorter = tags.iter().map(|tag| last_crumb(tag).to_owned()).collect();
        assert_eq!(where_unique(tags, shorter), strings(&["A » Orders", "B » Orders", "Pets"]));
    }

    #[test]
    fn a_version_that_all_share_is_left_out() {
        let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            without_shared_version(strings(&["Api20100401Account", "Api20100401CallEvent"])),
            strings(&["account", "call event"])
        );
        for kept in [&["Api", "ApiKeys"][..], &["v1", "v2"], &["ApiKeys"], &["Orders V1", "Orders V2"], &[]] {
            assert_eq!(without_shared_version(strings(kept)), strings(kept));
        }
    }

    #[test]
    fn a_product_s_name_is_no_part_of_a_group_s() {
        let product = product("OpenShop API");
        assert_eq!(without_product("OpenShop Orders", &product), "orders");
        assert_eq!(without_product("OpenShop API", &product), "OpenShop API");
        assert_eq!(without_product("Orders", &product), "Orders");
        assert_eq!(without_set("orders.order"), "orders");
        assert_eq!(without_set("orders.line"), "orders.line");
        assert_eq!(without_controller("order-line-controller"), "order line");
        assert_eq!(without_controller("Controller"), "Controller");
        assert_eq!(last_module("crate::api::orders"), "orders");
    }

    #[test]
    fn the_kind_of_code_that_all_groups_are_is_left_out() {
        let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let found = without_shared_kind(strings(&["Fruit Resource", "Greeting Resource"]));
        assert_eq!(found, strings(&["fruit", "greeting"]));
        for kept in [&["Customer Service"][..], &["OrderService", "Orders"], &["Service", "OrderService"], &["A", "B"]]
        {
            assert_eq!(without_shared_kind(strings(kept)), strings(kept));
        }
    }
}
